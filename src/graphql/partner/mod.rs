//! Partners in the graph.

pub mod bulk;
pub mod decisions;
pub mod mutations;
pub mod object;
pub mod over_time;
pub mod queries;
