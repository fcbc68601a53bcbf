//! Words that occur in a row, by an index of all groups of three letters: trigrams on PostgreSQL, FTS5 on SQLite.

use super::filter::{alike, literal};
use crate::{access::Scoped, fault::Fault};
use entity::{integration, partner, tenant, user};
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{BinOper, Expr, ExprTrait},
};

/// The most characters of a search.
const LONGEST: usize = 100;
/// The most words.
const WORDS: usize = 8;
/// The shortest word that SQLite's index knows.
const GROUP: usize = 3;

/// A table whose rows can be searched for words.
pub trait Searched: Scoped {
    /// The text that is searched, exactly as the index of the migration has it.
    const TEXT: &'static str;
}

impl Searched for partner::Entity {
    const TEXT: &'static str = "\"partner\".\"name\" || ' ' || coalesce(\"partner\".\"external_id\", '') || ' ' || \
                                coalesce(\"partner\".\"website\", '')";
}

impl Searched for user::Entity {
    const TEXT: &'static str = "\"user\".\"name\" || ' ' || \"user\".\"email\"";
}

impl Searched for integration::Entity {
    const TEXT: &'static str = "\"integration\".\"name\" || ' ' || \"integration\".\"slug\" || ' ' || \
                                coalesce(\"integration\".\"external_key\", '')";
}

impl Searched for tenant::Entity {
    const TEXT: &'static str = "\"tenant\".\"name\" || ' ' || coalesce(\"tenant\".\"customer_reference\", '')";
}

/// Words, and the text that they are looked for in.
#[derive(Clone, Debug)]
pub struct Search {
    text: &'static str,
    words: Vec<String>,
}

impl Search {
    /// The words of a text that somebody has typed.
    pub fn of<E: Searched>(typed: &str) -> Result<Self, Fault> {
        let words: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
        if typed.chars().count() > LONGEST || words.len() > WORDS {
            return Err(Fault::BadUserInput(format!(
                "Search for at most {WORDS} words of {LONGEST} characters in all."
            )));
        }
        if typed.contains('\0') {
            return Err(Fault::BadUserInput("Search without NUL characters.".into()));
        }
        Ok(Self { text: E::TEXT, words })
    }

    /// All the words occur, wherever and in whatever case.
    pub(super) fn condition<E: Scoped>(self, postgres: bool) -> Condition {
        let text = self.text;
        let found = |word: String| {
            let pattern = format!("%{}%", literal(&word));
            if postgres {
                return alike(Expr::cust(format!("({text})")), &pattern, true);
            }
            let rows = if word.chars().count() < GROUP {
                Expr::cust_with_values("(SELECT search.id FROM search WHERE search.text LIKE ? ESCAPE '\\')", [pattern])
            } else {
                let sql = "(SELECT search.id FROM search_text JOIN search ON search.key = search_text.rowid \
                           WHERE search_text MATCH ?)";
                Expr::cust_with_values(sql, [format!("\"{}\"", word.replace('"', "\"\""))])
            };
            E::id_column().into_expr().binary(BinOper::In, rows)
        };
        self.words.into_iter().fold(Condition::all(), |all, word| all.add(found(word)))
    }
}
