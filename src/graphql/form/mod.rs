//! Forms in the graph.

pub mod answers;
pub mod object;
pub mod queries;
