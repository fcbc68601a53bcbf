//! Every order that the schema knows: walked in both directions and from both ends, and planned by an index.

use super::nested::login;
use crate::support::{Client, TestApp, database::postgres, people::new_partner};
use apollo_compiler::Schema;
use partner_hub::domain::demo::{self, Size};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::{Value, json};

/// A list at the root, and a column that it can be ordered by.
struct Order {
    list: String,
    field: String,
}

impl Order {
    /// The argument in one direction.
    fn by(&self, direction: &str) -> String {
        format!("orderBy: [{{ field: {}, direction: {direction} }}]", self.field)
    }

    /// The field of the object that shows the column.
    fn shown(&self) -> String {
        let mut words = self.field.split('_').map(str::to_lowercase);
        let first = words.next().unwrap();
        words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
    }
}

/// All orders of all lists at the root, as the schema names them.
fn orders() -> Vec<Order> {
    let schema = Schema::parse_and_validate(partner_hub::graphql::sdl(), "schema.graphql").unwrap();
    let mut orders = Vec::new();
    for (list, field) in &schema.get_object("Query").unwrap().fields {
        let Some(by) = field.argument_by_name("orderBy") else { continue };
        let by = schema.get_input_object(by.ty.inner_named_type()).unwrap();
        let columns = schema.get_enum(by.fields["field"].ty.inner_named_type()).unwrap();
        orders.extend(columns.values.keys().map(|field| Order { list: list.to_string(), field: field.to_string() }));
    }
    assert!(orders.len() > 25, "the schema has lost its orders");
    orders
}

async fn run(app: &TestApp, sql: &str) {
    app.hub.pools.writes.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}\n{error}"));
}

/// A hub with some rows of each kind, of whose times some are missing and some the same.
async fn hub() -> (TestApp, Client) {
    let app = TestApp::start().await;
    demo::fill(&app.system(), &Size { partners: 7, users: 2, integrations: 2, tenants: 2 }).await.unwrap();
    let admin = login(&app).await;
    for number in 0..7 {
        admin.mutate("invitePartner", "", new_partner("New", &format!("n{number}@new.example"))).await;
        app.hub.clock.advance(chrono::TimeDelta::seconds(number % 2));
        let days = 30 + number % 3;
        let key = json!({ "name": format!("K{}", number % 4), "scopes": ["PARTNERS_READ"], "expiresInDays": days });
        admin.mutate("createApiKey", "", key).await;
    }
    for (table, column, some) in [
        ("partner", "suspended_at", "name < 'D'"),
        ("partner", "archived_at", "name > 'D'"),
        ("integration", "published_at", "name > 'D'"),
        ("integration", "submitted_at", "name < 'F'"),
        ("tenant", "archived_at", "paused"),
    ] {
        run(&app, &format!("UPDATE {table} SET {column} = NULL")).await;
        run(&app, &format!("UPDATE {table} SET {column} = created_at WHERE {some}")).await;
    }
    (app, admin)
}

/// One page: the id and the ordered value of each row, and where to go on.
async fn page(who: &Client, order: &Order, arguments: &str) -> (Vec<(String, Value)>, Value) {
    let (list, shown) = (&order.list, order.shown());
    let info = "hasNextPage hasPreviousPage startCursor endCursor";
    let query = format!("{{ {list}({arguments}) {{ pageInfo {{ {info} }} nodes {{ id {shown} }} }} }}");
    let page = who.data(&query, json!({})).await[list].clone();
    let row = |node: &Value| (node["id"].as_str().unwrap().to_owned(), node[&shown].clone());
    (page["nodes"].as_array().unwrap().iter().map(row).collect(), page["pageInfo"].clone())
}

#[tokio::test]
async fn every_order_is_walked_in_both_directions_from_both_ends() {
    let (_app, admin) = hub().await;
    for order in orders() {
        let mut ways = Vec::new();
        for direction in ["ASC", "DESC"] {
            let by = order.by(direction);
            let (whole, _) = page(&admin, &order, &format!("first: 100, {by}")).await;
            assert!(whole.len() >= 7, "{} has few rows", order.list);
            let (mut forward, mut arguments) = (Vec::new(), format!("first: 5, {by}"));
            loop {
                let (rows, info) = page(&admin, &order, &arguments).await;
                forward.extend(rows);
                if info["hasNextPage"] == false {
                    break;
                }
                arguments = format!("first: 5, after: {}, {by}", info["endCursor"]);
            }
            assert_eq!(forward, whole, "{} forward by {by}", order.list);
            let (mut backward, mut arguments) = (Vec::new(), format!("last: 5, {by}"));
            loop {
                let (mut rows, info) = page(&admin, &order, &arguments).await;
                rows.append(&mut backward);
                backward = rows;
                if info["hasPreviousPage"] == false {
                    break;
                }
                arguments = format!("last: 5, before: {}, {by}", info["startCursor"]);
            }
            assert_eq!(backward, whole, "{} backward by {by}", order.list);
            ways.push(whole);
        }
        let descending = ways.pop().unwrap();
        let mut ascending = ways.pop().unwrap();
        if order.field.ends_with("AT") || order.field == "STATUS" {
            // What is missing is earlier than all else, on both engines.
            let values: Vec<_> = ascending.iter().map(|(_, value)| value.as_str().unwrap_or_default()).collect();
            assert!(values.is_sorted(), "{} {}: {values:?}", order.list, order.field);
        }
        ascending.reverse();
        assert_eq!(ascending, descending, "{} {}", order.list, order.field);
    }
}

#[tokio::test]
async fn a_page_far_from_the_beginning_is_as_many_statements_as_the_first() {
    let (app, admin) = hub().await;
    for order in orders() {
        let by = order.by("DESC");
        app.statements.take();
        let (_, first) = page(&admin, &order, &format!("first: 3, {by}")).await;
        let near = app.statements.take();
        let (_, deep) = page(&admin, &order, &format!("first: 3, after: {}, {by}", first["endCursor"])).await;
        let far = app.statements.take();
        assert_eq!(near.len(), far.len(), "{} by {by}\n{near:#?}\n{far:#?}", order.list);
        assert_eq!(deep["hasPreviousPage"], true);
        assert!(!far.iter().any(|sql| sql.contains("OFFSET")), "{far:#?}");
    }
}

/// Twenty thousand rows of each of the tables that grow.
async fn fill(db: &DatabaseConnection) {
    let rows = "generate_series(1, 20000) AS n";
    let day = "timestamptz '2026-01-01' + n * interval '1 minute'";
    let some = format!("CASE WHEN n % 3 = 0 THEN {day} END");
    for sql in [
        format!(
            "INSERT INTO partner (id, name, status, origin, labels, approved_at, suspended_at, archived_at, version, \
             created_at, updated_at) SELECT gen_random_uuid(), 'Many ' || md5(n::text), \
             (ARRAY['PENDING','APPROVED','ARCHIVED'])[1 + n % 3], 'INVITED', jsonb_build_array('label' || n % 1000), {some}, \
             {some}, {some}, 1, {day}, {day} FROM {rows}"
        ),
        "INSERT INTO \"user\" (id, partner_id, email, email_key, name, role, status, last_login_at, version, created_at, \
             updated_at) SELECT gen_random_uuid(), id, name, name, name, 'ADMIN', 'ACTIVE', approved_at, 1, created_at, \
             updated_at FROM partner WHERE name LIKE 'Many %'"
            .to_owned(),
        "INSERT INTO integration (id, partner_id, kind, name, slug, status, submitted_at, published_at, version, \
             created_at, updated_at) SELECT gen_random_uuid(), id, 'INTERNAL', name, name, \
             (ARRAY['DRAFT','IN_REVIEW','PUBLISHED'])[1 + length(name || status) % 3], approved_at, approved_at, 1, \
             created_at, updated_at FROM partner WHERE name LIKE 'Many %'"
            .to_owned(),
        "INSERT INTO tenant (id, integration_id, partner_id, name, paused, archived_at, configuration, version, created_at, \
         updated_at) SELECT gen_random_uuid(), id, partner_id, name, false, submitted_at, '{}', 1, created_at, updated_at \
         FROM integration WHERE name LIKE 'Many %'"
            .to_owned(),
        "INSERT INTO invitation (id, user_id, partner_id, email, status, generation, nonce, token_hash, expires_at, \
         send_count, delivery_status, created_at, updated_at, lifetime_hours, reminders) SELECT gen_random_uuid(), id, \
         partner_id, email, 'ACCEPTED', 1, '\\x00', decode(md5(name), 'hex'), updated_at, 0, 'SENT', created_at, updated_at, \
         1, 0 FROM \"user\" WHERE name LIKE 'Many %'"
            .to_owned(),
        "INSERT INTO activity (id, at, event, actor_kind, actor_id, partner_id, subject_type, subject_id, data) SELECT \
         gen_random_uuid(), created_at, 'integration.created', 'SYSTEM', NULL, partner_id, 'Integration', id, '{}' \
         FROM integration WHERE name LIKE 'Many %'"
            .to_owned(),
        // As a vacuum leaves them.
        "SELECT gin_clean_pending_list(c.oid) FROM pg_class c JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'gin'".to_owned(),
        "ANALYZE".to_owned(),
    ] {
        // A machine with much else to do takes longer than a hub would wait.
        let sql = format!("BEGIN; SET LOCAL statement_timeout = 0; {sql}; COMMIT");
        db.execute_unprepared(&sql).await.unwrap_or_else(|error| panic!("{sql}\n{error}"));
    }
}

/// What PostgreSQL does for a list, as it wishes.
async fn plan(app: &TestApp, who: &Client, list: &str) -> String {
    app.statements.take();
    who.data(&format!("{{ {list} {{ nodes {{ id }} }} }}"), json!({})).await;
    let read = |statement: &Statement| statement.sql.starts_with("SELECT array_agg");
    let statement = app.statements.take_whole().into_iter().find(read).unwrap();
    let conn = &app.hub.pools.reads;
    let sql = format!("EXPLAIN {statement}");
    let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap();
    let lines = rows.iter().map(|row| row.try_get_by::<String, usize>(0).unwrap() + "\n");
    format!("{list}\n{statement}\n{}", lines.collect::<String>())
}

/// The tables that grow; keys are few.
const GROWING: [&str; 6] = ["partner", "\"user\"", "integration", "tenant", "invitation", "activity"];

fn reads_no_table_whole(plan: &str) {
    for table in GROWING {
        assert!(!plan.contains(&format!("Seq Scan on {table} ")), "{plan}");
    }
}

#[tokio::test]
async fn every_order_has_an_index_that_postgresql_takes_by_itself() {
    if postgres().is_none() {
        return;
    }
    let (app, admin) = hub().await;
    fill(&app.hub.pools.writes).await;
    let input = json!({ "email": "user0@partner1.example", "password": demo::PASSWORD });
    let payload = app.anonymous().mutate("login", "session { token }", input).await;
    let partner = app.anonymous().with_token(payload["session"]["token"].as_str().unwrap());
    for order in orders().into_iter().filter(|order| order.list != "apiKeys") {
        for direction in ["ASC", "DESC"] {
            let by = order.by(direction);
            // In the middle: of the few rows before the first page a sort would be nothing.
            let (_, info) = page(&admin, &order, &format!("first: 5, offset: 2500, {by}")).await;
            for place in [
                "first: 5".to_owned(),
                "last: 5".to_owned(),
                format!("first: 5, after: {}", info["endCursor"]),
                format!("last: 5, before: {}", info["endCursor"]),
            ] {
                let plan = plan(&app, &admin, &format!("{}({place}, {by})", order.list)).await;
                reads_no_table_whole(&plan);
                assert!(!plan.contains("Sort"), "{plan}");
            }
            // Of few rows a sort is nothing; that others' are not read is what counts.
            reads_no_table_whole(&self::plan(&app, &partner, &format!("{}(first: 5, {by})", order.list)).await);
        }
    }
    for list in [
        "partners(first: 5, filter: { search: \"acorn analytics\" })",
        "partners(first: 5, filter: { search: \"partner1.example\" })",
        "users(first: 5, filter: { search: \"partner1.example\" })",
        "integrations(first: 5, filter: { search: \"ext-1-0\" })",
        "tenants(first: 5, filter: { search: \"customer-1\" })",
        "partners(first: 5, filter: { labels: { has: \"label7\" } })",
        "activity(first: 5, filter: { event: { eq: \"partner.invited\" } })",
    ] {
        reads_no_table_whole(&plan(&app, &admin, list).await);
    }
}
