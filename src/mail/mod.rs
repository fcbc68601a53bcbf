//! Letters on their way out: what they say, and how they leave.

mod compose;
mod template;
mod transport;
mod words;

pub use compose::{Composed, compose};
pub use template::Template;
pub use transport::{Kept, Mailer, Sent, TransportError};
