//! Many new objects in one call: a result for each row, and how many there were of both kinds.

/// Declares the payload of a mutation that takes many rows: one of its rows, with the object that was made of it, and
/// `of`, which takes the outcome.
macro_rules! bulk_payload {
    (
        $(#[$row_doc:meta])* $row:ident { $field:ident: $object:ident }
        $(#[$doc:meta])* $name:ident
    ) => {
        $(#[$row_doc])*
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $row {
            /// Its place in the list, from 0.
            index: i32,
            /// Whether it is in order.
            accepted: bool,
            /// What was made of it; null if the row was refused, or if nothing was to be made.
            $field: Option<$object>,
            /// What to mend in this row; `field` begins with `rows` and the row's place.
            user_errors: Vec<$crate::graphql::error::UserError>,
        }

        $(#[$doc])*
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $name {
            /// One result for each row, in the order of the rows.
            rows: Vec<$row>,
            /// How many are in order, and were made unless that was only asked.
            accepted_count: i32,
            /// How many were refused.
            refused_count: i32,
            /// What to mend in the list as a whole.
            user_errors: Vec<$crate::graphql::error::UserError>,
        }

        impl $name {
            /// The payload of this outcome; that of a call that was made before is read anew.
            async fn of<M>(
                access: &$crate::access::Access,
                mut done: Result<Vec<$crate::domain::bulk::Row<M>>, $crate::fault::Refusal>,
            ) -> Result<Self, $crate::fault::Fault>
            where
                M: sea_orm::ModelTrait<Entity: $crate::access::Scoped<Model = M>>,
                $object: From<M>,
            {
                use $crate::{domain::bulk, fault::{Fault, Refusal}, graphql::error::settle};
                if let Err(Refusal::Fault(Fault::Repeated(result))) = done {
                    done = Ok(bulk::kept::<M::Entity>(access, result).await?);
                }
                let (rows, user_errors) = settle(done)?;
                let rows = rows.unwrap_or_default().into_iter().zip(0..).map(|(row, index)| $row {
                    index,
                    accepted: row.errors.is_empty(),
                    $field: row.made.map($object::from),
                    user_errors: row.errors.into_iter().map(Into::into).collect(),
                });
                let rows: Vec<_> = rows.collect();
                let count =
                    |accepted| i32::try_from(rows.iter().filter(|row| row.accepted == accepted).count()).unwrap_or(0);
                Ok(Self { accepted_count: count(true), refused_count: count(false), rows, user_errors })
            }
        }
    };
}

pub(crate) use bulk_payload;
