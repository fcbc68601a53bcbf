//! The steps that build the tables, forward and back, on SQLite and PostgreSQL.
//!
//! Uniques and foreign keys stand in `CREATE TABLE`, because SQLite cannot add them later; only the circle between
//! partner and user is closed by `ALTER` on PostgreSQL. The database never makes a time or an id.

pub use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

mod column;
mod m0001_organisations;
mod m0002_sessions_and_invitations;
mod m0003_forms_integrations_tenants;
mod m0004_outbox_and_activity;
mod m0006_keys;
mod m0007_letters;
mod m0008_accounts;
mod m0010_record_of_keys;
mod m0013_drafts_and_terms;
mod m0014_lists;
mod m0015_second_factor;
mod m0016_integration_review;
mod m0020_deleted_users;
mod m0021_logos;
mod m0023_record_of_programs;
mod m0025_broken_letters;
mod m0027_vendor_addresses;
mod m0028_integration_words;
mod m0029_orders_and_filters;
mod m0031_known_devices;
mod m0032_names_of_keys;
mod m0033_email_changes;
mod m0035_forms_stay;
mod m0036_contacts_searched;
mod search;

/// Runs the steps in order.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_organisations::Migration),
            Box::new(m0002_sessions_and_invitations::Migration),
            Box::new(m0003_forms_integrations_tenants::Migration),
            Box::new(m0004_outbox_and_activity::Migration),
            Box::new(m0006_keys::Migration),
            Box::new(m0007_letters::Migration),
            Box::new(m0008_accounts::Migration),
            Box::new(m0010_record_of_keys::Migration),
            Box::new(m0013_drafts_and_terms::Migration),
            Box::new(m0014_lists::Migration),
            Box::new(m0015_second_factor::Migration),
            Box::new(m0016_integration_review::Migration),
            Box::new(m0020_deleted_users::Migration),
            Box::new(m0021_logos::Migration),
            Box::new(m0023_record_of_programs::Migration),
            Box::new(m0025_broken_letters::Migration),
            Box::new(m0027_vendor_addresses::Migration),
            Box::new(m0028_integration_words::Migration),
            Box::new(m0029_orders_and_filters::Migration),
            Box::new(m0031_known_devices::Migration),
            Box::new(m0032_names_of_keys::Migration),
            Box::new(m0033_email_changes::Migration),
            Box::new(m0035_forms_stay::Migration),
            Box::new(m0036_contacts_searched::Migration),
        ]
    }
}
