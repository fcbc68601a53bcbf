//! Tenants: one customer's installation of one published integration; added, edited, moved through their life.

mod bulk;
mod create;
mod lifecycle;
mod said;
mod update;

pub use bulk::bulk_create;
pub use create::{NewTenant, create};
pub use lifecycle::{Decision, Standing, decide, open_decisions};
pub use said::next_runs;
pub use update::{TenantChange, update};
