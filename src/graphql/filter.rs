//! Filters of lists: comparisons of columns, all of which have to hold, and their combinations.

use crate::{access::Scoped, domain::page, fault::Fault};

/// The most filters inside filters.
const DEPTH: usize = 5;

/// An input that says which rows of a list are meant.
pub trait Filter: Sized {
    /// Whose rows.
    type Table: Scoped;

    /// The condition; `depth` counts the filters around it.
    fn read(self, depth: usize) -> Result<page::Filter<<Self::Table as sea_orm::EntityTrait>::Column>, Fault>;
}

/// Refuses what nobody writes by hand.
pub(super) fn bounded(depth: usize) -> Result<usize, Fault> {
    if depth < DEPTH {
        return Ok(depth + 1);
    }
    Err(Fault::BadUserInput(format!("Put filters at most {DEPTH} deep into each other.")))
}

/// Makes the filter of a list. Each line is a field, what it is compared by, and its column; `ids` name objects of
/// another type; `search` is what words are looked for in.
macro_rules! filter {
    (
        $(#[$doc:meta])*
        $name:ident of $table:ident
        $(search $search:literal;)?
        columns {$(
            $(#[$column_doc:meta])*
            $field:ident: $comparator:ty = $column:ident;
        )*}
        ids {$(
            $(#[$id_doc:meta])*
            $id:ident: $other:literal = $id_column:ident;
        )*}
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, async_graphql::InputObject)]
        pub struct $name {
            $(
                #[doc = $search]
                search: Option<String>,
            )?
            $(
                $(#[$column_doc])*
                $field: Option<$comparator>,
            )*
            $(
                $(#[$id_doc])*
                $id: Option<$crate::graphql::comparator::IdFilter>,
            )*
            /// All of these hold, too.
            #[graphql(validator(max_items = 20))]
            and: Option<Vec<Self>>,
            /// One of these holds, too.
            #[graphql(validator(max_items = 20))]
            or: Option<Vec<Self>>,
            /// This does not hold.
            not: Option<Box<Self>>,
        }

        impl $crate::graphql::filter::Filter for $name {
            type Table = entity::$table::Entity;

            fn read(
                self,
                depth: usize,
            ) -> Result<$crate::domain::page::Filter<entity::$table::Column>, $crate::fault::Fault> {
                use $crate::{domain::page::Filter, graphql::comparator::Comparator};
                let depth = $crate::graphql::filter::bounded(depth)?;
                let mut all = Vec::new();
                $(
                    let _ = $search;
                    if let Some(typed) = &self.search {
                        all.push(Filter::Has($crate::domain::page::Search::of::<entity::$table::Entity>(typed)?));
                    }
                )?
                $(
                    let tests = self.$field.map(Comparator::tests).transpose()?.unwrap_or_default();
                    all.extend(tests.into_iter().map(|test| Filter::Is(entity::$table::Column::$column, test)));
                )*
                $(
                    let tests = self.$id.map(|id| id.tests($other)).unwrap_or_default();
                    all.extend(tests.into_iter().map(|test| Filter::Is(entity::$table::Column::$id_column, test)));
                )*
                let inside = |these: Vec<Self>| these.into_iter().map(|one| one.read(depth)).collect::<Result<Vec<_>, _>>();
                all.extend(self.and.map(inside).transpose()?.map(Filter::All));
                all.extend(self.or.map(inside).transpose()?.map(Filter::Any));
                if let Some(not) = self.not {
                    all.push(Filter::Not(Box::new(not.read(depth)?)));
                }
                Ok(Filter::All(all))
            }
        }
    };
}

pub(crate) use filter;
