//! API keys in the graph.

pub mod mutations;
pub mod object;
pub mod queries;
