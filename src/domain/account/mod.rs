//! Accounts: passwords, sessions, logging in and out.

mod change;
mod login;
pub mod password;
pub mod reset;
pub mod session;

pub use change::change_password;
pub use login::log_in;
