//! Accounts: passwords, sessions, logging in and out.

mod change;
mod held;
mod login;
pub mod password;
pub mod reset;
pub mod session;

pub use change::change_password;
pub(crate) use held::hold;
pub use login::log_in;
