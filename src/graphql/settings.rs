//! The vendor's settings: how it invites, what letters look like, who is told of what.

use super::{
    context::CurrentRequest,
    error::{UserError, settle},
    scalar::{EmailAddress, Url},
    vendor::Vendor,
};
use crate::{
    access::Action,
    domain::{
        settings::{self, VendorChange},
        vendor,
    },
    fault::Fault,
    mail,
};
use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $kind:literal,)+) => {
        /// What the vendor is told of by letter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
        pub enum NotificationEvent {
            $($(#[$doc])* $name,)+
        }

        impl NotificationEvent {
            /// The kind of letter.
            fn kind(self) -> &'static str {
                match self {
                    $(Self::$name => $kind,)+
                }
            }

            fn of(kind: &str) -> Option<Self> {
                match kind {
                    $($kind => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

events! {
    /// An admin made a partner.
    PartnerCreated = "partner_created",
    /// An admin invited a partner.
    PartnerInvited = "partner_invited",
    /// An admin invited many partners at once.
    PartnersInvited = "partners_invited",
    /// A partner submitted the Partner Form.
    PartnerFormSubmitted = "partner_form_submitted",
    /// A partner is approved.
    PartnerApproved = "partner_approved",
    /// An invitee does not want to come in.
    InvitationDeclined = "invitation_declined",
    /// An invitation could not be delivered.
    InvitationBounced = "invitation_bounced",
    /// An integration waits for review.
    IntegrationSubmitted = "integration_submitted",
}

/// Who is told of an event, beside the vendor's primary contact.
#[derive(Clone, Debug, SimpleObject)]
pub struct NotificationSetting {
    /// The event.
    event: NotificationEvent,
    /// The further addresses.
    addresses: Vec<EmailAddress>,
}

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
    /// How long links of invitations live, 1 to 720 hours.
    invitation_lifetime_hours: Option<i32>,
    /// After how many days without an answer invitees are reminded: at most 5, ascending; none for no reminders.
    reminder_days: Option<Vec<i32>>,
    /// The vendor's `version` that was edited; a stale one is a conflict.
    expected_version: Option<i32>,
}

macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident),+) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $name {
            /// The vendor; null if the change was refused.
            vendor: Option<Vendor>,
            /// What to mend.
            user_errors: Vec<UserError>,
        }
    )+};
}

payloads!(
    /// What `updateVendor` did.
    UpdateVendorPayload,
    /// What `updateNotificationSettings` did.
    UpdateNotificationSettingsPayload
);

/// A letter filled with made-up facts.
#[derive(Debug, SimpleObject)]
pub struct LetterPreview {
    /// One line.
    subject: String,
    /// The plain text.
    text: String,
    /// The HTML.
    html: String,
}

/// Queries about settings.
#[derive(Debug, Default)]
pub struct SettingsQueries;

/// Queries about settings.
#[Object]
impl SettingsQueries {
    /// The vendor, for its staff.
    async fn vendor(&self, ctx: &Context<'_>) -> Result<Vendor, Fault> {
        ctx.request().access.permit(Action::ReadVendor)?;
        ctx.request().vendor().await
    }

    /// Who is told of what, beside the vendor's primary contact, who is told of everything. Vendor admins only.
    async fn notification_settings(&self, ctx: &Context<'_>) -> Result<Vec<NotificationSetting>, Fault> {
        let access = &ctx.request().access;
        access.permit(Action::UpdateNotifications)?;
        let followers = settings::followers(&vendor::current(access).await?.subscribers);
        let setting = |(kind, addresses): (&str, Vec<String>)| {
            let addresses = addresses.into_iter().map(EmailAddress).collect();
            NotificationEvent::of(kind).map(|event| NotificationSetting { event, addresses })
        };
        Ok(followers.into_iter().filter_map(setting).collect())
    }

    /// The kinds of letters that `previewLetter` knows. Vendor admins only.
    async fn letter_kinds(&self, ctx: &Context<'_>) -> Result<Vec<&'static str>, Fault> {
        ctx.request().access.permit(Action::PreviewLetter)?;
        Ok(mail::kinds().collect())
    }

    /// What a letter looks like, with the vendor's name, logo and colour and made-up facts; null if there is no such
    /// kind. Vendor admins only.
    async fn preview_letter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One of `letterKinds`.")] kind: String,
    ) -> Result<Option<LetterPreview>, Fault> {
        let preview = mail::preview(&ctx.request().access, &kind).await?;
        Ok(preview.map(|mail::Preview { subject, text, html }| LetterPreview { subject, text, html }))
    }
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
        let change = VendorChange {
            name: input.name,
            website: input.website.map(|url| url.0),
            logo_url: input.logo_url.map(|url| url.0),
            brand_color: input.brand_color,
            invitation_lifetime_hours: input.invitation_lifetime_hours,
            reminder_days: input.reminder_days,
            expected_version: input.expected_version,
        };
        let (row, user_errors) = settle(settings::update_vendor(&ctx.request().access, change).await)?;
        Ok(UpdateVendorPayload { vendor: row.map(Vendor::from), user_errors })
    }

    /// Says which further addresses are told of which events. Vendor admins only.
    async fn update_notification_settings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to be told of what.")] input: UpdateNotificationSettingsInput,
    ) -> Result<UpdateNotificationSettingsPayload, Fault> {
        let addresses = |addresses: Vec<EmailAddress>| addresses.into_iter().map(|address| address.0).collect();
        let wanted = input.settings.into_iter().map(|setting| (setting.event.kind(), addresses(setting.addresses)));
        let (access, expected) = (&ctx.request().access, input.expected_version);
        let (row, user_errors) = settle(settings::update_notifications(access, wanted.collect(), expected).await)?;
        Ok(UpdateNotificationSettingsPayload { vendor: row.map(Vendor::from), user_errors })
    }
}
