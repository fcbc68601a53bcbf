//! Are these questions that can be asked: one pure function.

use crate::{
    domain::input::{self, Check},
    fault::{Reason, Refusal},
};
use chrono::NaiveDate;
use entity::form::{FormKind, Question, QuestionKind};

/// The most questions of one form.
const MOST: usize = 100;
/// The longest key, in characters.
const KEY: usize = 64;
/// The longest help, in characters.
const DESCRIPTION: usize = 1_000;
/// The most options of one question.
pub(super) const OPTIONS: usize = 200;

/// A question as the vendor writes it.
#[derive(Clone, Debug)]
pub struct NewQuestion {
    /// Stable name of the question.
    pub key: String,
    /// How it is asked and answered.
    pub kind: QuestionKind,
    /// What the person reads.
    pub label: String,
    /// A sentence of help.
    pub description: Option<String>,
    /// Whether the form can be submitted without it.
    pub required: bool,
    /// What can be chosen.
    pub options: Vec<String>,
    /// What is agreed to.
    pub terms_url: Option<String>,
    /// Least length, least number of options, or least number.
    pub min: Option<f64>,
    /// Greatest length, greatest number of options, or greatest number.
    pub max: Option<f64>,
    /// The first day that is taken.
    pub earliest: Option<String>,
    /// The last day that is taken.
    pub latest: Option<String>,
    /// Whether it has to be agreed to anew by those who have agreed before.
    pub ask_again: bool,
}

/// Checks every question and tells all that is wrong at once. Error paths are `questions.INDEX.FIELD`.
///
/// `before` are the questions of the version before, `version` is the number that this one will have.
pub(super) fn check(
    kind: FormKind,
    new: &[NewQuestion],
    before: &[Question],
    version: i32,
) -> Result<Vec<Question>, Refusal> {
    let mut check = Check::default();
    if new.len() > MOST {
        check.fail("questions", Reason::TooLong, format!("Ask at most {MOST} questions."));
        check.finish()?;
        return Ok(Vec::new());
    }
    let mut kept = Vec::with_capacity(new.len());
    for (index, question) in new.iter().enumerate() {
        let at = |field: &str| format!("questions.{index}.{field}");
        if !is_key(&question.key) {
            let sentence = format!("Use 1 to {KEY} lower-case letters, digits and _, a letter first.");
            check.fail(&at("key"), Reason::Invalid, sentence);
        } else if new[..index].iter().any(|earlier| earlier.key == question.key) {
            check.fail(&at("key"), Reason::Taken, "Another question of this form has this key.");
        }
        let label = check.line(&at("label"), &question.label, input::NAME);
        let description = check.optional_text(&at("description"), question.description.as_deref(), DESCRIPTION);
        let options = options(&mut check, &at("options"), question);
        let terms_url = terms_url(&mut check, &at("termsUrl"), question);
        bounds(&mut check, &at, question);
        let (earliest, latest) = days(&mut check, &at, question);
        if question.ask_again && (question.kind != QuestionKind::Terms || kind != FormKind::Partner) {
            let sentence =
                "Only TERMS of the Partner Form are agreed to anew; the Integration Form is answered each time.";
            check.fail(&at("askAgain"), Reason::Invalid, sentence);
        }
        let earlier = before.iter().find(|earlier| earlier.key == question.key && earlier.kind == QuestionKind::Terms);
        let carried = earlier.filter(|_| question.kind == QuestionKind::Terms).and_then(|earlier| earlier.since);
        kept.push(Question {
            key: question.key.clone(),
            kind: question.kind,
            label,
            description,
            required: question.required,
            options,
            terms_url,
            min: question.min,
            max: question.max,
            earliest,
            latest,
            since: if question.ask_again { Some(version) } else { carried },
        });
    }
    check.finish()?;
    Ok(kept)
}

fn is_key(key: &str) -> bool {
    key.len() <= KEY
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn options(check: &mut Check, at: &str, question: &NewQuestion) -> Vec<String> {
    let given = &question.options;
    if !matches!(question.kind, QuestionKind::Select | QuestionKind::MultiSelect) {
        if !given.is_empty() {
            check.fail(at, Reason::Invalid, "Only SELECT and MULTI_SELECT have options.");
        }
        return Vec::new();
    }
    if given.len() < 2 {
        check.fail(at, Reason::TooShort, "Give at least 2 options.");
    } else if given.len() > OPTIONS {
        check.fail(at, Reason::TooLong, format!("Give at most {OPTIONS} options."));
        return Vec::new();
    }
    let mut kept: Vec<String> = Vec::with_capacity(given.len());
    for (index, option) in given.iter().enumerate() {
        let at = format!("{at}.{index}");
        let option = check.line(&at, option, input::NAME);
        if !option.is_empty() && kept.contains(&option) {
            check.fail(&at, Reason::Taken, "Give each option once.");
        }
        kept.push(option);
    }
    kept
}

fn terms_url(check: &mut Check, at: &str, question: &NewQuestion) -> Option<String> {
    if question.kind != QuestionKind::Terms {
        if question.terms_url.is_some() {
            check.fail(at, Reason::Invalid, "Only TERMS have a text to agree to.");
        }
        return None;
    }
    let url = check.optional_url(at, question.terms_url.as_deref());
    if url.is_none() {
        check.fail(at, Reason::Required, "Say where the text is that is agreed to.");
    }
    url
}

/// The most that `min` and `max` can ask of a kind: a length, or a number of options; `None` for kinds without.
pub(super) fn most(kind: QuestionKind, options: usize) -> Option<usize> {
    match kind {
        QuestionKind::Text | QuestionKind::Url => Some(input::URL),
        QuestionKind::LongText => Some(input::TEXT),
        QuestionKind::Email => Some(input::EMAIL),
        QuestionKind::MultiSelect => Some(options),
        QuestionKind::Terms | QuestionKind::Select | QuestionKind::Number | QuestionKind::Date => None,
    }
}

fn bounds(check: &mut Check, at: &impl Fn(&str) -> String, question: &NewQuestion) {
    let most = most(question.kind, question.options.len());
    for (field, bound) in [("min", question.min), ("max", question.max)] {
        let Some(bound) = bound else { continue };
        let sentence = match most {
            #[expect(clippy::cast_precision_loss, reason = "bounds of lengths are far below 2^52")]
            Some(most) if bound < 0.0 || bound.fract() != 0.0 || bound > most as f64 => {
                format!("Use a whole number from 0 to {most}.")
            }
            None if question.kind == QuestionKind::Number && !bound.is_finite() => "Use a number.".to_owned(),
            None if question.kind != QuestionKind::Number => "This kind of question has no such limit.".to_owned(),
            _ => continue,
        };
        check.fail(&at(field), Reason::Invalid, sentence);
    }
    if let (Some(min), Some(max)) = (question.min, question.max)
        && min > max
    {
        check.fail(&at("min"), Reason::Invalid, "The least is greater than the greatest.");
    }
}

fn days(
    check: &mut Check,
    at: &impl Fn(&str) -> String,
    question: &NewQuestion,
) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let mut day = |field: &str, text: Option<&str>| {
        let text = text?;
        let day = input::day(text);
        if question.kind != QuestionKind::Date {
            check.fail(&at(field), Reason::Invalid, "Only DATE has a first and a last day.");
        } else if day.is_none() {
            check.fail(&at(field), Reason::Invalid, "Write a day like 2027-01-31.");
        }
        day
    };
    let earliest = day("earliest", question.earliest.as_deref());
    let latest = day("latest", question.latest.as_deref());
    if let (Some(first), Some(last)) = (earliest, latest)
        && first > last
    {
        check.fail(&at("earliest"), Reason::Invalid, "The first day is later than the last.");
    }
    (earliest, latest)
}
