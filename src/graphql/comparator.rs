//! What a column can be compared with: one input type for each kind of column.

use super::node;
use crate::{domain::page::Test, fault::Fault};
use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};
use sea_orm::Value;
use uuid::Uuid;

/// The most characters of a text that is compared.
const LONGEST: usize = 500;

/// An input that says what a column is compared with.
pub trait Comparator {
    /// All that it says; nothing if nothing is said.
    fn tests(self) -> Result<Vec<Test>, Fault>;
}

/// Compares a text.
#[derive(Clone, Debug, Default, InputObject)]
pub struct TextFilter {
    /// Is exactly this.
    eq: Option<String>,
    /// Is exactly one of these.
    #[graphql(name = "in", validator(max_items = 100))]
    among: Option<Vec<String>>,
    /// Has this in it, whatever the case.
    contains: Option<String>,
    /// Begins with this, whatever the case.
    starts_with: Option<String>,
    /// Is missing; with false, is there.
    is_null: Option<bool>,
}

impl Comparator for TextFilter {
    fn tests(self) -> Result<Vec<Test>, Fault> {
        let exactly = self.among.into_iter().chain(self.eq.map(|text| vec![text]));
        let mut tests = Vec::new();
        for texts in exactly {
            let texts: Result<Vec<_>, _> = texts.into_iter().map(text).collect();
            tests.push(Test::Among(texts?.into_iter().map(Value::from).collect()));
        }
        tests.extend(self.contains.map(text).transpose()?.map(Test::Contains));
        tests.extend(self.starts_with.map(text).transpose()?.map(Test::StartsWith));
        tests.extend(self.is_null.map(Test::Empty));
        Ok(tests)
    }
}

fn text(text: String) -> Result<String, Fault> {
    if text.contains('\0') {
        return Err(Fault::BadUserInput("Filter without NUL characters.".into()));
    }
    if text.chars().count() > LONGEST {
        return Err(Fault::BadUserInput(format!("Filter by texts of at most {LONGEST} characters.")));
    }
    Ok(text)
}

/// Compares a time.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DateTimeFilter {
    /// Later.
    gt: Option<DateTime<Utc>>,
    /// Not earlier.
    gte: Option<DateTime<Utc>>,
    /// Earlier.
    lt: Option<DateTime<Utc>>,
    /// Not later.
    lte: Option<DateTime<Utc>>,
    /// Is missing; with false, is there.
    is_null: Option<bool>,
}

impl Comparator for DateTimeFilter {
    fn tests(self) -> Result<Vec<Test>, Fault> {
        let later = self.gt.map(|at| Test::Greater(at.into())).into_iter();
        let later = later.chain(self.gte.map(|at| Test::AtLeast(at.into())));
        let earlier = self.lt.map(|at| Test::Less(at.into())).into_iter();
        let earlier = earlier.chain(self.lte.map(|at| Test::AtMost(at.into())));
        Ok(later.chain(earlier).chain(self.is_null.map(Test::Empty)).collect())
    }
}

/// Compares what is true or not.
#[derive(Clone, Debug, Default, InputObject)]
pub struct BooleanFilter {
    /// Is so.
    eq: Option<bool>,
}

impl Comparator for BooleanFilter {
    fn tests(self) -> Result<Vec<Test>, Fault> {
        Ok(self.eq.map(|so| Test::Among(vec![so.into()])).into_iter().collect())
    }
}

/// Compares a number.
#[derive(Clone, Debug, Default, InputObject)]
pub struct IntFilter {
    /// Is exactly this.
    eq: Option<i32>,
    /// Greater.
    gt: Option<i32>,
    /// Not smaller.
    gte: Option<i32>,
    /// Smaller.
    lt: Option<i32>,
    /// Not greater.
    lte: Option<i32>,
}

impl Comparator for IntFilter {
    fn tests(self) -> Result<Vec<Test>, Fault> {
        let exactly = self.eq.map(|number| Test::Among(vec![number.into()])).into_iter();
        let greater = self.gt.map(|number| Test::Greater(number.into())).into_iter();
        let greater = greater.chain(self.gte.map(|number| Test::AtLeast(number.into())));
        let smaller = self.lt.map(|number| Test::Less(number.into())).into_iter();
        let smaller = smaller.chain(self.lte.map(|number| Test::AtMost(number.into())));
        Ok(exactly.chain(greater).chain(smaller).collect())
    }
}

/// Compares a list of texts.
#[derive(Clone, Debug, Default, InputObject)]
pub struct TextListFilter {
    /// Has exactly this among its texts.
    has: Option<String>,
    /// Has all of these among its texts.
    #[graphql(validator(max_items = 100))]
    has_all: Option<Vec<String>>,
}

impl Comparator for TextListFilter {
    fn tests(self) -> Result<Vec<Test>, Fault> {
        let all = self.has_all.into_iter().flatten().chain(self.has);
        all.map(|one| Ok(Test::Holds(text(one)?))).collect()
    }
}

/// Compares the id of another object.
#[derive(Clone, Debug, Default, InputObject)]
pub struct IdFilter {
    /// This object.
    eq: Option<ID>,
    /// One of these objects.
    #[graphql(name = "in", validator(max_items = 100))]
    among: Option<Vec<ID>>,
    /// No object; with false, any.
    is_null: Option<bool>,
}

impl IdFilter {
    /// The tests of a column that names objects of this type. No other id is anybody's.
    pub fn tests(self, name: &str) -> Vec<Test> {
        let among = self.among.into_iter().chain(self.eq.map(|id| vec![id]));
        let key = |id: ID| node::parse_as::<Uuid>(name, &id).ok().map(Value::from);
        let among = among.map(|ids| Test::Among(ids.into_iter().filter_map(key).collect()));
        among.chain(self.is_null.map(Test::Empty)).collect()
    }
}

/// Makes the input types that compare enums.
macro_rules! enum_filters {
    ($($(#[$doc:meta])* $name:ident of $graph:ty as $row:ty;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, async_graphql::InputObject)]
        pub struct $name {
            /// Is this.
            eq: Option<$graph>,
            /// Is one of these.
            #[graphql(name = "in", validator(max_items = 100))]
            among: Option<Vec<$graph>>,
            /// Is none of these.
            #[graphql(validator(max_items = 100))]
            not_in: Option<Vec<$graph>>,
        }

        impl $crate::graphql::comparator::Comparator for $name {
            fn tests(self) -> Result<Vec<$crate::domain::page::Test>, $crate::fault::Fault> {
                use $crate::domain::page::Test;
                let values = |all: Vec<$graph>| all.into_iter().map(|one| <$row>::from(one).into()).collect();
                let among = self.among.into_iter().chain(self.eq.map(|one| vec![one])).map(values).map(Test::Among);
                Ok(among.chain(self.not_in.map(values).map(Test::NotAmong)).collect())
            }
        }
    )+};
}

pub(crate) use enum_filters;
