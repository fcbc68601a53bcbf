//! What most mutations answer: the object as it is now, or what to mend.

/// Declares payloads of one object: `payloads! { field: Object, "what the field is"; /// doc of the payload Name, … }`.
///
/// Each has `of`, which takes the outcome of the change.
macro_rules! payloads {
    ($field:ident: $object:ty, $about:literal; $($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $name {
            #[doc = $about]
            $field: Option<$object>,
            /// What to mend.
            user_errors: Vec<$crate::graphql::error::UserError>,
        }

        impl $name {
            /// The payload of this outcome.
            fn of<R>(outcome: Result<R, $crate::fault::Refusal>) -> Result<Self, $crate::fault::Fault>
            where
                $object: From<R>,
            {
                let (row, user_errors) = $crate::graphql::error::settle(outcome)?;
                Ok(Self { $field: row.map(<$object>::from), user_errors })
            }
        }
    )+};
}

pub(crate) use payloads;
