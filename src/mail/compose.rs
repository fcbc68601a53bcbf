//! From a letter's facts to what is sent.

use super::{brand::Brand, facts::facts, template::Template};
use crate::{
    access::Access,
    config::Config,
    domain::{
        notice::{self, Standing},
        settings, vendor,
    },
    fault::Fault,
    outbox::Letter,
};
use chrono::{DateTime, Utc};
use entity::outbox;
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart, MultiPartKind, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};
use std::fmt;
use uuid::Uuid;

/// A letter, ready to be sent.
#[derive(Clone)]
pub struct Composed {
    /// The one address it goes to.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML.
    pub html: String,
    /// The same on every try, so that a repeated letter can be told.
    pub message_id: String,
    /// When it was caused.
    pub at: DateTime<Utc>,
    /// Whether it only tells of something, so that people may wish to hear of it no more.
    pub notice: bool,
    /// Where its reader ends letters of this kind; none for whom they concern.
    pub stop: Option<String>,
}

impl fmt::Debug for Composed {
    /// A letter has links that let people in: its words are not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Composed").field("message_id", &self.message_id).field("at", &self.at).finish_non_exhaustive()
    }
}

/// Writes the letter of an outbox row; `None` if it is no longer wanted.
pub async fn compose(access: &Access, row: &outbox::Model) -> Result<Option<Composed>, Fault> {
    let letter: Letter = serde_json::from_value(row.params.clone())
        .map_err(|error| Fault::Internal(format!("outbox row {}: {error}", row.id.0)))?;
    let config = &access.hub().config;
    let vendor = vendor::current(access).await?;
    let brand = Brand::of(&vendor);
    let mut stop = None;
    if letter.is_notice() {
        match notice::standing(access, &vendor, &letter, &row.recipient).await? {
            Standing::Gone => return Ok(None),
            Standing::Follows(event) => stop = Some(settings::stop_link(access.hub(), event, &row.recipient)),
            Standing::Concerned => {}
        }
    }
    let template =
        Template::of(config, letter.kind()).ok_or_else(|| Fault::Internal(format!("no template {}", letter.kind())))?;
    let Some(facts) = facts(access, row, &letter, &brand.vendor, &template).await? else { return Ok(None) };
    let written = |error: minijinja::Error| Fault::Internal(format!("template {}: {error}", row.kind));
    let parts = template.fill(&facts).map_err(written)?;
    let domain = config.mail_from.email.domain();
    Ok(Some(Composed {
        to: row.recipient.clone(),
        text: template.text(&parts, &brand, stop.as_deref()),
        html: template.html(&parts, &brand, stop.as_deref()).map_err(written)?,
        subject: parts.subject,
        message_id: format!("<{}@{domain}>", row.id.0),
        at: row.created_at,
        notice: letter.is_notice(),
        stop,
    }))
}

impl Composed {
    /// A letter that says that letters arrive.
    pub fn test(config: &Config, to: &str, id: Uuid, at: DateTime<Utc>) -> Self {
        let text = "This is a test. If you read it, the letters of Partner Hub arrive.";
        Self {
            to: to.to_owned(),
            subject: "A test letter of Partner Hub".into(),
            text: format!("{text}\n"),
            html: format!("<!doctype html><p>{text}</p>"),
            message_id: format!("<{id}@{}>", config.mail_from.email.domain()),
            at,
            notice: false,
            stop: None,
        }
    }

    /// The message for the wire. The recipient is an address without a display name: names are other people's words,
    /// and lettre panics on some of them.
    pub(super) fn message(&self, from: &Mailbox) -> Result<Message, String> {
        let to = Mailbox::new(None, self.to.parse().map_err(|error| format!("the address is not valid: {error}"))?);
        // A boundary of its own choosing would make every try another letter.
        let boundary: String = self.message_id.chars().filter(char::is_ascii_alphanumeric).take(60).collect();
        let parts = MultiPart::builder().kind(MultiPartKind::Alternative).boundary(format!("hub{boundary}"));
        let parts =
            parts.singlepart(SinglePart::plain(self.text.clone())).singlepart(SinglePart::html(self.html.clone()));
        let mut message = Message::builder()
            .from(from.clone())
            .to(to)
            .subject(&self.subject)
            .message_id(Some(self.message_id.clone()))
            .date(self.at.into())
            .multipart(parts)
            .map_err(|error| format!("the letter cannot be written: {error}"))?;
        let mut header = |name, value| {
            message.headers_mut().insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
        };
        // Tells holiday replies and mailing lists that no person wrote this (RFC 3834).
        header("Auto-Submitted", "auto-generated".to_owned());
        let by_letter = format!("<mailto:{}?subject=Unsubscribe>", from.email);
        match &self.stop {
            Some(link) => {
                header("List-Unsubscribe", format!("<{link}>, {by_letter}"));
                header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned());
            }
            None if self.notice => header("List-Unsubscribe", by_letter),
            None => {}
        }
        Ok(message)
    }
}
