//! Are these the answers to these questions: one pure function.

use super::questions;
use crate::{
    domain::input::{self, Check, Email},
    fault::{Reason, Refusal},
};
use entity::{
    form::{Question, QuestionKind},
    form_submission::{Answer, Answers},
};
use serde_json::Value;

/// Checks every answer, in the order of the questions, and tells all that is wrong at once. Error paths are
/// `answers.KEY`.
pub fn check(questions: &[Question], given: Vec<Answer>) -> Result<Answers, Refusal> {
    let mut wrong = Check::default();
    let mut kept = Vec::with_capacity(questions.len());
    for (index, answer) in given.iter().enumerate() {
        let path = format!("answers.{index}.question");
        if !questions.iter().any(|question| question.key == answer.question) {
            wrong.fail(&path, Reason::UnknownQuestion, "The form has no question with this key.");
        } else if given[..index].iter().any(|earlier| earlier.question == answer.question) {
            wrong.fail(&path, Reason::Invalid, "Answer each question once.");
        }
    }
    for question in questions {
        let field = format!("answers.{}", question.key);
        let answer = given.iter().find(|answer| answer.question == question.key).filter(|answer| !is_empty(answer));
        match answer {
            None if question.required => {
                wrong.fail(&field, Reason::Required, "Answer this question.");
            }
            None => {}
            Some(answer) => match fits(question, &answer.value) {
                Ok(()) => kept.push(answer.clone()),
                Err(sentence) => wrong.fail(&field, Reason::Invalid, sentence),
            },
        }
    }
    wrong.finish()?;
    Ok(Answers(kept))
}

/// Checks answers of a draft: any value for a known key, within bounds that keep a row small.
pub(super) fn sketch(keys: &[String], given: &[Answer]) -> Result<(), Refusal> {
    let mut wrong = Check::default();
    for (index, answer) in given.iter().enumerate() {
        let path = format!("answers.{index}.question");
        if !keys.contains(&answer.question) {
            wrong.fail(&path, Reason::UnknownQuestion, "No version of the form has a question with this key.");
        } else if given[..index].iter().any(|earlier| earlier.question == answer.question) {
            wrong.fail(&path, Reason::Invalid, "Answer each question once.");
        } else if let Err((reason, sentence)) = is_small(&answer.value) {
            wrong.fail(&format!("answers.{}", answer.question), reason, sentence);
        }
    }
    wrong.finish()
}

fn is_small(value: &Value) -> Result<(), (Reason, String)> {
    let text = |text: &str, most: usize| match text.chars().count() {
        _ if text.contains('\0') => Err((Reason::Invalid, "Remove control characters.".to_owned())),
        length if length > most => Err((Reason::TooLong, format!("Use at most {most} characters."))),
        _ => Ok(()),
    };
    let option = |value: &Value| match value {
        Value::String(option) => text(option, input::NAME),
        _ => Err((Reason::Invalid, "Give a list of texts.".to_owned())),
    };
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
        Value::String(written) => text(written, input::TEXT),
        Value::Array(values) if values.len() > questions::OPTIONS => {
            Err((Reason::TooLong, format!("Give at most {} texts.", questions::OPTIONS)))
        }
        Value::Array(values) => values.iter().try_for_each(option),
        Value::Object(_) => Err((Reason::Invalid, "Give a text, number, boolean or list of texts.".to_owned())),
    }
}

/// An unticked box, an empty text and an empty list are no answer.
fn is_empty(answer: &Answer) -> bool {
    match &answer.value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}

fn fits(question: &Question, value: &Value) -> Result<(), String> {
    let text = || value.as_str().ok_or_else(|| "Answer with a text.".to_owned());
    match question.kind {
        QuestionKind::Text => one_line(question, text()?),
        QuestionKind::LongText => length(question, text()?),
        QuestionKind::Terms => {
            if value.as_bool() == Some(true) {
                Ok(())
            } else {
                Err("Answer with true to agree.".into())
            }
        }
        QuestionKind::Select => option(question, value),
        QuestionKind::MultiSelect => several(question, value),
        QuestionKind::Number => number(question, value),
        QuestionKind::Date => day(question, text()?),
        QuestionKind::Url => {
            one_line(question, text()?)?;
            if input::is_https(text()?) {
                Ok(())
            } else {
                Err("Answer with an address that begins with https://.".into())
            }
        }
        QuestionKind::Email => {
            one_line(question, text()?)?;
            match Email::parse(text()?) {
                Some(_) => Ok(()),
                None => Err("Answer with an e-mail address that can receive mail.".into()),
            }
        }
    }
}

fn one_line(question: &Question, text: &str) -> Result<(), String> {
    if text.chars().any(input::unprintable) {
        return Err("Answer in one line, without control and direction characters.".into());
    }
    length(question, text)
}

fn length(question: &Question, text: &str) -> Result<(), String> {
    let characters = text.chars().count();
    if text.contains('\0') {
        return Err("Remove control characters.".into());
    }
    bounded(question, characters, "characters")
}

/// How much there is, between the question's bounds and within those of its kind.
fn bounded(question: &Question, count: usize, what: &str) -> Result<(), String> {
    let most = questions::most(question.kind, question.options.len()).unwrap_or(input::URL);
    #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^52")]
    let (count, most) = (count as f64, question.max.unwrap_or(f64::MAX).min(most as f64));
    match question.min {
        _ if count > most => Err(format!("Give at most {most} {what}.")),
        Some(least) if count < least => Err(format!("Give at least {least} {what}.")),
        _ => Ok(()),
    }
}

fn option(question: &Question, value: &Value) -> Result<(), String> {
    let known = value.as_str().is_some_and(|value| question.options.iter().any(|option| option == value));
    if known { Ok(()) } else { Err(format!("Choose from: {}.", question.options.join(", "))) }
}

fn several(question: &Question, value: &Value) -> Result<(), String> {
    let values = value.as_array().ok_or("Answer with a list of options.")?;
    for (index, value) in values.iter().enumerate() {
        option(question, value)?;
        if values[..index].contains(value) {
            return Err("Choose each option once.".into());
        }
    }
    bounded(question, values.len(), "options")
}

fn number(question: &Question, value: &Value) -> Result<(), String> {
    let number = value.as_f64().ok_or("Answer with a number.")?;
    match (question.min, question.max) {
        (Some(least), _) if number < least => Err(format!("Answer with at least {least}.")),
        (_, Some(most)) if number > most => Err(format!("Answer with at most {most}.")),
        _ => Ok(()),
    }
}

fn day(question: &Question, text: &str) -> Result<(), String> {
    let day = input::day(text).ok_or("Answer with a date like 2027-01-31.")?;
    match (question.earliest, question.latest) {
        (Some(first), _) if day < first => Err(format!("Answer with {first} or later.")),
        (_, Some(last)) if day > last => Err(format!("Answer with {last} or earlier.")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn question(kind: QuestionKind) -> Question {
        Question {
            key: "q".into(),
            kind,
            label: "Q".into(),
            description: None,
            required: true,
            options: vec!["a".into(), "b".into()],
            terms_url: Some("https://example.com/terms".into()),
            min: Some(1.0),
            max: Some(3.0),
            earliest: chrono::NaiveDate::from_ymd_opt(2027, 2, 1),
            latest: chrono::NaiveDate::from_ymd_opt(2027, 2, 28),
            since: None,
        }
    }

    fn accepts(kind: QuestionKind, value: Value) -> bool {
        let bound = matches!(kind, QuestionKind::Url | QuestionKind::Email);
        let question = if bound { Question { max: None, ..question(kind) } } else { question(kind) };
        check(&[question], vec![Answer { question: "q".into(), value }]).is_ok()
    }

    #[test]
    fn every_kind_takes_its_own_answers_only() {
        use QuestionKind::*;
        let grid = [
            (Text, json!("abc"), json!("abcd")),
            (LongText, json!("a\nb"), json!(1)),
            (Terms, json!(true), json!("yes")),
            (Select, json!("a"), json!("c")),
            (MultiSelect, json!(["a", "b"]), json!(["a", "c"])),
            (Number, json!(2), json!(4)),
            (Date, json!("2027-02-28"), json!("2027-02-30")),
            (Url, json!("https://example.com"), json!("javascript:alert(1)")),
            (Email, json!("ada@example.com"), json!("a@b")),
        ];
        for (kind, good, bad) in grid {
            assert!(accepts(kind, good), "{kind:?}");
            assert!(!accepts(kind, bad), "{kind:?}");
            assert!(!accepts(kind, Value::Null), "a required {kind:?} may not be empty");
        }
    }

    #[test]
    fn limits_are_kept() {
        use QuestionKind::*;
        for (kind, bad) in [
            (Text, json!("abcd")),
            (Text, json!("a\nb")),
            (LongText, json!("a\u{0}")),
            (MultiSelect, json!(["a", "a"])),
            (MultiSelect, json!("a")),
            (Number, json!(0.5)),
            (Number, json!("2")),
            (Date, json!("2027-01-31")),
            (Date, json!("2027-03-01")),
        ] {
            assert!(!accepts(kind, bad.clone()), "{kind:?} {bad}");
        }
        let text = |max, length| {
            let question = Question { min: None, max, ..question(LongText) };
            check(&[question], vec![Answer { question: "q".into(), value: json!("x".repeat(length)) }]).is_ok()
        };
        assert!(text(None, input::TEXT) && !text(None, input::TEXT + 1));
        assert!(!text(Some(1e9), input::TEXT + 1), "no limit of the vendor's is above the hub's own");
        let many = Question {
            min: Some(2.0),
            max: Some(2.0),
            options: vec!["a".into(), "b".into(), "c".into()],
            ..question(MultiSelect)
        };
        let chosen = |value| check(std::slice::from_ref(&many), vec![Answer { question: "q".into(), value }]).is_ok();
        assert!(chosen(json!(["a", "c"])) && !chosen(json!(["a"])) && !chosen(json!(["a", "b", "c"])));
    }

    #[test]
    fn unknown_and_repeated_questions_are_refused() {
        let answer = |key: &str| Answer { question: key.into(), value: json!("a") };
        for given in [vec![answer("q"), answer("x")], vec![answer("q"), answer("q")]] {
            assert!(check(&[question(QuestionKind::Text)], given).is_err());
        }
    }
}
