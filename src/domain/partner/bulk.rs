//! Many invitations in one call: every row is judged by itself, and all good ones are made in one transaction.

use super::create::{Checked, NewPartner, insert};
use crate::{
    access::{Access, Action},
    domain::{
        bulk::{Firsts, Row, at, judge, keep},
        input::Check,
        invitation, notice,
    },
    fault::{Fault, Reason, Refusal},
    outbox::{APART, Letter},
};
use entity::{
    partner::{self, PartnerOrigin},
    user,
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashSet;

/// Invites every row that is in order; with `dry_run` only says which are.
pub async fn bulk_invite(
    access: &Access,
    rows: Vec<NewPartner>,
    dry_run: bool,
) -> Result<Vec<Row<partner::Model>>, Refusal> {
    access.permit(Action::InvitePartner)?;
    let mut first_with = Firsts::none();
    let (mut results, mut good) = judge(rows, |index, new| {
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
    let taken = taken(&tx, &good).await?;
    good.retain(|(index, new)| {
        let is_taken = taken.contains(&new.contact.email.key);
        if is_taken {
            let sentence = "Somebody in this hub already has this e-mail address. Use another one.";
            results[*index].fail(*index, "primaryContact.email", Reason::Taken, sentence);
        }
        !is_taken
    });
    if good.is_empty() {
        return Ok(results);
    }
    // A rehearsal says so too, and takes nothing.
    invitation::count(&tx, good.len()).await?;
    if dry_run {
        return Ok(results);
    }
    let (count, mut leaves) = (good.len(), tx.now());
    for (index, new) in good {
        let partner = insert(&tx, new, PartnerOrigin::Invited, &at(index), Some(leaves)).await?;
        results[index].made = Some(partner);
        leaves += APART;
    }
    let by = tx.actor().name().unwrap_or_default().to_owned();
    notice::to_vendor(&tx, Letter::PartnersInvited { count, by }).await?;
    tx.led_to_all(keep(&results));
    tx.commit().await?;
    Ok(results)
}

/// Which of these addresses somebody has. One whose invitation was taken back is free.
#[expect(clippy::disallowed_methods, reason = "whether an address is in use, whoever's it is")]
async fn taken(tx: &Access<DatabaseTransaction>, rows: &[(usize, Checked)]) -> Result<HashSet<String>, Fault> {
    let among = |keys: Vec<String>| {
        let users = user::Entity::find().select_only().column(user::Column::EmailKey);
        users.filter(user::Column::EmailKey.is_in(keys)).into_tuple::<String>().all(tx.conn())
    };
    let found = among(rows.iter().map(|(_, new)| new.contact.email.key.clone()).collect()).await?;
    for key in &found {
        invitation::release(tx, key).await?;
    }
    if found.is_empty() { Ok(HashSet::new()) } else { Ok(among(found).await?.into_iter().collect()) }
}
