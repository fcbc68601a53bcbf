//! Drains the outbox after commits: claims, composes, sends, settles. Beside it, the chores of the hub.

mod chores;
mod relay;

use crate::{
    access::Access,
    domain::invitation,
    fault::Fault,
    hub::Hub,
    mail::{self, Mailer, TransportError},
    outbox::{self, Outcome},
};
use chores::Chores;
use entity::outbox::{Model as Row, OutboxState};
use relay::Relay;
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, task::JoinSet};
use uuid::Uuid;

/// How long an idle worker sleeps when nobody rings: for letters whose time has come, and bells that were missed.
const POLL: Duration = Duration::from_secs(1);
/// Letters under way at once: one that hangs holds nobody else up.
const PARALLEL: usize = 10;
/// How long letters under way are waited for when the server stops.
const LAST: Duration = Duration::from_secs(25);

/// Carries letters out.
#[derive(Clone, Debug)]
pub struct Worker {
    access: Access,
    mailer: Mailer,
    relay: Arc<Relay>,
    chores: Arc<Chores>,
}

type Sending = JoinSet<()>;

impl Worker {
    /// A worker that acts for the hub itself.
    pub fn new(hub: Arc<Hub>, mailer: Mailer) -> Self {
        Self { access: Access::system(hub), mailer, relay: Arc::default(), chores: Arc::default() }
    }

    /// Works until `stop` changes; letters under way are finished, those that wait are left for the next start.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut sending = Sending::new();
        while !*stop.borrow() {
            // What cannot be done is in the log; it is tried again in a while.
            let _ = self.chores.do_what_is_due(&self.access).await;
            if let Err(fault) = self.send_more(&mut sending).await {
                tracing::error!(?fault, "the outbox cannot be read");
            }
            tokio::select! {
                Some(_) = sending.join_next() => {}
                () = self.access.hub().bell.notified() => {}
                () = tokio::time::sleep(POLL) => {}
                _ = stop.changed() => {}
            }
        }
        let finished = async { while sending.join_next().await.is_some() {} };
        if tokio::time::timeout(LAST, finished).await.is_err() {
            tracing::warn!("letters are still under way; their leases end by themselves, and they are sent again");
        }
    }

    /// Does the chores, sends everything that is due, and answers how many rows were tried.
    pub async fn drain(&self) -> Result<usize, Fault> {
        let chores = self.chores.do_all(&self.access).await;
        let (mut sending, mut tried) = (Sending::new(), 0);
        loop {
            tried += self.send_more(&mut sending).await?;
            if sending.join_next().await.is_none() {
                return chores.map(|()| tried);
            }
        }
    }

    /// Claims as many due rows as there are free places and begins to send them; answers how many.
    async fn send_more(&self, sending: &mut Sending) -> Result<usize, Fault> {
        while sending.try_join_next().is_some() {}
        let places = self.relay.places(self.access.now(), sending.len(), PARALLEL);
        if places == 0 {
            return Ok(0);
        }
        let lease: Uuid = self.access.id();
        let rows = outbox::claim(&self.access.hub().pools, self.access.now(), lease, places as u64).await?;
        let claimed = rows.len();
        for row in rows {
            let worker = self.clone();
            sending.spawn(async move {
                if let Err(fault) = worker.deliver(row).await {
                    tracing::error!(?fault, "a letter could not be settled");
                }
            });
        }
        Ok(claimed)
    }

    /// One try, and what becomes of the row.
    async fn deliver(&self, row: Row) -> Result<(), Fault> {
        // A letter that makes a library panic is a failed try, not the end of the worker.
        let attempt = tokio::spawn({
            let (worker, row) = (self.clone(), row.clone());
            async move { worker.attempt(&row).await }
        });
        let outcome = attempt.await.unwrap_or_else(|panic| {
            tracing::error!(%panic, letter = %row.id.0, "writing a letter panicked");
            Outcome::Broken("The letter could not be written.".into())
        });
        let outcome = self.relay.judge(&row, outcome);
        self.relay.learn(self.access.now(), &outcome);
        if !matches!(outcome, Outcome::Sent | Outcome::Cancelled) {
            // The relay's words often repeat the address; they are kept with the row, not in the log.
            tracing::warn!(letter = %row.id.0, kind = row.kind, attempt = row.attempts, "a letter did not leave");
        }
        let tx = self.access.begin().await?;
        let state = outbox::settle(tx.conn(), tx.now(), &row, &outcome).await?;
        if let (Some(state), Some(id)) = (state, row.invitation_id) {
            invitation::note_delivery(&tx, id, &row, state, &outcome).await?;
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
                Err(TransportError::Unreachable(why)) => Outcome::Unreachable(why),
                Err(TransportError::ByHand(why)) => Outcome::ByHand(why),
            },
            Ok(None) => Outcome::Cancelled,
            Err(fault) => {
                tracing::error!(?fault, letter = %row.id.0, "a letter could not be written");
                Outcome::Broken("The letter could not be written.".into())
            }
        }
    }
}
