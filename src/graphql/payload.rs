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

/// Declares the payload of a deletion: `payloads!` of one, with the id that clients take out of their lists.
macro_rules! deletion_payload {
    ($field:ident: $object:ident, $about:literal; $deleted:ident; $(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $name {
            #[doc = $about]
            $field: Option<$object>,
            /// Its id, to be taken out of lists; null if it is still there.
            $deleted: Option<async_graphql::ID>,
            /// What to mend.
            user_errors: Vec<$crate::graphql::error::UserError>,
        }

        impl $name {
            /// The payload of this outcome.
            fn of<M>(outcome: Result<M, $crate::fault::Refusal>) -> Result<Self, $crate::fault::Fault>
            where
                M: sea_orm::ModelTrait<Entity: $crate::access::Scoped<Model = M>>,
                $object: From<M>,
            {
                use $crate::{access::Scoped, graphql::{error::settle, node}};
                let (row, user_errors) = settle(outcome)?;
                let id = |row: &M| node::encode(<M::Entity as Scoped>::NAME, <M::Entity as Scoped>::id_of(row));
                Ok(Self { $deleted: row.as_ref().map(id), $field: row.map(<$object>::from), user_errors })
            }
        }
    };
}

pub(crate) use deletion_payload;
pub(crate) use payloads;
