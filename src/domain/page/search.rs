//! Words that occur in a row, by an index of all groups of three letters: trigrams on PostgreSQL, FTS5 on SQLite.

use super::filter::{alike, literal};
use crate::{
    access::{Access, Action, Scoped},
    db::is_postgres,
    fault::Fault,
};
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
    /// A row beside it whose text is searched, too.
    const BESIDE: Option<Beside> = None;
}

/// The row of another table that a row points to.
#[derive(Clone, Copy, Debug)]
pub struct Beside {
    /// Where it points.
    key: &'static str,
    /// Which table.
    table: &'static str,
    /// The text that is searched there.
    text: &'static str,
    /// What lets the actor know that text.
    needs: Action,
}

impl Searched for partner::Entity {
    const TEXT: &'static str = "\"partner\".\"name\" || ' ' || coalesce(\"partner\".\"external_id\", '') || ' ' || \
                                coalesce(\"partner\".\"website\", '')";
    const BESIDE: Option<Beside> = Some(Beside {
        key: "\"partner\".\"primary_contact_id\"",
        table: "\"user\"",
        text: user::Entity::TEXT,
        needs: Action::ReadUser,
    });
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
    beside: Option<Beside>,
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
        Ok(Self { text: E::TEXT, beside: E::BESIDE, words })
    }

    /// All the words occur, wherever and in whatever case; each in the row or beside it.
    pub(super) fn condition<E: Scoped>(self, access: &Access) -> Condition {
        let beside = self.beside.filter(|beside| access.permit(beside.needs).is_ok());
        let found = |word: String| {
            if is_postgres(access.conn()) {
                let pattern = format!("%{}%", literal(&word));
                let within = |text| alike(Expr::cust(format!("({text})")), &pattern, true);
                // An array is found before, so that an index of what points there serves.
                let there = beside.map(|Beside { key, table, text, .. }| {
                    let sql = format!("{key} = ANY(ARRAY(SELECT {table}.\"id\" FROM {table} WHERE $1))");
                    Expr::cust_with_exprs(sql, [within(text)])
                });
                return Condition::any().add(within(self.text)).add_option(there);
            }
            // All tables have one index.
            let there = beside.map(|beside| Expr::cust(beside.key).binary(BinOper::In, indexed(&word)));
            Condition::any().add(E::id_column().into_expr().binary(BinOper::In, indexed(&word))).add_option(there)
        };
        self.words.into_iter().fold(Condition::all(), |all, word| all.add(found(word)))
    }
}

/// The ids of all rows on SQLite in which a word occurs.
fn indexed(word: &str) -> Expr {
    if word.chars().count() < GROUP {
        let pattern = format!("%{}%", literal(word));
        return Expr::cust_with_values(
            "(SELECT search.id FROM search WHERE search.text LIKE ? ESCAPE '\\')",
            [pattern],
        );
    }
    let sql = "(SELECT search.id FROM search_text JOIN search ON search.key = search_text.rowid \
               WHERE search_text MATCH ?)";
    Expr::cust_with_values(sql, [format!("\"{}\"", word.replace('"', "\"\""))])
}
