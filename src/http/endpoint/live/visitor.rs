//! Whose connection stays open: a session or an API key, looked up anew at each turn.

use crate::{
    access::{Access, Actor, Origin, Reach},
    changes::Change,
    domain::{account::session, api_key},
    fault::Fault,
    http::App,
};
use entity::{ApiKeyId, SessionId};
use std::sync::Arc;
use tokio::sync::Semaphore;
use uuid::Uuid;

/// What the connection was opened with.
#[derive(Clone, Copy)]
enum Credential {
    Session(SessionId),
    Key(ApiKeyId),
}

/// A signed-in user or program on a connection that stays open. Holds no token and no rights.
#[derive(Clone)]
pub(in crate::http::endpoint) struct Visitor {
    pub(in crate::http::endpoint) app: App,
    pub(in crate::http::endpoint) who: Uuid,
    credential: Credential,
    /// What it could reach when the connection was opened; a partner's user never reaches more.
    reach: Reach,
    origin: Origin,
    /// One permit per document that may run at once for this connection, also of those that nobody waits for any more.
    pub(super) running: Arc<Semaphore>,
}

impl Visitor {
    /// `None` for nobody. At most `documents` run at once.
    pub(in crate::http::endpoint) fn of(app: &App, access: &Access, documents: usize) -> Option<Self> {
        let credential = match access.actor() {
            Actor::Person(person) => Credential::Session(person.session_id),
            Actor::Key(key) => Credential::Key(key.id),
            Actor::Anonymous | Actor::System => return None,
        };
        let running = Arc::new(Semaphore::new(documents));
        Some(Self {
            app: app.clone(),
            who: access.actor().id()?,
            credential,
            reach: access.actor().reach(),
            origin: access.origin().clone(),
            running,
        })
    }

    /// The rights of this moment; `None` once the session has ended or the key was revoked. A document that the user sends uses the session;
    /// to be told of something does not.
    pub(in crate::http::endpoint) async fn access(&self, used: bool) -> Result<Option<Access>, Fault> {
        let actor = match self.credential {
            Credential::Session(id) => session::resume(&self.app.hub, id, used).await?,
            Credential::Key(id) => api_key::resume(&self.app.hub, id, used).await?,
        };
        if actor.id().is_none() {
            return Ok(None);
        }
        Ok(Some(Access::new(self.app.hub.clone(), actor, self.origin.clone())))
    }

    /// Whether a change can concern the user at all; most changes are other partners', and cost nothing then.
    pub(super) fn may_reach(&self, change: Change) -> bool {
        within(self.reach, change)
    }

    /// The request that opened the connection, under which the log knows it.
    pub(in crate::http::endpoint) fn request_id(&self) -> &str {
        self.origin.request_id.as_deref().unwrap_or_default()
    }
}

fn within(reach: Reach, change: Change) -> bool {
    match reach {
        Reach::Everything => true,
        Reach::Partner(own) => change.partner() == Some(own),
        Reach::Nothing => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::PartnerId;
    use uuid::Uuid;

    #[test]
    fn other_partners_changes_are_passed_over() {
        let (own, other) = (PartnerId(Uuid::from_u128(1)), PartnerId(Uuid::from_u128(2)));
        let all = |partner| {
            let (integration, activity) = (Uuid::nil().into(), Uuid::nil().into());
            [Change::Integration(integration, partner), Change::Activity(activity, partner)]
        };
        for change in all(Some(own)).into_iter().chain([Change::Partner(own)]) {
            assert!(within(Reach::Partner(own), change) && within(Reach::Everything, change), "{change:?}");
        }
        for change in all(Some(other)).into_iter().chain(all(None)).chain([Change::Partner(other)]) {
            assert!(!within(Reach::Partner(own), change) && within(Reach::Everything, change), "{change:?}");
            assert!(!within(Reach::Nothing, change));
        }
    }
}
