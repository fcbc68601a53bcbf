//! Tenants as a file: all that the actor may see, or those of one integration or partner.

use super::{Cell, Sheet, named, next};
use crate::{
    access::{Access, Action},
    fault::Fault,
};
use entity::{IntegrationId, PartnerId, integration, partner, tenant};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

/// Tenants of a hub.
#[derive(Debug)]
pub struct Tenants {
    access: Access,
    integration: Option<IntegrationId>,
    partner: Option<PartnerId>,
    after: Option<Uuid>,
}

impl Tenants {
    /// Begins at the oldest. An integration or a partner that the actor may not see does not exist.
    pub async fn open(
        access: &Access,
        integration: Option<IntegrationId>,
        partner: Option<PartnerId>,
    ) -> Result<Self, Fault> {
        access.permit(Action::ReadTenant)?;
        if let Some(id) = integration {
            access.fetch::<integration::Entity>(Action::ReadIntegration, id).await?;
        }
        if let Some(id) = partner {
            access.fetch::<partner::Entity>(Action::ReadPartner, id).await?;
        }
        Ok(Self { access: access.clone(), integration, partner, after: None })
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
        let mut rows = self.access.list::<tenant::Entity>()?;
        if let Some(integration) = self.integration {
            rows = rows.filter(tenant::Column::IntegrationId.eq(integration));
        }
        if let Some(partner) = self.partner {
            rows = rows.filter(tenant::Column::PartnerId.eq(partner));
        }
        let rows = next(&self.access, rows, &mut self.after).await?;
        let integrations =
            named::<integration::Entity>(&self.access, rows.iter().map(|row| Some(row.integration_id))).await?;
        let partners = named::<partner::Entity>(&self.access, rows.iter().map(|row| row.partner_id)).await?;
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
