//! Sending an invitation again: by an admin, to another address, at the invitee's wish, or by hand.

use super::{
    Invited, caps, check_lifetime, link, release,
    renew::{Renewal, letter, may_come_in, may_write, renew},
    with_people,
};
use crate::{
    access::{Access, Action, Scoped, once},
    domain::{
        account::hold,
        activity,
        input::{Check, Email, TEXT},
    },
    fault::{Fault, Reason, Refusal, UserError, is_taken},
    outbox, secret,
};
use entity::{
    InvitationId,
    invitation::{self, InvitationStatus},
    user,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};
use serde_json::{Value, json};

/// Sends a fresh link, also after the old one ran out or was taken back.
pub async fn resend(
    access: &Access,
    id: InvitationId,
    message: Option<&str>,
    expires_in_hours: Option<i32>,
) -> Result<invitation::Model, Refusal> {
    let mut check = Check::default();
    let message = check.optional_text("message", message, TEXT);
    let lifetime_hours = check_lifetime(&mut check, expires_in_hours);
    check.finish()?;
    let tx = access.begin().await?;
    let invited = granted(&tx, Action::ManageInvitation, id).await?;
    may_write(&tx, &invited.invitation, false).await?;
    let row = send_anew(&tx, &invited, Renewal { message, lifetime_hours, ..Renewal::default() }).await?;
    let data = json!({ "email": row.email, "link": row.generation });
    activity::record::<invitation::Entity>(&tx, "invitation.resent", row.partner_id, row.id, data).await?;
    tx.commit().await?;
    Ok(row)
}

/// Gives the invitee another address and sends a fresh link there; the one that went to the old address is dead.
pub async fn correct_email(
    access: &Access,
    id: InvitationId,
    email: &str,
    expected: Option<i32>,
) -> Result<invitation::Model, Refusal> {
    let mut check = Check::default();
    let email = check.email("email", email);
    check.finish()?;
    caps::count_taken(access, move_to(access, id, email, expected).await).await
}

async fn move_to(
    access: &Access,
    id: InvitationId,
    email: Email,
    expected: Option<i32>,
) -> Result<invitation::Model, Refusal> {
    let tx = access.begin().await?;
    let invited = granted(&tx, Action::ManageInvitation, id).await?;
    if expected.is_some_and(|expected| expected != invited.user.version) {
        return Err(Fault::Stale(invited.user.version).into());
    }
    if email.key == invited.user.email_key {
        let sentence = "The invitation has this address already. Send it again instead.";
        return Err(UserError::at("email", Reason::Invalid, sentence).into());
    }
    may_write(&tx, &invited.invitation, true).await?;
    let old = invited.user.email.clone();
    release(&tx, std::slice::from_ref(&email.key)).await?;
    let row = send_anew(&tx, &invited, Renewal { email: Some(email.clone()), ..Renewal::default() }).await?;
    rename(&tx, invited.user, email).await?;
    let data = json!({ "from": old, "email": row.email, "link": row.generation });
    activity::record::<invitation::Entity>(&tx, "invitation.email_corrected", row.partner_id, row.id, data).await?;
    tx.commit().await?;
    Ok(row)
}

/// The link, to be handed over by hand: the very one of the letter while it works, else a fresh one.
pub async fn copy_link(access: &Access, id: InvitationId) -> Result<(invitation::Model, String), Refusal> {
    let tx = access.begin().await?;
    let invited = granted(&tx, Action::CopyInvitationLink, id).await?;
    caps::count(&tx, 1).await?;
    let row = invited.invitation;
    let works = row.status == InvitationStatus::Pending && row.expires_at > tx.now();
    let row = if works { row } else { renew(&tx, &row, Renewal::default()).await?.ok_or(Fault::Conflict)? };
    let data = json!({ "email": row.email, "link": row.generation });
    activity::record::<invitation::Entity>(&tx, "invitation.link_copied", row.partner_id, row.id, data).await?;
    let link = link(&tx, &row);
    tx.led_to_all(json!([[invitation::Entity::NAME, row.id, row.generation]]));
    tx.commit().await?;
    Ok((row, link))
}

/// The same link again, for whoever repeats the call; `None` once it has been replaced or does not work any more.
pub async fn copied(access: &Access, result: &Value) -> Result<(invitation::Model, Option<String>), Fault> {
    let id = once::first_of::<invitation::Entity>(result).ok_or(Fault::NotFound)?;
    let row = access.fetch::<invitation::Entity>(Action::CopyInvitationLink, id).await?.into_inner();
    let works = row.status == InvitationStatus::Pending && row.expires_at > access.now();
    let link = (works && result[0][2] == row.generation).then(|| link(access, &row));
    Ok((row, link))
}

/// Whoever has the newest link of an invitation, working or run out, is sent another one to the same address. Says
/// nothing: neither whether there is such an invitation, nor whether a letter was written.
#[expect(clippy::disallowed_methods, reason = "the token is the permission")]
pub async fn request_new(access: &Access, token: &str) -> Result<(), Fault> {
    let tx = access.begin().await?;
    let found = invitation::Entity::find()
        .filter(invitation::Column::TokenHash.eq(secret::token_hash(token)))
        .filter(invitation::Column::Status.is_in([InvitationStatus::Pending, InvitationStatus::Expired]))
        .one(tx.conn())
        .await?;
    let Some(found) = found else { return Ok(()) };
    let invited = held(&tx, found).await?;
    let written = async {
        may_come_in(&invited.invitation, &invited.user, invited.partner.as_ref())?;
        may_write(&tx, &invited.invitation, false).await?;
        send_anew(&tx, &invited, Renewal::default()).await
    };
    match written.await {
        Ok(row) => {
            activity::record_by::<invitation::Entity>(&tx, "invitation.asked_for_again", &invited.user, row.id).await?;
            tx.commit().await
        }
        Err(Refusal::Mend(_) | Refusal::Fault(Fault::Conflict)) => Ok(()),
        Err(Refusal::Fault(fault)) => Err(fault),
    }
}

/// A granted invitation whose invitee could still come in.
pub(super) async fn granted(
    tx: &Access<DatabaseTransaction>,
    action: Action,
    id: InvitationId,
) -> Result<Invited, Refusal> {
    let row = tx.fetch::<invitation::Entity>(action, id).await?.into_inner();
    let invited = held(tx, row).await?;
    may_come_in(&invited.invitation, &invited.user, invited.partner.as_ref())?;
    Ok(invited)
}

/// An invitation whose invitee is held until the transaction ends, so that nobody is shut out between the look and the
/// fresh link; read anew, since another letter may have been written while we waited.
#[expect(clippy::disallowed_methods, reason = "a row that was granted, or named by its token")]
async fn held(tx: &Access<DatabaseTransaction>, row: invitation::Model) -> Result<Invited, Fault> {
    hold(tx, row.user_id, row.partner_id).await?;
    let row = invitation::Entity::find_by_id(row.id).one(tx.conn()).await?.ok_or(Fault::NotFound)?;
    with_people(tx, row).await
}

async fn send_anew(
    tx: &Access<DatabaseTransaction>,
    invited: &Invited,
    renewal: Renewal,
) -> Result<invitation::Model, Refusal> {
    let renewal = Renewal { by_letter: true, ..renewal };
    let row = renew(tx, &invited.invitation, renewal).await?.ok_or(Fault::Conflict)?;
    caps::count_one(tx, &row.email).await?;
    outbox::enqueue_all(tx.conn(), tx.now(), [letter(tx, &row, tx.now())]).await?;
    Ok(row)
}

#[expect(clippy::disallowed_methods, reason = "the user of an invitation that was granted")]
async fn rename(tx: &Access<DatabaseTransaction>, user: user::Model, email: Email) -> Result<(), Refusal> {
    let version = user.version + 1;
    let mut user = user.into_active_model();
    user.email = Set(email.address);
    user.email_key = Set(email.key);
    user.version = Set(version);
    user.updated_at = Set(tx.now());
    match user.update(tx.conn()).await {
        Ok(_) => Ok(()),
        Err(error) if is_taken(&error) => {
            let sentence = "Somebody in this hub already has this e-mail address. Use another one.";
            Err(UserError::at("email", Reason::Taken, sentence).into())
        }
        Err(error) => Err(error.into()),
    }
}
