//! Invitations: the objects, the list, and what can be done with one.

pub mod mutations;
pub mod object;
pub mod queries;
pub mod visitor;
