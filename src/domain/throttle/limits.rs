//! What is limited, how far, and for whom.

use crate::{
    access::{Access, Origin},
    secret::ServerKey,
};
use chrono::TimeDelta;
use entity::{PartnerId, UserId};
use sea_orm::ConnectionTrait;
use std::net::IpAddr;
use uuid::Uuid;

/// So many uses at once, and then one in each step of time.
#[derive(Clone, Debug)]
pub struct Limit {
    pub(super) key: String,
    pub(super) burst: i64,
    pub(super) step: TimeDelta,
    /// Whether others use it up too.
    pub(super) shared: bool,
}

/// The limits of one attempt to log in: account and network, account, failures in a row, network. Accounts that do not
/// exist are counted like the others, so that nothing is learnt from being refused. After a hundred failures there is one
/// attempt a day, and a link that sets a new password: whoever guesses has all the time in the world.
pub fn login(access: &Access, account: &str) -> Vec<Limit> {
    let (key, from) = (&access.hub().key, network(access.origin()));
    let network = limit(key, 30, TimeDelta::seconds(2), "login network", &[&from]);
    vec![
        limit(key, 5, TimeDelta::seconds(30), "login", &[account, &from]),
        limit(key, 20, TimeDelta::minutes(2), "login account", &[account]),
        limit(key, 100, TimeDelta::days(1), "login failures", &[account]),
        Limit { shared: true, ..network },
    ]
}

/// The limits of a device that has been in the account before. Nobody else uses them up, from whichever network; and a
/// device that was stolen guesses twenty times, and then once a day.
pub fn device(access: &Access, device: &str) -> Vec<Limit> {
    let key = &access.hub().key;
    vec![
        limit(key, 5, TimeDelta::seconds(30), "login device", &[device]),
        limit(key, 20, TimeDelta::days(1), "login device failures", &[device]),
    ]
}

/// The limits of guessing at the codes of an account whose password is known: counted like passwords, and apart.
pub fn codes(access: &Access, user: UserId) -> Vec<Limit> {
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

/// The limits of asking for another address of one's own: of whoever asks, and of letters to that address.
pub fn addresses(access: &Access, user: UserId, address: &str) -> [Limit; 2] {
    let key = &access.hub().key;
    [
        limit(key, 3, TimeDelta::hours(1), "address user", &[&user.0.to_string()]),
        limit(key, 3, TimeDelta::hours(1), "address recipient", &[address]),
    ]
}

/// The limit of what one user or API key invites; so many an hour, coming back evenly.
pub fn inviter(access: &Access<impl ConnectionTrait>, sender: Uuid) -> Limit {
    let hub = access.hub();
    evenly(&hub.key, hub.config.limits.invitations_an_hour, TimeDelta::hours(1), "invite user", &sender.to_string())
}

/// The limit of what one organisation invites; `None` is the vendor.
pub fn inviters(access: &Access<impl ConnectionTrait>, partner: Option<PartnerId>) -> Limit {
    let (hub, whose) = (access.hub(), partner.map(|partner| partner.0.to_string()).unwrap_or_default());
    evenly(&hub.key, hub.config.limits.invitations_a_day, TimeDelta::days(1), "invite organisation", &whose)
}

/// The limit of invitations that one address is sent, whoever sends them.
pub fn invitee(access: &Access<impl ConnectionTrait>, address: &str) -> Limit {
    evenly(&access.hub().key, 5, TimeDelta::hours(1), "invite recipient", &address.to_lowercase())
}

fn evenly(key: &ServerKey, uses: usize, within: TimeDelta, purpose: &str, whose: &str) -> Limit {
    let burst = i64::try_from(uses).unwrap_or(i64::MAX);
    // Above a use in each millisecond nothing is limited in practice.
    let step = TimeDelta::milliseconds((within.num_milliseconds() / burst).max(1));
    limit(key, burst, step, purpose, &[whose])
}

/// Rows are named by a keyed hash: who reads the table learns no address.
fn limit(key: &ServerKey, burst: i64, step: TimeDelta, purpose: &str, parts: &[&str]) -> Limit {
    Limit { key: key.blind(purpose, parts), burst, step, shared: false }
}

/// Of whom a request comes; empty if that is unknown.
pub fn network(origin: &Origin) -> String {
    origin.ip.as_deref().and_then(|ip| ip.parse().ok()).map_or_else(String::new, network_of)
}

/// A network of one household or company: of IPv6, everybody has a whole /64.
pub fn network_of(ip: IpAddr) -> String {
    match ip {
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        IpAddr::V4(ip) => ip.to_string(),
    }
}
