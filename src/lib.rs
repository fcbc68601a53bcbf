//! Partner Hub: a GraphQL backend with which a software vendor runs its integration partners.

pub mod access;
pub mod clock;
pub mod config;
pub mod db;
pub mod domain;
pub mod fault;
pub mod graphql;
pub mod hub;
pub mod outbox;
pub mod secret;
