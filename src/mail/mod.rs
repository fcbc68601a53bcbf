//! Letters on their way out: what they say, and how they leave.

mod brand;
mod compose;
mod facts;
mod kept;
mod parts;
mod preview;
mod probe;
mod relay;
mod template;
mod transport;
mod words;

pub use compose::{Composed, compose};
pub use kept::Kept;
pub use preview::{Preview, check_templates, preview, untranslated};
pub use template::{Template, kinds};
pub use transport::{Mailer, Sent, TransportError};
