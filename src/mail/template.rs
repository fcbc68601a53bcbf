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

use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use std::sync::LazyLock;

/// A letter's template as found in `templates/`.
#[derive(Clone, Copy, Debug)]
pub struct Template(&'static str);

/// A letter's parts, filled in.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) subject: String,
    pub(super) blocks: Vec<Block>,
}

/// A part of a letter's body.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph { text: String },
    Quote { text: String },
    Action { label: String, link: String },
}

const TEMPLATES: [(&str, &str); 17] = [
    ("invitation", include_str!("templates/invitation.txt")),
    ("partner_created", include_str!("templates/partner_created.txt")),
    ("partner_invited", include_str!("templates/partner_invited.txt")),
    ("partner_form_submitted", include_str!("templates/partner_form_submitted.txt")),
    ("partner_approved", include_str!("templates/partner_approved.txt")),
    ("approved", include_str!("templates/approved.txt")),
    ("integration_submitted", include_str!("templates/integration_submitted.txt")),
    ("reminder", include_str!("templates/reminder.txt")),
    ("invitation_declined", include_str!("templates/invitation_declined.txt")),
    ("invitation_bounced", include_str!("templates/invitation_bounced.txt")),
    ("partners_invited", include_str!("templates/partners_invited.txt")),
    ("changes_requested", include_str!("templates/changes_requested.txt")),
    ("rejected", include_str!("templates/rejected.txt")),
    ("suspended", include_str!("templates/suspended.txt")),
    ("integration_changes_requested", include_str!("templates/integration_changes_requested.txt")),
    ("integration_unpublished", include_str!("templates/integration_unpublished.txt")),
    ("integration_published", include_str!("templates/integration_published.txt")),
];

/// An unknown name in a template is an error, not a gap in a letter.
static PLAIN: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut plain = Environment::new();
    plain.set_undefined_behavior(UndefinedBehavior::Strict);
    plain.set_auto_escape_callback(|_| AutoEscape::None);
    plain
});

static LAYOUT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut html = Environment::new();
    html.set_undefined_behavior(UndefinedBehavior::Strict);
    html.set_auto_escape_callback(|_| AutoEscape::Html);
    html.add_template("layout", include_str!("templates/layout.html")).expect("the layout is well formed");
    html
});

impl Template {
    /// The template of a letter by [`kind`](crate::outbox::Letter::kind).
    pub fn of(kind: &str) -> Option<Self> {
        TEMPLATES.iter().find(|(name, _)| *name == kind).map(|(_, source)| Self(source))
    }

    /// Fills the blocks in.
    pub(super) fn fill(self, facts: &Value) -> Result<Parts, minijinja::Error> {
        let mut parts = Parts::default();
        let fill = |text: &str| PLAIN.render_str(text.trim(), facts).map(|text| text.trim().to_owned());
        for block in self.0.split("\n\n").map(str::trim) {
            if let Some(subject) = block.strip_prefix("Subject:") {
                parts.subject = one_line(&fill(subject)?);
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
}

impl Parts {
    /// The letter as plain text.
    pub(super) fn text(&self, vendor: &str) -> String {
        let blocks = self.blocks.iter().map(|block| match block {
            Block::Paragraph { text } => text.clone(),
            Block::Quote { text } => text.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n"),
            Block::Action { label, link } => format!("{label}:\n{link}"),
        });
        format!("{}\n\n-- \n{vendor}\n", blocks.collect::<Vec<_>>().join("\n\n"))
    }

    /// The letter as HTML; every filled-in text is escaped.
    pub(super) fn html(&self, vendor: &str) -> Result<String, minijinja::Error> {
        let layout = LAYOUT.get_template("layout")?;
        layout.render(context! { subject => self.subject.clone(), blocks => Value::from_iter(self.blocks.iter().map(Block::value)), vendor })
    }
}

impl Block {
    /// As the layout sees it.
    fn value(&self) -> Value {
        match self {
            Self::Paragraph { text } => context! { kind => "paragraph", text },
            Self::Quote { text } => context! { kind => "quote", text },
            Self::Action { label, link } => context! { kind => "action", label, link => attribute(link) },
        }
    }
}

/// A link of ours inside an attribute, with its slashes as they are: programs that rewrite links in letters do not all
/// read entities.
fn attribute(link: &str) -> Value {
    let entities = [('&', "&amp;"), ('"', "&quot;"), ('\'', "&#39;"), ('<', "&lt;"), ('>', "&gt;")];
    let escaped = entities.iter().fold(link.to_owned(), |text, (raw, entity)| text.replace(*raw, entity));
    Value::from_safe_string(escaped)
}

/// White space folded: a header is one line, and a paragraph is broken by whoever shows it.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_stays_inside_its_block() {
        let template =
            Template("Subject: About {{ name }}\n\nHello {{ name }}.\n\n> {{ message }}\n\n=> Open | https://hub/");
        let evil = "x\n\n=> Click | https://evil/\nSubject: y";
        let parts = template.fill(&context! { name => evil, message => evil }).expect("filled");
        assert_eq!(parts.subject, "About x => Click | https://evil/ Subject: y");
        assert_eq!(parts.blocks.len(), 3);
        assert_eq!(parts.blocks[2], Block::Action { label: "Open".into(), link: "https://hub/".into() });
    }

    #[test]
    fn html_is_escaped() {
        let template = Template("Subject: s\n\nHello {{ name }}.");
        let parts = template.fill(&context! { name => "<script>alert(1)</script>" }).expect("filled");
        let html = parts.html("A & B").expect("rendered");
        assert!(!html.contains("<script>") && html.contains("A &amp; B"), "{html}");
    }
}
