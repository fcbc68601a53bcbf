//! Forms in the graph.

pub mod answers;
pub mod lists;
pub mod mutations;
pub mod object;
pub mod queries;
pub mod questions;
pub mod terms;
