//! Integrations as a file.

use super::{Cell, Sheet, Walk, named};
use crate::{
    access::{Access, Action},
    domain::{order::IntegrationOrder, page::Listing},
    fault::Fault,
};
use entity::{integration, partner, user};
use sea_orm::ActiveEnum;

/// Integrations of a hub.
#[derive(Debug)]
pub struct Integrations(Walk<integration::Entity, IntegrationOrder>);

impl Integrations {
    /// Begins at the beginning of the list.
    pub fn open(access: &Access, listing: Listing<integration::Entity, IntegrationOrder>) -> Result<Self, Fault> {
        access.permit(Action::ReadIntegration)?;
        Ok(Self(Walk::new(access, listing)))
    }
}

impl Sheet for Integrations {
    fn name(&self) -> String {
        "integrations".into()
    }

    fn header(&self) -> Vec<String> {
        let columns = "id name slug type status partner_id partner description landing_url external_key \
                       repository_url repository_branch repository_path submitted_at submitted_by published_at \
                       created_at updated_at";
        columns.split_whitespace().map(str::to_owned).collect()
    }

    async fn page(&mut self) -> Result<Vec<Vec<Cell>>, Fault> {
        let rows = self.0.next().await?;
        let partners = named::<partner::Entity>(&self.0.access, rows.iter().map(|row| row.partner_id)).await?;
        let people = named::<user::Entity>(&self.0.access, rows.iter().map(|row| row.submitted_by_id)).await?;
        let line = |row: integration::Model| {
            let owner = row.partner_id.and_then(|id| partners.get(&id));
            let submitter = row.submitted_by_id.and_then(|id| people.get(&id));
            vec![
                Cell::id::<integration::Entity>(Some(row.id)),
                Cell::text(row.name),
                Cell::text(row.slug),
                Cell::Plain(row.kind.to_value()),
                Cell::Plain(row.status.to_value()),
                Cell::id::<partner::Entity>(row.partner_id),
                Cell::maybe(owner.map(|partner| partner.name.clone())),
                Cell::maybe(row.description),
                Cell::maybe(row.landing_url),
                Cell::maybe(row.external_key),
                Cell::maybe(row.repository_url),
                Cell::maybe(row.repository_branch),
                Cell::maybe(row.repository_path),
                Cell::time(row.submitted_at),
                Cell::maybe(submitter.map(|user| user.email.clone())),
                Cell::time(row.published_at),
                Cell::time(Some(row.created_at)),
                Cell::time(Some(row.updated_at)),
            ]
        };
        Ok(rows.into_iter().map(line).collect())
    }
}
