//! Users in the graph.

pub mod object;
