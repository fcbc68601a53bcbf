//! Partners as a file.

use super::{Cell, Sheet, Walk, named};
use crate::{
    access::{Access, Action},
    domain::{order::PartnerOrder, page::Listing},
    fault::Fault,
};
use entity::{partner, user};
use sea_orm::ActiveEnum;

/// Partners of a hub.
#[derive(Debug)]
pub struct Partners(Walk<partner::Entity, PartnerOrder>);

impl Partners {
    /// Begins at the beginning of the list.
    pub fn open(access: &Access, listing: Listing<partner::Entity, PartnerOrder>) -> Result<Self, Fault> {
        access.permit(Action::Export)?;
        Ok(Self(Walk::new(access, listing)))
    }
}

impl Sheet for Partners {
    fn name(&self) -> String {
        "partners".into()
    }

    fn header(&self) -> Vec<String> {
        let columns = "id name status origin website external_id labels primary_contact primary_contact_email \
                       approved_at created_at updated_at";
        columns.split_whitespace().map(str::to_owned).collect()
    }

    async fn page(&mut self) -> Result<Vec<Vec<Cell>>, Fault> {
        let rows = self.0.next().await?;
        let contacts = named::<user::Entity>(&self.0.access, rows.iter().map(|row| row.primary_contact_id)).await?;
        let line = |row: partner::Model| {
            let contact = row.primary_contact_id.and_then(|id| contacts.get(&id));
            vec![
                Cell::id::<partner::Entity>(Some(row.id)),
                Cell::text(row.name),
                Cell::Plain(row.status.to_value()),
                Cell::Plain(row.origin.to_value()),
                Cell::maybe(row.website),
                Cell::maybe(row.external_id),
                Cell::text(row.labels.0.join("; ")),
                Cell::maybe(contact.map(|user| user.name.clone())),
                Cell::maybe(contact.map(|user| user.email.clone())),
                Cell::time(row.approved_at),
                Cell::time(Some(row.created_at)),
                Cell::time(Some(row.updated_at)),
            ]
        };
        Ok(rows.into_iter().map(line).collect())
    }
}
