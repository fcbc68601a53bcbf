//! Many invitations in one call: every row is judged by itself, and all good ones are made in one transaction.

use super::create::{Checked, NewPartner, insert};
use crate::{
    access::{Access, Action},
    db::any_of,
    domain::{input::Check, invitation, notice},
    fault::{Fault, Reason, Refusal, UserError},
    outbox::{APART, Letter},
};
use entity::{
    PartnerId,
    partner::{self, PartnerOrigin},
    user,
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// The most rows of one call.
pub const ROWS: usize = 500;

/// What became of one row.
#[derive(Debug, Default)]
pub struct Row {
    /// The partner, unless the row was refused or nothing was to be made.
    pub partner: Option<partner::Model>,
    /// What to mend in the row.
    pub errors: Vec<UserError>,
}

/// Invites every row that is in order; with `dry_run` only says which are.
pub async fn bulk_invite(access: &Access, rows: Vec<NewPartner>, dry_run: bool) -> Result<Vec<Row>, Refusal> {
    access.permit(Action::InvitePartner)?;
    if rows.is_empty() || rows.len() > ROWS {
        let sentence = format!("Send 1 to {ROWS} rows.");
        return Err(UserError::at("rows", Reason::Invalid, sentence).into());
    }
    let (mut results, mut good) = (Vec::new(), Vec::new());
    let mut first_with: HashMap<String, usize> = HashMap::new();
    for (index, new) in rows.into_iter().enumerate() {
        let mut check = Check::default();
        let new = Checked::of(&mut check, &at(index), new);
        let key = new.contact.email.key.clone();
        if !key.is_empty() {
            let first = *first_with.entry(key).or_insert(index);
            if first != index {
                let sentence = format!("Row {} of this list has the same address.", first + 1);
                check.fail(&format!("{}primaryContact.email", at(index)), Reason::Taken, sentence);
            }
        }
        let mut result = Row::default();
        match check.finish() {
            Ok(()) => good.push((index, new)),
            Err(Refusal::Mend(errors)) => result.errors = errors,
            Err(refusal) => return Err(refusal),
        }
        results.push(result);
    }
    let tx = access.begin().await?;
    let taken = taken(&tx, &good).await?;
    good.retain(|(index, new)| {
        let is_taken = taken.contains(&new.contact.email.key);
        if is_taken {
            let sentence = "Somebody in this hub already has this e-mail address. Use another one.";
            let field = format!("{}primaryContact.email", at(*index));
            results[*index].errors.push(UserError::at(&field, Reason::Taken, sentence));
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
        results[index].partner = Some(partner);
        leaves += APART;
    }
    let by = tx.actor().name().unwrap_or_default().to_owned();
    notice::to_vendor(&tx, Letter::PartnersInvited { count, by }).await?;
    let kept = |row: &Row| json!([row.partner.as_ref().map(|partner| partner.id), row.errors]);
    tx.led_to_all(results.iter().map(kept).collect());
    tx.commit().await?;
    Ok(results)
}

/// The same rows again, for whoever repeats the call under its key.
pub async fn bulk_invited(access: &Access, result: serde_json::Value) -> Result<Vec<Row>, Fault> {
    let kept: Vec<(Option<PartnerId>, Vec<UserError>)> =
        serde_json::from_value(result).map_err(|error| Fault::Internal(format!("a kept result: {error}")))?;
    let ids: Vec<_> = kept.iter().filter_map(|(id, _)| *id).collect();
    let rows = access.list::<partner::Entity>()?.filter(any_of(access.conn(), partner::Column::Id, &ids));
    let rows = rows.all(access.conn()).await?;
    let of = |id: PartnerId| rows.iter().find(|row| row.id == id).cloned();
    Ok(kept.into_iter().map(|(id, errors)| Row { partner: id.and_then(of), errors }).collect())
}

/// Where a row stands in the input.
fn at(index: usize) -> String {
    format!("rows.{index}.")
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
