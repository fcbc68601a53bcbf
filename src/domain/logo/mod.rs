//! Logos that are sent to the hub itself: looked at, made anew, and shown at an address that nobody guesses.

mod picture;
mod rebase;

pub use picture::{EDGE, LARGEST};
pub use rebase::rebase;

use crate::{
    access::{Access, Action},
    config::Config,
    domain::{partner as partners, settings},
    fault::{Fault, Refusal},
    secret,
};
use entity::{
    PartnerId,
    logo::{ActiveModel, Column, Entity},
    partner,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    QueryFilter, sea_query::IntoCondition,
};

/// Whose logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The vendor's: shown in letters.
    Vendor,
    /// A partner's.
    Partner(PartnerId),
}

impl Owner {
    fn partner(self) -> Option<PartnerId> {
        match self {
            Self::Vendor => None,
            Self::Partner(partner) => Some(partner),
        }
    }

    /// Whoever may not change it learns so before anything is read or made.
    async fn permit<C: ConnectionTrait>(self, access: &Access<C>) -> Result<(), Fault> {
        match self {
            Self::Vendor => access.permit(Action::UpdateVendor),
            Self::Partner(id) => access.fetch::<partner::Entity>(Action::UpdatePartner, id).await.map(drop),
        }
    }
}

/// Whether this actor may change a logo: asked before the picture is read from the network.
pub async fn permit(access: &Access, owner: Owner) -> Result<(), Fault> {
    owner.permit(access).await
}

/// Puts a picture in the place of an organisation's logo; answers its address.
pub async fn set(access: &Access, owner: Owner, sent: Vec<u8>) -> Result<String, Refusal> {
    owner.permit(access).await?;
    let png = picture::made_anew(sent).await?;
    let name: String = secret::random::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
    let address = address(&access.hub().config, &name);
    let tx = access.begin().await?;
    // The organisation's row first: of two pictures at once, one comes after the other or not at all.
    name_it(&tx, owner, Some(address.clone())).await?;
    forget(&tx, owner).await?;
    let row =
        ActiveModel { name: Set(name), partner_id: Set(owner.partner()), png: Set(png), created_at: Set(tx.now()) };
    row.insert(tx.conn()).await?;
    tx.commit().await?;
    Ok(address)
}

/// Takes an organisation's logo away; that there is none is no error.
pub async fn remove(access: &Access, owner: Owner) -> Result<(), Refusal> {
    owner.permit(access).await?;
    let tx = access.begin().await?;
    name_it(&tx, owner, None).await?;
    forget(&tx, owner).await?;
    tx.commit().await?;
    Ok(())
}

/// The picture of this name, as PNG: whoever knows the name may see it, as letters are read without logging in.
#[expect(clippy::disallowed_methods, reason = "the name is the permission")]
pub async fn read(access: &Access, name: &str) -> Result<Option<Vec<u8>>, Fault> {
    Ok(Entity::find_by_id(name).one(access.conn()).await?.map(|logo| logo.png))
}

/// Removes the picture that is kept, and leaves alone what the organisation's row says.
#[expect(clippy::disallowed_methods, reason = "of an organisation whose logo was granted to be changed")]
pub(crate) async fn forget(tx: &Access<DatabaseTransaction>, owner: Owner) -> Result<(), Fault> {
    Entity::delete_many().filter(of(owner)).exec(tx.conn()).await?;
    Ok(())
}

fn of(owner: Owner) -> Condition {
    match owner.partner() {
        Some(partner) => Column::PartnerId.eq(partner).into_condition(),
        None => Column::PartnerId.is_null().into_condition(),
    }
}

async fn name_it(tx: &Access<DatabaseTransaction>, owner: Owner, address: Option<String>) -> Result<(), Refusal> {
    match owner {
        Owner::Vendor => settings::set_logo(tx, address).await,
        Owner::Partner(id) => partners::set_logo(tx, id, address).await,
    }
}

fn address(config: &Config, name: &str) -> String {
    format!("{}{name}.png", stem(config))
}

/// How the addresses of all logos begin.
fn stem(config: &Config) -> String {
    let mut stem = config.public_url.clone();
    stem.set_path("/logo/");
    stem.into()
}
