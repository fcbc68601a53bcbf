//! What is to be done now and then: links that ran out, reminders, old rows.

use crate::{
    access::{Access, once},
    domain::{
        account::{factor, session},
        invitation, throttle,
    },
    fault::Fault,
    outbox,
};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
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

    /// Does them all, each by itself: one that cannot be done is said in the log, and keeps no other from being done.
    pub(super) async fn do_all(&self, access: &Access) -> Result<(), Fault> {
        let mut done = Ok(());
        for (name, chore) in CHORES {
            // What makes a library panic ends this chore only.
            let chore = tokio::spawn(chore(access.clone())).await;
            let chore = chore.unwrap_or_else(|panic| Err(Fault::Internal(format!("a chore panicked: {panic}"))));
            if let Err(fault) = chore {
                tracing::error!(?fault, chore = name, "a chore cannot be done");
                done = Err(fault);
            }
        }
        done
    }
}

type Chore = fn(Access) -> BoxFuture<'static, Result<(), Fault>>;

/// What there is to do.
const CHORES: [(&str, Chore); 7] = [
    ("links that ran out", |access| Box::pin(async move { invitation::expire(&access).await })),
    ("reminders", |access| Box::pin(async move { invitation::remind(&access).await })),
    ("limits", |access| Box::pin(async move { throttle::sweep(access.hub()).await })),
    ("sessions", |access| Box::pin(async move { session::sweep(access.hub()).await.map(drop) })),
    ("authenticators of an old key", |access| Box::pin(async move { factor::rekey(access.hub()).await })),
    ("keys of repeated changes", |access| {
        Box::pin(async move { once::sweep(&access.hub().pools, access.now()).await.map(drop) })
    }),
    ("letters", |access| {
        Box::pin(async move { outbox::sweep(&access.hub().pools.reads, access.now()).await.map(drop) })
    }),
];
