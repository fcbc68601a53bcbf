//! What subscribers are told, and what they are not.

use crate::support::{
    TestApp,
    people::{Kind, draft, new_partner},
    socket::Socket,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{IntegrationId, PartnerId};
use partner_hub::changes::{Change, KEPT, News};
use sea_orm::prelude::Uuid;
use serde_json::json;

const PARTNERS: &str = "subscription($id: ID) { partnerChanged(id: $id) { id name status primaryContact { email } } }";
const INTEGRATIONS: &str = "subscription Named($id: ID) { integrationChanged(id: $id) { id name status } }";
const ACTIVITY: &str = "subscription($id: ID) { activityAdded(partnerId: $id) { id event at data
    actor { email } partner { name } } }";

#[tokio::test]
async fn a_change_is_told_with_the_row_as_it_is() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut socket = Socket::of(&app, &admin).await;
    socket.subscribe("p", PARTNERS, json!({})).await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let told = socket.event("p").await;
    assert_eq!(
        told["partnerChanged"],
        json!({ "id": acme.id, "name": "Acme", "status": "APPROVED", "primaryContact": { "email": acme.email } })
    );

    socket.subscribe("i", INTEGRATIONS, json!({})).await;
    let id = app.submitted(&acme.user, "Sync").await;
    admin.mutate("publishIntegration", "integration { status }", json!({ "id": id })).await;
    for status in ["DRAFT", "IN_REVIEW", "PUBLISHED"] {
        let told = socket.event("i").await["integrationChanged"].clone();
        assert_eq!((&told["id"], &told["name"]), (&json!(id), &json!("Sync")));
        // Each event reads the row anew, so that an early one may tell of a later status already.
        assert!(["DRAFT", "IN_REVIEW", "PUBLISHED"].contains(&told["status"].as_str().unwrap()), "{status}: {told}");
        if status == "PUBLISHED" {
            assert_eq!(told["status"], "PUBLISHED");
        }
    }
}

#[tokio::test]
async fn a_line_of_the_record_is_told_once_and_found_by_its_id() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let mut socket = Socket::of(&app, &admin).await;
    socket.subscribe("a", ACTIVITY, json!({ "id": acme.id })).await;
    draft(&acme.user, "Sync").await;
    let line = socket.event("a").await["activityAdded"].clone();
    assert_eq!(line["event"], "integration.created");
    assert_eq!((&line["actor"]["email"], &line["partner"]["name"]), (&json!(acme.email), &json!("Acme")));
    assert_eq!((&line["data"], &line["at"]), (&json!({ "name": "Sync" }), &json!("2027-01-15T08:00:00+00:00")));
    let node = "query N($id: ID!) { node(id: $id) { __typename id } }";
    let found = acme.user.data(node, json!({ "id": line["id"] })).await;
    assert_eq!(found["node"], json!({ "__typename": "Activity", "id": line["id"] }));
    let other = app.partner(&admin, "Other", Kind::Created).await;
    assert_eq!(other.user.data(node, json!({ "id": line["id"] })).await["node"], json!(null));
    // Nothing of the other came in between, and the one line came once.
    draft(&acme.user, "Second").await;
    assert_eq!(socket.event("a").await["activityAdded"]["data"], json!({ "name": "Second" }));
}

/// The key inside a global id.
fn key(id: &str) -> Uuid {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id).unwrap()).unwrap();
    text.split_once(':').unwrap().1.parse().unwrap()
}

#[tokio::test]
async fn another_partners_changes_are_never_told() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let ours = app.partner(&admin, "Ours", Kind::Created).await;
    let theirs = app.partner(&admin, "Canary", Kind::Created).await;
    let mut socket = Socket::of(&app, &ours.user).await;
    for (id, query) in [("p", PARTNERS), ("i", INTEGRATIONS), ("a", ACTIVITY)] {
        socket.subscribe(id, query, json!({})).await;
    }
    let published = app.published(&admin, &theirs.user, "Canary sync").await;
    crate::support::people::tenant(&theirs.user, &published, "canary").await;
    app.login(&theirs.email).await;
    admin.mutate("createPartner", "partner { id }", new_partner("Canary two", "canary@two.example")).await;
    // Whatever a notification claims, rows are read with the subscriber's own rights.
    let theirs_id = key(&theirs.id);
    let integration = key(&published);
    let own = key(&ours.id);
    app.hub.changes.publish(News::Changed(Change::Partner(PartnerId(theirs_id))));
    app.hub.changes.publish(News::Changed(Change::Integration(IntegrationId(integration), Some(PartnerId(own)))));
    // Events come in their order, so that whatever leaked would come before this.
    draft(&ours.user, "Own").await;
    let mut heard = [socket.hear().await, socket.hear().await];
    heard.sort_by_key(|message| message["id"].as_str().unwrap().to_owned());
    assert_eq!(heard[0]["payload"]["data"]["activityAdded"]["data"], json!({ "name": "Own" }), "{heard:?}");
    assert_eq!(heard[1]["payload"]["data"]["integrationChanged"]["name"], "Own", "{heard:?}");
    // Narrowing to what one may not see is refused like nonsense.
    for id in [theirs.id.as_str(), "nonsense"] {
        socket.start("x", PARTNERS, json!({ "id": id })).await;
        assert_eq!(socket.refusal("x").await, ["NOT_FOUND"]);
        socket.start("x", ACTIVITY, json!({ "id": id })).await;
        assert_eq!(socket.refusal("x").await, ["NOT_FOUND"]);
    }
}

#[tokio::test]
async fn a_subscription_is_narrowed_by_its_id() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    let mut socket = Socket::of(&app, &admin).await;
    socket.subscribe("p", PARTNERS, json!({ "id": pending.id })).await;
    app.partner(&admin, "Other", Kind::Created).await;
    crate::support::people::onboard(&pending.user).await;
    let told = socket.event("p").await;
    assert_eq!(
        (&told["partnerChanged"]["name"], &told["partnerChanged"]["status"]),
        (&json!("Pending"), &json!("APPROVED"))
    );
}

#[tokio::test]
async fn a_field_that_fails_is_told_once_beside_its_event() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut socket = Socket::of(&app, &admin).await;
    socket
        .subscribe("1", "subscription { partnerChanged { name users(after: \"x\") { totalCount } } }", json!({}))
        .await;
    app.partner(&admin, "Acme", Kind::Created).await;
    let failed = socket.hear().await["payload"].clone();
    assert_eq!(failed["data"], json!({ "partnerChanged": { "name": "Acme", "users": null } }), "{failed}");
    let errors = failed["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{failed}");
    assert_eq!(errors[0]["path"], json!(["partnerChanged", "users"]), "{failed}");
}

#[tokio::test]
async fn what_was_completed_says_nothing_more() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut socket = Socket::of(&app, &admin).await;
    socket.subscribe("1", PARTNERS, json!({})).await;
    socket.subscribe("2", PARTNERS, json!({})).await;
    socket.say(json!({ "type": "complete", "id": "1" })).await;
    socket.say(json!({ "type": "complete", "id": "unknown" })).await;
    socket.say(json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await, json!({ "type": "pong" }));
    for name in ["Acme", "Birch"] {
        app.partner(&admin, name, Kind::Created).await;
        assert_eq!(socket.event("2").await["partnerChanged"]["name"], name);
    }
}

#[tokio::test]
async fn queries_and_mutations_go_by_socket_too() {
    let app = TestApp::start().await;
    let mut socket = Socket::of(&app, &app.admin().await).await;
    let create = "mutation($input: CreatePartnerInput!) {
        createPartner(input: $input) { partner { name } userErrors { code } } }";
    socket.start("m", create, json!({ "input": new_partner("Acme", "ada@acme.example") })).await;
    let made = socket.event("m").await;
    assert_eq!(made["createPartner"], json!({ "partner": { "name": "Acme" }, "userErrors": [] }));
    assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "m" }));
    socket.start("q", "{ partners { nodes { name } } }", json!({})).await;
    assert_eq!(socket.event("q").await["partners"]["nodes"], json!([{ "name": "Acme" }]));
    assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "q" }));
    // A fault inside is a result with errors, as by HTTP.
    socket.start("f", "mutation { publishIntegration(input: {id: \"x\"}) { userErrors { code } } }", json!({})).await;
    let failed = socket.hear().await;
    assert_eq!(
        (&failed["type"], &failed["payload"]["errors"][0]["extensions"]["code"]),
        (&json!("next"), &json!("NOT_FOUND"))
    );
    assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "f" }));
}

#[tokio::test]
async fn sessions_are_not_opened_by_socket() {
    let app = TestApp::start().await;
    let mut socket = Socket::of(&app, &app.admin().await).await;
    let before = app.rows().await;
    let login = "login(input: {email: $e, password: $p}) { session { token } }";
    for query in [
        format!("mutation($e: EmailAddress!, $p: Secret!) {{ {login} }}"),
        format!("mutation($e: EmailAddress!, $p: Secret!) {{ ...F }} fragment F on Mutation {{ a: {login} }}"),
        "mutation($e: Secret!, $p: Secret!) { changePassword(input: {currentPassword: $p, newPassword: $e}) \
         { session { token } } }"
            .into(),
    ] {
        let variables = json!({ "e": "admin@example.com", "p": crate::support::people::PASSWORD });
        socket.start("1", &query, variables).await;
        assert_eq!(socket.refusal("1").await, ["BAD_USER_INPUT"]);
    }
    assert_eq!(app.rows().await, before);
}

#[tokio::test]
async fn refused_documents_end_with_an_error_and_nothing_else() {
    let app = TestApp::start().await;
    let mut socket = Socket::of(&app, &app.admin().await).await;
    let bomb = format!("{{ node(id: {}) {{ id }} }}", "[".repeat(5_000));
    for query in [
        "",
        "{",
        "{ nowhere }",
        "subscription { nowhere }",
        "subscription { partnerChanged }",
        "subscription { partnerChanged { nowhere } }",
        "subscription { partnerChanged { id } integrationChanged { id } }",
        "subscription { __typename }",
        "subscription { partnerChanged @skip(if: false) { id } }",
        "subscription($id: ID!) { partnerChanged(id: $id) { id } }",
        &bomb,
    ] {
        socket.start("1", query, json!({})).await;
        assert_eq!(socket.refusal("1").await.first().map(String::as_str), Some("BAD_USER_INPUT"), "{query}");
    }
    let deep = json!({ "x": [[[[[[[[[[[[1]]]]]]]]]]]] });
    socket.start("1", "{ viewer { role } }", deep).await;
    assert_eq!(socket.refusal("1").await, ["BAD_USER_INPUT"]);
    socket.subscribe("1", PARTNERS, json!({})).await;
}

#[tokio::test]
async fn the_root_field_may_stand_in_a_fragment() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut socket = Socket::of(&app, &admin).await;
    let query = "subscription { ...Root } fragment Root on Subscription { partnerChanged { ...Name } }
        fragment Name on Partner { name }";
    socket.subscribe("1", query, json!({})).await;
    app.partner(&admin, "Acme", Kind::Created).await;
    assert_eq!(socket.event("1").await, json!({ "partnerChanged": { "name": "Acme" } }));
}

#[tokio::test]
async fn who_falls_behind_is_told_to_begin_anew() {
    let app = TestApp::start().await;
    let mut socket = Socket::of(&app, &app.admin().await).await;
    socket.subscribe("1", PARTNERS, json!({})).await;
    // All at once: this thread serves nobody meanwhile.
    let change = News::Changed(Change::Partner(PartnerId(Default::default())));
    (0..=KEPT + 1).for_each(|_| app.hub.changes.publish(change));
    assert_eq!(socket.closed().await, 1013);
}
