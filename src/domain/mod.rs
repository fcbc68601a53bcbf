//! The rules: one file or folder per aggregate, one transaction per function that changes rows.

pub mod account;
pub mod activity;
pub mod api_key;
pub mod bulk;
pub mod demo;
pub mod export;
pub mod form;
pub mod global_id;
pub mod input;
pub mod integration;
pub mod invitation;
pub mod logo;
pub mod notice;
pub mod order;
pub mod page;
pub mod partner;
pub mod settings;
pub mod tenant;
pub mod throttle;
pub mod user;
pub mod vendor;
