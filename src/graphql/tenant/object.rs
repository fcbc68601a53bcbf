//! The type Tenant.

use super::decisions::TenantAction;
use crate::{
    access::Action,
    domain::{
        page::get,
        tenant::{self as tenants, Standing},
    },
    fault::Fault,
    graphql::{
        ahead::row, context::CurrentRequest, integration::object::Integration, loaders::load, object::object,
        partner::object::Partner, scalar::Json,
    },
};
use async_graphql::Context;
use chrono::{DateTime, Utc};
use entity::tenant;

object! {
    /// One customer's installation of one published integration.
    Tenant(tenant)
    columns {
        /// Its name, unique within the integration.
        name: &str = name |it| it;
        /// The customer's key in the owner's own system.
        customer_reference: Option<&str> = customer_reference |it| it.as_deref();
        /// Whether it stands still; true at creation.
        paused: bool = paused |it| *it;
        /// When it was archived, while it is.
        archived_at: Option<DateTime<Utc>> = archived_at |it| *it;
        /// When it runs: a cron expression of five fields.
        schedule: Option<&str> = schedule |it| it.as_deref();
        /// Its settings: a JSON object.
        configuration: Json = configuration |it| Json(it.clone());
        /// Where it came from.
        source: Option<&str> = source |it| it.as_deref();
        /// When it was created.
        created_at: DateTime<Utc> = created_at |it| *it;
        /// When it last changed.
        updated_at: DateTime<Utc> = updated_at |it| *it;
        /// Counts the edits: a greater one means that somebody has changed it.
        version: i32 = version |it| *it;
    }
    one {
        /// The integration's owner; null if the vendor owns it.
        partner: Partner = partners by partner_id;
    }
    resolvers {
        /// What the viewer can do to it as it stands.
        pub async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<TenantAction>, Fault> {
            if ctx.request().access.permit(Action::ManageTenant).is_err() {
                return Ok(Vec::new());
            }
            let standing = Standing::of(*get(&self.0.paused)?, get(&self.0.archived_at)?.is_some());
            Ok(tenants::open_decisions(standing).into_iter().map(Into::into).collect())
        }

        /// The next three times, in UTC, that its schedule names, whether or not it stands still; none without a schedule.
        pub async fn next_runs(&self, ctx: &Context<'_>) -> Result<Vec<DateTime<Utc>>, Fault> {
            let now = ctx.request().access.now();
            Ok(get(&self.0.schedule)?.as_deref().map_or_else(Vec::new, |schedule| tenants::next_runs(schedule, now)))
        }

        /// What is installed; null only for a program that may not see it.
        pub async fn integration(&self, ctx: &Context<'_>) -> Result<Option<Integration>, Fault> {
            load!(ctx.request().loaders.integrations, row::<Integration>(*get(&self.0.integration_id)?, ctx.field()))
        }
    }
}
