//! Whose connection stays open: a session, looked up anew at each turn.

use crate::{
    access::{Access, Origin},
    domain::account::session,
    fault::Fault,
    http::App,
};
use entity::{SessionId, UserId};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// A signed-in user on a connection that stays open. Holds no token and no rights.
#[derive(Clone)]
pub(in crate::http::endpoint) struct Visitor {
    pub(in crate::http::endpoint) app: App,
    pub(in crate::http::endpoint) user: UserId,
    session: SessionId,
    origin: Origin,
    /// One permit per document that may run at once for this connection, also of those that nobody waits for any more.
    pub(super) running: Arc<Semaphore>,
}

impl Visitor {
    /// `None` for nobody. At most `documents` run at once.
    pub(in crate::http::endpoint) fn of(app: &App, access: &Access, documents: usize) -> Option<Self> {
        let person = access.actor().person()?;
        let (user, session) = (person.user.id, person.session_id);
        let running = Arc::new(Semaphore::new(documents));
        Some(Self { app: app.clone(), user, session, origin: access.origin().clone(), running })
    }

    /// The rights of this moment; `None` once the session has ended. A document that the user sends uses the session;
    /// to be told of something does not.
    pub(in crate::http::endpoint) async fn access(&self, used: bool) -> Result<Option<Access>, Fault> {
        let actor = session::resume(&self.app.hub, self.session, used).await?;
        if actor.person().is_none() {
            return Ok(None);
        }
        Ok(Some(Access::new(self.app.hub.clone(), actor, self.origin.clone())))
    }

    /// The request that opened the connection, under which the log knows it.
    pub(in crate::http::endpoint) fn request_id(&self) -> &str {
        self.origin.request_id.as_deref().unwrap_or_default()
    }
}
