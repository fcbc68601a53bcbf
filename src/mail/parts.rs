//! A letter's parts, filled in: what text and HTML are made of.

use crate::domain::input::unprintable;
use minijinja::{Value, context};

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

impl Parts {
    /// The blocks as plain text.
    pub(super) fn text(&self) -> String {
        let blocks = self.blocks.iter().map(|block| match block {
            Block::Paragraph { text } => text.clone(),
            Block::Quote { text } => text.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n"),
            Block::Action { label, link } => format!("{label}:\n{link}"),
        });
        blocks.collect::<Vec<_>>().join("\n\n")
    }

    /// What programs show beside the subject: the first paragraph that is more than a greeting.
    pub(super) fn preview(&self) -> &str {
        let paragraphs = self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph { text } if !text.ends_with(',') => Some(text.as_str()),
            _ => None,
        });
        paragraphs.into_iter().next().unwrap_or_default()
    }
}

impl Block {
    /// As the layout sees it.
    pub(super) fn value(&self) -> Value {
        match self {
            Self::Paragraph { text } => context! { kind => "paragraph", text },
            Self::Quote { text } => context! { kind => "quote", text },
            Self::Action { label, link } => context! { kind => "action", label, link => attribute(link) },
        }
    }
}

/// A link of ours inside an attribute, with its slashes as they are: programs that rewrite links in letters do not all
/// read entities.
pub(super) fn attribute(link: &str) -> Value {
    let entities = [('&', "&amp;"), ('"', "&quot;"), ('\'', "&#39;"), ('<', "&lt;"), ('>', "&gt;")];
    let escaped = entities.iter().fold(link.to_owned(), |text, (raw, entity)| text.replace(*raw, entity));
    Value::from_safe_string(escaped)
}

/// White space folded: a header is one line, and a paragraph is broken by whoever shows it.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without what would end a line of a letter's head, or turn the words around it; line breaks and tabs stay.
/// Forms take no such characters; rows from elsewhere may have them.
pub(super) fn printable(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().filter(|c| matches!(c, '\n' | '\t') || !unprintable(*c)).collect()
}

/// At most 80 characters of a name, so that a subject stays a subject.
pub(super) fn short(name: &str) -> String {
    cut(name, 80)
}

/// A subject: one line of at most 150 characters, more than any mail program shows.
pub(super) fn subject(text: &str) -> String {
    cut(&one_line(text), 150)
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}
