//! Partner Hub: a GraphQL backend with which a software vendor runs its integration partners.
//!
//! A request goes down one staircase and comes back up it: [`http`] finds out who asks, [`graphql`] what is wanted,
//! [`domain`] decides and changes rows in one transaction, and what must happen outside is a row in the [`outbox`] that
//! the [`worker`] carries out after the commit. Each room knows only those named before it:
//! `entity`, [`clock`], [`fault`], [`secret`], [`config`], [`db`], [`changes`], [`hub`], [`outbox`], [`access`], [`domain`],
//! [`graphql`] and [`mail`], [`worker`], [`http`], [`cli`].

pub mod access;
pub mod changes;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod domain;
pub mod fault;
pub mod graphql;
pub mod http;
pub mod hub;
pub mod mail;
pub mod outbox;
pub mod secret;
pub mod worker;
