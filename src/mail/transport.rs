//! How letters leave: to a relay by SMTP, into a folder (development), or into memory (tests).

use super::{Composed, kept::keep, relay::Relay};
use crate::config::{Config, MailRoute};
use lettre::message::Mailbox;
use secrecy::ExposeSecret;
use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

/// Sends letters.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    transport: Transport,
    /// Ends every try; lettre's own time-out covers single commands only.
    patience: Duration,
}

#[derive(Clone)]
enum Transport {
    Smtp(Box<Relay>),
    Folder(PathBuf),
    ByHand,
    Handed(Arc<dyn Fn(&Composed) + Send + Sync>),
}

/// The letters that were sent into memory.
pub type Sent = Arc<Mutex<Vec<Composed>>>;

/// Why a try failed.
#[derive(Debug)]
pub enum TransportError {
    /// Refused for good.
    Permanent(String),
    /// May work later.
    Temporary(String),
    /// The relay takes nothing at all, from us or from anybody: no letter has been tried.
    Unreachable(String),
    /// The hub sends no letters.
    ByHand(String),
}

impl TransportError {
    /// Why, in words that a person can act on.
    pub fn into_words(self) -> String {
        match self {
            Self::Permanent(why) | Self::Temporary(why) | Self::Unreachable(why) | Self::ByHand(why) => why,
        }
    }
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mailer")
    }
}

impl Mailer {
    /// The mailer that the configuration asks for.
    pub fn new(config: &Config) -> Result<Self, String> {
        let transport = match &config.mail {
            MailRoute::Smtp(url) => Transport::Smtp(Box::new(Relay::new(url.expose_secret(), config)?)),
            MailRoute::Folder(folder) => Transport::Folder(folder.clone()),
            MailRoute::ByHand => Transport::ByHand,
        };
        Ok(Self { from: config.mail_from.clone(), transport, patience: config.smtp_timeout })
    }

    /// A mailer that keeps letters in memory.
    pub fn memory(config: &Config) -> (Self, Sent) {
        let sent = Sent::default();
        let kept = sent.clone();
        let keep = move |letter: &Composed| {
            kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(letter.clone());
        };
        (Self::handing(config, keep), sent)
    }

    /// A mailer that hands each letter to somebody in this program, in place of a mail server.
    pub fn handing(config: &Config, to: impl Fn(&Composed) + Send + Sync + 'static) -> Self {
        let transport = Transport::Handed(Arc::new(to));
        Self { from: config.mail_from.clone(), transport, patience: config.smtp_timeout }
    }

    /// How letters leave, as an operator reads it.
    pub fn way(&self) -> String {
        match &self.transport {
            Transport::Smtp(_) => "through the mail server, which took it".into(),
            Transport::Folder(folder) => format!("into the folder {}, since there is no SMTP_URL", folder.display()),
            Transport::ByHand | Transport::Handed(_) => "nowhere".into(),
        }
    }

    /// Sends one letter, or says why not, within the time that the configuration gives.
    pub async fn send(&self, letter: &Composed) -> Result<(), TransportError> {
        let message = letter.message(&self.from).map_err(TransportError::Permanent)?;
        match &self.transport {
            Transport::Smtp(relay) => relay.send(message, self.patience).await,
            Transport::Folder(folder) => keep(folder, letter, &message.formatted())
                .await
                .map_err(|error| TransportError::Temporary(error.to_string())),
            Transport::ByHand => Err(TransportError::ByHand(
                "This hub sends no letters. Copy the invitation's link and hand it over.".into(),
            )),
            Transport::Handed(to) => {
                to(letter);
                Ok(())
            }
        }
    }
}
