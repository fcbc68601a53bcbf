//! Nested relations cost the same number of statements however many parents there are.

use crate::support::{TestApp, database::postgres};
use partner_hub::domain::demo::{self, Size};
use serde_json::json;

/// The first query that a dashboard makes.
const DASHBOARD: &str = "query Partners($first: Int!) {
  partners(first: $first, orderBy: [{ field: CREATED_AT, direction: DESC }]) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id name status primaryContact { id name email }
      users(first: 10) { nodes { id name email } }
      integrations(first: 10) { nodes { id name status tenants(first: 10) { nodes { id name paused } } } }
    } } }";

/// The same with its totals.
const WITH_TOTALS: &str = "query Partners($first: Int!) {
  partners(first: $first) {
    totalCount
    nodes {
      users(first: 10) { totalCount nodes { id } } primaryContact { id }
      integrations(first: 10) { totalCount nodes { id tenants(first: 10) { nodes { id } } } }
    } } }";

/// Every other relation; each loader at one level, because batches of two levels may or may not meet.
const EVERYTHING: &str = "query Partners($first: Int!) {
  partners(first: $first) { nodes {
      profile { id }
      users(first: 5) { nodes { organization { name } } }
      tenants(first: 5) { nodes { integration { name } } }
      integrations(first: 5) { nodes { submission { id } } }
    } } }";

async fn statements(query: &str, first: u32) -> Vec<String> {
    let app = TestApp::start().await;
    let size = Size { partners: 50, users: 3, integrations: 4, tenants: 2 };
    demo::fill(&app.system(), &size).await.unwrap();
    let admin = login(&app).await;
    app.statements.take();
    let data = admin.data(query, json!({ "first": first })).await;
    assert_eq!(data["partners"]["nodes"].as_array().unwrap().len(), first as usize);
    app.statements.take()
}

pub(super) async fn login(app: &TestApp) -> crate::support::Client {
    let input = json!({ "email": demo::ADMIN, "password": demo::PASSWORD });
    let payload = app.anonymous().mutate("login", "session { token }", input).await;
    app.anonymous().with_token(payload["session"]["token"].as_str().unwrap())
}

#[tokio::test]
async fn nine_partners_and_fifty_cost_the_same_and_two_no_more() {
    // PostgreSQL reads all lists of the same partners in one statement, and so the organisations of users with the
    // integrations of tenants.
    let expected = if postgres().is_some() { [5, 6, 6] } else { [6, 7, 9] };
    for (query, expected) in [DASHBOARD, WITH_TOTALS, EVERYTHING].into_iter().zip(expected) {
        for first in [9, 50] {
            let statements = statements(query, first).await;
            assert_eq!(statements.len(), expected, "{first} partners: {statements:#?}");
        }
        // PostgreSQL answers what is asked below few parents at the same time in one statement.
        let statements = statements(query, 2).await;
        assert!(statements.len() <= expected, "{statements:#?}");
    }
}

#[tokio::test]
async fn what_stands_beside_and_below_one_row_is_one_statement() {
    // The session, the partner, all that is directly below it, and the tenants.
    let expected = if postgres().is_some() { 4 } else { 6 };
    let statements = statements(DASHBOARD, 1).await;
    assert_eq!(statements.len(), expected, "{statements:#?}");
}

#[tokio::test]
async fn what_stands_below_an_id_is_read_with_its_row() {
    let (app, admin) = super::below::demonstration(2).await;
    let id =
        admin.data("{ partners(first: 1) { nodes { id } } }", json!({})).await["partners"]["nodes"][0]["id"].clone();
    app.statements.take();
    let query =
        "query P($id: ID!) { partner(id: $id) { name primaryContact { name } users(first: 10) { nodes { name } }
        integrations(first: 10) { totalCount nodes { name tenants(first: 10) { nodes { name } } } } } }";
    let partner = admin.data(query, json!({ "id": id })).await["partner"].clone();
    // The session; the partner with its users and integrations; their tenants with its contact; the total.
    let (expected, statements) = (if postgres().is_some() { 4 } else { 7 }, app.statements.take());
    assert_eq!(statements.len(), expected, "{statements:#?}");
    let integrations = partner["integrations"]["nodes"].as_array().unwrap();
    assert_eq!(partner["integrations"]["totalCount"], integrations.len());
    let tenants = |integration: &serde_json::Value| integration["tenants"]["nodes"].as_array().unwrap().len();
    assert!(partner["primaryContact"]["name"].is_string() && integrations.iter().all(|one| tenants(one) > 0));
    // Nothing below an id of nobody's is shown.
    let nobody =
        admin.data(query, json!({ "id": "UGFydG5lcjowMTk0MjNiMC04YWMwLTcwMDAtODAwMC0wMDAwMDAwZmYwMGM" })).await;
    assert_eq!(nobody, json!({ "partner": null }));
}

#[tokio::test]
async fn the_demonstration_is_the_same_every_time() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let app = TestApp::start().await;
        demo::fill(&app.system(), &Size { partners: 3, users: 2, integrations: 2, tenants: 2 }).await.unwrap();
        seen.push(login(&app).await.data(DASHBOARD, json!({ "first": 3 })).await);
        let again = demo::fill(&app.system(), &Size { partners: 1, users: 1, integrations: 1, tenants: 1 }).await;
        assert!(again.is_err(), "a hub with users is not filled");
    }
    assert_eq!(seen[0], seen[1]);
    insta::assert_json_snapshot!(seen[0]);
}

#[tokio::test]
async fn staff_that_names_its_company_reads_it_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let query = "{ viewer { organization { users { nodes { organization { name } } } } } }";
    let mut counts = Vec::new();
    for staff in ["b@x.example", "c@x.example", "d@x.example"] {
        partner_hub::domain::invitation::invite_admin(&app.system(), staff).await.unwrap();
        app.statements.take();
        admin.data(query, json!({})).await;
        counts.push(app.statements.take().len());
    }
    assert_eq!(counts, [3, 3, 3]);
}

#[tokio::test]
async fn rows_that_share_one_beside_them_all_show_it() {
    let app = TestApp::start().await;
    let size = Size { partners: 3, users: 1, integrations: 2, tenants: 3 };
    demo::fill(&app.system(), &size).await.unwrap();
    let admin = login(&app).await;
    let query = "{ partners { nodes { tenants { nodes { integration { id } } } } } }";
    let data = admin.data(query, json!({})).await;
    for partner in data["partners"]["nodes"].as_array().unwrap() {
        for tenant in partner["tenants"]["nodes"].as_array().unwrap() {
            assert!(tenant["integration"]["id"].is_string(), "{tenant}");
        }
    }
}
