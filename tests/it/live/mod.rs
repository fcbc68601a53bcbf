//! Connections that stay open: sockets, multipart answers, and what they are told.

mod changes;
mod events;
mod multipart;
mod peer;
mod protocol;
mod sessions;
