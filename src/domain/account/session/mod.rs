//! Sessions: opaque tokens, stored as hashes, resolved to an actor once per request.

mod own;
mod resolve;
mod sweep;

pub(crate) use own::{end_all_but, end_all_of_user, give_way};
pub use own::{of_person, revoke, revoke_others};
pub use resolve::{resolve, resume};
pub use sweep::sweep;

use crate::{
    access::{Access, Action, Actor, Person},
    domain::{account::device, activity, vendor},
    fault::Fault,
    secret,
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    PartnerId, SessionId,
    partner::{self, PartnerStatus},
    session::{self, SessionScope},
    user::{self},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::IntoCondition,
};
use secrecy::SecretString;
use std::sync::Arc;

/// Ends a session that is not used.
pub const IDLE: TimeDelta = TimeDelta::minutes(90);
/// Ends every session.
pub const ABSOLUTE: TimeDelta = TimeDelta::hours(12);
/// Ends an onboarding session.
pub const ONBOARDING: TimeDelta = TimeDelta::hours(2);
/// The most sessions of one user; the oldest gives way.
pub const MOST: u64 = 10;

/// A session that was just opened; the token is shown this once.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What the client sends from now on.
    pub token: SecretString,
    /// The absolute end.
    pub expires_at: DateTime<Utc>,
    /// What the browser is known by the next time that somebody logs in.
    pub device: SecretString,
    /// Whom the token stands for. The request that opened the session keeps its own rights.
    pub actor: Actor,
}

/// Opens a session that reaches as far as the partner's status allows; for the vendor's own users, no further than to
/// setting up a second factor that they must have.
pub(crate) async fn open(
    tx: &Access<DatabaseTransaction>,
    user: &user::Model,
    partner: Option<&partner::Model>,
) -> Result<Opened, Fault> {
    open_since(tx, user, partner, tx.now()).await
}

/// The same in place of a session whose owner showed the password at that time, and has not done so again.
#[expect(clippy::disallowed_methods, reason = "a user's own sessions")]
pub(crate) async fn open_since(
    tx: &Access<DatabaseTransaction>,
    user: &user::Model,
    partner: Option<&partner::Model>,
    authenticated_at: DateTime<Utc>,
) -> Result<Opened, Fault> {
    let now = tx.now();
    let onboarding = !opens_hub(tx, user, partner).await?;
    let (scope, life) =
        if onboarding { (SessionScope::Onboarding, ONBOARDING) } else { (SessionScope::Full, ABSOLUTE) };
    let surplus: Vec<SessionId> = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::UserId.eq(user.id))
        .order_by_desc(session::Column::CreatedAt)
        .order_by_desc(session::Column::Id)
        .offset(MOST - 1)
        .limit(100)
        .into_tuple()
        .all(tx.conn())
        .await?;
    if !surplus.is_empty() {
        session::Entity::delete_many().filter(session::Column::Id.is_in(surplus)).exec(tx.conn()).await?;
    }
    let token = secret::session_token();
    let row = session::ActiveModel {
        id: Set(tx.id()),
        user_id: Set(user.id),
        token_hash: Set(secret::token_hash(&token).into()),
        scope: Set(scope),
        last_used_at: Set(now),
        expires_at: Set(now + life),
        reauthenticated_at: Set((authenticated_at != now).then_some(authenticated_at)),
        ip: Set(tx.origin().ip.clone()),
        user_agent: Set(tx.origin().user_agent.clone()),
        created_at: Set(now),
    }
    .insert(tx.conn())
    .await?;
    let mut user = user.clone().into_active_model();
    user.last_login_at = Set(Some(now));
    let user = user.update(tx.conn()).await?;
    let device = device::token(tx.hub(), &user);
    let (partner_status, form_submitted) =
        (partner.map(|partner| partner.status), partner.is_some_and(|partner| partner.form_submitted_at.is_some()));
    let person = Person { session_id: row.id, onboarding, authenticated_at, user, partner_status, form_submitted };
    Ok(Opened { token: token.into(), expires_at: row.expires_at, device, actor: Actor::Person(Arc::new(person)) })
}

/// Whether the hub is open for somebody who has a password, or asks for something first.
pub(crate) async fn opens_hub<C: ConnectionTrait>(
    access: &Access<C>,
    user: &user::Model,
    partner: Option<&partner::Model>,
) -> Result<bool, Fault> {
    Ok(match partner {
        Some(partner) => partner.status == PartnerStatus::Approved,
        None => user.second_factor_at.is_some() || !vendor::current(access).await?.require_second_factor,
    })
}

/// Users of a rejected, suspended or archived partner stay outside.
pub(crate) fn may_log_in(partner: Option<PartnerStatus>) -> bool {
    match partner {
        None | Some(PartnerStatus::Pending | PartnerStatus::Approved) => true,
        Some(PartnerStatus::Rejected | PartnerStatus::Suspended | PartnerStatus::Archived) => false,
    }
}

/// Ends the session that carries the request.
#[expect(clippy::disallowed_methods, reason = "the actor's own session")]
pub async fn log_out(access: &Access) -> Result<(), Fault> {
    access.permit(Action::LogOut)?;
    let person = access.person()?;
    let tx = access.begin().await?;
    session::Entity::delete_by_id(person.session_id).exec(tx.conn()).await?;
    activity::record_by::<user::Entity>(&tx, "user.logged_out", &person.user, person.user.id).await?;
    tx.commit().await
}

/// Ends every session of the vendor's own users who have no second factor.
pub(crate) async fn end_staff_without_factor(tx: &Access<DatabaseTransaction>) -> Result<(), Fault> {
    let staff = Condition::all().add(user::Column::PartnerId.is_null()).add(user::Column::SecondFactorAt.is_null());
    end_all_of(tx, staff).await
}

/// Ends every session of a partner's users.
pub(crate) async fn end_all_of_partner(tx: &Access<DatabaseTransaction>, partner: PartnerId) -> Result<(), Fault> {
    end_all_of(tx, user::Column::PartnerId.eq(partner).into_condition()).await
}

#[expect(clippy::disallowed_methods, reason = "follows from a granted change")]
async fn end_all_of(tx: &Access<DatabaseTransaction>, whose: Condition) -> Result<(), Fault> {
    let users = user::Entity::find().select_only().column(user::Column::Id).filter(whose);
    session::Entity::delete_many()
        .filter(session::Column::UserId.in_subquery(sea_orm::QueryTrait::into_query(users)))
        .exec(tx.conn())
        .await?;
    Ok(())
}
