//! The tables: forward, back and forward again; and the entities say what is there.

use crate::support::database::TestDatabase;
use entity::*;
use migration::MigratorTrait;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, IdenStatic, Iterable, Statement,
    TransactionTrait,
};
use std::collections::{BTreeMap, BTreeSet};

async fn bare() -> (TestDatabase, DatabaseConnection) {
    let database = TestDatabase::create_bare().await;
    let url = partner_hub::config::DatabaseUrl::parse(&database.url).unwrap();
    let db = partner_hub::db::connect(&url).await.unwrap().writes;
    (database, db)
}

/// Tables, columns and whether each may be empty, as the database tells.
async fn columns(db: &DatabaseConnection) -> BTreeMap<String, BTreeSet<(String, bool)>> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name AS t, column_name AS c, CASE is_nullable WHEN 'YES' THEN 1 ELSE 0 END AS n
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
        _ => {
            "SELECT m.name AS t, p.name AS c, 1 - p.\"notnull\" AS n FROM sqlite_master m, pragma_table_info(m.name) p
             WHERE m.type = 'table'"
        }
    };
    let mut tables: BTreeMap<String, BTreeSet<(String, bool)>> = BTreeMap::new();
    for row in db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap() {
        let nullable: i32 = row.try_get("", "n").unwrap();
        let column = (row.try_get("", "c").unwrap(), nullable == 1);
        tables.entry(row.try_get("", "t").unwrap()).or_default().insert(column);
    }
    tables.retain(|table, _| table != "seaql_migrations" && !table.starts_with("sqlite_"));
    tables
}

async fn objects(db: &DatabaseConnection) -> Vec<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT indexdef AS o FROM pg_indexes WHERE schemaname = 'public'
             UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
             WHERE connamespace = 'public'::regnamespace
             UNION ALL SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY o"
        }
        _ => "SELECT COALESCE(sql, name) AS o FROM sqlite_master ORDER BY o",
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "o").unwrap()).collect()
}

#[tokio::test]
async fn forward_back_and_forward_again() {
    let (_database, db) = bare().await;
    partner_hub::db::migrate(&db).await.unwrap();
    let (first, first_objects) = (columns(&db).await, objects(&db).await);
    migration::Migrator::down(&db, None).await.unwrap();
    assert!(columns(&db).await.is_empty(), "going back leaves nothing");
    partner_hub::db::migrate(&db).await.unwrap();
    assert_eq!((columns(&db).await, objects(&db).await), (first, first_objects));
}

#[tokio::test]
async fn one_step_at_a_time() {
    let (_database, db) = bare().await;
    for _ in migration::Migrator::migrations() {
        // In one transaction, as a server that starts does it.
        let tx = db.begin().await.unwrap();
        migration::Migrator::up(&tx, Some(1)).await.unwrap();
        migration::Migrator::down(&tx, Some(1)).await.unwrap();
        migration::Migrator::up(&tx, Some(1)).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert!(!columns(&db).await.is_empty());
}

#[tokio::test]
async fn servers_that_start_at_once_migrate_once() {
    let (_database, db) = bare().await;
    let (a, b, c) =
        tokio::join!(partner_hub::db::migrate(&db), partner_hub::db::migrate(&db), partner_hub::db::migrate(&db));
    assert!(a.is_ok() && b.is_ok() && c.is_ok(), "{a:?} {b:?} {c:?}");
}

fn declared<E: EntityTrait>(entity: E) -> (String, BTreeSet<(String, bool)>) {
    let column = |column: E::Column| (column.as_str().to_owned(), column.def().is_null());
    (entity.table_name().to_owned(), E::Column::iter().map(column).collect())
}

#[tokio::test]
async fn the_entities_are_the_tables() {
    let (_database, db) = bare().await;
    partner_hub::db::migrate(&db).await.unwrap();
    let entities: BTreeMap<_, _> = [
        declared(activity::Entity),
        declared(api_key::Entity),
        declared(email_change::Entity),
        declared(form::Entity),
        declared(form_submission::Entity),
        declared(idempotency_key::Entity),
        declared(integration::Entity),
        declared(integration_revision::Entity),
        declared(invitation::Entity),
        declared(logo::Entity),
        declared(outbox::Entity),
        declared(partner::Entity),
        declared(password_reset::Entity),
        declared(recovery_code::Entity),
        declared(review_comment::Entity),
        declared(second_factor::Entity),
        declared(session::Entity),
        declared(tenant::Entity),
        declared(terms_acceptance::Entity),
        declared(throttle::Entity),
        declared(user::Entity),
        declared(vendor::Entity),
    ]
    .into();
    let mut tables = columns(&db).await;
    // SQLite's index of words.
    tables.retain(|table, _| !table.starts_with("search"));
    assert_eq!(tables, entities);
}

#[tokio::test]
async fn the_record_can_only_grow() {
    let app = crate::support::TestApp::start().await;
    app.admin().await;
    for sql in ["UPDATE activity SET event = 'x'", "DELETE FROM activity"] {
        let error = app.hub.pools.reads.execute_unprepared(sql).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{error}");
    }
}

#[tokio::test]
async fn a_primary_contact_is_one_of_the_partners_own() {
    let app = crate::support::TestApp::start().await;
    let admin = app.admin().await;
    app.partner(&admin, "Acme", crate::support::people::Kind::Created).await;
    let sql = "UPDATE partner SET primary_contact_id = (SELECT id FROM \"user\" WHERE partner_id IS NULL)";
    assert!(app.hub.pools.reads.execute_unprepared(sql).await.is_err());
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the one row, as it is in the table")]
async fn there_is_one_vendor() {
    let app = crate::support::TestApp::start().await;
    let first = vendor::Entity::find().one(&app.hub.pools.writes).await.unwrap().unwrap();
    let second = vendor::Model { id: app.hub.clock.id(), name: "Another".into(), ..first };
    let refused = vendor::Entity::insert(vendor::ActiveModel::from(second)).exec(&app.hub.pools.writes).await;
    assert!(partner_hub::fault::is_taken(&refused.unwrap_err()));
}
