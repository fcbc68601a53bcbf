//! What is read: lists, nesting, ids.

mod nested;
mod nodes;
mod pages;
