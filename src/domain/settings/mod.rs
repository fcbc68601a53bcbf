//! How the hub invites, what its letters look like, and who is told of what: the vendor's own settings.

mod notifications;
mod stop;

pub use notifications::{followers, following, update_notifications};
pub(crate) use stop::forget as forget_follower;
pub use stop::{link as stop_link, stop as stop_letters};

use crate::{
    access::{Access, Action},
    domain::{
        account::session,
        activity::{self, Changes},
        input::Check,
        invitation::LONGEST_LIFE,
        logo, vendor as vendors,
    },
    fault::{Fault, Reason, Refusal},
};
use entity::vendor::{ActiveModel, ApprovalPolicy, Column, Days, Entity, Model};
use sea_orm::{
    ActiveEnum, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};
use serde_json::Value;

/// The most reminders of one link.
const REMINDERS: usize = 5;
/// What is to be changed; nothing said changes nothing, an empty text clears.
#[derive(Clone, Debug, Default)]
pub struct VendorChange {
    /// As shown in letters and on pages.
    pub name: Option<String>,
    /// `https:` address.
    pub website: Option<String>,
    /// `https:` address of an image.
    pub logo_url: Option<String>,
    /// Of buttons in letters, as `#1d4ed8`.
    pub brand_color: Option<String>,
    /// Where partners ask for help.
    pub support_email: Option<String>,
    /// `https:` address of the terms.
    pub terms_url: Option<String>,
    /// `https:` address of what is done with what the vendor knows of people.
    pub privacy_url: Option<String>,
    /// How long links live, in hours.
    pub invitation_lifetime_hours: Option<i32>,
    /// After how many days invitees are reminded.
    pub reminder_days: Option<Vec<i32>>,
    /// Whether partners that submit the Partner Form are let in at once.
    pub approval_policy: Option<ApprovalPolicy>,
    /// Whether the vendor's own users must have a second factor.
    pub require_second_factor: Option<bool>,
    /// The version that was edited.
    pub expected_version: Option<i32>,
}

/// Changes the vendor's settings.
pub async fn update_vendor(access: &Access, change: VendorChange) -> Result<Model, Refusal> {
    access.permit(Action::UpdateVendor)?;
    let mut check = Check::default();
    let name = change.name.as_deref().map(|name| check.name("name", name));
    let website = change.website.as_deref().map(|url| check.optional_url("website", Some(url)));
    let logo_url = change.logo_url.as_deref().map(|url| check.optional_url("logoUrl", Some(url)));
    let brand_color = change.brand_color.as_deref().map(|color| color_of(&mut check, color));
    let support_email = change.support_email.as_deref().map(|address| check.optional_email("supportEmail", address));
    let terms_url = change.terms_url.as_deref().map(|url| check.optional_url("termsUrl", Some(url)));
    let privacy_url = change.privacy_url.as_deref().map(|url| check.optional_url("privacyUrl", Some(url)));
    if change.invitation_lifetime_hours.is_some_and(|hours| !(1..=LONGEST_LIFE).contains(&hours)) {
        let sentence = format!("Links live 1 to {LONGEST_LIFE} hours.");
        check.fail("invitationLifetimeHours", Reason::Invalid, sentence);
    }
    if let Some(days) = &change.reminder_days {
        let fits =
            days.len() <= REMINDERS && days.iter().all(|day| (1..30).contains(day)) && days.is_sorted_by(|a, b| a < b);
        if !fits {
            let sentence = format!("Give at most {REMINDERS} days from 1 to 29, each greater than the one before.");
            check.fail("reminderDays", Reason::Invalid, sentence);
        }
    }
    if change.require_second_factor == Some(true) && access.person()?.user.second_factor_at.is_none() {
        check.fail("requireSecondFactor", Reason::InvalidState, "Set up your own second factor first.");
    }
    check.finish()?;
    let tx = access.begin().await?;
    let row = current(&tx, change.expected_version).await?;
    let version = row.version + 1;
    let before = row.clone();
    let mut row = row.into_active_model();
    set(&mut row.name, name);
    set(&mut row.website, website);
    set(&mut row.logo_url, logo_url);
    set(&mut row.brand_color, brand_color);
    set(&mut row.support_email, support_email);
    set(&mut row.terms_url, terms_url);
    set(&mut row.privacy_url, privacy_url);
    set(&mut row.invitation_lifetime_hours, change.invitation_lifetime_hours);
    set(&mut row.reminder_days, change.reminder_days.map(Days));
    set(&mut row.approval_policy, change.approval_policy);
    set(&mut row.require_second_factor, change.require_second_factor);
    row.version = Set(version);
    row.updated_at = Set(tx.now());
    let row = save(&tx, row).await?;
    if row.logo_url != before.logo_url {
        logo::forget(&tx, logo::Owner::Vendor).await?;
    }
    if row.require_second_factor && !before.require_second_factor {
        session::end_staff_without_factor(&tx).await?;
    }
    record(&tx, "vendor.updated", &row, changes(&before, &row)).await?;
    tx.commit().await?;
    Ok(row)
}

/// Names the address of the vendor's logo, or none.
pub(crate) async fn set_logo(tx: &Access<DatabaseTransaction>, address: Option<String>) -> Result<(), Refusal> {
    tx.permit(Action::UpdateVendor)?;
    let before = current(tx, None).await?;
    if before.logo_url == address {
        return Ok(());
    }
    let mut row = before.clone().into_active_model();
    row.logo_url = Set(address);
    row.version = Set(before.version + 1);
    row.updated_at = Set(tx.now());
    let after = save(tx, row).await?;
    Ok(record(tx, "vendor.updated", &after, changes(&before, &after)).await?)
}

async fn current(tx: &Access<DatabaseTransaction>, expected: Option<i32>) -> Result<Model, Fault> {
    let row = vendors::current(tx).await?;
    if expected.is_some_and(|version| version != row.version) { Err(Fault::Stale(row.version)) } else { Ok(row) }
}

/// Of two who edit at once, one does it.
#[expect(clippy::disallowed_methods, reason = "the one row, guarded by its version")]
async fn save(tx: &Access<DatabaseTransaction>, row: ActiveModel) -> Result<Model, Fault> {
    let version = *row.version.as_ref();
    let saved = Entity::update_many().set(row).filter(Column::Version.eq(version - 1)).exec(tx.conn()).await?;
    let now = vendors::current(tx).await?;
    if saved.rows_affected == 1 { Ok(now) } else { Err(Fault::Stale(now.version)) }
}

async fn record(tx: &Access<DatabaseTransaction>, event: &str, row: &Model, data: Value) -> Result<(), Fault> {
    activity::record_vendor(tx, event, row.id, data).await
}

/// What differs, without what always does.
fn changes(before: &Model, after: &Model) -> Value {
    let changes = Changes::default()
        .note("name", &before.name, &after.name)
        .note("website", &before.website, &after.website)
        .note("logoUrl", &before.logo_url, &after.logo_url)
        .note("brandColor", &before.brand_color, &after.brand_color)
        .note("supportEmail", &before.support_email, &after.support_email)
        .note("termsUrl", &before.terms_url, &after.terms_url)
        .note("privacyUrl", &before.privacy_url, &after.privacy_url)
        .note("invitationLifetimeHours", before.invitation_lifetime_hours, after.invitation_lifetime_hours)
        .note("approvalPolicy", before.approval_policy.to_value(), after.approval_policy.to_value())
        .note("requireSecondFactor", before.require_second_factor, after.require_second_factor)
        .note("reminderDays", &before.reminder_days, &after.reminder_days);
    changes.into()
}

fn set<V: Into<sea_orm::Value>>(column: &mut sea_orm::ActiveValue<V>, value: Option<V>) {
    if let Some(value) = value {
        *column = Set(value);
    }
}

/// `#` and six hexadecimal digits, or nothing: it is written into the style of letters.
fn color_of(check: &mut Check, text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
    if !text.is_empty() && !digits.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit())) {
        check.fail("brandColor", Reason::Invalid, "Write the colour as # and six hexadecimal digits, like #1d4ed8.");
    }
    Some(text.to_lowercase()).filter(|text| !text.is_empty())
}
