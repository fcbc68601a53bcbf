//! A mail server that does as it is told, also what no mail server should.

pub(crate) mod authority;
mod session;

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, sync::Semaphore, task::JoinSet};
use tokio_rustls::TlsAcceptor;

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
    /// Takes all of it, and answers once it is let go.
    Held,
}

/// How it is entered.
#[derive(Clone, Default)]
pub(crate) struct Door {
    pub(crate) lock: Lock,
    /// Who may send; everybody if nobody is named.
    pub(crate) log_in: Option<LogIn>,
}

/// How the line to it is encrypted.
#[derive(Clone, Default)]
pub(crate) enum Lock {
    #[default]
    None,
    /// On request.
    StartTls(TlsAcceptor),
    /// From the first byte.
    Smtps(TlsAcceptor),
}

/// How somebody says who it is.
#[derive(Clone)]
pub(crate) struct LogIn {
    /// `PLAIN` or `LOGIN`: the only one that is offered.
    pub(crate) mechanism: &'static str,
    pub(crate) user: &'static str,
    pub(crate) password: &'static str,
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
    log_ins: usize,
}

/// What is held, and what lets it go.
struct Held {
    arrived: Semaphore,
    let_go: Semaphore,
}

/// The server; it ends with the test.
pub(crate) struct Relay {
    pub(crate) port: u16,
    script: Arc<Mutex<Script>>,
    held: Arc<Held>,
    _serving: JoinSet<()>,
}

impl Relay {
    pub(crate) async fn start() -> Self {
        Self::start_at(0).await
    }

    /// At a port that somebody knows already.
    pub(crate) async fn start_at(port: u16) -> Self {
        Self::start_with(port, Door::default()).await
    }

    /// Behind a door.
    pub(crate) async fn behind(door: Door) -> Self {
        Self::start_with(0, door).await
    }

    async fn start_with(port: u16, door: Door) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let script = Arc::new(Mutex::new(Script::default()));
        let mut serving = JoinSet::new();
        let held = Arc::new(Held { arrived: Semaphore::new(0), let_go: Semaphore::new(0) });
        let told = (script.clone(), held.clone());
        serving.spawn(async move {
            let mut sessions = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (door, (script, held)) = (door.clone(), told.clone());
                sessions.spawn(async move { drop(session::serve(stream, door, script, held).await) });
            }
        });
        Self { port, script, held, _serving: serving }
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

    /// How often anybody tried to log in.
    pub(crate) fn log_ins(&self) -> usize {
        self.script.lock().unwrap().log_ins
    }

    /// Waits until so many letters are held.
    pub(crate) async fn holds(&self, letters: u32) {
        self.held.arrived.acquire_many(letters).await.unwrap().forget();
    }

    /// Answers to so many letters that are held, or will be.
    pub(crate) fn let_go(&self, letters: usize) {
        self.held.let_go.add_permits(letters);
    }

    /// What clients said of themselves.
    pub(crate) fn greetings(&self) -> Vec<String> {
        self.script.lock().unwrap().greetings.clone()
    }
}
