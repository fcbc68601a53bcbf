//! Writing many rows with few statements.

use crate::{access::Access, fault::Fault};
use entity::{PartnerId, UserId, integration, partner, tenant, user};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, EntityTrait,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

/// Rows of one INSERT: below SQLite's 32,766 parameters for the widest table.
const ROWS: usize = 1_000;

/// The rows of some partners, to be written together.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) partners: Vec<partner::ActiveModel>,
    pub(super) contacts: Vec<(PartnerId, UserId)>,
    pub(super) users: Vec<user::ActiveModel>,
    pub(super) integrations: Vec<integration::ActiveModel>,
    pub(super) tenants: Vec<tenant::ActiveModel>,
}

impl Rows {
    pub(super) async fn insert(self, access: &Access) -> Result<(), Fault> {
        let tx = access.begin().await?;
        insert_all(tx.conn(), self.partners).await?;
        insert_all(tx.conn(), self.users).await?;
        name_contacts(tx.conn(), &self.contacts).await?;
        insert_all(tx.conn(), self.integrations).await?;
        insert_all(tx.conn(), self.tenants).await?;
        tx.finish().await
    }
}

async fn insert_all<A: ActiveModelTrait + Send>(tx: &impl ConnectionTrait, mut rows: Vec<A>) -> Result<(), Fault> {
    while !rows.is_empty() {
        let some: Vec<A> = rows.drain(..rows.len().min(ROWS)).collect();
        A::Entity::insert_many(some).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// `UPDATE partner SET primary_contact_id = (its first user)`, in one statement.
async fn name_contacts(tx: &impl ConnectionTrait, contacts: &[(PartnerId, UserId)]) -> Result<(), Fault> {
    let first = Query::select()
        .expr(Expr::col((user::Entity, user::Column::Id)))
        .from(user::Entity)
        .and_where(
            Expr::col((user::Entity, user::Column::PartnerId)).eq(Expr::col((partner::Entity, partner::Column::Id))),
        )
        .order_by((user::Entity, user::Column::Id), sea_orm::Order::Asc)
        .limit(1)
        .to_owned();
    let update = Query::update()
        .table(partner::Entity)
        .value(Alias::new("primary_contact_id"), Expr::SubQuery(None, Box::new(first.into())))
        .and_where(
            Expr::col((partner::Entity, partner::Column::Id)).is_in(contacts.iter().map(|(partner, _)| partner.0)),
        )
        .to_owned();
    tx.execute(&update).await?;
    Ok(())
}
