//! Many invitations in one call: every row is judged by itself, and all good ones are made in one transaction.

use super::create::{Checked, NewPartner, insert_all};
use crate::{
    access::{Access, Action},
    domain::{
        bulk::{Firsts, Row, at, judge, keep},
        input::{Check, TEXT},
        invitation, notice,
        user::taken_by,
    },
    fault::{Fault, Reason, Refusal},
    outbox::{APART, Letter},
};
use entity::{
    partner::{self, PartnerOrigin},
    user::{self, UserStatus},
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

/// What is said once for every row; a row's own words come before it.
#[derive(Clone, Debug, Default)]
pub struct ForAll {
    /// A personal line in the letters.
    pub message: Option<String>,
    /// How long the links live.
    pub expires_in_hours: Option<i32>,
}

/// Invites every row that is in order; with `dry_run` only says which are.
pub async fn bulk_invite(
    access: &Access,
    rows: Vec<NewPartner>,
    for_all: ForAll,
    dry_run: bool,
) -> Result<Vec<Row<partner::Model>>, Refusal> {
    access.permit(Action::InvitePartner)?;
    let mut check = Check::default();
    let message = check.optional_text("message", for_all.message.as_deref(), TEXT);
    let hours = invitation::check_lifetime(&mut check, for_all.expires_in_hours);
    check.finish()?;
    let mut first_with = Firsts::none();
    let (mut results, mut good) = judge(rows, |index, mut new| {
        new.message = new.message.or_else(|| message.clone());
        new.expires_in_hours = new.expires_in_hours.or(hours);
        let mut check = Check::within(at(index));
        let new = Checked::of(&mut check, new);
        let key = &new.contact.email.key;
        let earlier = (!key.is_empty()).then(|| first_with.earlier(key.clone(), index, "address")).flatten();
        if let Some(sentence) = earlier {
            check.fail("primaryContact.email", Reason::Taken, sentence);
        }
        check.finish()?;
        Ok(new)
    })?;
    let tx = access.begin().await?;
    keep_free(&tx, &mut results, &mut good).await?;
    if good.is_empty() {
        return Ok(results);
    }
    // A rehearsal says so too, and takes nothing.
    invitation::count(&tx, good.len()).await?;
    if dry_run {
        return Ok(results);
    }
    let (places, news): (Vec<_>, Vec<_>) = good.into_iter().unzip();
    let leaves = (0..).map(|place| tx.now() + APART * place);
    // An address that somebody has taken since we looked: the same list once more says which.
    let made = insert_all(&tx, news.into_iter().zip(leaves).collect(), PartnerOrigin::Invited).await?;
    let made = made.ok_or(Fault::Conflict)?;
    let count = made.len();
    for (index, partner) in places.into_iter().zip(made) {
        results[index].made = Some(partner);
    }
    let by = tx.actor().name().unwrap_or_default().to_owned();
    notice::to_vendor(&tx, Letter::PartnersInvited { count, by }).await?;
    tx.led_to_all(keep(&results));
    tx.commit().await?;
    Ok(results)
}

/// Sorts out the rows whose address somebody has, or has been written to often enough.
async fn keep_free(
    tx: &Access<DatabaseTransaction>,
    results: &mut [Row<partner::Model>],
    good: &mut Vec<(usize, Checked)>,
) -> Result<(), Refusal> {
    const FIELD: &str = "primaryContact.email";
    let mut taken = taken(tx, good).await?;
    good.retain(|(index, new)| {
        let by = taken.remove(&new.contact.email.key);
        if let Some(status) = by {
            let (reason, sentence) = taken_by(Some(status));
            results[*index].fail(*index, FIELD, reason, sentence);
        }
        by.is_none()
    });
    let keys: Vec<_> = good.iter().map(|(_, new)| new.contact.email.key.clone()).collect();
    let mut enough = invitation::count_letters_to(tx, &keys).await?;
    good.retain(|(index, new)| {
        let sentence = enough.remove(&new.contact.email.key);
        if let Some(sentence) = &sentence {
            results[*index].fail(*index, FIELD, Reason::LimitReached, sentence.as_str());
        }
        sentence.is_none()
    });
    Ok(())
}

/// Which of these addresses somebody has, and where that user stands. One whose invitation was taken back is free.
#[expect(clippy::disallowed_methods, reason = "whether an address is in use, whoever's it is")]
async fn taken(
    tx: &Access<DatabaseTransaction>,
    rows: &[(usize, Checked)],
) -> Result<HashMap<String, UserStatus>, Refusal> {
    let keys: Vec<_> = rows.iter().map(|(_, new)| new.contact.email.key.clone()).collect();
    invitation::release(tx, &keys).await?;
    let found = user::Entity::find().select_only().columns([user::Column::EmailKey, user::Column::Status]);
    Ok(found.filter(user::Column::EmailKey.is_in(keys)).into_tuple().all(tx.conn()).await?.into_iter().collect())
}
