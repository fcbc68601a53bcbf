//! A forgotten password: a link to the account's own address, which sets a new one.

use super::{
    hold,
    login::{find, is_open},
    password, session,
};
use crate::{
    access::Access,
    domain::{activity, input::Check, notice, throttle},
    fault::{Fault, Reason, Refusal, UserError},
    outbox::{self, Letter},
    secret::{self, Purpose},
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    OutboxId, UserId, partner,
    password_reset::{self, Column, Entity},
    user,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter,
};
use secrecy::SecretString;
use serde_json::json;

/// How long a link works.
const LIFE: TimeDelta = TimeDelta::minutes(30);
/// Where the letter for nobody would go; it is never written.
pub(super) const NOBODY: &str = "nobody@unknown.invalid";

/// A link, to be put into its letter.
#[derive(Debug)]
pub struct Link {
    /// Who asked for it.
    pub user: user::Model,
    /// The whole address.
    pub url: String,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
}

/// Asks for a link. The answer is the same whoever has the address, after the same work: a row for a letter, which is
/// written only if there is somebody to write to.
pub async fn request(access: &Access, address: &str) -> Result<(), Refusal> {
    let mut check = Check::default();
    let email = check.email("email", address);
    check.finish()?;
    throttle::admit(access.hub(), &throttle::resets(access, &email.key)).await?;
    let tx = access.begin().await?;
    let known = find(&tx, &email).await?.filter(|(user, partner)| is_open(user, partner.as_ref()));
    let user = known.map(|(user, _)| user);
    let (id, letter) = (tx.id(), Letter::PasswordReset { user: user.as_ref().map(|user| user.id) });
    let recipient = user.as_ref().map_or(NOBODY, |user| &user.email);
    outbox::enqueue(tx.conn(), id, tx.now(), recipient, &letter, None).await?;
    if let Some(user) = &user {
        // Whoever asked has shown nothing: the line is not the owner's.
        let data = json!({});
        activity::record::<user::Entity>(&tx, "user.password_reset_requested", user.partner_id, user.id, data).await?;
    }
    Ok(tx.commit().await?)
}

/// The link of a letter, the same on every try; `None` if the letter is no longer wanted.
#[expect(clippy::disallowed_methods, reason = "links have no door of their own; asked by the hub itself")]
pub async fn for_letter(access: &Access, user: UserId, letter: OutboxId) -> Result<Option<Link>, Fault> {
    let tx = access.begin().await?;
    let Some(user) = hold_open(&tx, user).await? else { return Ok(None) };
    if outbox::is_taken_back(tx.conn(), letter).await? {
        return Ok(None);
    }
    let known = Entity::find().filter(Column::UserId.eq(user.id)).one(tx.conn()).await?;
    let row = match known {
        Some(row) if row.id == letter => row,
        // A newer letter has replaced it: ids ascend.
        Some(row) if row.id > letter => return Ok(None),
        known => {
            if let Some(old) = known {
                Entity::delete_by_id(old.id).exec(tx.conn()).await?;
            }
            make(&tx, user.id, letter).await?
        }
    };
    tx.finish().await?;
    if row.expires_at <= access.now() {
        return Ok(None);
    }
    let hub = access.hub();
    let token = hub.key.token_again(Purpose::PasswordReset, letter.0, 1, &row.nonce, &row.token_hash);
    Ok(Some(Link { user, url: hub.config.link("/reset", &format!("t={token}")), expires_at: row.expires_at }))
}

async fn make(
    tx: &Access<DatabaseTransaction>,
    user: UserId,
    letter: OutboxId,
) -> Result<password_reset::Model, Fault> {
    let nonce = secret::random::<16>().to_vec();
    let token = tx.hub().key.token(Purpose::PasswordReset, letter.0, 1, &nonce);
    let row = password_reset::ActiveModel {
        id: Set(letter),
        user_id: Set(user),
        nonce: Set(nonce.into()),
        token_hash: Set(secret::token_hash(&token).into()),
        expires_at: Set(tx.now() + LIFE),
        created_at: Set(tx.now()),
    };
    Ok(row.insert(tx.conn()).await?)
}

/// Sets a new password by a link. All sessions end, the owner is told, and nobody is logged in by it.
#[expect(clippy::disallowed_methods, reason = "the token is the permission")]
pub async fn reset(access: &Access, token: &str, new: &SecretString) -> Result<(), Refusal> {
    // A dead link costs no hashing; whether it is still alive when the hash is ready is decided below.
    let Some((_, user, partner)) = open_link(access, token).await? else { return Err(dead_link()) };
    let context = password::Context::of(access, &user, partner.as_ref()).await?;
    password::check("password", new, &context).await?;
    let hash = password::hash(access.hub(), new).await?;

    let tx = access.begin().await?;
    let Some((link, ..)) = open_link(&tx, token).await? else { return Err(dead_link()) };
    let Some(user) = hold_open(&tx, link.user_id).await? else { return Err(dead_link()) };
    // Of two people with the same link, one removes the row.
    if Entity::delete_by_id(link.id).exec(tx.conn()).await?.rows_affected == 0 {
        return Err(dead_link());
    }
    let user = renew(&tx, user, hash, "user.password_reset").await?;
    tx.commit().await?;
    Ok(throttle::succeeded(access.hub(), &throttle::login(access, &user.email_key)).await?)
}

/// Takes the link of a user back, if there is one.
#[expect(clippy::disallowed_methods, reason = "the link of one user, who was granted")]
pub(crate) async fn take_back(tx: &Access<DatabaseTransaction>, user: UserId) -> Result<(), Fault> {
    Entity::delete_many().filter(Column::UserId.eq(user)).exec(tx.conn()).await?;
    Ok(())
}

/// Gives a user another password: its sessions end, and it is told.
#[expect(clippy::disallowed_methods, reason = "a row that is held, of whoever has shown a link or the password")]
pub(super) async fn renew(
    tx: &Access<DatabaseTransaction>,
    user: user::Model,
    hash: String,
    event: &str,
) -> Result<user::Model, Fault> {
    let version = user.version + 1;
    let mut user = user.into_active_model();
    user.password_hash = Set(Some(hash.into()));
    user.version = Set(version);
    user.updated_at = Set(tx.now());
    let user = user.update(tx.conn()).await?;
    session::end_all_of_user(tx, user.id).await?;
    take_back(tx, user.id).await?;
    outbox::take_resets_back(tx.conn(), &user).await?;
    activity::record_by::<user::Entity>(tx, event, &user, user.id).await?;
    notice::to_user(tx, user.id, Letter::PasswordChanged { user: user.id }).await?;
    Ok(user)
}

type Account = (password_reset::Model, user::Model, Option<partner::Model>);

#[expect(clippy::disallowed_methods, reason = "the token is the permission")]
async fn open_link<C: ConnectionTrait>(access: &Access<C>, token: &str) -> Result<Option<Account>, Fault> {
    let link = Entity::find()
        .filter(Column::TokenHash.eq(secret::token_hash(token)))
        .filter(Column::ExpiresAt.gt(access.now()))
        .one(access.conn())
        .await?;
    let Some(link) = link else { return Ok(None) };
    Ok(account(access, link.user_id).await?.map(|(user, partner)| (link, user, partner)))
}

/// A user who may log in, with its partner.
#[expect(clippy::disallowed_methods, reason = "reached by a token, or by a letter of the hub itself")]
pub(super) async fn account<C: ConnectionTrait>(
    access: &Access<C>,
    id: UserId,
) -> Result<Option<(user::Model, Option<partner::Model>)>, Fault> {
    let account = user::Entity::find_by_id(id).find_also_related(partner::Entity).one(access.conn()).await?;
    Ok(account.filter(|(user, partner)| is_open(user, partner.as_ref())))
}

/// The same, held until the transaction ends: the user before its link, as whoever deletes the user holds them.
async fn hold_open(tx: &Access<DatabaseTransaction>, id: UserId) -> Result<Option<user::Model>, Fault> {
    let Some((user, _)) = account(tx, id).await? else { return Ok(None) };
    let held = hold(tx, user.id, user.partner_id).await?;
    Ok(held.filter(|(user, partner)| is_open(user, partner.as_ref())).map(|(user, _)| user))
}

fn dead_link() -> Refusal {
    let sentence = "This link does not work, or no longer. Ask for a new one.";
    UserError::at("token", Reason::InvalidToken, sentence).into()
}
