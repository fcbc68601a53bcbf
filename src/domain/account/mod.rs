//! Accounts: passwords, sessions, logging in and out.

mod challenge;
mod change;
mod device;
pub mod email;
pub mod factor;
mod held;
mod login;
pub mod password;
mod recent;
pub mod reset;
pub mod session;
mod signed;

pub use challenge::{Challenge, complete_log_in};
pub use change::change_password;
pub use device::LIFE as DEVICE_LIFE;
pub(crate) use held::hold;
pub use login::{LogIn, log_in};
pub use recent::reauthenticate;
pub(crate) use recent::{authenticated_recently, hold_own};
