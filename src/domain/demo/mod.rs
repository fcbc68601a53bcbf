//! Fills an empty hub with believable rows, always the same, for demonstrations and for the benchmark.

mod insert;
mod maker;

use crate::{
    access::Access,
    domain::{account::password, vendor},
    fault::{Fault, Reason, Refusal, UserError},
};
use entity::{UserId, user};
use indicatif::{ProgressBar, ProgressStyle};
use maker::Maker;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

/// How much.
#[derive(Clone, Debug, clap::Args)]
pub struct Size {
    /// How many partners.
    #[arg(long, default_value_t = 50)]
    pub partners: u32,
    /// How many users each partner has.
    #[arg(long, default_value_t = 3)]
    pub users: u32,
    /// How many integrations each partner has.
    #[arg(long, default_value_t = 2)]
    pub integrations: u32,
    /// How many tenants each integration has.
    #[arg(long, default_value_t = 3)]
    pub tenants: u32,
}

/// Everybody's password in a demonstration.
pub const PASSWORD: &str = "three-green-harbours";
/// The demonstration's admin.
pub const ADMIN: &str = "admin@demo.example";
/// Rows of one transaction.
const PARTNERS_AT_ONCE: u32 = 500;

/// Fills the hub and says what was made.
pub async fn fill(access: &Access, size: &Size) -> Result<String, Refusal> {
    if !is_empty(access).await? {
        let sentence = "The hub is not empty; a demonstration needs a database of its own.";
        return Err(UserError::general(Reason::InvalidState, sentence).into());
    }
    let hash = password::hash(access.hub(), &PASSWORD.into()).await?;
    let mut maker = Maker::new(hash);
    let admin = add_admin(access, &mut maker).await?;
    let bar = ProgressBar::new(size.partners.into());
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} partners, {elapsed}, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut from = 0;
    while from < size.partners {
        let to = Ord::min(size.partners, from + PARTNERS_AT_ONCE);
        let rows = maker.partners(from..to, size, admin);
        rows.insert(access).await?;
        bar.inc(u64::from(to - from));
        from = to;
    }
    bar.finish_and_clear();
    let (partners, users) = (size.partners, size.partners * size.users);
    let integrations = size.partners * size.integrations;
    let tenants = integrations * size.tenants;
    Ok(format!(
        "Made {partners} partners, {users} users, {integrations} integrations and {tenants} tenants.\n\
         Log in as {ADMIN}, or as any user, with the password {PASSWORD}\n"
    ))
}

#[expect(clippy::disallowed_methods, reason = "asks whether there is anything at all, as the hub itself")]
async fn is_empty(access: &Access) -> Result<bool, Fault> {
    Ok(user::Entity::find().one(access.conn()).await?.is_none())
}

#[expect(clippy::disallowed_methods, reason = "the hub itself fills an empty hub")]
async fn add_admin(access: &Access, maker: &mut Maker) -> Result<UserId, Fault> {
    let tx = access.begin().await?;
    let admin = maker.user(None, 0, 0, ADMIN.to_owned(), "Robin Admin".to_owned());
    let id = admin.insert(tx.conn()).await?.id;
    let mut vendor = vendor::current(&tx).await?.into_active_model();
    vendor.primary_contact_id = Set(Some(id));
    vendor.update(tx.conn()).await?;
    tx.finish().await?;
    Ok(id)
}
