//! Settings to be changed.

use super::event::NotificationEvent;
use crate::{
    domain::settings::{self, VendorChange},
    fault::Fault,
    graphql::{
        once::{answered_by_vendor, once},
        payload::payloads,
        scalar::{EmailAddress, Url},
        vendor::{ApprovalPolicy, Vendor},
    },
};
use async_graphql::{Context, InputObject, Object};

/// Who is told of an event, beside the vendor's primary contact.
#[derive(Debug, InputObject)]
pub struct NotificationSettingInput {
    /// The event.
    event: NotificationEvent,
    /// The further addresses, at most 20.
    addresses: Vec<EmailAddress>,
}

/// Who is to be told of what.
#[derive(Debug, InputObject)]
pub struct UpdateNotificationSettingsInput {
    /// The events to be changed; the others stay as they are.
    settings: Vec<NotificationSettingInput>,
    /// The vendor's `version` that was edited; a stale one is a conflict.
    expected_version: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// The settings to be changed. What is left out stays; an empty text clears.
#[derive(Debug, InputObject)]
pub struct UpdateVendorInput {
    /// The vendor's name, as in letters and on pages.
    name: Option<String>,
    /// Its website.
    website: Option<Url>,
    /// The address of its logo, shown in letters 36 pixels high.
    logo_url: Option<Url>,
    /// The colour of buttons in letters, like `#1d4ed8`.
    brand_color: Option<String>,
    /// Where partners ask for help: below letters.
    support_email: Option<EmailAddress>,
    /// The address of the terms: below letters, and shown to invitees.
    terms_url: Option<Url>,
    /// The address of what the vendor does with what it knows of people: below letters, and shown to invitees.
    privacy_url: Option<Url>,
    /// How long links of invitations live, 1 to 720 hours.
    invitation_lifetime_hours: Option<i32>,
    /// After how many days without an answer invitees are reminded: at most 5, ascending; none for no reminders.
    reminder_days: Option<Vec<i32>>,
    /// Whether partners that submit the Partner Form are let in at once.
    approval_policy: Option<ApprovalPolicy>,
    /// Whether the vendor's own users must have a second factor: those without can do nothing but set one up. Whoever
    /// asks for it needs one.
    require_second_factor: Option<bool>,
    /// The vendor's `version` that was edited; a stale one is a conflict.
    expected_version: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

payloads! {
    vendor: Vendor, "The vendor; null if the change was refused.";
    /// What `updateVendor` did.
    UpdateVendorPayload,
    /// What `updateNotificationSettings` did.
    UpdateNotificationSettingsPayload,
}

/// Mutations of settings.
#[derive(Debug, Default)]
pub struct SettingsMutations;

/// Mutations of settings.
#[Object]
impl SettingsMutations {
    /// Changes the vendor's name, looks and rules for invitations. Vendor admins only.
    async fn update_vendor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be changed.")] input: UpdateVendorInput,
    ) -> Result<UpdateVendorPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let change = VendorChange {
            name: input.name,
            website: input.website.map(|url| url.0),
            logo_url: input.logo_url.map(|url| url.0),
            brand_color: input.brand_color,
            support_email: input.support_email.map(|address| address.0),
            terms_url: input.terms_url.map(|url| url.0),
            privacy_url: input.privacy_url.map(|url| url.0),
            invitation_lifetime_hours: input.invitation_lifetime_hours,
            reminder_days: input.reminder_days,
            approval_policy: input.approval_policy.map(Into::into),
            require_second_factor: input.require_second_factor,
            expected_version: input.expected_version,
        };
        UpdateVendorPayload::of(answered_by_vendor(&access, settings::update_vendor(&access, change).await).await)
    }

    /// Says which further addresses are told of which events. Vendor admins only.
    async fn update_notification_settings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to be told of what.")] input: UpdateNotificationSettingsInput,
    ) -> Result<UpdateNotificationSettingsPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let addresses = |addresses: Vec<EmailAddress>| addresses.into_iter().map(|address| address.0).collect();
        let wanted = input.settings.into_iter().map(|setting| (setting.event.kind(), addresses(setting.addresses)));
        let done = settings::update_notifications(&access, wanted.collect(), input.expected_version).await;
        UpdateNotificationSettingsPayload::of(answered_by_vendor(&access, done).await)
    }
}
