//! The real program in a process of its own, whose memory can be looked at.

use super::{Client, database::TestDatabase, people::PASSWORD};
use serde_json::json;
use std::process::Stdio;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// A program that serves, on a database and in a folder of its own.
pub(crate) struct Program {
    /// As `127.0.0.1:PORT`.
    pub(crate) address: String,
    /// What lets the first admin in.
    token: String,
    child: Child,
    _database: TestDatabase,
    _folder: tempfile::TempDir,
}

impl Program {
    /// Starts it with these settings beside those that a test needs.
    pub(crate) async fn start(settings: &[(&str, &str)]) -> Self {
        let (database, folder) = (TestDatabase::create_bare().await, tempfile::tempdir().unwrap());
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let mut child = Command::new(env!("CARGO_BIN_EXE_partner-hub"))
            .current_dir(folder.path())
            .env_clear()
            .env("RUST_LOG", "error")
            .env("DATABASE_URL", &database.url)
            .env("LISTEN", &address)
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let token = loop {
            let line = said.next_line().await.unwrap().expect("the program prints the first link");
            if let Some((_, token)) = line.split_once("#t=") {
                break token.to_owned();
            }
        };
        Self { address, token, child, _database: database, _folder: folder }
    }

    /// A client that is not signed in.
    pub(crate) fn anonymous(&self) -> Client {
        Client::new(&format!("http://{}", self.address))
    }

    /// The first admin, signed in by the printed link.
    pub(crate) async fn admin(&self) -> Client {
        let input = json!({ "token": self.token, "password": PASSWORD });
        let payload = self.anonymous().mutate("acceptInvitation", "session { token }", input).await;
        self.anonymous().with_token(payload["session"]["token"].as_str().unwrap())
    }

    /// The most memory that it has had, in MiB.
    pub(crate) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id().unwrap())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1_024
    }
}
