//! What is read: lists, nesting, ids.

mod below;
mod lists;
mod nested;
mod nodes;
mod over_time;
mod orders;
mod pages;
