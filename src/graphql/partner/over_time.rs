//! Partners counted by month.

use crate::{
    domain::partner::{self, Month},
    fault::Fault,
    graphql::{context::CurrentRequest, scalar::Date},
};
use async_graphql::{Context, Object, SimpleObject};
use entity::partner::PartnerStatus;

/// The partners that were created or invited in one month, by where they stand now.
#[derive(Debug, SimpleObject)]
pub struct PartnersInMonth {
    /// The month's first day, in UTC.
    month: Date,
    /// How many of them wait or are being onboarded.
    pending: i64,
    /// How many of them may enter the hub.
    approved: i64,
    /// How many of them were refused.
    rejected: i64,
    /// How many of them are shut out for a time.
    suspended: i64,
    /// How many of them were put away.
    archived: i64,
}

impl From<Month> for PartnersInMonth {
    fn from(month: Month) -> Self {
        let at = |status| month.partners.get(&status).copied().unwrap_or_default();
        Self {
            month: Date(month.first_day.to_string()),
            pending: at(PartnerStatus::Pending),
            approved: at(PartnerStatus::Approved),
            rejected: at(PartnerStatus::Rejected),
            suspended: at(PartnerStatus::Suspended),
            archived: at(PartnerStatus::Archived),
        }
    }
}

/// How many months are told of when nothing is said.
const YEAR: i32 = 12;

/// Queries that count partners.
#[derive(Debug, Default)]
pub struct PartnerNumbers;

/// Queries that count partners.
#[Object]
impl PartnerNumbers {
    /// How many partners came in each of the newest months, oldest first, also those in which nobody came. For the
    /// vendor's staff.
    async fn partners_over_time(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many months, the running one included: 1 to 60.", default = 12)] months: Option<i32>,
    ) -> Result<Option<Vec<PartnersInMonth>>, Fault> {
        let months = partner::over_time(&ctx.request().access, months.unwrap_or(YEAR)).await?;
        Ok(Some(months.into_iter().map(Into::into).collect()))
    }
}
