//! What changed: announced to everybody who watches, after the commit and never before it.
//!
//! A change is a hint and no data: it names a row, and whoever hears of it reads the row with its own rights.

mod listener;

pub use listener::{Listener, notify};

use entity::{ActivityId, IntegrationId, PartnerId};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::broadcast;
use uuid::Uuid;

/// News that wait for the slowest watcher; one who falls further behind is told that it has missed some.
pub const KEPT: usize = 1_024;

/// A row that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A partner was made, edited or moved to another status.
    Partner(PartnerId),
    /// An integration, this partner's or the vendor's own, was made, edited or moved to another status.
    Integration(IntegrationId, Option<PartnerId>),
    /// A line was added to the record, about this partner if any.
    Activity(ActivityId, Option<PartnerId>),
}

impl Change {
    /// The change of a row that the record names by its type in the graph, if anybody can watch that type.
    pub fn of_subject(name: &str, id: Uuid, partner: Option<PartnerId>) -> Option<Self> {
        match name {
            "Partner" => Some(Self::Partner(PartnerId(id))),
            "Integration" => Some(Self::Integration(IntegrationId(id), partner)),
            _ => None,
        }
    }

    /// Whose row it is; `None` for the vendor's own.
    pub fn partner(self) -> Option<PartnerId> {
        match self {
            Self::Partner(partner) => Some(partner),
            Self::Integration(_, partner) | Self::Activity(_, partner) => partner,
        }
    }
}

/// What a watcher hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// A row changed.
    Changed(Change),
    /// Changes may have been missed: load everything anew.
    Missed,
}

/// The announcements of one running server; cheap to clone.
#[derive(Clone, Debug)]
pub struct Changes {
    news: broadcast::Sender<News>,
    /// Tells this server's notifications from those of others on the same database.
    server: Uuid,
}

impl Changes {
    /// Nobody watches yet.
    pub fn new() -> Self {
        // Not an id of the clock: a test's clocks all count the same.
        let server = uuid::Builder::from_random_bytes(crate::secret::random()).into_uuid();
        Self { news: broadcast::Sender::new(KEPT), server }
    }

    /// Everything from now on.
    pub fn watch(&self) -> Watch {
        Watch(self.news.subscribe())
    }

    /// Tells everybody who watches on this server.
    pub fn publish(&self, news: News) {
        // An error means that nobody watches.
        let _ = self.news.send(news);
    }
}

impl Default for Changes {
    fn default() -> Self {
        Self::new()
    }
}

/// Hears everything since it was opened.
#[derive(Debug)]
pub struct Watch(broadcast::Receiver<News>);

impl Watch {
    /// The next news; `None` when the server is gone. Who falls behind hears [`News::Missed`] in place of what it
    /// missed.
    pub async fn next(&mut self) -> Option<News> {
        match self.0.recv().await {
            Ok(news) => Some(news),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(News::Missed),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

/// The changes of one transaction, kept until it is committed and forgotten if it is not.
#[derive(Clone, Debug, Default)]
pub struct Pending(Arc<Mutex<Vec<Change>>>);

impl Pending {
    /// Notes a change; each once.
    pub fn note(&self, change: Change) {
        let mut changes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !changes.contains(&change) {
            changes.push(change);
        }
    }

    /// All that were noted.
    pub fn take(&self) -> Vec<Change> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
