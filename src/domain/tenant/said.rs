//! What may be said of a tenant, and when its schedule would run it.

use crate::{
    domain::input::Check,
    fault::{Reason, Refusal, UserError, is_taken},
};
use chrono::{DateTime, Days, NaiveTime, Utc};
use croner::Cron;
use sea_orm::DbErr;
use serde_json::Value;
use std::str::FromStr;

/// The most characters of a customer's key and of a source.
pub(super) const LINE: usize = 200;
/// The most characters of a name: those of a label in a domain's name.
const NAME: usize = 63;
/// The most characters of a schedule.
const SCHEDULE: usize = 100;
/// The most bytes of a configuration as JSON.
const CONFIGURATION: usize = 16 * 1024;
/// How many runs are foretold.
const RUNS: usize = 3;
/// How many days ahead a schedule has to name one: from one leap day to the next but one, across a century.
const AHEAD: u64 = 8 * 366;

/// Checks a name.
pub(super) fn name(check: &mut Check, name: &str) {
    if !is_name(name) {
        let reason = match name.len() {
            0 => Reason::Blank,
            1..=NAME => Reason::Invalid,
            _ => Reason::TooLong,
        };
        check.fail("name", reason, "Use 1 to 63 lower-case letters, digits and -, with no - at either end.");
    }
}

/// Checks a schedule; an empty one is none.
pub(super) fn schedule(check: &mut Check, schedule: Option<&str>, now: DateTime<Utc>) -> Option<String> {
    let schedule = check.optional_line("schedule", schedule, SCHEDULE)?;
    if cron(&schedule).is_none() {
        let sentence = "Use a cron expression of five fields, like 30 4 * * 1-5 for half past four on weekdays.";
        check.fail("schedule", Reason::Invalid, sentence);
    } else if !names_a_day(&schedule, now) {
        check.fail("schedule", Reason::Invalid, "Name a day that comes: this one does not in the next eight years.");
    }
    Some(schedule)
}

/// Checks a configuration.
pub(super) fn configuration(check: &mut Check, configuration: &Value) {
    if !configuration.is_object() {
        check.fail("configuration", Reason::Invalid, "Use a JSON object.");
    } else if has_nul(configuration) {
        check.fail("configuration", Reason::Invalid, "Remove NUL characters.");
    } else if configuration.to_string().len() > CONFIGURATION {
        check.fail("configuration", Reason::TooLong, "Use at most 16 KiB of JSON.");
    }
}

/// What the database says of a name that another tenant of the integration has.
pub(super) fn taken(error: DbErr) -> Refusal {
    if is_taken(&error) {
        let sentence = "The integration already has a tenant of this name.";
        return UserError::at("name", Reason::Taken, sentence).into();
    }
    error.into()
}

/// The next times, in UTC, that a schedule names; none if its day does not come.
pub fn next_runs(schedule: &str, after: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let cron = cron(schedule).filter(|_| names_a_day(schedule, after));
    cron.map_or_else(Vec::new, |cron| cron.iter_after(after).take(RUNS).collect())
}

/// Whether one of the coming days is meant. The library itself would look for it until the year 5000.
fn names_a_day(schedule: &str, from: DateTime<Utc>) -> bool {
    let days = schedule.split_whitespace().skip(2).fold("0 0".to_owned(), |all, field| format!("{all} {field}"));
    let Some(days) = cron(&days) else { return false };
    let today = from.date_naive().and_time(NaiveTime::MIN).and_utc();
    let mut coming = (0..=AHEAD).map_while(|ahead| today.checked_add_days(Days::new(ahead)));
    coming.any(|day| days.is_time_matching(&day).unwrap_or(false))
}

/// Five fields as in crontab(5): 0 and 7 are Sunday.
fn cron(schedule: &str) -> Option<Cron> {
    if schedule.split_whitespace().count() == 5 { Cron::from_str(schedule).ok() } else { None }
}

fn is_name(name: &str) -> bool {
    (1..=NAME).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// PostgreSQL cannot keep a NUL inside JSON.
fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(has_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_schedules_are_checked() {
        let is_cron = |schedule| cron(schedule).is_some();
        assert!(is_name("acme-eu1") && is_name("a") && is_name(&"a".repeat(63)));
        assert!(!is_name("") && !is_name("-a") && !is_name("a-") && !is_name("Acme") && !is_name(&"a".repeat(64)));
        assert!(is_cron("30 4 * * 1-5") && is_cron("0 0 * * 0") && is_cron("*/5 8-18 1,15 * MON"));
        assert!(!is_cron("0 30 4 * * 1-5") && !is_cron("61 * * * *") && !is_cron("daily"));
    }

    #[test]
    fn the_next_runs_come_after_now() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        // A Friday: the weekend is passed over, and a run of this very minute is over.
        let runs = next_runs("30 4 * * 1-5", at("2027-01-01T04:30:00Z"));
        assert_eq!(runs, ["2027-01-04T04:30:00Z", "2027-01-05T04:30:00Z", "2027-01-06T04:30:00Z"].map(at));
        let runs = next_runs("0 0 29 2 *", at("2027-01-01T00:00:00Z"));
        assert_eq!(runs, ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z", "2036-02-29T00:00:00Z"].map(at));
        assert_eq!(next_runs("0 0 31 2 *", at("2027-01-01T00:00:00Z")), [] as [DateTime<Utc>; 0]);
        let century = next_runs("0 0 29 2 *", at("2096-02-29T00:00:00Z"));
        assert_eq!(century, ["2104-02-29T00:00:00Z", "2108-02-29T00:00:00Z", "2112-02-29T00:00:00Z"].map(at));
        // The thirty-first of a short month, or any Monday.
        assert_eq!(next_runs("0 0 31 4 1", at("2027-01-01T00:00:00Z"))[0], at("2027-04-05T00:00:00Z"));
        assert_eq!(next_runs("daily", at("2027-01-01T00:00:00Z")), [] as [DateTime<Utc>; 0]);
    }
}
