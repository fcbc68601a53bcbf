//! A mail server that does as it is told, also what no mail server should.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream, tcp::OwnedWriteHalf},
    task::JoinSet,
};

/// What it does with a letter, by its recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Takes it.
    Ok,
    /// 451 on the first try, then takes it.
    Greylist,
    /// 451 on every try.
    Temporary,
    /// 550 on every try.
    Permanent,
    /// Says nothing to `DATA`.
    HangBeforeData,
    /// Takes all of it and says nothing.
    HangAfterData,
    /// Takes all of it and hangs up, the first time.
    DropAfterData,
    /// 421 and hangs up.
    Closing,
    /// Says one byte after the other, and never comes to an end: no pause between two of them is long.
    Slow,
}

/// How it meets the hub, before it hears of any letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As it should.
    #[default]
    Civil,
    /// Hangs up before it has said a word.
    Mute,
    /// Greets without end.
    Chatty,
    /// Refuses everybody who connects.
    ShutDoor,
    /// Refuses whoever introduces itself.
    DeafToHello,
    /// Refuses the sender's address.
    RefusesSender,
    /// Says so with the enhanced code of a sender's domain, to the recipient.
    BlamesSender,
}

/// A letter that it has read to its end.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) to: String,
    pub(crate) message_id: String,
    pub(crate) text: String,
}

#[derive(Default)]
struct Script {
    modes: HashMap<String, Mode>,
    manner: Manner,
    seen: HashSet<String>,
    received: Vec<Received>,
    greetings: Vec<String>,
    tries: usize,
}

/// The server; it ends with the test.
pub(crate) struct Relay {
    pub(crate) port: u16,
    script: Arc<Mutex<Script>>,
    _serving: JoinSet<()>,
}

impl Relay {
    pub(crate) async fn start() -> Self {
        Self::start_at(0).await
    }

    /// At a port that somebody knows already.
    pub(crate) async fn start_at(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let script = Arc::new(Mutex::new(Script::default()));
        let mut serving = JoinSet::new();
        let told = script.clone();
        serving.spawn(async move {
            let mut sessions = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let script = told.clone();
                sessions.spawn(async move { drop(session(stream, script).await) });
            }
        });
        Self { port, script, _serving: serving }
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// What to do with letters to an address; those to others are taken.
    pub(crate) fn treat(&self, address: &str, mode: Mode) {
        self.script.lock().unwrap().modes.insert(address.to_owned(), mode);
    }

    /// How to meet the hub from now on.
    pub(crate) fn behave(&self, manner: Manner) {
        self.script.lock().unwrap().manner = manner;
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.script.lock().unwrap().received.clone()
    }

    /// How often anybody asked to send anything.
    pub(crate) fn tries(&self) -> usize {
        self.script.lock().unwrap().tries
    }

    /// What clients said of themselves.
    pub(crate) fn greetings(&self) -> Vec<String> {
        self.script.lock().unwrap().greetings.clone()
    }
}

async fn session(stream: TcpStream, script: Arc<Mutex<Script>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let manner = script.lock().unwrap().manner;
    match manner {
        Manner::Mute => return Ok(()),
        Manner::Chatty => drop(trickle(&mut write).await?),
        Manner::ShutDoor => return write.write_all(b"554 No mail from you\r\n").await,
        _ => {}
    }
    write.write_all(b"220 scripted\r\n").await?;
    let (mut to, mut mode) = (String::new(), Mode::Ok);
    while let Some(line) = lines.next_line().await? {
        let answer = match line.to_ascii_uppercase().split_whitespace().next().unwrap_or_default() {
            "EHLO" | "HELO" if manner == Manner::DeafToHello => "550 I do not know you",
            "MAIL" if manner == Manner::RefusesSender => "553 Sender rejected",
            "RCPT" if manner == Manner::BlamesSender => "550 5.1.8 Bad sender's domain",
            "EHLO" => {
                script.lock().unwrap().greetings.push(line[4..].trim().to_owned());
                "250-scripted\r\n250 8BITMIME"
            }
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
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
            "DATA" if mode == Mode::Slow => trickle(&mut write).await?,
            "DATA" if mode == Mode::HangBeforeData => std::future::pending().await,
            "DATA" => {
                write.write_all(b"354 Go on\r\n").await?;
                let mut text = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    text += &line;
                    text += "\n";
                }
                let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: "));
                let message_id = id.unwrap_or_default().to_owned();
                script.lock().unwrap().received.push(Received { to: to.clone(), message_id, text });
                match mode {
                    Mode::HangAfterData => std::future::pending().await,
                    Mode::DropAfterData => return Ok(()),
                    _ => "250 Taken",
                }
            }
            "QUIT" => "221 Bye",
            _ => "250 OK",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
        if answer.starts_with("421") || answer.starts_with("221") {
            return Ok(());
        }
    }
    Ok(())
}

/// A reply of endless lines, byte by byte; ends when the other side has had enough.
async fn trickle(write: &mut OwnedWriteHalf) -> std::io::Result<&'static str> {
    for byte in b"354-one moment, please\r\n".iter().cycle() {
        write.write_all(&[*byte]).await?;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Ok("354 Go on")
}
