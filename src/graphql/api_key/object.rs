//! The type ApiKey.

use crate::{
    domain::page::get,
    fault::Fault,
    graphql::{
        ahead::row,
        context::CurrentRequest,
        loaders::load,
        object::object,
        user::object::{User, UserRole},
    },
};
use async_graphql::{Context, Enum};
use chrono::{DateTime, Utc};
use entity::api_key::{self, Scope};

/// A part of what a role may do. One that writes also reads what it writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Scope")]
pub enum ApiKeyScope {
    /// See partners.
    PartnersRead,
    /// Make, invite and edit partners, and say that letters came back.
    PartnersWrite,
    /// See people and their invitations.
    UsersRead,
    /// See integrations.
    IntegrationsRead,
    /// Make integrations of the vendor's own and edit them; review, comment on, publish, unpublish and archive all.
    IntegrationsWrite,
    /// See tenants.
    TenantsRead,
    /// Make tenants; needs `INTEGRATIONS_READ` too.
    TenantsWrite,
    /// See forms and what was answered to them.
    FormsRead,
    /// See the record of who did what.
    ActivityRead,
    /// See the vendor, and what its letters look like.
    SettingsRead,
}

object! {
    /// What a program of the vendor's signs in with. The token itself is shown once, when the key is made.
    ApiKey(api_key)
    columns {
        /// What it is for.
        name: &str = name |it| it;
        /// Which of the vendor's users it acts like.
        role: UserRole = role |it| (*it).into();
        /// From then on it does not work.
        expires_at: DateTime<Utc> = expires_at |it| *it;
        /// When it was last used; some minutes may be missing. Null if never.
        last_used_at: Option<DateTime<Utc>> = last_used_at |it| *it;
        /// When it was revoked; null while it was not.
        revoked_at: Option<DateTime<Utc>> = revoked_at |it| *it;
        /// When it was made.
        created_at: DateTime<Utc> = created_at |it| *it;
    }
    resolvers {
        /// What it may do of what its role may.
        pub async fn scopes(&self) -> Result<Vec<ApiKeyScope>, Fault> {
            Ok(get(&self.0.scopes)?.0.iter().map(|scope| (*scope).into()).collect())
        }

        /// Who made it. It is the vendor's all the same, and works on when its maker is shut out.
        pub async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<User>, Fault> {
            load!(ctx.request().loaders.users, row::<User>(*get(&self.0.created_by_id)?, ctx.field()))
        }
    }
}
