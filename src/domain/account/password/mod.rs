//! Passwords: what is accepted, and hashing with Argon2id beside the event loop, a few at a time.

mod rule;

pub use rule::{Context, LONGEST, SHORTEST_OF_TWO, check};

use crate::{
    domain::throttle::{self, Limit},
    fault::Fault,
    hub::Hub,
};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use secrecy::{ExposeSecret, SecretString};
use std::sync::{
    LazyLock,
    atomic::{AtomicUsize, Ordering},
};
use tokio::sync::OwnedSemaphorePermit;
use unicode_normalization::UnicodeNormalization;

/// How many people may wait for a hash.
const QUEUE: usize = 64;

/// Too many people wait for a hash already.
#[derive(Debug)]
pub struct Busy;

impl From<Busy> for Fault {
    fn from(_: Busy) -> Self {
        Self::Busy
    }
}

/// Hashes a new password; answers a PHC string.
pub async fn hash(hub: &Hub, password: &SecretString) -> Result<String, Fault> {
    let permit = queue(hub).await?;
    let text = normal(password);
    run(permit, move || argon2().hash_password(text.as_bytes()).map(|hash| hash.to_string()))
        .await?
        .map_err(|error| Fault::Internal(format!("argon2: {error}")))
}

/// Compares a password with a hash. Without a hash the work is the same and the answer is no, so that time does not
/// tell who has an account.
pub async fn verify(hub: &Hub, password: &SecretString, hash: Option<&str>) -> Result<bool, Fault> {
    if password.expose_secret().nfc().count() > LONGEST {
        return Ok(false);
    }
    let permit = queue(hub).await?;
    let (text, hash) = (normal(password), hash.map(str::to_owned));
    run(permit, move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let parsed = PasswordHash::new(&hash);
        known & parsed.is_ok_and(|hash| argon2().verify_password(text.as_bytes(), &hash).is_ok())
    })
    .await
}

/// Whether this is the password of somebody who has an account, counted by these limits before any hashing. One who
/// found the queue full has tried nothing.
pub async fn attempt(hub: &Hub, limits: &[Limit], password: &SecretString, hash: Option<&str>) -> Result<bool, Fault> {
    throttle::admit(hub, limits).await?;
    let verified = verify(hub, password, hash).await;
    if matches!(verified, Err(Fault::Busy)) {
        throttle::untaken(hub, limits).await?;
    }
    verified
}

/// Whether a hash was made with other parameters than those of today.
pub fn is_dated(hash: &str) -> bool {
    // Not the whole of them: those that are read from a hash name its length as well.
    let cost = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
    let today = cost(argon2().params());
    PasswordHash::new(hash).is_ok_and(|hash| Params::try_from(&hash).is_ok_and(|params| cost(&params) != today))
}

/// 19 MiB, two passes, one lane: the least that OWASP's cheat sheet on password storage names.
fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19_456, 2, 1, None).expect("sound parameters"))
}

/// The hash that an unknown account is compared with.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| argon2().hash_password(b"nobody has this password").expect("hashable").to_string());

fn normal(password: &SecretString) -> String {
    password.expose_secret().nfc().collect()
}

async fn queue(hub: &Hub) -> Result<OwnedSemaphorePermit, Busy> {
    struct Place<'a>(&'a AtomicUsize);
    impl Drop for Place<'_> {
        fn drop(&mut self) {
            self.0.fetch_sub(1, Ordering::Relaxed);
        }
    }
    let waiting = hub.waiting_to_hash.fetch_add(1, Ordering::Relaxed);
    let _place = Place(&hub.waiting_to_hash);
    if waiting >= QUEUE {
        return Err(Busy);
    }
    hub.hashing.clone().acquire_owned().await.map_err(|_| Busy)
}

/// The permit goes along, so that a client that hangs up does not let one more in.
async fn run<T: Send + 'static>(
    permit: OwnedSemaphorePermit,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    let work = move || {
        let _permit = permit;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Fault::Internal(format!("hashing: {error}")))
}
