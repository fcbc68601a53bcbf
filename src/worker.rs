//! Drains the outbox after commits: claims, composes, sends, settles.

use crate::{
    access::Access,
    domain::invitation,
    fault::Fault,
    hub::Hub,
    mail::{self, Mailer, TransportError},
    outbox::{self, Outcome},
};
use entity::outbox::{Model as Row, OutboxState};
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, task::JoinSet};
use uuid::Uuid;

/// How long an idle worker sleeps when nobody rings; other processes write rows too.
const POLL: Duration = Duration::from_secs(1);

/// Carries letters out.
#[derive(Clone, Debug)]
pub struct Worker {
    access: Access,
    mailer: Mailer,
}

impl Worker {
    /// A worker that acts for the hub itself.
    pub fn new(hub: Arc<Hub>, mailer: Mailer) -> Self {
        Self { access: Access::system(hub), mailer }
    }

    /// Works until `stop` changes; letters in flight are finished, those that wait are left for the next start.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match self.send_some().await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(fault) => tracing::error!(?fault, "the outbox cannot be read"),
            }
            tokio::select! {
                () = self.access.hub().bell.notified() => {}
                () = tokio::time::sleep(POLL) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Sends everything that is due, and answers how many rows were tried.
    pub async fn drain(&self) -> Result<usize, Fault> {
        let mut tried = 0;
        loop {
            match self.send_some().await? {
                0 => return Ok(tried),
                some => tried += some,
            }
        }
    }

    /// Claims a few rows that are due and tries each once; answers how many.
    async fn send_some(&self) -> Result<usize, Fault> {
        let lease: Uuid = self.access.id();
        let rows = outbox::claim(&self.access.hub().pools, self.access.now(), lease).await?;
        let claimed = rows.len();
        let mut sending = JoinSet::new();
        for row in rows {
            let worker = self.clone();
            sending.spawn(async move { worker.deliver(row).await });
        }
        while let Some(done) = sending.join_next().await {
            match done {
                Ok(Ok(())) => {}
                Ok(Err(fault)) => tracing::error!(?fault, "a letter could not be settled"),
                Err(panic) => tracing::error!(%panic, "settling a letter panicked"),
            }
        }
        Ok(claimed)
    }

    /// One try of one letter.
    async fn deliver(&self, row: Row) -> Result<(), Fault> {
        // A letter that makes a library panic is a failed try, not the end of the worker.
        let attempt = tokio::spawn({
            let (worker, row) = (self.clone(), row.clone());
            async move { worker.attempt(&row).await }
        });
        let outcome = attempt.await.unwrap_or_else(|panic| {
            tracing::error!(%panic, letter = %row.id.0, "writing a letter panicked");
            Outcome::Deferred("The letter could not be written.".into())
        });
        // The relay's words often repeat the address; they are kept with the row, not in the log.
        if let Outcome::Deferred(_) | Outcome::Refused(_) = &outcome {
            tracing::warn!(letter = %row.id.0, kind = row.kind, attempt = row.attempts, "a letter did not leave");
        }
        let tx = self.access.begin().await?;
        let state = outbox::settle(tx.conn(), tx.now(), &row, &outcome).await?;
        if let (Some(state), Some(id)) = (state, row.invitation_id) {
            invitation::note_delivery(&tx, id, state, &outcome).await?;
        }
        tx.finish().await?;
        match state {
            Some(OutboxState::Sent) => tracing::info!(letter = %row.id.0, kind = row.kind, "a letter left"),
            Some(_) => {}
            None => tracing::warn!(letter = %row.id.0, "another worker took the letter over"),
        }
        Ok(())
    }

    async fn attempt(&self, row: &Row) -> Outcome {
        match mail::compose(&self.access, row).await {
            Ok(Some(letter)) => match self.mailer.send(&letter).await {
                Ok(()) => Outcome::Sent,
                Err(TransportError::Permanent(why)) => Outcome::Refused(why),
                Err(TransportError::Temporary(why)) => Outcome::Deferred(why),
            },
            Ok(None) => Outcome::Cancelled,
            Err(fault) => {
                tracing::error!(?fault, letter = %row.id.0, "a letter could not be written");
                Outcome::Deferred("The letter could not be written.".into())
            }
        }
    }
}
