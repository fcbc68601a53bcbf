//! The record: who did what to which object, added to and never changed.

mod cases;

pub(crate) use cases::{Cases, cases};

use crate::support::{
    Client, TestApp,
    people::{Kind, draft, new_partner},
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

const LINES: &str = "query A($filter: ActivityFilterInput, $first: Int, $after: String) {
    activity(filter: $filter, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
        nodes { event at actorKind requestId actor { email } partner { name } subject { id __typename } } } }";

async fn lines(client: &Client, filter: Value) -> Vec<Value> {
    let data = client.data(LINES, json!({ "filter": filter })).await;
    let nodes = data["activity"]["nodes"].as_array().unwrap().clone();
    assert_eq!(data["activity"]["totalCount"], nodes.len());
    nodes
}

fn events(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["event"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn it_is_found_by_partner_actor_event_and_time() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    app.partner(&admin, "Other", Kind::Created).await;
    let noon = app.hub.clock.now();
    app.hub.clock.advance(chrono::TimeDelta::minutes(1));
    let id = draft(&acme.user, "Sync").await;
    let ours = lines(&admin, json!({ "partnerId": { "eq": acme.id } })).await;
    assert_eq!(events(&ours), ["integration.created", "invitation.accepted", "partner.created", "user.invited"]);
    let first = &ours[0];
    assert_eq!(first["subject"], json!({ "id": id, "__typename": "Integration" }));
    assert_eq!(
        (first["actor"]["email"].as_str(), first["actorKind"].as_str()),
        (Some(acme.email.as_str()), Some("USER"))
    );
    assert!(first["requestId"].is_string());
    let user = acme.user.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].clone();
    assert_eq!(
        events(&lines(&admin, json!({ "actorId": { "eq": user } })).await),
        ["integration.created", "invitation.accepted"]
    );
    let but = json!({ "partnerId": { "eq": acme.id }, "not": { "event": { "startsWith": "in" } } });
    assert_eq!(events(&lines(&admin, but).await), ["partner.created", "user.invited"]);
    let either = json!({ "or": [{ "event": { "eq": "integration.created" } }, { "event": { "eq": "nonsense" } }] });
    assert_eq!(events(&lines(&admin, either).await), ["integration.created"]);
    assert!(lines(&admin, json!({ "partnerId": { "eq": "nonsense" } })).await.is_empty());
    let vendors = lines(&admin, json!({ "partnerId": { "isNull": true } })).await;
    assert!(!vendors.is_empty() && vendors.iter().all(|line| line["partner"].is_null()), "{vendors:#?}");
    let created = json!({ "event": { "in": ["partner.created"] } });
    assert_eq!(lines(&admin, created).await.len(), 2);
    let late = json!({ "at": { "gte": noon + chrono::TimeDelta::seconds(1) } });
    assert_eq!(events(&lines(&admin, late).await), ["integration.created"]);
    let none = json!({ "at": { "lt": noon - chrono::TimeDelta::days(1) } });
    assert!(lines(&admin, none).await.is_empty());
}

#[tokio::test]
async fn pages_of_it_are_whole() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for number in 0..4 {
        let input = new_partner("Many", &format!("m{number}@x.example"));
        admin.mutate("createPartner", "partner { id }", input).await;
    }
    let all = lines(&admin, json!({})).await;
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let data = admin.data(LINES, json!({ "first": 2, "after": after })).await;
        seen.extend(data["activity"]["nodes"].as_array().unwrap().clone());
        after = data["activity"]["pageInfo"]["endCursor"].clone();
        if data["activity"]["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(seen, all);
}

#[tokio::test]
async fn partners_see_their_own_lines_and_nobodys_address() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let ours = lines(&acme.user, json!({})).await;
    assert!(!ours.is_empty() && ours.iter().all(|line| line["partner"]["name"] == "Acme"), "{ours:#?}");
    // A foreign partner's record is that of one that does not exist.
    assert!(lines(&acme.user, json!({ "partnerId": { "eq": other.id } })).await.is_empty());
    let address = "{ activity(first: 1) { nodes { address } } }";
    assert_eq!(acme.user.send(address, json!({})).await.codes(), ["FORBIDDEN"]);
    let seen = admin.data(address, json!({})).await;
    assert_eq!(seen["activity"]["nodes"][0]["address"], "127.0.0.1");
    assert_eq!(app.anonymous().send(address, json!({})).await.codes(), ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn nothing_in_it_is_changed_or_removed() {
    let app = TestApp::start().await;
    app.admin().await;
    let db = &app.hub.pools.writes;
    for sql in ["UPDATE activity SET event = 'x'", "DELETE FROM activity"] {
        let refused = db.execute_unprepared(sql).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    if partner_hub::db::is_postgres(db) {
        db.execute_unprepared("TRUNCATE activity").await.unwrap_err();
    }
}

#[tokio::test]
async fn what_an_update_changes_is_in_it() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let invitee = json!({ "name": "Grace Hopper", "email": "grace@acme.example", "role": "MEMBER" });
    let grace = acme.user.mutate("inviteUser", "user { id }", invitee).await["user"]["id"].clone();
    acme.user.mutate("updateUser", "", json!({ "id": grace, "name": "Grace", "role": "ADMIN" })).await;
    acme.user.mutate("disableUser", "", json!({ "id": grace })).await;
    admin.mutate("updateVendor", "", json!({ "name": "Harbour", "reminderDays": [2] })).await;
    let followers = json!({ "settings": [{ "event": "PARTNER_APPROVED", "addresses": ["x@x.example"] }] });
    admin.mutate("updateNotificationSettings", "", followers).await;
    let query = "query D($events: [String!]) { activity(filter: { event: { in: $events } }) { nodes { data } } }";
    for (event, data) in [
        (
            "user.updated",
            json!({ "name": { "from": "Grace Hopper", "to": "Grace" }, "role": { "from": "MEMBER", "to": "ADMIN" } }),
        ),
        ("user.disabled", json!({ "status": { "from": "INVITED", "to": "DISABLED" } })),
        (
            "vendor.updated",
            json!({ "name": { "from": "Partner Hub", "to": "Harbour" }, "reminderDays": { "from": [3, 6], "to": [2] } }),
        ),
        ("vendor.notifications_changed", json!({ "partner_approved": { "from": [], "to": ["x@x.example"] } })),
    ] {
        let lines = admin.data(query, json!({ "events": [event] })).await;
        assert_eq!(lines["activity"]["nodes"], json!([{ "data": data }]), "{event}");
    }
}

#[tokio::test]
async fn a_partner_shows_its_own_newest_first() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    app.partner(&admin, "Other", Kind::Created).await;
    let sync = draft(&acme.user, "Sync").await;
    let query = "query P($after: String) { partners(first: 2, orderBy: [{ field: NAME }]) { nodes { name
        activity(first: 3, after: $after) { totalCount pageInfo { endCursor hasNextPage }
            nodes { event subject { id } partner { name } } } } } }";
    for client in [&admin, &acme.user] {
        let first = client.data(query, json!({})).await["partners"]["nodes"][0].clone();
        let page = &first["activity"];
        assert_eq!(
            events(page["nodes"].as_array().unwrap()),
            ["integration.created", "invitation.accepted", "partner.created"]
        );
        assert_eq!(page["nodes"][0]["subject"]["id"], json!(sync));
        assert_eq!((&page["totalCount"], &page["pageInfo"]["hasNextPage"]), (&json!(4), &json!(true)));
        let after = json!({ "after": page["pageInfo"]["endCursor"] });
        let rest = client.data(query, after).await["partners"]["nodes"][0]["activity"].clone();
        assert_eq!(events(rest["nodes"].as_array().unwrap()), ["user.invited"]);
        assert_eq!(rest["pageInfo"]["hasNextPage"], false);
    }
}

#[tokio::test]
async fn users_say_whether_they_are_the_primary_contact() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let invitee = json!({ "name": "Grace Hopper", "email": "grace@acme.example", "role": "MEMBER" });
    let grace = acme.user.mutate("inviteUser", "user { id }", invitee).await["user"]["id"].clone();
    let query = "{ partners { nodes { users { nodes { isPrimaryContact } } } } }";
    let told =
        |client: Client| async move { client.data(query, json!({})).await["partners"]["nodes"][0]["users"].clone() };
    let of = |first: bool| json!({ "nodes": [{ "isPrimaryContact": first }, { "isPrimaryContact": !first }] });
    assert_eq!(told(acme.user.clone()).await, of(true));
    admin.mutate("setPrimaryContact", "", json!({ "id": grace })).await;
    assert_eq!(told(acme.user.clone()).await, of(false));
    assert_eq!(told(admin.clone()).await, of(false));
    let own = "{ viewer { user { isPrimaryContact } } }";
    assert_eq!(admin.data(own, json!({})).await["viewer"]["user"]["isPrimaryContact"], true);
}

/// Mutations that record nothing, each with the reason.
const SILENT: [(&str, &str); 2] = [
    (
        "savePartnerFormDraft",
        "written every few seconds while somebody types, and nobody's business until it is submitted",
    ),
    ("saveIntegrationDraft", "the same"),
];

#[tokio::test]
async fn every_mutation_is_recorded() {
    let Cases { app, cases } = cases().await;
    let query = "{ __schema { mutationType { fields { name } } } }";
    let schema = app.anonymous().data(query, json!({})).await;
    for field in schema["__schema"]["mutationType"]["fields"].as_array().unwrap() {
        let name = field["name"].as_str().unwrap();
        let known = cases.iter().any(|(case, ..)| *case == name) || SILENT.iter().any(|(silent, _)| *silent == name);
        assert!(known, "{name} needs a case here, or a reason why it records nothing");
    }
    let vendor = app.login("admin@example.com").await;
    for (mutation, client, input) in cases {
        app.hub.clock.advance(chrono::TimeDelta::minutes(1));
        let before = recorded(&app).await;
        let me = client.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].clone();
        if input.is_null() {
            client.data(&format!("mutation {{ {mutation} {{ userErrors {{ code }} }} }}"), json!({})).await;
        } else {
            client.mutate(mutation, "", input).await;
        }
        let new = recorded(&app).await - before;
        assert!(new > 0, "{mutation} has recorded nothing");
        for line in newest(&vendor, new).await {
            let told = format!("{mutation} {line:#}");
            // Nobody has shown anything: anybody can ask for a link.
            let anybody = mutation == "requestPasswordReset";
            assert_eq!(line["actorKind"], if anybody { "SYSTEM" } else { "USER" }, "{told}");
            assert_eq!(line["actor"].is_null(), anybody, "{told}");
            assert!(me.is_null() || line["actor"]["id"] == me, "{told}");
            assert_eq!(line["subject"].is_null(), mutation == "deleteIntegration", "{told}");
            assert_eq!((&line["address"], &line["userAgent"]), (&json!("127.0.0.1"), &json!("hub tests")), "{told}");
            assert!(line["requestId"].as_str().is_some_and(|id| id.len() > 10), "{told}");
        }
        if ["update", "set", "disable", "enable"].iter().any(|verb| mutation.starts_with(verb)) {
            let latest = "SELECT CAST(data AS TEXT) FROM activity ORDER BY id DESC LIMIT 1";
            let data = app.texts(latest).await.concat();
            assert!(data.contains("\"from\"") && data.contains("\"to\""), "{mutation}: what was, what is? {data}");
        }
    }
    let written = app.hub.pools.reads.query_all_raw(sea_orm::Statement::from_string(
        app.hub.pools.reads.get_database_backend(),
        "SELECT CAST(data AS TEXT) AS data FROM activity",
    ));
    for row in written.await.unwrap() {
        let data: String = row.try_get("", "data").unwrap();
        let secrets = ["pinv_", "pses_", "ppat_", "argon2", crate::support::people::PASSWORD, "prst_"];
        assert!(!secrets.iter().any(|secret| data.contains(secret)), "{data}");
    }
}

/// The newest lines, as the vendor reads them.
async fn newest(vendor: &Client, count: i64) -> Vec<Value> {
    let query = "query($first: Int) { activity(first: $first) { nodes { event actorKind actor { id }
        subject { __typename } address userAgent requestId } } }";
    vendor.data(query, json!({ "first": count })).await["activity"]["nodes"].as_array().unwrap().clone()
}

async fn recorded(app: &TestApp) -> i64 {
    app.rows().await.into_iter().find(|(table, _)| *table == "activity").unwrap().1
}
