//! Which new passwords are taken: long, not easily guessed, and not about the person, the company or this hub.

use crate::{
    access::Access,
    domain::{input::Check, vendor},
    fault::{Fault, Reason, Refusal},
};
use entity::{partner, user};
use sea_orm::ConnectionTrait;
use secrecy::{ExposeSecret, SecretString};
use std::{collections::HashSet, sync::Arc};
use unicode_normalization::UnicodeNormalization;
use zxcvbn::{Score, feedback::Feedback, zxcvbn};

/// The shortest password of an account with a second factor, in characters; of one without, the operator says it.
pub const SHORTEST_OF_TWO: usize = 8;
/// The longest password, in characters; looked at before anything else is done with it.
pub const LONGEST: usize = 128;
/// What must be left of a password when words that others can guess are taken out, in characters.
const LEFT: usize = 8;
/// The product's own names.
const PRODUCT: [&str; 2] = ["partner", "hub"];

/// What a password is judged by beside itself.
#[derive(Clone, Debug)]
pub struct Context {
    /// Words that somebody who knows the person would try first.
    words: Vec<String>,
    /// The least length, in characters.
    shortest: usize,
    /// Passwords that the operator has ruled out, in lower case.
    blocked: Arc<HashSet<String>>,
}

impl Context {
    /// What is known of a user and its company.
    pub async fn of<C: ConnectionTrait>(
        access: &Access<C>,
        user: &user::Model,
        partner: Option<&partner::Model>,
    ) -> Result<Self, Fault> {
        let vendor = vendor::current(access).await?.name;
        let mut words: Vec<String> = PRODUCT.map(str::to_owned).to_vec();
        for text in [vendor.as_str(), partner.map_or("", |partner| &partner.name), &user.name, &user.email] {
            let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| part.chars().count() >= 3);
            words.extend(parts.map(str::to_lowercase));
        }
        let config = &access.hub().config;
        let shortest = if user.second_factor_at.is_some() { SHORTEST_OF_TWO } else { config.password_min_length };
        Ok(Self { words, shortest, blocked: config.blocked_passwords.clone() })
    }
}

/// Says whether a new password is taken, and if not, how to find a better one.
pub async fn check(field: &str, password: &SecretString, context: &Context) -> Result<(), Refusal> {
    let length = password.expose_secret().nfc().count();
    let mut check = Check::default();
    if length < context.shortest {
        let least = context.shortest;
        let sentence = format!("Use at least {least} characters; a few words that do not belong together are good.");
        check.fail(field, Reason::TooShort, sentence);
    } else if length > LONGEST {
        check.fail(field, Reason::TooLong, format!("Use at most {LONGEST} characters."));
    } else if let Some(sentence) = weakness(password, context).await? {
        check.fail(field, Reason::TooWeak, sentence);
    }
    check.finish()
}

/// What is weak about it. Some milliseconds of thought for a long one, hence beside the event loop.
async fn weakness(password: &SecretString, context: &Context) -> Result<Option<String>, Fault> {
    let text: String = password.expose_secret().nfc().collect();
    let context = context.clone();
    let judged = tokio::task::spawn_blocking(move || {
        if context.blocked.contains(&text.to_lowercase()) {
            return Some("This password is known to whoever guesses. Choose another one.".to_owned());
        }
        if left(&text, &context.words) < LEFT {
            let sentence = "Choose words that have nothing to do with you, your company or this hub.";
            return Some(sentence.to_owned());
        }
        let words: Vec<&str> = context.words.iter().map(String::as_str).collect();
        let judged = zxcvbn(&text, &words);
        (judged.score() < Score::Three).then(|| advice(judged.feedback()))
    });
    judged.await.map_err(|error| Fault::Internal(format!("judging a password: {error}")))
}

/// How many letters and digits are left without words of the context and years.
fn left(password: &str, context: &[String]) -> usize {
    let mut rest = password.to_lowercase();
    let mut longest_first: Vec<&String> = context.iter().collect();
    longest_first.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in longest_first {
        rest = rest.replace(word.as_str(), " ");
    }
    for year in 1950..2050 {
        rest = rest.replace(&year.to_string(), " ");
    }
    rest.chars().filter(|c| c.is_alphanumeric()).count()
}

fn advice(feedback: Option<&Feedback>) -> String {
    let why = feedback.and_then(Feedback::warning).map(|warning| format!(" {warning}")).unwrap_or_default();
    format!("This is easily guessed.{why} A few words that do not belong together are good.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_others_know_count_for_nothing() {
        let context: Vec<String> = ["acme", "lovelace", "hub"].map(str::to_owned).to_vec();
        assert_eq!(left("AcmeLovelace2026Hub!", &context), 0);
        assert_eq!(left("three-green-harbours", &context), 18);
    }
}
