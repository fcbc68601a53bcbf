//! Answers as the specification wants them, judged by graphql-js.

use crate::support::{
    TestApp,
    people::{Kind, onboard, tenant},
};
use serde_json::json;

/// Random documents over a hub with everything in it. `JUDGE_DOCUMENTS` asks for more than the usual ones.
#[tokio::test]
async fn random_documents_are_answered_as_by_graphql_js() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    app.partner(&admin, "Acme", Kind::Created).await;
    let invited = app.partner(&admin, "Birch", Kind::Invited).await;
    let user = onboard(&invited.user).await;
    for name in ["Sync", "Export"] {
        let integration = app.published(&admin, &user, name).await;
        for customer in ["first", "second"] {
            tenant(&user, &integration, customer).await;
        }
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/node");
    let many = std::env::var("JUDGE_DOCUMENTS").unwrap_or_else(|_| "300".into());
    let mut judge = tokio::process::Command::new("node");
    judge.args(["judge.mjs", &format!("{}/graphql", app.base), admin.token.as_deref().unwrap(), &many]);
    let output = judge.current_dir(folder).output().await.expect("Node judges");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains(&format!("{many} judged")), "{said}");
}

/// Keys stand in the order of the document, however long each takes.
#[tokio::test]
async fn answers_stand_in_the_order_of_the_document() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    app.partner(&admin, "Acme", Kind::Created).await;
    let query = "{ slow: partners(first: 1) { totalCount nodes { users { totalCount } name __typename id } } \
                 quick: viewer { role } __typename partnerForm { version kind } __schema { queryType { name } } }";
    let request = admin.http.post(&admin.endpoint).bearer_auth(admin.token.as_deref().unwrap());
    let text = request.json(&json!({ "query": query })).send().await.unwrap().text().await.unwrap();
    let keys = [
        "slow",
        "totalCount",
        "nodes",
        "users",
        "totalCount",
        "name",
        "__typename",
        "id",
        "quick",
        "role",
        "__typename",
        "partnerForm",
        "version",
        "kind",
        "__schema",
        "queryType",
        "name",
    ];
    let mut rest = text.as_str();
    for key in keys {
        let at = rest.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} is not in its place: {text}"));
        rest = &rest[at + key.len()..];
    }
}

/// What a failed field takes with it: itself if it may be null, else what is around it.
#[tokio::test]
async fn nulls_spread_to_the_next_field_that_may_be_null() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let user =
        admin.data("query P($id: ID!) { partner(id: $id) { primaryContact { id } } }", json!({ "id": acme.id })).await;
    let user = user["partner"]["primaryContact"]["id"].clone();
    let form = admin.data("{ partnerForm { id } }", json!({})).await["partnerForm"]["id"].clone();
    let ids = json!({ "id": acme.id, "form": form, "ids": [form, user] });
    // A list that may be null, and one that may not.
    let open = "users(first: 0) { nodes { id } }";
    let broken = "versions(first: 0) { nodes { id } }";
    for (query, data, path) in [
        (
            format!("partner(id: $id) {{ name {open} }} viewer {{ role }}"),
            json!({ "partner": { "name": "Acme", "users": null }, "viewer": { "role": "VENDOR_ADMIN" } }),
            json!(["partner", "users"]),
        ),
        (
            format!("partners {{ edges {{ node {{ primaryContact {{ organization {{ name {open} }} name }} }} }} }}"),
            json!({ "partners": { "edges": [{ "node": { "primaryContact": {
                "organization": { "name": "Acme", "users": null }, "name": "Ada Lovelace" } } }] } }),
            json!(["partners", "edges", 0, "node", "primaryContact", "organization", "users"]),
        ),
        (
            format!("partnerForm {{ version {broken} }} viewer {{ role }}"),
            json!({ "partnerForm": null, "viewer": { "role": "VENDOR_ADMIN" } }),
            json!(["partnerForm", "versions"]),
        ),
        (
            format!("partnerForm {{ versions {{ nodes {{ version {broken} }} }} }} viewer {{ role }}"),
            json!({ "partnerForm": null, "viewer": { "role": "VENDOR_ADMIN" } }),
            json!(["partnerForm", "versions", "nodes", 0, "versions"]),
        ),
        (
            format!("node(id: $form) {{ id ... on Form {{ {broken} }} }}"),
            json!({ "node": null }),
            json!(["node", "versions"]),
        ),
        (
            format!("nodes(ids: $ids) {{ __typename ... on Form {{ x: {broken} }} }}"),
            json!({ "nodes": [null, { "__typename": "User" }] }),
            json!(["nodes", 0, "x"]),
        ),
    ] {
        let query = format!(
            "query N($id: ID!, $form: ID!, $ids: [ID!]!) {{ {query} used: nodes(ids: $ids) @skip(if: true) {{ id }}
               unused: node(id: $id) @skip(if: true) {{ id }} more: node(id: $form) @skip(if: true) {{ id }} }}"
        );
        let answer = admin.send(&query, ids.clone()).await;
        assert_eq!(answer.body["data"], data, "{query}");
        let errors = answer.body["errors"].as_array().unwrap();
        assert_eq!((errors.len(), &errors[0]["path"]), (1, &path), "{query}");
        assert_eq!(errors[0]["extensions"]["code"], "BAD_USER_INPUT");
    }
    // A change that is refused takes the whole answer: its payload may not be null. The other one has been made.
    let change = "mutation C($input: CreatePartnerInput!) { createPartner(input: $input) { partner { name } } \
                  again: createIntegration(input: { name: \"x\", type: EXTERNAL }) { integration { id } } }";
    let input = crate::support::people::new_partner("Chalk", "c@chalk.example");
    let answer = acme.user.send(change, json!({ "input": input })).await;
    assert_eq!((&answer.body["data"], answer.codes()[0]), (&json!(null), "FORBIDDEN"));
}

/// One statement though the same list is asked for twice.
#[tokio::test]
async fn fields_under_one_key_are_merged() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    app.partner(&admin, "Acme", Kind::Created).await;
    let query =
        "{ partners { nodes { id } } ...More } fragment More on Query { partners { nodes { name } totalCount } }";
    app.statements.take();
    let data = admin.data(query, json!({})).await;
    assert_eq!(app.statements.take().len(), 3, "the session, the list, the number");
    assert_eq!((&data["partners"]["nodes"][0]["name"], &data["partners"]["totalCount"]), (&json!("Acme"), &json!(1)));
    assert!(data["partners"]["nodes"][0]["id"].is_string());
}

/// Many mistakes are told in ten errors.
#[tokio::test]
async fn an_answer_has_ten_errors_at_most() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let fields: String = (0..15).map(|at| format!("a{at}: partner(id: \"x\") {{ unknown{at} }} ")).collect();
    let refused = admin.send(&format!("{{ {fields} }}"), json!({})).await;
    assert_eq!(refused.codes().len(), 10);
    assert!(refused.body.get("data").is_none());
    for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"] {
        app.partner(&admin, &format!("P{name}"), Kind::Created).await;
    }
    let answer = admin
        .send(
            "{ partners { nodes { primaryContact { organization { users(first: 0) { totalCount } } } } } }",
            json!({}),
        )
        .await;
    assert_eq!(answer.codes().len(), 10);
}
