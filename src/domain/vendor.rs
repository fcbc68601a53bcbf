//! The vendor's one row: founding and settings.

use crate::{access::Access, domain::form, fault::Fault};
use entity::{VendorId, vendor};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait};

/// The vendor. Its settings steer every role's actions, so that no role is asked for; what of it is shown is the
/// graph's business.
#[expect(clippy::disallowed_methods, reason = "one row that belongs to everybody")]
pub async fn current<C: ConnectionTrait>(access: &Access<C>) -> Result<vendor::Model, Fault> {
    let row = vendor::Entity::find().one(access.conn()).await?;
    row.ok_or_else(|| Fault::Internal("the hub has not been founded; run `partner-hub migrate`".into()))
}

/// Founds an empty hub: the vendor's row and the first version of both forms. Does nothing on a founded one.
#[expect(clippy::disallowed_methods, reason = "one row that belongs to everybody")]
pub async fn found(access: &Access) -> Result<(), Fault> {
    let tx = access.begin().await?;
    if vendor::Entity::find().one(tx.conn()).await?.is_some() {
        return Ok(());
    }
    let now = tx.now();
    let founded = vendor::ActiveModel {
        id: Set(tx.id::<VendorId>()),
        singleton: Set(1),
        name: Set(tx.hub().config.vendor_name.clone()),
        website: Set(None),
        logo_url: Set(None),
        primary_contact_id: Set(None),
        approval_policy: Set(vendor::ApprovalPolicy::Automatic),
        require_second_factor: Set(false),
        invitation_lifetime_hours: Set(7 * 24),
        brand_color: Set(None),
        reminder_days: Set(vendor::Days(vec![3, 6])),
        support_email: Set(None),
        terms_url: Set(None),
        privacy_url: Set(None),
        subscribers: Set(serde_json::json!({})),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    match founded.insert(tx.conn()).await {
        // Another server founded it between our look and our write.
        Err(error) if crate::fault::is_taken(&error) => return Ok(()),
        other => other?,
    };
    form::seed(&tx).await?;
    tx.commit().await
}
