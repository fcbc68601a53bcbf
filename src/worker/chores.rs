//! What is to be done now and then: links that ran out, reminders, old rows.

use crate::{
    access::{Access, once},
    domain::{account::session, invitation, throttle},
    fault::Fault,
    outbox,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{Mutex, PoisonError};

/// How often.
const EVERY: TimeDelta = TimeDelta::seconds(30);

/// When they were last done. Several servers may do them at once: each row is changed by one of them.
#[derive(Debug, Default)]
pub(super) struct Chores(Mutex<Option<DateTime<Utc>>>);

impl Chores {
    /// Does them all, unless that was a short while ago.
    pub(super) async fn do_what_is_due(&self, access: &Access) -> Result<(), Fault> {
        let now = access.now();
        {
            let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if last.is_some_and(|last| now < last + EVERY) {
                return Ok(());
            }
            *last = Some(now);
        }
        self.do_all(access).await
    }

    /// Does them all.
    pub(super) async fn do_all(&self, access: &Access) -> Result<(), Fault> {
        invitation::expire(access).await?;
        invitation::remind(access).await?;
        throttle::sweep(access.hub()).await?;
        session::sweep(access.hub()).await?;
        once::sweep(&access.hub().pools, access.now()).await?;
        outbox::sweep(&access.hub().pools.reads, access.now()).await?;
        Ok(())
    }
}
