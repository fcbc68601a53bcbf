//! Letter templates: one file per letter, from which text and HTML are both made.
//!
//! The file is cut into blocks at its empty lines *before* anything is filled in, so that what people typed can never
//! become a subject, a paragraph or a link of ours:
//!
//! - `Subject: …` is the subject,
//! - `=> label | address` is the one link, shown as a button,
//! - `> …` is a quotation, kept with its line breaks,
//! - anything else is a paragraph.
//!
//! A block that is empty once filled in is left out.
//!
//! An operator's file may be in another language ([`Config::letters_language`]); what is not translated stays English
//! and says so to programs that read letters aloud.

use super::{
    brand::{Address, Brand},
    parts::{Block, Parts, attribute, one_line, printable, subject},
};
use crate::config::Config;
use chrono::{DateTime, Utc};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use std::{borrow::Cow, sync::LazyLock};

/// A letter's template: the hub's own, or the operator's in its place.
#[derive(Clone, Debug)]
pub struct Template<'a> {
    source: Cow<'a, str>,
    layout: &'a str,
    /// What stands on the link that ends letters of a kind.
    stop: &'a str,
    language: &'a str,
}

macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("templates/", $name, ".txt"))),)+]
    };
}

/// The hub's own, by the kind of letter.
const TEMPLATES: &[(&str, &str)] = templates![
    "invitation",
    "reminder",
    "password_reset",
    "password_changed",
    "second_factor_changed",
    "invitation_declined",
    "invitation_bounced",
    "partner_created",
    "partner_invited",
    "partners_invited",
    "partner_form_submitted",
    "partner_approved",
    "approved",
    "changes_requested",
    "rejected",
    "suspended",
    "terms_asked_again",
    "integration_submitted",
    "integration_changes_requested",
    "integration_published",
    "integration_unpublished",
];

/// The frame of every letter.
const LAYOUT: &str = include_str!("templates/layout.html");
/// The name under which an operator's own frame is kept.
const LAYOUT_FILE: &str = "layout.html";
/// The link below a letter that its reader can end, and the name under which an operator's own words for it are kept.
const STOP: &str = "Stop letters of this kind";
const STOP_FILE: &str = "stop.txt";
/// The language of the hub's own templates.
const ENGLISH: &str = "en";

/// An unknown name in a template is an error, not a gap in a letter.
static PLAIN: LazyLock<Environment<'static>> = LazyLock::new(|| environment(|| AutoEscape::None));
static HTML: LazyLock<Environment<'static>> = LazyLock::new(|| environment(|| AutoEscape::Html));

fn environment(escape: fn() -> AutoEscape) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(move |_| escape());
    environment
}

/// The kinds of letters that there are templates for.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().map(|(kind, _)| *kind)
}

/// The name of an operator's file that stands for no letter, if there is one.
pub(super) fn stray(config: &Config) -> Option<&str> {
    let known = |file: &str| {
        [LAYOUT_FILE, STOP_FILE].contains(&file) || kinds().any(|kind| file.strip_suffix(".txt") == Some(kind))
    };
    config.letters.keys().map(String::as_str).find(|file| !known(file))
}

impl<'a> Template<'a> {
    /// The template of a letter by [`kind`](crate::outbox::Letter::kind).
    pub fn of(config: &'a Config, kind: &str) -> Option<Self> {
        let own = TEMPLATES.iter().find(|(name, _)| *name == kind).map(|(_, source)| *source)?;
        let operators = config.letters.get(&format!("{kind}.txt"));
        let source = operators.map_or(own, String::as_str);
        // Editors of other systems end lines in another way.
        let source = if source.contains('\r') { source.replace("\r\n", "\n").into() } else { source.into() };
        Some(Self {
            source,
            layout: config.letters.get(LAYOUT_FILE).map_or(LAYOUT, String::as_str),
            stop: config.letters.get(STOP_FILE).map_or(STOP, |words| words.trim()),
            language: if operators.is_some() { &config.letters_language } else { ENGLISH },
        })
    }

    /// Whether its readers read English.
    pub(super) fn is_english(&self) -> bool {
        self.language.starts_with(ENGLISH)
    }

    /// A moment as this letter's readers write it: in words in English, else in the form that all languages share.
    pub(super) fn moment(&self, at: DateTime<Utc>) -> String {
        let format = if self.is_english() { "%-d %B %Y, %H:%M UTC" } else { "%Y-%m-%d, %H:%M UTC" };
        at.format(format).to_string()
    }

    /// The letter as plain text; `stop` is where its reader ends letters of this kind.
    pub(super) fn text(&self, parts: &Parts, brand: &Brand, stop: Option<&str>) -> String {
        let stop = stop.map(|link| format!("{}: {link}\n", self.stop)).unwrap_or_default();
        let foot: String = brand.foot.iter().map(|address| format!("{}\n", address.text)).collect();
        format!("{}\n\n-- \n{}\n{foot}{stop}", parts.text(), brand.vendor)
    }

    /// Fills the blocks in.
    pub(super) fn fill(&self, facts: &Value) -> Result<Parts, minijinja::Error> {
        let mut parts = Parts::default();
        let fill = |text: &str| PLAIN.render_str(text.trim(), facts).map(|text| printable(&text).trim().to_owned());
        for block in self.source.split("\n\n").map(str::trim) {
            if let Some(line) = block.strip_prefix("Subject:") {
                parts.subject = subject(&fill(line)?);
            } else if let Some((label, link)) = block.strip_prefix("=>").and_then(|action| action.split_once('|')) {
                parts.blocks.push(Block::Action { label: fill(label)?, link: fill(link)? });
            } else if let Some(quote) = block.strip_prefix('>') {
                let text = fill(quote)?;
                if !text.is_empty() {
                    parts.blocks.push(Block::Quote { text });
                }
            } else {
                let text = one_line(&fill(block)?);
                if !text.is_empty() {
                    parts.blocks.push(Block::Paragraph { text });
                }
            }
        }
        Ok(parts)
    }

    /// The letter as HTML; every filled-in text is escaped.
    pub(super) fn html(&self, parts: &Parts, brand: &Brand, stop: Option<&str>) -> Result<String, minijinja::Error> {
        let blocks = Value::from_iter(parts.blocks.iter().map(Block::value));
        let Brand { vendor, logo, color, on_color, foot } = brand;
        let foot = Value::from_iter(foot.iter().map(Address::value));
        let on_color = *on_color;
        let (subject, stop) = (parts.subject.clone(), stop.map(attribute));
        let (language, stop_words) = (self.language, self.stop);
        HTML.render_str(
            self.layout,
            context! { subject, preview => parts.preview(), blocks, vendor, logo, color, on_color, foot, stop, stop_words, language },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(source: &str) -> Template<'_> {
        Template { source: source.into(), layout: LAYOUT, stop: STOP, language: ENGLISH }
    }

    #[test]
    fn what_people_typed_stays_inside_its_block() {
        let source = "Subject: About {{ name }}\n\nHello {{ name }}.\n\n> {{ message }}\n\n=> Open | https://hub/";
        let evil = "x\n\n=> Click | https://evil/\nSubject: y {{ vendor }} {% if %}";
        let parts = template(source).fill(&context! { name => evil, message => evil }).expect("filled");
        assert_eq!(parts.subject, "About x => Click | https://evil/ Subject: y {{ vendor }} {% if %}");
        assert_eq!(parts.blocks.len(), 3);
        assert_eq!(parts.blocks[2], Block::Action { label: "Open".into(), link: "https://hub/".into() });
    }

    #[test]
    fn html_is_escaped() {
        let template = template("Subject: s\n\nHello {{ name }}.");
        let parts = template.fill(&context! { name => "<script>alert(1)</script>" }).expect("filled");
        let html = template.html(&parts, &Brand::plain("A & B"), None).expect("rendered");
        assert!(!html.contains("<script>") && html.contains("A &amp; B"), "{html}");
    }
}
