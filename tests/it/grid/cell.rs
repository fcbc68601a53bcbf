//! What one actor is answered, in a word.

use super::ACTORS;
use crate::support::Answer;
use serde_json::Value;

/// Widths of a line's name and of its cells.
const NAME: usize = 44;
const CELL: usize = 12;

/// One line of the grid: a name, and a cell for each actor.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) cells: Vec<String>,
}

impl Line {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), cells: Vec::new() }
    }

    /// What this actor is answered.
    pub(super) fn of(&self, actor: &str) -> &str {
        &self.cells[ACTORS.iter().position(|one| *one == actor).unwrap()]
    }

    /// Whether this actor gets something.
    pub(super) fn gives(&self, actor: &str) -> bool {
        let cell = self.of(actor);
        cell == "yes" || cell.ends_with(" rows") && cell != "0 rows"
    }

    pub(super) fn print(&self) -> String {
        let cells: String = self.cells.iter().map(|cell| format!("{cell:<CELL$}")).collect();
        format!("{:<NAME$}{cells}", self.name).trim_end().to_owned()
    }
}

/// The line above all others.
pub(super) fn head() -> String {
    let head = Line { name: String::new(), cells: ACTORS.map(str::to_owned).into() };
    head.print()
}

/// The refusals of an answer, or what it says of the value at its end: `yes`, `null`, `-` if there is not even an
/// object to ask, a number of rows, or the code of a user error.
pub(super) fn cell(answer: &Answer, path: &[String]) -> String {
    let codes: Vec<_> = answer.codes().into_iter().map(word).collect();
    if !codes.is_empty() {
        return codes.join(" ");
    }
    let mut value = &answer.body["data"];
    for (depth, step) in path.iter().enumerate() {
        value = &value[step];
        while let Value::Array(values) = value {
            match values.iter().find(|value| !value.is_null()) {
                Some(first) => value = first,
                None => return if depth + 1 == path.len() && values.is_empty() { "yes".into() } else { "-".into() },
            }
        }
        if value.is_null() {
            return if depth + 1 == path.len() && depth > 0 { "null".into() } else { "-".into() };
        }
    }
    if value["totalCount"].is_u64() {
        return format!("{} rows", value["totalCount"]);
    }
    value["userErrors"][0]["code"].as_str().map_or("yes".into(), word)
}

/// A code, short enough for a cell.
pub(super) fn word(code: &str) -> String {
    match code {
        "UNAUTHENTICATED" => "log in".into(),
        "ONBOARDING_INCOMPLETE" => "onboard".into(),
        "INVALID_CREDENTIALS" => "credentials".into(),
        "INVALID_STATE" => "state".into(),
        "INVALID_TOKEN" => "token".into(),
        code => code.to_lowercase().replace('_', " "),
    }
}
