//! One dense SeaORM entity per table, typed UUIDv7 ids and string-backed enums; no rule and no query.
//!
//! Columns that name an organisation are `partner_id`: `None` means that the row is the vendor's own.

pub mod activity;
pub mod api_key;
pub mod email_change;
pub mod form;
pub mod form_submission;
pub mod hidden;
pub mod id;
pub mod idempotency_key;
pub mod integration;
pub mod integration_revision;
pub mod invitation;
pub mod logo;
pub mod outbox;
pub mod partner;
pub mod password_reset;
pub mod recovery_code;
pub mod review_comment;
pub mod second_factor;
pub mod session;
pub mod tenant;
pub mod terms_acceptance;
pub mod throttle;
pub mod user;
pub mod vendor;

pub use hidden::*;
pub use id::*;
