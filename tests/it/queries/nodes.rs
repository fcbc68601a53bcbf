//! Anything by its id, for those who may see it.

use crate::support::{
    TestApp,
    people::{Kind, onboard, tenant},
};
use serde_json::{Value, json};

const NODE: &str = "query N($id: ID!) { node(id: $id) { __typename id } }";

#[tokio::test]
async fn everything_that_has_an_id_is_found_by_it() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;
    let user = onboard(&acme.user).await;
    let integration = app.published(&admin, &user, "Sync").await;
    tenant(&user, &integration, "one").await;
    let query = "query E($id: ID!) { viewer { organization { ... on Vendor { id primaryContact { email } users { totalCount nodes { email } } } } }
        partnerForm { id } integrationForm { id }
        partner(id: $id) { id primaryContact { id } profile { id } tenants { nodes { id } } integrations { nodes { id submission { id } } } } }";
    let data = admin.data(query, json!({ "id": acme.id })).await;
    let mut ids = Vec::new();
    collect(&data, &mut ids);
    assert_eq!(ids.len(), 9, "{data:#}");
    for id in &ids {
        assert_eq!(admin.data(NODE, json!({ "id": id })).await["node"]["id"], *id);
    }
    let all = admin.data("query A($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ids })).await;
    assert_eq!(all["nodes"].as_array().unwrap().iter().map(|node| node["id"].clone()).collect::<Vec<_>>(), ids);
}

fn collect(value: &Value, ids: &mut Vec<Value>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == "id" { ids.push(value.clone()) } else { collect(value, ids) }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, ids)),
        _ => {}
    }
}

#[tokio::test]
async fn nonsense_is_null() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for id in [
        "",
        "nonsense",
        "UGFydG5lcg",
        "UGFydG5lcjo",
        "UGFydG5lcjp4",
        "UXVlcnk6MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA",
    ] {
        assert_eq!(admin.data(NODE, json!({ "id": id })).await, json!({ "node": null }), "{id}");
        assert_eq!(
            admin.data("query P($id: ID!) { partner(id: $id) { id } }", json!({ "id": id })).await,
            json!({ "partner": null })
        );
    }
}
