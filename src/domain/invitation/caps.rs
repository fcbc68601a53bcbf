//! How many invitations are sent: nobody who gets hold of an admin's session can write to the whole world with it.
//!
//! What is refused takes nothing, and neither does what is rolled back.

use crate::{
    access::Access,
    domain::throttle,
    fault::{Fault, Reason, Refusal, UserError},
};
use sea_orm::DatabaseTransaction;
use std::collections::HashMap;

/// Counts so many invitations, letters and links handed over by hand alike, of who sends them: the user or the API key,
/// and the organisation behind it. A list is taken whole as long as its organisation has as many left; of the user's hour
/// it takes what there is. The hub itself is not counted, nor an invitee who asks for a fresh link.
pub(crate) async fn count(tx: &Access<DatabaseTransaction>, many: usize) -> Result<(), Refusal> {
    let Some(sender) = tx.actor().id() else { return Ok(()) };
    let (conn, now, limits) = (tx.conn(), tx.now(), &tx.hub().config.limits);
    let hour = limits.invitations_an_hour;
    let day = limits.invitations_a_day;
    if many > day {
        let sentence = format!("Your organisation sends at most {day} invitations a day. Send a shorter list.");
        return Err(UserError::general(Reason::LimitReached, sentence).into());
    }
    let user = throttle::inviter(tx, sender);
    if let Some(wait) = throttle::drain_with(conn, &user, many, now).await? {
        return Err(reached(&format!("You have sent {hour} invitations within an hour."), wait));
    }
    let organization = throttle::inviters(tx, tx.actor().organization()?);
    if let Some(wait) = throttle::take_with(conn, &organization, many, now).await? {
        let sentence = if many == 1 {
            format!("Your organisation has sent {day} invitations within a day.")
        } else {
            format!("With this list your organisation would send more than {day} invitations within a day.")
        };
        return Err(reached(&sentence, wait));
    }
    Ok(())
}

/// Counts a refusal because somebody has the address already like an invitation that was sent: otherwise it would tell
/// for nothing which addresses the hub knows. Asked once the change is undone, as nothing would be left of its count.
pub(crate) async fn count_taken<T>(access: &Access, outcome: Result<T, Refusal>) -> Result<T, Refusal> {
    if let Err(Refusal::Mend(errors)) = &outcome
        && errors.iter().any(|error| error.reason == Reason::Taken)
    {
        let tx = access.once(None).begin().await?;
        count(&tx, 1).await?;
        tx.finish().await?;
    }
    outcome
}

/// Counts one invitation to this address, of whoever sends it and of the address itself.
///
/// Everybody takes hold of these in one order, or two admins at once would wait for each other: partners and users
/// first, which [`release`](super::release()) may take hold of too; then the address, who sends it, and the organisation
/// behind it; and only then are rows made that keep an address from others.
pub(crate) async fn count_one(tx: &Access<DatabaseTransaction>, address: &str) -> Result<(), Refusal> {
    if let Some((_, sentence)) = count_letters_to(tx, &[address.to_owned()]).await?.into_iter().next() {
        return Err(UserError::general(Reason::LimitReached, sentence).into());
    }
    count(tx, 1).await
}

/// Counts a letter to each of these addresses in one go; answers those that have had enough, with a sentence. They are
/// all different.
pub(crate) async fn count_letters_to(
    tx: &Access<DatabaseTransaction>,
    addresses: &[String],
) -> Result<HashMap<String, String>, Fault> {
    let limits: Vec<_> = addresses.iter().map(|address| throttle::invitee(tx, address)).collect();
    let waits = throttle::take_each_with(tx.conn(), &limits, tx.now()).await?;
    let told = |wait| sentence("This address has been sent 5 invitations within an hour.", wait);
    let refused = addresses.iter().zip(waits).filter_map(|(address, wait)| Some((address.clone(), told(wait?))));
    Ok(refused.collect())
}

fn reached(why: &str, wait: u64) -> Refusal {
    UserError::general(Reason::LimitReached, sentence(why, wait)).into()
}

fn sentence(why: &str, wait: u64) -> String {
    format!("{why} Nothing was sent. Try again in {}.", words(wait))
}

fn words(seconds: u64) -> String {
    match seconds {
        0..=1 => "1 second".into(),
        2..120 => format!("{seconds} seconds"),
        120..7_200 => format!("{} minutes", seconds.div_ceil(60)),
        _ => format!("{} hours", seconds.div_ceil(3_600)),
    }
}
