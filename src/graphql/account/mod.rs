//! Logging in, invitations, and who is looking.

pub mod email;
pub mod factor;
pub mod mutations;
pub mod permission;
pub mod queries;
pub mod session;
pub mod sessions;
pub mod viewer;
