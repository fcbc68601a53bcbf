//! Integrations in the graph.

pub mod comments;
pub mod mutations;
pub mod object;
pub mod queries;
pub mod review;
pub mod rounds;
