//! The tour of the README, run from its own text against the real program.

use crate::{smtp::Receiver, support::database::TestDatabase};
use serde_json::Value;
use std::{path::Path, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

const README: &str = include_str!("../../README.md");

/// The shell blocks between the markers.
fn commands() -> Vec<&'static str> {
    let tour = README.split("<!-- tour -->").nth(1).unwrap().split("<!-- /tour -->").next().unwrap();
    tour.split("```bash\n").skip(1).map(|block| block.split("```").next().unwrap()).collect()
}

/// What the README says the last command answers.
fn promised() -> Value {
    let block = README.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    serde_json::from_str(block).unwrap()
}

/// The program in an empty folder, ready to be visited.
async fn serve(folder: &Path, database: Option<&str>, smtp: Option<String>) -> (Child, String) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let base = format!("http://127.0.0.1:{port}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_partner-hub"));
    command
        .current_dir(folder)
        .env_clear()
        .env("RUST_LOG", "warn")
        .env("LISTEN", format!("127.0.0.1:{port}"))
        .env("PUBLIC_URL", &base);
    command.envs(database.map(|url| ("DATABASE_URL", url))).envs(smtp.map(|url| ("SMTP_URL", url)));
    let mut hub = command.stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    let mut said = BufReader::new(hub.stdout.take().unwrap()).lines();
    let first = said.next_line().await.unwrap().expect("the hub says that it serves");
    assert_eq!(first, format!("Partner Hub serves {base}"));
    (hub, base)
}

/// Runs the commands in one shell; answers what each printed.
async fn walk(commands: &[String], folder: &Path) -> Vec<String> {
    let script = commands.join("\necho '--- next'\n");
    let output = Command::new("bash").args(["-euc", &script]).current_dir(folder).output().await.unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr).into_owned());
    assert!(output.status.success(), "{out}\n{err}");
    out.split("--- next\n").map(|part| part.trim().to_owned()).collect()
}

fn check(printed: &[String]) {
    let answer =
        |index: usize| serde_json::from_str::<Value>(&printed[index]).unwrap_or_else(|_| panic!("{printed:#?}"));
    let refused = printed.iter().filter(|text| text.contains("ONBOARDING_INCOMPLETE")).count();
    assert_eq!(refused, 1, "{printed:#?}");
    let errors = printed.iter().filter(|text| text.contains("\"errors\"") || text.contains("\"message\"")).count();
    assert_eq!(errors, 1, "only the refusal is refused: {printed:#?}");
    assert_eq!(answer(printed.len() - 1)["data"], promised()["data"]);
}

async fn database() -> Option<TestDatabase> {
    // SQLite is what the hub uses when nothing is set, and that is what the tour promises.
    match crate::support::database::postgres() {
        Some(_) => Some(TestDatabase::create_bare().await),
        None => None,
    }
}

#[test]
fn the_tour_is_short() {
    assert!(commands().len() <= 15, "{}", commands().len());
}

#[tokio::test]
async fn the_tour_works_as_printed() {
    let (folder, database) = (tempfile::tempdir().unwrap(), database().await);
    let (_hub, base) = serve(folder.path(), database.as_ref().map(|db| db.url.as_str()), None).await;
    let commands: Vec<_> = commands().iter().map(|text| text.replace("http://127.0.0.1:8080", &base)).collect();
    check(&walk(&commands, folder.path()).await);
    assert_eq!(database.is_none(), folder.path().join("data/partner-hub.db").exists());
}

#[tokio::test]
async fn the_tour_works_with_a_real_mail_server() {
    let (folder, database) = (tempfile::tempdir().unwrap(), database().await);
    let mut receiver = Receiver::start(0).await;
    let smtp = format!("smtp://127.0.0.1:{}", receiver.port);
    let (_hub, base) = serve(folder.path(), database.as_ref().map(|db| db.url.as_str()), Some(smtp)).await;
    // The letters arrive somewhere else, so that they are read somewhere else; nothing else differs.
    let read = "letter() { until [ -s \"mail-$1\" ]; do sleep 0.1; done; grep -o 'pinv_[A-Za-z0-9_-]*' \"mail-$1\" | head -1; }\n";
    let commands: Vec<_> =
        commands()
            .iter()
            .map(|text| {
                if text.starts_with("letter()") {
                    read.to_owned()
                } else {
                    text.replace("http://127.0.0.1:8080", &base)
                }
            })
            .collect();
    let inbox = folder.path().to_owned();
    let keep = tokio::spawn(async move {
        loop {
            let letter = receiver.next().await;
            let [address] = letter["recipients"].as_array().unwrap().as_slice() else { panic!("{letter}") };
            let file = inbox.join(format!("mail-{}", address.as_str().unwrap()));
            let text = letter["text"].as_str().unwrap();
            if text.contains("pinv_") {
                tokio::fs::write(file, text).await.unwrap();
            }
        }
    });
    check(&walk(&commands, folder.path()).await);
    keep.abort();
}
