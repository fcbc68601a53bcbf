//! A marker in every text of a partner's rows.

use crate::support::TestApp;
use entity::{
    activity, api_key, email_change, form_submission, integration, integration_revision, invitation, outbox, partner,
    review_comment, session, tenant, terms_acceptance, user,
};
use sea_orm::{ColumnTrait, ColumnType, ConnectionTrait, EntityName, EntityTrait, IdenStatic, Iterable, Statement};

/// What no text of anybody but Acme has in it.
pub(super) const ACME: &str = "zebra";
/// What no text of anybody but Other has in it.
pub(super) const OTHER: &str = "walrus";

/// What no text of any partner has in it: the vendor's own.
pub(super) const VENDOR: &str = "okapi";

/// Texts that hold one of a few words, or what only the hub reads.
const WORDS: [&str; 14] = [
    "status",
    "origin",
    "role",
    "kind",
    "password_hash",
    "delivery_status",
    "submitted_from",
    "email_key",
    "scope",
    "scopes",
    "state",
    "event",
    "actor_kind",
    "subject_type",
];

/// Marks every text column of everything that belongs to a partner; answers the marks that were set.
pub(super) async fn mark(app: &TestApp, partner: &str, marker: &str) -> Vec<String> {
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
        texts(terms_acceptance::Entity),
        texts(activity::Entity),
        texts(session::Entity),
        texts(email_change::Entity),
        texts(outbox::Entity),
        texts(partner::Entity),
    ] {
        let of = |table: &str| format!("(SELECT id FROM \"{table}\" WHERE partner_id IN {own})");
        let owned = match table.as_str() {
            "partner" => format!("id IN {own}"),
            "session" | "email_change" => format!("user_id IN {}", of("user")),
            // Those that have left: what is in the others is still read.
            "outbox" => format!("state = 'SENT' AND invitation_id IN {}", of("invitation")),
            _ => format!("partner_id IN {own}"),
        };
        marks.extend(set(app, &table, &columns, &owned, marker).await);
    }
    marks
}

/// Marks the vendor's API keys.
pub(super) async fn mark_keys(app: &TestApp) -> Vec<String> {
    let (table, columns) = texts(api_key::Entity);
    set(app, &table, &columns, "partner_id IS NULL", VENDOR).await
}

/// Marks some rows of a table; answers the marks that were set. What may only be added to may be changed for this.
async fn set(app: &TestApp, table: &str, columns: &[Text], which: &str, marker: &str) -> Vec<String> {
    let db = &app.hub.pools.writes;
    if ["activity", "terms_acceptance"].contains(&table) {
        let unlock = if partner_hub::db::is_postgres(db) {
            format!("ALTER TABLE {table} DISABLE TRIGGER USER")
        } else {
            format!("DROP TRIGGER IF EXISTS {table}_no_update")
        };
        db.execute_unprepared(&unlock).await.unwrap();
    }
    let set: Vec<_> = columns.iter().map(|column| column.marked(table, marker)).collect();
    let sql = format!("UPDATE \"{table}\" SET {} WHERE {which}", set.join(", "));
    let done = db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let marks = columns.iter().map(|column| mark_of(marker, table, &column.name));
    if done.rows_affected() > 0 { marks.collect() } else { Vec::new() }
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
        ((is_json || is_text) && !WORDS.contains(&name.as_str())).then_some(Text { name, is_json })
    };
    (entity.table_name().to_owned(), E::Column::iter().filter_map(of).collect())
}
