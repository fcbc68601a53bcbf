//! How many partners came in each month, by where they stand now.

use crate::{
    access::{Access, Action},
    fault::Fault,
};
use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, Utc};
use entity::partner::{Column, Entity, PartnerStatus};
use sea_orm::{
    ColumnTrait, QueryFilter, QuerySelect,
    sea_query::{Alias, CaseStatement, Expr, SimpleExpr},
};
use std::collections::HashMap;

/// The most months that are told of at once.
const MOST_MONTHS: i32 = 60;

/// The partners that came in one month.
#[derive(Clone, Debug)]
pub struct Month {
    /// Its first day.
    pub first_day: NaiveDate,
    /// How many of them stand where; what is not there is none.
    pub partners: HashMap<PartnerStatus, i64>,
}

/// The newest months, the running one last, in UTC; also those in which nobody came. One statement reads them all.
pub async fn over_time(access: &Access, months: i32) -> Result<Vec<Month>, Fault> {
    access.permit(Action::CountPartners)?;
    if !(1..=MOST_MONTHS).contains(&months) {
        return Err(Fault::BadUserInput(format!("`months` is {months}; ask for 1 to {MOST_MONTHS} months.")));
    }
    let mut told = newest(access.now(), months.unsigned_abs());
    let Some(since) = told.first().map(|month| month.first_day) else { return Ok(told) };
    let counted = access.rows::<Entity>()?.filter(Column::CreatedAt.gte(start_of(since)));
    // Named, because the same words with other placeholders are another expression to PostgreSQL.
    let counted = counted.expr_as(place(&told), "place").column(Column::Status).expr_as(Column::Id.count(), "partners");
    let counted = counted.group_by(Expr::col(Alias::new("place"))).group_by(Column::Status);
    for (place, status, partners) in counted.into_tuple::<(i32, PartnerStatus, i64)>().all(access.conn()).await? {
        if let Some(month) = usize::try_from(place).ok().and_then(|place| told.get_mut(place)) {
            month.partners.insert(status, partners);
        }
    }
    Ok(told)
}

fn newest(now: DateTime<Utc>, months: u32) -> Vec<Month> {
    let running = now.date_naive().with_day(1).unwrap_or_default();
    let back = (0..months).rev().filter_map(|back| running.checked_sub_months(Months::new(back)));
    back.map(|first_day| Month { first_day, partners: HashMap::new() }).collect()
}

fn start_of(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// In which of these months a partner came: the same words on both engines.
fn place(months: &[Month]) -> SimpleExpr {
    let place = |place: usize| Expr::val(i32::try_from(place).unwrap_or(i32::MAX));
    let ends = months.iter().skip(1).enumerate();
    let case = ends.fold(CaseStatement::new(), |case, (at, next)| {
        case.case(Column::CreatedAt.lt(start_of(next.first_day)), place(at))
    });
    match months.len() {
        0 | 1 => place(0),
        all => case.finally(place(all - 1)).into(),
    }
}
