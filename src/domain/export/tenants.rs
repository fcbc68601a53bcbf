//! Tenants as a file.

use super::{Cell, Sheet, Walk, named};
use crate::{
    access::{Access, Action},
    domain::{order::TenantOrder, page::Listing},
    fault::Fault,
};
use entity::{integration, partner, tenant};

/// Tenants of a hub.
#[derive(Debug)]
pub struct Tenants(Walk<tenant::Entity, TenantOrder>);

impl Tenants {
    /// Begins at the beginning of the list.
    pub fn open(access: &Access, listing: Listing<tenant::Entity, TenantOrder>) -> Result<Self, Fault> {
        access.permit(Action::ReadTenant)?;
        Ok(Self(Walk::new(access, listing)))
    }
}

impl Sheet for Tenants {
    fn name(&self) -> String {
        "tenants".into()
    }

    fn header(&self) -> Vec<String> {
        let columns = "id name integration_id integration partner_id partner customer_reference paused archived_at \
                       schedule source configuration created_at updated_at";
        columns.split_whitespace().map(str::to_owned).collect()
    }

    async fn page(&mut self) -> Result<Vec<Vec<Cell>>, Fault> {
        let rows = self.0.next().await?;
        let integrations =
            named::<integration::Entity>(&self.0.access, rows.iter().map(|row| Some(row.integration_id))).await?;
        let partners = named::<partner::Entity>(&self.0.access, rows.iter().map(|row| row.partner_id)).await?;
        let line = |row: tenant::Model| {
            let owner = row.partner_id.and_then(|id| partners.get(&id));
            vec![
                Cell::id::<tenant::Entity>(Some(row.id)),
                Cell::text(row.name),
                Cell::id::<integration::Entity>(Some(row.integration_id)),
                Cell::maybe(integrations.get(&row.integration_id).map(|integration| integration.name.clone())),
                Cell::id::<partner::Entity>(row.partner_id),
                Cell::maybe(owner.map(|partner| partner.name.clone())),
                Cell::maybe(row.customer_reference),
                Cell::Plain(row.paused.to_string()),
                Cell::time(row.archived_at),
                Cell::maybe(row.schedule),
                Cell::maybe(row.source),
                Cell::text(row.configuration.to_string()),
                Cell::time(Some(row.created_at)),
                Cell::time(Some(row.updated_at)),
            ]
        };
        Ok(rows.into_iter().map(line).collect())
    }
}
