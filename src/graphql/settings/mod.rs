//! The vendor's settings: how it invites, what letters look like, who is told of what.

pub mod event;
pub mod mutations;
pub mod queries;
