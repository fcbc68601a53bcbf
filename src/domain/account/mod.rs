//! Accounts: passwords, sessions, logging in and out.

mod challenge;
mod change;
pub mod factor;
mod held;
mod login;
pub mod password;
mod recent;
pub mod reset;
pub mod session;

pub use challenge::{Challenge, complete_log_in};
pub use change::change_password;
pub(crate) use held::hold;
pub use login::{LogIn, log_in};
pub use recent::reauthenticate;
pub(crate) use recent::{authenticated_recently, hold_own};
