//! The scripted mail server's side of one dialogue.

use super::{Door, Held, Lock, LogIn, Manner, Mode, Received, Script};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    io,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// A line to the hub, encrypted or not.
trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}
type Line = BufReader<Box<dyn Wire>>;

pub(super) async fn serve(
    stream: TcpStream,
    door: Door,
    script: Arc<Mutex<Script>>,
    held: Arc<Held>,
) -> io::Result<()> {
    let (mut line, mut secret) = match &door.lock {
        Lock::Smtps(acceptor) => (open(acceptor.accept(stream).await?), true),
        _ => (open(stream), false),
    };
    let manner = script.lock().unwrap().manner;
    match manner {
        Manner::Mute => return Ok(()),
        Manner::Chatty => drop(trickle(&mut line).await?),
        Manner::ShutDoor => return say(&mut line, "554 No mail from you").await,
        _ => {}
    }
    say(&mut line, "220 scripted").await?;
    let (mut to, mut mode, mut known) = (String::new(), Mode::Ok, door.log_in.is_none());
    while let Some(said) = hear(&mut line).await? {
        let answer = match said.to_ascii_uppercase().split_whitespace().next().unwrap_or_default() {
            "EHLO" | "HELO" if manner == Manner::DeafToHello => "550 I do not know you",
            "MAIL" if manner == Manner::RefusesSender => "553 Sender rejected",
            "RCPT" if manner == Manner::BlamesSender => "550 5.1.8 Bad sender's domain",
            "EHLO" => {
                script.lock().unwrap().greetings.push(said[4..].trim().to_owned());
                say(&mut line, "250-scripted").await?;
                match (&door.lock, &door.log_in) {
                    (Lock::StartTls(_), _) if !secret => say(&mut line, "250-STARTTLS").await?,
                    (_, Some(log_in)) => say(&mut line, &format!("250-AUTH {}", log_in.mechanism)).await?,
                    _ => {}
                }
                "250 8BITMIME"
            }
            "STARTTLS" => {
                let Lock::StartTls(acceptor) = &door.lock else { return Ok(()) };
                say(&mut line, "220 Go on").await?;
                (line, secret) = (open(acceptor.accept(line.into_inner()).await?), true);
                continue;
            }
            "AUTH" => {
                let Some(log_in) = &door.log_in else { return Ok(()) };
                script.lock().unwrap().log_ins += 1;
                known = is_right(&mut line, &said, log_in).await?;
                if known { "235 2.7.0 Welcome" } else { "535 5.7.8 Authentication credentials invalid" }
            }
            "MAIL" if !known => "530 5.7.0 Authentication required",
            "RCPT" => {
                to = said.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                let mut script = script.lock().unwrap();
                script.tries += 1;
                let first = script.seen.insert(to.clone());
                mode = script.modes.get(&to).copied().unwrap_or(Mode::Ok);
                match mode {
                    Mode::Greylist if first => "451 4.7.1 Greylisted, come again",
                    Mode::Temporary => "451 4.3.0 Not now",
                    Mode::Permanent => "550 5.1.1 No such user",
                    Mode::Closing => "421 4.3.2 Going down",
                    Mode::DropAfterData if !first => {
                        mode = Mode::Ok;
                        "250 OK"
                    }
                    _ => "250 OK",
                }
            }
            "DATA" if mode == Mode::Slow => trickle(&mut line).await?,
            "DATA" if mode == Mode::HangBeforeData => std::future::pending().await,
            "DATA" => {
                say(&mut line, "354 Go on").await?;
                let mut text = String::new();
                while let Some(said) = hear(&mut line).await?.filter(|said| said != ".") {
                    text += &said;
                    text += "\n";
                }
                let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: "));
                let message_id = id.unwrap_or_default().to_owned();
                script.lock().unwrap().received.push(Received { to: to.clone(), message_id, text });
                match mode {
                    Mode::HangAfterData => std::future::pending().await,
                    Mode::DropAfterData => return Ok(()),
                    Mode::Held => {
                        held.arrived.add_permits(1);
                        held.let_go.acquire().await.unwrap().forget();
                        "250 Taken"
                    }
                    _ => "250 Taken",
                }
            }
            "QUIT" => "221 Bye",
            _ => "250 OK",
        };
        say(&mut line, answer).await?;
        if answer.starts_with("421") || answer.starts_with("221") {
            return Ok(());
        }
    }
    Ok(())
}

fn open(wire: impl Wire + 'static) -> Line {
    BufReader::new(Box::new(wire))
}

async fn say(line: &mut Line, text: &str) -> io::Result<()> {
    line.write_all(format!("{text}\r\n").as_bytes()).await?;
    line.flush().await
}

async fn hear(line: &mut Line) -> io::Result<Option<String>> {
    line.lines().next_line().await
}

/// Whether somebody says the right name and password, in the one way that is offered.
async fn is_right(line: &mut Line, said: &str, log_in: &LogIn) -> io::Result<bool> {
    let read = |text: &str| String::from_utf8(STANDARD.decode(text.trim()).unwrap()).unwrap();
    let mut words = said.split_whitespace().skip(1);
    if words.next() != Some(log_in.mechanism) {
        return Ok(false);
    }
    if log_in.mechanism == "PLAIN" {
        return Ok(read(words.next().unwrap_or_default()) == format!("\0{}\0{}", log_in.user, log_in.password));
    }
    let mut told = Vec::new();
    for question in ["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"] {
        say(line, question).await?;
        told.push(read(&hear(line).await?.unwrap_or_default()));
    }
    Ok(told == [log_in.user, log_in.password])
}

/// A reply of endless lines, byte by byte; ends when the other side has had enough.
async fn trickle(line: &mut Line) -> io::Result<&'static str> {
    for byte in b"354-one moment, please\r\n".iter().cycle() {
        line.write_all(&[*byte]).await?;
        line.flush().await?;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Ok("354 Go on")
}
