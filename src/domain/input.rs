//! Bounds of what people type: every text passes here once, and all that is wrong is told at once.

use crate::fault::{Reason, Refusal, UserError};

/// The longest name of a person, organisation or integration, in characters.
pub const NAME: usize = 200;
/// The longest free text, in characters.
pub const TEXT: usize = 5_000;
/// The longest label, category or tag, in characters.
pub const LABEL: usize = 50;
/// The longest e-mail address, in characters.
pub const EMAIL: usize = 254;
/// The longest address of any kind, in characters.
pub const URL: usize = 2_000;

/// An e-mail address that passed [`Check::email`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// As typed, without surrounding white space; an international domain in its ASCII form.
    pub address: String,
    /// In lower case with the domain in ASCII: what is unique and looked up.
    pub key: String,
}

impl Email {
    /// Reads an address; `None` if no letter could be delivered to it.
    ///
    /// Stricter than the mail libraries on purpose: no quotes, no address literals, no domain without a dot, nothing
    /// that a command line could take for an option.
    pub fn parse(text: &str) -> Option<Self> {
        let address = text.trim();
        if address.len() > EMAIL {
            return None;
        }
        let (local, domain) = address.rsplit_once('@')?;
        let local_fits = !local.is_empty()
            && local.len() <= 64
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_{|}~-".contains(&b))
            && !local.starts_with(['-', '.'])
            && !local.ends_with('.')
            && !local.contains("..");
        let typed_in_ascii = domain.is_ascii();
        let domain = idna::domain_to_ascii_strict(domain).ok()?;
        let last = domain.rsplit_once('.')?.1;
        let domain_fits = !last.is_empty() && !last.bytes().all(|b| b.is_ascii_digit());
        let key = format!("{local}@{domain}").to_lowercase();
        // Not every relay takes other letters than ASCII in an address.
        let deliverable = if typed_in_ascii { address.to_owned() } else { format!("{local}@{domain}") };
        (local_fits && domain_fits && key.len() <= EMAIL).then_some(Self { address: deliverable, key })
    }
}

/// Collects what is wrong with an input, so that the person is told everything at once.
#[derive(Debug, Default)]
pub struct Check {
    /// Where the input stands in a greater one, like `rows.3.`.
    at: String,
    errors: Vec<UserError>,
}

impl Check {
    /// Checks an input that stands in a greater one, at a place like `rows.3.`.
    pub fn within(at: String) -> Self {
        Self { at, errors: Vec::new() }
    }

    /// Notes an error at a field.
    pub fn fail(&mut self, field: &str, reason: Reason, message: impl Into<String>) {
        self.errors.push(UserError::at(&format!("{}{field}", self.at), reason, message));
    }

    /// Ends the check: nothing may be changed if anything is wrong.
    pub fn finish(self) -> Result<(), Refusal> {
        if self.errors.is_empty() { Ok(()) } else { Err(Refusal::Mend(self.errors)) }
    }

    /// A name: one line, 1 to [`NAME`] characters, without surrounding white space.
    pub fn name(&mut self, field: &str, text: &str) -> String {
        self.line(field, text, NAME)
    }

    /// One line of 1 to `most` characters, without surrounding white space.
    pub fn line(&mut self, field: &str, text: &str, most: usize) -> String {
        let text = text.trim();
        if text.is_empty() {
            self.fail(field, Reason::Blank, "Fill this in.");
        } else if text.chars().any(unprintable) {
            self.fail(field, Reason::Invalid, "Remove line breaks, control and direction characters.");
        }
        self.length(field, text, most);
        text.to_owned()
    }

    /// [`Check::line`] or nothing: an empty text is nothing.
    pub fn optional_line(&mut self, field: &str, text: Option<&str>, most: usize) -> Option<String> {
        text.map(str::trim).filter(|text| !text.is_empty()).map(|text| self.line(field, text, most))
    }

    /// Several lines of at most `most` characters, or nothing.
    pub fn optional_text(&mut self, field: &str, text: Option<&str>, most: usize) -> Option<String> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        if text.chars().any(|c| unprintable(c) && !matches!(c, '\n' | '\r' | '\t')) {
            self.fail(field, Reason::Invalid, "Remove control and direction characters.");
        }
        self.length(field, text, most);
        Some(text.to_owned())
    }

    /// At most `most` labels of one line, each once, in the order in which they were given.
    pub fn labels(&mut self, field: &str, labels: &[String], most: usize) -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for (place, label) in labels.iter().enumerate() {
            let label = self.line(&format!("{field}.{place}"), label, LABEL);
            if !kept.contains(&label) {
                kept.push(label);
            }
        }
        if kept.len() > most {
            self.fail(field, Reason::TooLong, format!("Give at most {most} {field}."));
        }
        kept
    }

    /// A deliverable e-mail address.
    pub fn email(&mut self, field: &str, text: &str) -> Email {
        Email::parse(text).unwrap_or_else(|| {
            self.fail(field, Reason::Invalid, "Enter an e-mail address that can receive mail, like ada@example.com.");
            Email { address: String::new(), key: String::new() }
        })
    }

    /// A deliverable e-mail address as typed, or nothing.
    pub fn optional_email(&mut self, field: &str, text: &str) -> Option<String> {
        Some(text.trim()).filter(|text| !text.is_empty()).map(|text| self.email(field, text).address)
    }

    /// An `https:` address, or nothing.
    pub fn optional_url(&mut self, field: &str, text: Option<&str>) -> Option<String> {
        let text = self.optional_line(field, text, URL)?;
        if !is_https(&text) {
            self.fail(field, Reason::Invalid, "Enter a full address that begins with https://.");
        }
        Some(text)
    }

    fn length(&mut self, field: &str, text: &str, most: usize) {
        if text.chars().count() > most {
            self.fail(field, Reason::TooLong, format!("Use at most {most} characters."));
        }
    }
}

/// Whether a text is a complete `https:` address without a password in it.
pub fn is_https(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| {
        url.scheme() == "https" && url.host_str().is_some() && url.username().is_empty() && url.password().is_none()
    })
}

/// A calendar day as `YYYY-MM-DD`, of the years 1 to 9999.
pub fn day(text: &str) -> Option<chrono::NaiveDate> {
    use chrono::Datelike;
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let day: chrono::NaiveDate = text.parse().ok()?;
    (plain && (1..=9999).contains(&day.year())).then_some(day)
}

/// Control characters break letters and logs; direction characters make one name look like another.
pub(crate) fn unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deliverable_addresses_are_told_from_the_others() {
        for good in ["ada@example.com", " Ada.L+x@Sub.Example.co ", "o'neil@example.com", "ada@münchen.example"] {
            assert!(Email::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@example.com",
            "a@",
            "a@[127.0.0.1]",
            "a@1.2.3.4",
            "\"a b\"@example.com",
            "-oQx@x.co",
            "a..b@x.co",
            ".a@x.co",
            "а@example.com",
            "a@b@example.com ,c",
            "a@exa mple.com",
            "a\n@example.com",
            "a@example.com\r\nBcc: b@example.com",
            "a@-x.co",
        ] {
            assert!(Email::parse(bad).is_none(), "{bad}");
        }
        assert!(Email::parse(&format!("{}@example.com", "a".repeat(65))).is_none());
        assert_eq!(Email::parse("ADA@Example.com").map(|email| email.key).as_deref(), Some("ada@example.com"));
    }

    #[test]
    fn days_are_told_from_the_others() {
        assert!(day("2028-02-29").is_some() && day("0001-01-01").is_some());
        for bad in
            ["2027-02-29", "0000-01-01", "2027-1-1", "2027-13-01", "+2027-1-01", "-027-01-01", "2027-01-01T00", ""]
        {
            assert!(day(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn names_are_trimmed_and_bounded() {
        let mut check = Check::default();
        assert_eq!(check.name("name", "  Acme  "), "Acme");
        assert!(check.finish().is_ok());
        for bad in ["", "  \t ", "Eve\nX", "Eve\0", "abc\u{202E}def", &"x".repeat(10_000)] {
            let mut check = Check::default();
            check.name("name", bad);
            assert!(check.finish().is_err(), "{bad:?}");
        }
    }
}
