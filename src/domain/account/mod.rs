//! Accounts: passwords, sessions, logging in and out.

mod login;
pub mod password;
pub mod session;

pub use login::log_in;
