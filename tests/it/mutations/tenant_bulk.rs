//! Many tenants in one call.

use crate::support::{TestApp, people::Kind};
use serde_json::{Value, json};

const FIELDS: &str =
    "acceptedCount refusedCount rows { index accepted tenant { name paused schedule } userErrors { field code } }";

/// The errors of each row, as field and code.
fn errors(done: &Value) -> Vec<Vec<(String, String)>> {
    let error = |error: &Value| {
        let path: Vec<_> = error["field"].as_array().unwrap().iter().map(|part| part.as_str().unwrap()).collect();
        (path.join("."), error["code"].as_str().unwrap().to_owned())
    };
    let of = |row: &Value| row["userErrors"].as_array().unwrap().iter().map(error).collect();
    done["rows"].as_array().unwrap().iter().map(of).collect()
}

#[tokio::test]
async fn each_row_has_its_result_and_the_good_ones_are_made() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let sync = app.published(&admin, &acme.user, "Sync").await;
    let pay = app.published(&admin, &acme.user, "Pay").await;
    let sketch = crate::support::people::draft(&acme.user, "Sketch").await;
    let foreign = app.published(&admin, &other.user, "Foreign").await;
    acme.user.mutate("createTenant", "tenant { id }", json!({ "integrationId": sync, "name": "first" })).await;
    let rows = json!([
        { "integrationId": sync, "name": "second", "schedule": "0 4 * * *" },
        { "integrationId": pay, "name": "second" },
        { "integrationId": sync, "name": "second" },
        { "integrationId": sync, "name": "first" },
        { "integrationId": sync, "name": "Not A Name", "schedule": "daily", "configuration": [1] },
        { "integrationId": sketch, "name": "third" },
        { "integrationId": foreign, "name": "fourth" },
        { "integrationId": "nonsense", "name": "fifth" },
    ]);
    let before = app.rows().await;
    let dry = acme.user.mutate("bulkCreateTenants", FIELDS, json!({ "rows": rows, "dryRun": true })).await;
    assert_eq!(app.rows().await, before, "nothing is made");
    let done = acme.user.mutate("bulkCreateTenants", FIELDS, json!({ "rows": rows })).await;
    assert_eq!(errors(&done), errors(&dry), "a rehearsal says what the call will say");
    assert_eq!((&done["acceptedCount"], &done["refusedCount"]), (&json!(2), &json!(6)));
    let at = |field: &str, code: &str| (field.to_owned(), code.to_owned());
    assert_eq!(
        errors(&done),
        [
            vec![],
            vec![],
            vec![at("rows.2.name", "TAKEN")],
            vec![at("rows.3.name", "TAKEN")],
            vec![at("rows.4.name", "INVALID"), at("rows.4.configuration", "INVALID"), at("rows.4.schedule", "INVALID")],
            vec![at("rows.5.integrationId", "INVALID_STATE")],
            vec![at("rows.6.integrationId", "INVALID")],
            vec![at("rows.7.integrationId", "INVALID")],
        ]
    );
    assert_eq!(done["rows"][0]["tenant"], json!({ "name": "second", "paused": true, "schedule": "0 4 * * *" }));
    assert_eq!(dry["rows"][0]["tenant"], Value::Null);
    let query = "{ activity(filter: { event: { in: [\"tenant.created\"] } }) { totalCount } }";
    assert_eq!(acme.user.data(query, json!({})).await["activity"]["totalCount"], 3);
    let read = admin.data("{ tenants { totalCount } }", json!({})).await;
    assert_eq!(read["tenants"]["totalCount"], 3);
}

#[tokio::test]
async fn five_hundred_cost_hardly_more_statements_than_two() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let sync = app.published(&admin, &acme.user, "Sync").await;
    let rows = |name: &str, count: usize| {
        let row = |n| json!({ "integrationId": sync, "name": format!("{name}{n}") });
        json!({ "rows": (0..count).map(row).collect::<Vec<_>>() })
    };
    let mut counts = Vec::new();
    for (name, count) in [("a", 2), ("b", 500)] {
        app.statements.take();
        let done = acme.user.mutate("bulkCreateTenants", "acceptedCount", rows(name, count)).await;
        assert_eq!(done["acceptedCount"], count);
        counts.push(app.statements.take().len());
    }
    // Other servers are told in packets of some fifty rows, on PostgreSQL.
    assert!(counts[1] <= counts[0] + 10, "{counts:?}");
    let more = acme.user.try_mutate("bulkCreateTenants", FIELDS, rows("c", 501)).await;
    assert!(!more.codes().is_empty(), "501 are too many");
    let none = acme.user.try_mutate("bulkCreateTenants", FIELDS, rows("c", 0)).await;
    assert_eq!(none.refusals("bulkCreateTenants"), [("rows".into(), "INVALID".into())]);
}

#[tokio::test]
async fn two_lists_at_once_make_each_tenant_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let sync = app.published(&admin, &acme.user, "Sync").await;
    let rows: Vec<_> = (0..50).map(|n| json!({ "integrationId": sync, "name": format!("t{n}") })).collect();
    let call = || acme.user.try_mutate("bulkCreateTenants", "acceptedCount", json!({ "rows": rows }));
    let both = tokio::join!(call(), call());
    let made: Vec<_> = [&both.0, &both.1]
        .iter()
        .filter(|answer| answer.codes().is_empty())
        .map(|answer| answer.payload("bulkCreateTenants")["acceptedCount"].as_i64().unwrap())
        .collect();
    assert_eq!(made.iter().sum::<i64>(), 50, "one made them all; the other made none or is told to try again");
    let read = acme.user.data("{ tenants { totalCount } }", json!({})).await;
    assert_eq!(read["tenants"]["totalCount"], 50);
}
