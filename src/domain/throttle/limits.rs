//! What is limited, how far, and for whom.

use crate::{
    access::{Access, Origin},
    secret::ServerKey,
};
use chrono::TimeDelta;
use entity::UserId;
use std::net::IpAddr;

/// So many uses at once, and then one in each step of time.
#[derive(Clone, Debug)]
pub struct Limit {
    pub(super) key: String,
    pub(super) burst: i64,
    pub(super) step: TimeDelta,
}

/// The limits of one attempt to log in: account and network, account, failures in a row, network. Accounts that do not
/// exist are counted like the others, so that nothing is learnt from being refused. After a hundred failures there is one
/// attempt a day, and a link that sets a new password: whoever guesses has all the time in the world.
pub fn login(access: &Access, account: &str) -> [Limit; 4] {
    let (key, from) = (&access.hub().key, network(access.origin()));
    [
        limit(key, 5, TimeDelta::seconds(30), "login", &[account, &from]),
        limit(key, 20, TimeDelta::minutes(2), "login account", &[account]),
        limit(key, 100, TimeDelta::days(1), "login failures", &[account]),
        limit(key, 30, TimeDelta::seconds(2), "login network", &[&from]),
    ]
}

/// The limits of guessing at the codes of an account whose password is known: counted like passwords, and apart.
pub fn codes(access: &Access, user: UserId) -> [Limit; 4] {
    // No address has a space.
    login(access, &format!("code {}", user.0))
}

/// The limits of asking for a new password.
pub fn resets(access: &Access, account: &str) -> [Limit; 2] {
    let (key, from) = (&access.hub().key, network(access.origin()));
    [
        limit(key, 3, TimeDelta::hours(1), "reset account", &[account]),
        limit(key, 5, TimeDelta::minutes(12), "reset network", &[&from]),
    ]
}

/// Rows are named by a keyed hash: who reads the table learns no address.
fn limit(key: &ServerKey, burst: i64, step: TimeDelta, purpose: &str, parts: &[&str]) -> Limit {
    Limit { key: key.blind(purpose, parts), burst, step }
}

/// A network of one household or company: of IPv6, everybody has a whole /64.
fn network(origin: &Origin) -> String {
    match origin.ip.as_deref().unwrap_or_default().parse() {
        Ok(IpAddr::V6(ip)) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V4(ip)) => ip.to_string(),
        Err(_) => String::new(),
    }
}
