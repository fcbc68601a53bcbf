//! A marker in every text of a partner's rows.

use crate::support::TestApp;
use entity::{form_submission, integration, integration_revision, invitation, partner, review_comment, tenant, user};
use sea_orm::{ColumnTrait, ColumnType, ConnectionTrait, EntityName, EntityTrait, IdenStatic, Iterable, Statement};

/// What no text of anybody but Acme has in it.
pub(super) const ACME: &str = "zebra";
/// What no text of anybody but Other has in it.
pub(super) const OTHER: &str = "walrus";

/// Texts that hold one of a few words, or what only the hub reads.
const WORDS: [&str; 8] =
    ["status", "origin", "role", "kind", "password_hash", "delivery_status", "submitted_from", "email_key"];

/// Marks every text column of everything that belongs to a partner; answers the marks that were set.
pub(super) async fn mark(app: &TestApp, partner: &str, marker: &str) -> Vec<String> {
    let db = &app.hub.pools.writes;
    let own = format!("(SELECT id FROM (SELECT id FROM partner WHERE name = '{partner}') own)");
    let id = format!("SELECT name FROM partner WHERE id = {own}");
    assert_eq!(app.texts(&id).await.len(), 1, "there is one {partner}");
    let mut marks = Vec::new();
    // The partner last: its name is how the others are found.
    for (table, columns) in [
        texts(user::Entity),
        texts(invitation::Entity),
        texts(form_submission::Entity),
        texts(integration::Entity),
        texts(integration_revision::Entity),
        texts(review_comment::Entity),
        texts(tenant::Entity),
        texts(partner::Entity),
    ] {
        let set: Vec<_> = columns.iter().map(|column| column.marked(&table, marker)).collect();
        let owner = if table == "partner" { "id" } else { "partner_id" };
        let sql = format!("UPDATE \"{table}\" SET {} WHERE {owner} IN {own}", set.join(", "));
        let done = db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        if done.rows_affected() > 0 {
            marks.extend(columns.iter().map(|column| mark_of(marker, &table, &column.name)));
        }
    }
    marks
}

/// What one column is marked with.
fn mark_of(marker: &str, table: &str, column: &str) -> String {
    format!("{marker}.{}.{}", table.replace('_', "-"), column.replace('_', "-"))
}

struct Text {
    name: String,
    is_json: bool,
}

impl Text {
    /// The column with the mark behind what it says.
    fn marked(&self, table: &str, marker: &str) -> String {
        let (name, mark) = (&self.name, mark_of(marker, table, &self.name));
        match (self.is_json, name.as_str()) {
            (true, "labels" | "categories" | "tags") => format!("{name} = '[\"{mark}\"]'"),
            (true, "answers") => format!("{name} = '[{{\"question\": \"{mark}\", \"value\": \"{mark}\"}}]'"),
            (true, _) => format!("{name} = '{{\"{mark}\": \"{mark}\"}}'"),
            (false, _) => format!("{name} = COALESCE({name}, 'https://x') || '.{mark}'"),
        }
    }
}

fn texts<E: EntityTrait + EntityName>(entity: E) -> (String, Vec<Text>) {
    let of = |column: E::Column| {
        let is_json = matches!(column.def().get_column_type(), ColumnType::Json | ColumnType::JsonBinary);
        let is_text = matches!(column.def().get_column_type(), ColumnType::Text | ColumnType::String(_));
        let name = column.as_str().to_owned();
        (is_json || is_text && !WORDS.contains(&name.as_str())).then_some(Text { name, is_json })
    };
    (entity.table_name().to_owned(), E::Column::iter().filter_map(of).collect())
}
