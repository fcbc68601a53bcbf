//! What is read: lists, nesting, ids.

mod below;
mod lists;
mod nested;
mod nodes;
mod orders;
mod over_time;
mod pages;
