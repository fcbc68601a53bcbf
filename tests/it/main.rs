//! The front door, tested as people use it: HTTP, GraphQL, letters. On SQLite; on PostgreSQL if TEST_DATABASE_URL is
//! set. `make test` runs both.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

mod commands;
mod house;
mod migrations;
mod rules;
mod schema;

mod access;
mod activity;
mod api_keys;
mod bad_input;
mod bad_values;
mod bulk;
mod canary;
mod caps;
mod contract;
mod cors;
mod crowd;
mod editors;
mod exports;
mod faults;
mod forms;
mod gate;
mod grid;
mod hard_stop;
mod hostile;
mod http;
mod http2;
mod invitations;
mod judge;
mod kill;
mod letters;
mod live;
mod logo;
mod lost;
mod marker;
mod meanwhile;
mod metrics;
mod mutations;
mod once;
mod queries;
mod races;
mod rates;
mod relay;
mod settings;
mod siege;
mod smtp;
mod smuggling;
mod stop;
mod stopping;
mod story;
mod sweeps;
mod taken_back;
mod told;
mod tour;
mod woken;
mod worker;
