//! async-graphql, with one thing replaced: how the selection of an object is walked.
//!
//! The framework as it comes makes a boxed future and a task of every field, answers in the order in which these end,
//! and leaves out the key of a failed non-null field. The types that its macros derive call
//! `resolver_utils::resolve_container` of the crate that they know as `async_graphql`; that is this crate, so that
//! every object goes through our `walk` instead. Everything else is the framework's own.
//!
//! - [`resolver_utils`]: what derived objects call.
//! - [`columned`]: the same for objects with columns, which are written without a future; `#[Object(crate = …)]`.
//! - [`abstracted`]: the same for interfaces, which hand over to the object inside.
//! - [`Root`]: carries a whole operation through the framework's executor as one field.

pub use upstream::*;

mod collect;
mod json;
mod list;
mod root;
mod walk;

pub use json::{Json, Leaf};
pub use list::Rows;
pub use root::{Introspected, ROOT, Root, carry, pieces};
pub use walk::{
    Between, Column, Columns, Concrete, is_named, is_reported, resolve_columned, write_now, write_rows_now,
};

/// What derived objects call.
pub mod resolver_utils {
    pub use crate::walk::resolve_container;
    pub use upstream::resolver_utils::*;
}

/// For objects that implement [`Columns`].
pub mod columned {
    pub use crate::*;
    /// What derived objects call.
    pub mod resolver_utils {
        pub use crate::walk::resolve_columned as resolve_container;
        pub use upstream::resolver_utils::*;
    }
}

/// For interfaces that implement [`Concrete`].
pub mod abstracted {
    pub use crate::*;
    /// What derived interfaces call.
    pub mod resolver_utils {
        pub use crate::walk::resolve_concrete as resolve_container;
        pub use upstream::resolver_utils::*;
    }
}
