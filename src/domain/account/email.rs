//! Another e-mail address of one's own: by a link to the new one, which shows that its letters arrive.

use super::{
    hold, hold_own,
    login::is_open,
    recent::show_password,
    reset::{self, Link, NOBODY},
    session,
};
use crate::{
    access::{Access, Action},
    domain::{
        activity::{self, Changes},
        input::Check,
        notice, throttle,
    },
    fault::{Fault, Reason, Refusal, UserError},
    outbox::{self, Letter},
    secret::{self, Purpose},
};
use chrono::TimeDelta;
use entity::{
    OutboxId, UserId,
    email_change::{ActiveModel, Column, Entity, Model},
    user,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter,
};
use secrecy::SecretString;

/// How long a link works.
const LIFE: TimeDelta = TimeDelta::minutes(30);

/// Asks for another address of one's own. The answer is the same whoever has that address, after the same work: a row for
/// a letter to it, which is written only if nobody has it. The old address is told at once, while all can be stopped.
pub async fn request(access: &Access, email: &str, password: &SecretString) -> Result<(), Refusal> {
    access.permit(Action::ManageOwnAccount)?;
    let person = access.person()?.clone();
    let mut check = Check::default();
    let email = check.email("newEmail", email);
    check.finish()?;
    if email.key == person.user.email_key {
        return Err(UserError::at("newEmail", Reason::Invalid, "This is your address already.").into());
    }
    let limits = show_password(access, &person.user, password, "password").await?;
    throttle::succeeded(access.hub(), &limits).await?;
    throttle::admit(access.hub(), &throttle::addresses(access, person.user.id, &email.key)).await?;

    let tx = access.begin().await?;
    let (user, _) = hold_own(&tx).await?;
    if user.password_hash != person.user.password_hash {
        return Err(Fault::Conflict.into());
    }
    take_back(&tx, user.id).await?;
    let (id, now) = (tx.id(), tx.now());
    let nonce = secret::random::<16>().to_vec();
    let token = tx.hub().key.token(Purpose::EmailChange, id, 1, &nonce);
    let free = !is_taken(&tx, &email.key).await?;
    let letter = Letter::EmailChange { user: free.then_some(user.id) };
    let recipient = if free { email.address.as_str() } else { NOBODY };
    let row = ActiveModel {
        id: Set(OutboxId(id)),
        user_id: Set(user.id),
        session_id: Set(person.session_id),
        email: Set(email.address.clone()),
        email_key: Set(email.key),
        nonce: Set(nonce.into()),
        token_hash: Set(secret::token_hash(&token).into()),
        expires_at: Set(now + LIFE),
        created_at: Set(now),
    };
    row.insert(tx.conn()).await?;
    outbox::enqueue(tx.conn(), OutboxId(id), now, recipient, &letter, None).await?;
    notice::to_user(&tx, user.id, Letter::EmailChanged { user: user.id, done: false }).await?;
    activity::record_by::<user::Entity>(&tx, "user.email_change_requested", &user, user.id).await?;
    Ok(tx.commit().await?)
}

/// The link of a letter, the same on every try; `None` if the letter is no longer wanted.
pub async fn for_letter(access: &Access, user: UserId, letter: OutboxId) -> Result<Option<Link>, Fault> {
    let Some((row, user)) =
        found(access, Condition::all().add(Column::Id.eq(letter)).add(Column::UserId.eq(user))).await?
    else {
        return Ok(None);
    };
    let hub = access.hub();
    let token = hub.key.token_again(Purpose::EmailChange, letter.0, 1, &row.nonce, &row.token_hash);
    Ok(Some(Link { user, url: hub.config.link("/email", &format!("t={token}")), expires_at: row.expires_at }))
}

/// Gives an account the address that its link was sent to. All sessions end but the one that asked for it, no link for a new
/// password works any more that went to the old address, which is told.
#[expect(clippy::disallowed_methods, reason = "the token is the permission")]
pub async fn confirm(access: &Access, token: &str) -> Result<(), Refusal> {
    let by_token = || Condition::all().add(Column::TokenHash.eq(secret::token_hash(token)));
    let Some((_, seen)) = found(access, by_token()).await? else { return Err(dead_link()) };
    let tx = access.begin().await?;
    // The user before its link, as whoever takes it back holds them.
    let held = hold(&tx, seen.id, seen.partner_id).await?.filter(|(user, partner)| is_open(user, partner.as_ref()));
    let Some((before, _)) = held else { return Err(dead_link()) };
    let Some((change, _)) = found(&tx, by_token()).await? else { return Err(dead_link()) };
    // Of two people with the same link, one removes the row.
    if Entity::delete_by_id(change.id).exec(tx.conn()).await?.rows_affected == 0 {
        return Err(dead_link());
    }
    if is_taken(&tx, &change.email_key).await? {
        let sentence = "Somebody else in this hub has this address by now. Choose another one.";
        return Err(UserError::at("token", Reason::Taken, sentence).into());
    }
    outbox::take_resets_back(tx.conn(), &before).await?;
    reset::take_back(&tx, before.id).await?;
    // To the old address, which is the user's for this moment still.
    notice::to_user(&tx, before.id, Letter::EmailChanged { user: before.id, done: true }).await?;
    let data = Changes::default().note("email", &before.email, &change.email).into();
    let version = before.version + 1;
    let mut user = before.into_active_model();
    user.email = Set(change.email);
    user.email_key = Set(change.email_key);
    user.version = Set(version);
    user.updated_at = Set(tx.now());
    let user = user.update(tx.conn()).await?;
    session::end_all_but(&tx, user.id, change.session_id).await?;
    activity::record_change_by::<user::Entity>(&tx, "user.email_changed", &user, user.id, data).await?;
    Ok(tx.commit().await?)
}

/// Takes the link of a user back, if there is one.
#[expect(clippy::disallowed_methods, reason = "the link of one user, who was granted")]
pub(crate) async fn take_back(tx: &Access<DatabaseTransaction>, user: UserId) -> Result<(), Fault> {
    Entity::delete_many().filter(Column::UserId.eq(user)).exec(tx.conn()).await?;
    Ok(())
}

/// A link that works, with whose it is.
#[expect(clippy::disallowed_methods, reason = "reached by a token, or by a letter of the hub itself")]
async fn found<C: ConnectionTrait>(
    access: &Access<C>,
    which: Condition,
) -> Result<Option<(Model, user::Model)>, Fault> {
    let row = Entity::find().filter(which).filter(Column::ExpiresAt.gt(access.now())).one(access.conn()).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(reset::account(access, row.user_id).await?.map(|(user, _)| (row, user)))
}

#[expect(clippy::disallowed_methods, reason = "whether an address is in use, whoever's it is")]
async fn is_taken(tx: &Access<DatabaseTransaction>, key: &str) -> Result<bool, Fault> {
    Ok(user::Entity::find().filter(user::Column::EmailKey.eq(key)).count(tx.conn()).await? > 0)
}

fn dead_link() -> Refusal {
    let sentence = "This link does not work, or no longer. Ask for the change again in your settings.";
    UserError::at("token", Reason::InvalidToken, sentence).into()
}
