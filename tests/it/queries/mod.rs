//! What is read: lists, nesting, ids.

mod lists;
mod nested;
mod nodes;
mod pages;
