//! The measured tables with all their columns, as `sea-orm-cli generate entity` writes them.

pub mod integration;
pub mod partner;
pub mod tenant;
pub mod user;
