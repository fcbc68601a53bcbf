//! What secrets are known by: kept and compared, and never printed, whoever prints the row around it.

use sea_orm::entity::prelude::*;
use std::{fmt, ops::Deref};

macro_rules! hidden {
    ($($(#[$doc:meta])* $name:ident($inner:ty): $target:ty),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, DeriveValueType)]
        pub struct $name(pub $inner);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl From<$inner> for $name {
            fn from(inner: $inner) -> Self {
                Self(inner)
            }
        }

        impl Deref for $name {
            type Target = $target;

            fn deref(&self) -> &$target {
                &self.0
            }
        }
    )+};
}

hidden!(
    /// SHA-256 of a token.
    TokenHash(Vec<u8>): [u8],
    /// Random bytes that a token is made of, with the server's key.
    Nonce(Vec<u8>): [u8],
    /// A PHC string.
    PasswordHash(String): str,
);
