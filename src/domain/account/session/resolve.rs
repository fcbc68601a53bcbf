//! Who a session stands for, found anew by each request.

use super::{IDLE, may_log_in};
use crate::{
    access::{Actor, Person},
    db::{Reading, is_postgres},
    fault::Fault,
    hub::Hub,
    secret,
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    SessionId,
    partner::{self, PartnerStatus},
    session::{self, SessionScope},
    user::{self, UserStatus},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    QueryTrait, RelationTrait, Statement, Value, sea_query::Expr,
};
use secrecy::{ExposeSecret, SecretString};
use std::sync::{Arc, OnceLock};

/// How stale the time of last use may be before a request pays a write for it.
const TOUCH: TimeDelta = TimeDelta::minutes(5);

/// What is looked at: the user's row, and of the others what decides.
#[derive(FromQueryResult)]
struct Found {
    session_id: SessionId,
    session_scope: SessionScope,
    session_last_used_at: DateTime<Utc>,
    session_created_at: DateTime<Utc>,
    session_reauthenticated_at: Option<DateTime<Utc>>,
    partner_status: Option<PartnerStatus>,
    partner_form_submitted_at: Option<DateTime<Utc>>,
    #[sea_orm(nested)]
    user: user::Model,
}

/// Who a token stands for, in one statement; [`Actor::Anonymous`] for every token that does not work.
///
/// User and partner are read anew by each request, so that whoever is shut out is out at once.
pub async fn resolve(hub: &Hub, conn: &Reading, token: &SecretString) -> Result<Actor, Fault> {
    /// The statement of every request, written once for each engine.
    static TEXTS: [OnceLock<String>; 2] = [const { OnceLock::new() }; 2];
    let now = hub.clock.now();
    let hash = secret::token_hash(token.expose_secret());
    let written = || statement(conn, session::Column::TokenHash.eq(Vec::<u8>::new()), now).sql;
    let values: [Value; 3] = [hash.into(), now.into(), (now - IDLE).into()];
    let backend = conn.get_database_backend();
    let statement =
        Statement::from_sql_and_values(backend, TEXTS[usize::from(is_postgres(conn))].get_or_init(written), values);
    find(conn, statement, now, true).await
}

/// Who a session stands for now, which a token has opened before; [`Actor::Anonymous`] once it has ended. To be told of
/// changes is not to use a session, so that a page left open does not keep it alive.
pub async fn resume(hub: &Hub, id: SessionId, used: bool) -> Result<Actor, Fault> {
    let (conn, now) = (hub.any_connection(), hub.clock.now());
    find(&conn, statement(&conn, session::Column::Id.eq(id), now), now, used).await
}

#[expect(clippy::disallowed_methods, reason = "the token is the permission")]
fn statement(conn: &Reading, which: Expr, now: DateTime<Utc>) -> Statement {
    session::Entity::find()
        .filter(which)
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(session::Column::LastUsedAt.gt(now - IDLE))
        .join(JoinType::InnerJoin, session::Relation::User.def())
        .join(JoinType::LeftJoin, user::Relation::Partner.def())
        .select_only()
        .column_as(session::Column::Id, "session_id")
        .column_as(session::Column::Scope, "session_scope")
        .column_as(session::Column::LastUsedAt, "session_last_used_at")
        .column_as(session::Column::CreatedAt, "session_created_at")
        .column_as(session::Column::ReauthenticatedAt, "session_reauthenticated_at")
        .column_as(partner::Column::Status, "partner_status")
        .column_as(partner::Column::FormSubmittedAt, "partner_form_submitted_at")
        .columns(<user::Column as sea_orm::Iterable>::iter())
        .build(conn.get_database_backend())
}

#[expect(clippy::disallowed_methods, reason = "the session that the token has opened")]
async fn find(conn: &Reading, statement: Statement, now: DateTime<Utc>, used: bool) -> Result<Actor, Fault> {
    let Some(found) = Found::find_by_statement(statement).one(conn).await? else { return Ok(Actor::Anonymous) };
    let Found { session_id, session_scope, session_last_used_at, partner_status, user, .. } = found;
    let form_submitted = found.partner_form_submitted_at.is_some();
    let authenticated_at = found.session_reauthenticated_at.unwrap_or(found.session_created_at);
    if user.status != UserStatus::Active || !may_log_in(partner_status) {
        return Ok(Actor::Anonymous);
    }
    if used && session_last_used_at < now - TOUCH {
        session::Entity::update_many()
            .set(session::ActiveModel { last_used_at: Set(now), ..Default::default() })
            .filter(session::Column::Id.eq(session_id))
            .exec(conn)
            .await?;
    }
    let pending = partner_status.is_some_and(|status| status != PartnerStatus::Approved);
    let onboarding = pending || session_scope == SessionScope::Onboarding;
    Ok(Actor::Person(Arc::new(Person {
        session_id,
        onboarding,
        authenticated_at,
        user,
        partner_status,
        form_submitted,
    })))
}
