//! Two partners: neither sees anything of the other, by any way.

mod foreign;

use crate::support::{
    Client, TestApp,
    people::{Kind, onboard, tenant},
};
use serde_json::{Value, json};

/// Everything that can be reached from the root, with whatever the actor may see.
const SWEEP: &str = "{ partners(first: 9) { totalCount nodes { id name status website externalId
        primaryContact { id name email } users(first: 9) { totalCount nodes { id name email organization { name } } }
        integrations(first: 9) { totalCount nodes { id name slug submission { answers { value } submittedBy { email } }
            tenants(first: 9) { totalCount nodes { id name customerReference configuration } } } }
        tenants(first: 9) { totalCount nodes { id name integration { name } } }
        profile { answers { value } submittedBy { name } } } }
    viewer { user { id name email } organization { id name users { nodes { id name email } } } } }";

struct Two {
    app: TestApp,
    admin: Client,
    ours: Client,
    theirs: Vec<String>,
}

/// Two partners with everything; every text of the other one holds the marker `zebra`.
async fn two() -> Two {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let zebra = app.partner(&admin, "Zebra", Kind::Invited).await;
    let user = onboard(&zebra.user).await;
    let integration = app.published(&admin, &user, "Zebra Sync").await;
    let tenant = tenant(&user, &integration, "zebra-tenant").await;
    let query = "query Z($id: ID!) { partner(id: $id) { primaryContact { id } profile { id } } }";
    let data = admin.data(query, json!({ "id": zebra.id })).await;
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    let theirs =
        vec![zebra.id, id(&data["partner"]["primaryContact"]), id(&data["partner"]["profile"]), integration, tenant];
    Two { app, admin, ours: acme.user, theirs }
}

#[tokio::test]
async fn nothing_of_another_partner_is_in_any_answer() {
    let two = two().await;
    let seen = two.ours.data(SWEEP, json!({})).await;
    assert!(!seen.to_string().to_lowercase().contains("zebra"), "{seen:#}");
    assert_eq!(seen["partners"]["totalCount"], 1);
    let all = two.admin.data(SWEEP, json!({})).await;
    assert!(all.to_string().contains("zebra"), "the vendor sees both");
    assert_eq!(all["partners"]["totalCount"], 2);
}

#[tokio::test]
async fn a_foreign_id_is_answered_like_a_missing_one() {
    let two = two().await;
    let node = "query N($id: ID!) { node(id: $id) { id } partner(id: $id) { id name } }";
    let nothing = two.ours.send(node, json!({ "id": "nonsense" })).await.body;
    assert_eq!(nothing["data"], json!({ "node": null, "partner": null }));
    for id in &two.theirs {
        assert_eq!(two.ours.send(node, json!({ "id": id })).await.body, nothing, "{id}");
        assert_ne!(two.admin.send(node, json!({ "id": id })).await.body, nothing, "{id}");
    }
    let nodes = two.ours.data("query A($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": two.theirs })).await;
    assert_eq!(nodes, json!({ "nodes": [null, null, null, null, null] }));
}

#[tokio::test]
async fn anonymous_callers_read_nothing() {
    let two = two().await;
    let anonymous = two.app.anonymous();
    for query in [
        "{ partners { totalCount } }",
        "{ partners { nodes { id } } }",
        "{ partnerForm { id } }",
        "{ integrationForm { id } }",
        "{ partner(id: \"nonsense\") { id } }",
    ] {
        let answer = anonymous.send(query, json!({})).await;
        assert_eq!(answer.codes(), ["UNAUTHENTICATED"], "{query}");
    }
    for id in &two.theirs {
        assert_eq!(
            anonymous.send("query N($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await.codes(),
            ["UNAUTHENTICATED"]
        );
    }
    assert_eq!(anonymous.data("{ viewer { role } }", json!({})).await, json!({ "viewer": null }));
}

#[tokio::test]
async fn partners_do_not_read_what_is_the_vendors() {
    let two = two().await;
    let staff = two
        .admin
        .data("{ viewer { user { id } organization { ... on Vendor { id } } } partnerForm { id } }", json!({}))
        .await;
    for id in [&staff["viewer"]["organization"]["id"], &staff["partnerForm"]["id"]] {
        let answer = two.ours.data("query N($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(answer, json!({ "node": null }));
    }
    let admin = two
        .ours
        .data("query N($id: ID!) { node(id: $id) { id } }", json!({ "id": staff["viewer"]["user"]["id"] }))
        .await;
    assert_eq!(admin, json!({ "node": null }), "vendor staff is out of a partner's sight");
    assert_eq!(two.ours.send("{ partnerForm { id } }", json!({})).await.codes(), ["FORBIDDEN"]);
}
