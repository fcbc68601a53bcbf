//! Settings to be read, and letters to be looked at.

use super::event::NotificationEvent;
use crate::{
    access::Action,
    domain::{settings, vendor},
    fault::Fault,
    graphql::{context::CurrentRequest, scalar::EmailAddress, vendor::Vendor},
    mail,
};
use async_graphql::{Context, Object, SimpleObject};

/// Who is told of an event, beside the vendor's primary contact.
#[derive(Clone, Debug, SimpleObject)]
pub struct NotificationSetting {
    /// The event.
    event: NotificationEvent,
    /// The further addresses.
    addresses: Vec<EmailAddress>,
}

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
    async fn vendor(&self, ctx: &Context<'_>) -> Result<Option<Vendor>, Fault> {
        ctx.request().access.permit(Action::ReadVendor)?;
        ctx.request().vendor().await.map(Some)
    }

    /// Who is told of what, beside the vendor's primary contact, who is told of everything. The
    /// vendor's staff only.
    async fn notification_settings(&self, ctx: &Context<'_>) -> Result<Option<Vec<NotificationSetting>>, Fault> {
        let access = &ctx.request().access;
        access.permit(Action::ReadNotifications)?;
        let followers = settings::followers(&vendor::current(access).await?);
        let setting = |(kind, addresses): (&str, Vec<String>)| {
            let addresses = addresses.into_iter().map(EmailAddress).collect();
            NotificationEvent::of(kind).map(|event| NotificationSetting { event, addresses })
        };
        Ok(Some(followers.into_iter().filter_map(setting).collect()))
    }

    /// The kinds of letters that `previewLetter` knows. The vendor's staff only.
    async fn letter_kinds(&self, ctx: &Context<'_>) -> Result<Option<Vec<&'static str>>, Fault> {
        ctx.request().access.permit(Action::PreviewLetter)?;
        Ok(Some(mail::kinds().collect()))
    }

    /// What a letter looks like, with the vendor's name, logo and colour and made-up facts; null if there is no such
    /// kind. The vendor's staff only.
    async fn preview_letter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One of `letterKinds`.")] kind: String,
    ) -> Result<Option<LetterPreview>, Fault> {
        let preview = mail::preview(&ctx.request().access, &kind).await?;
        Ok(preview.map(|mail::Preview { subject, text, html }| LetterPreview { subject, text, html }))
    }
}
