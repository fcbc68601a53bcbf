//! Invitations in a list, and the history of one.

use crate::{
    access::{Access, Scoped},
    domain::page::{self, Asked, Ordering, Page, Sorting},
    fault::Fault,
};
use entity::{
    InvitationId, PartnerId, activity,
    invitation::{self, DeliveryStatus, InvitationStatus},
};
use sea_orm::{
    ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};

/// Lines of a history.
const LINES: u64 = 100;

/// Which invitations; what is empty says nothing.
#[derive(Clone, Debug, Default)]
pub struct InvitationFilter {
    /// In one of these.
    pub status: Vec<InvitationStatus>,
    /// What became of the newest letter.
    pub delivery: Vec<DeliveryStatus>,
    /// A part of the address, whatever its case.
    pub email: Option<String>,
    /// Of this partner.
    pub partner: Option<PartnerId>,
}

/// What invitations can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationOrder {
    /// By when they were made.
    CreatedAt,
    /// By when the link ends.
    ExpiresAt,
    /// By address.
    Email,
}

impl Ordering<invitation::Entity> for InvitationOrder {
    fn column(self) -> invitation::Column {
        match self {
            Self::CreatedAt => invitation::Column::CreatedAt,
            Self::ExpiresAt => invitation::Column::ExpiresAt,
            Self::Email => invitation::Column::Email,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::CreatedAt => "created",
            Self::ExpiresAt => "expires",
            Self::Email => "email",
        }
    }
}

impl InvitationFilter {
    fn narrow(&self, mut rows: Select<invitation::Entity>) -> Select<invitation::Entity> {
        if !self.status.is_empty() {
            rows = rows.filter(invitation::Column::Status.is_in(self.status.iter().copied()));
        }
        if !self.delivery.is_empty() {
            rows = rows.filter(invitation::Column::DeliveryStatus.is_in(self.delivery.iter().copied()));
        }
        if let Some(part) = &self.email {
            let escaped = part.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            let like = sea_orm::sea_query::LikeExpr::new(format!("%{escaped}%")).escape('\\');
            rows = rows.filter(Expr::cust("LOWER(email)").like(like));
        }
        if let Some(partner) = self.partner {
            rows = rows.filter(invitation::Column::PartnerId.eq(partner));
        }
        rows
    }
}

/// A page of the invitations that the actor may see.
pub async fn list(
    access: &Access,
    filter: &InvitationFilter,
    sorting: &Sorting<InvitationOrder>,
    first: u64,
    after: Option<&str>,
    asked: Asked,
) -> Result<Page<invitation::ActiveModel>, Fault> {
    page::list(access, filter.narrow(access.rows::<invitation::Entity>()?), sorting, first, after, asked).await
}

/// How many there are.
pub async fn count(access: &Access, filter: &InvitationFilter) -> Result<u64, Fault> {
    Ok(filter.narrow(access.list::<invitation::Entity>()?).count(access.conn()).await?)
}

/// What happened to an invitation, oldest first; nothing of one that the actor may not see.
pub async fn history(access: &Access, id: InvitationId) -> Result<Vec<activity::Model>, Fault> {
    match access.fetch::<invitation::Entity>(invitation::Entity::READ, id).await {
        Ok(_) => {}
        Err(Fault::NotFound) => return Ok(Vec::new()),
        Err(fault) => return Err(fault),
    }
    let lines = access.list::<activity::Entity>()?.filter(activity::Column::SubjectId.eq(id.0));
    Ok(lines.order_by_asc(activity::Column::Id).limit(LINES).all(access.conn()).await?)
}
