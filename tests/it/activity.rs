//! The record: who did what to which object, added to and never changed.

use crate::mutations::factor::{begin, challenge, set_up};
use crate::support::{
    Client, TestApp,
    people::{Kind, draft, integration_answers, new_integration, new_partner, tenant},
    token_in,
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

/// What each mutation needs to do something.
pub(crate) struct Cases {
    pub(crate) app: TestApp,
    pub(crate) cases: Vec<(&'static str, Client, Value)>,
}

pub(crate) async fn cases() -> Cases {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    let mut asked = crate::forms::question("terms", "TERMS");
    asked["askAgain"] = json!(true);
    let terms = crate::forms::publish(&admin, "PARTNER", json!([asked])).await;
    let forms = admin.data("{ partnerForm { id } integrationForm { id } }", json!({})).await;
    let sketch = draft(&acme.user, "Draft").await;
    let submitted = app.submitted(&acme.user, "Submitted").await;
    let published = app.published(&admin, &acme.user, "Published").await;
    let installed = tenant(&acme.user, &published, "installed").await;
    let mut links = Vec::new();
    for name in ["one", "two", "three", "four"] {
        let email = format!("{name}@fresh.example");
        admin.mutate("createPartner", "partner { id }", new_partner("Fresh", &email)).await;
        let query = "query I($of: String) { invitations(filter: { email: { contains: $of } }) { nodes { id } } }";
        let found = admin.data(query, json!({ "of": email })).await;
        links.push((found["invitations"]["nodes"][0]["id"].clone(), token_in(&app.letter_to(&email).await)));
    }
    app.hub.clock.advance(chrono::TimeDelta::minutes(2));
    let password = crate::support::people::PASSWORD;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let (second, third) = (app.login(&other.email).await, app.login(&other.email).await);
    let query = "{ viewer { sessions { id current } } }";
    let sessions = third.data(query, json!({})).await["viewer"]["sessions"].as_array().unwrap().clone();
    let current = sessions.iter().find(|session| session["current"] == true).unwrap()["id"].clone();
    app.anonymous().mutate("requestPasswordReset", "", json!({ "email": pending.email })).await;
    let reset = token_in(&app.letter_to(&pending.email).await);
    let team = app.partner(&admin, "Team", Kind::Created).await.user;
    let invitee = |email: &str| json!({ "name": "Grace Hopper", "email": email, "role": "MEMBER" });
    let grace = team.mutate("inviteUser", "user { id }", invitee("grace@team.example")).await["user"]["id"].clone();
    let gone = team.mutate("inviteUser", "user { id }", invitee("gone@team.example")).await["user"]["id"].clone();
    app.accept(&token_in(&app.letter_to("grace@team.example").await)).await;
    let (_, key) = crate::api_keys::program(&admin, "MEMBER", &["PARTNERS_READ"]).await;
    let waiting = app.partner(&admin, "Waiting", Kind::Invited).await;
    for policy in ["MANUAL", "AUTOMATIC"] {
        admin.mutate("updateVendor", "", json!({ "approvalPolicy": policy })).await;
        if policy == "MANUAL" {
            let answers =
                json!({ "formId": forms["partnerForm"]["id"], "answers": [{ "question": "terms", "value": true }] });
            waiting.user.mutate("submitPartnerForm", "", answers).await;
        }
    }
    let new = "quite another lot of words";
    let anybody = app.anonymous();
    let scrap = draft(&acme.user, "Scrap").await;
    let comment = json!({ "integrationId": scrap, "text": "Hm" });
    let comment = acme.user.mutate("addReviewComment", "comment { id }", comment).await["comment"]["id"].clone();
    // Two with a second factor, and one who is setting it up.
    let fay = app.partner(&admin, "Fay", Kind::Created).await;
    let (with_factor, _, codes) = set_up(&app, &fay.user).await;
    let challenge = challenge(&app, &fay.email).await;
    let gus = app.partner(&admin, "Gus", Kind::Created).await.user;
    let authenticator = begin(&gus).await;
    let gus_id = gus.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].clone();
    let cases = vec![
        // These first: codes and challenges, and passwords that were shown, are good for some minutes.
        ("confirmSecondFactor", gus, json!({ "code": authenticator.code_in(&app, 60) })),
        ("completeLogin", anybody.clone(), json!({ "challenge": challenge, "code": codes[0] })),
        ("reauthenticate", with_factor.clone(), json!({ "password": password, "code": codes[1] })),
        ("renewRecoveryCodes", with_factor.clone(), json!(null)),
        ("beginSecondFactor", team.clone(), json!(null)),
        ("resetSecondFactor", admin.clone(), json!({ "id": gus_id })),
        ("disableSecondFactor", with_factor, json!({ "password": password })),
        ("createApiKey", admin.clone(), json!({ "name": "CRM", "scopes": ["PARTNERS_READ"] })),
        ("revokeApiKey", admin.clone(), json!({ "id": key })),
        ("createPartner", admin.clone(), new_partner("A", "a@a.example")),
        ("invitePartner", admin.clone(), new_partner("B", "b@b.example")),
        ("bulkInvitePartners", admin.clone(), json!({ "rows": [new_partner("C", "c@c.example")] })),
        (
            "submitPartnerForm",
            pending.user,
            json!({ "formId": forms["partnerForm"]["id"], "answers": [{ "question": "terms", "value": true }] }),
        ),
        ("acceptTerms", acme.user.clone(), json!({ "formId": terms, "questions": ["terms"] })),
        ("publishForm", admin.clone(), json!({ "kind": "PARTNER", "questions": [], "expectedVersion": 2 })),
        ("inviteUser", team.clone(), invitee("more@team.example")),
        ("updateUser", team.clone(), json!({ "id": grace, "name": "Amazing Grace" })),
        ("disableUser", team.clone(), json!({ "id": grace })),
        ("enableUser", team.clone(), json!({ "id": grace })),
        ("setPrimaryContact", team.clone(), json!({ "id": grace })),
        ("deleteUser", team, json!({ "id": gone })),
        ("requestPasswordReset", anybody.clone(), json!({ "email": acme.email })),
        ("resetPassword", anybody.clone(), json!({ "token": reset, "password": new })),
        ("revokeSession", second.clone(), json!({ "id": current })),
        ("revokeOtherSessions", second.clone(), json!(null)),
        ("changePassword", second, json!({ "currentPassword": password, "newPassword": new })),
        ("updatePartner", admin.clone(), json!({ "id": waiting.id, "name": "Waiting Ltd" })),
        ("requestPartnerChanges", admin.clone(), json!({ "id": waiting.id, "reason": "why" })),
        ("rejectPartner", admin.clone(), json!({ "id": waiting.id, "reason": "why" })),
        ("reopenPartner", admin.clone(), json!({ "id": waiting.id })),
        ("approvePartner", admin.clone(), json!({ "id": waiting.id })),
        ("suspendPartner", admin.clone(), json!({ "id": waiting.id, "reason": "why" })),
        ("reinstatePartner", admin.clone(), json!({ "id": waiting.id })),
        ("archivePartner", admin.clone(), json!({ "id": waiting.id })),
        ("restorePartner", admin.clone(), json!({ "id": waiting.id })),
        ("createIntegration", acme.user.clone(), new_integration("New")),
        (
            "submitIntegration",
            acme.user.clone(),
            json!({ "id": sketch, "formId": forms["integrationForm"]["id"], "answers": integration_answers() }),
        ),
        ("publishIntegration", admin.clone(), json!({ "id": submitted })),
        ("updateIntegration", acme.user.clone(), json!({ "id": submitted, "name": "Anew" })),
        ("requestIntegrationChanges", admin.clone(), json!({ "id": submitted, "reason": "why" })),
        ("withdrawIntegration", acme.user.clone(), json!({ "id": submitted })),
        ("unpublishIntegration", admin.clone(), json!({ "id": submitted })),
        ("addReviewComment", acme.user.clone(), json!({ "integrationId": submitted, "text": "Hm" })),
        ("resolveReviewComment", acme.user.clone(), json!({ "id": comment })),
        ("archiveIntegration", acme.user.clone(), json!({ "id": submitted })),
        ("deleteIntegration", acme.user.clone(), json!({ "id": scrap })),
        ("createTenant", acme.user.clone(), json!({ "integrationId": published, "name": "one" })),
        (
            "bulkCreateTenants",
            acme.user.clone(),
            json!({ "rows": [{ "integrationId": published, "name": "of-many" }] }),
        ),
        ("updateTenant", acme.user.clone(), json!({ "id": installed, "schedule": "0 4 * * *" })),
        ("resumeTenant", acme.user.clone(), json!({ "id": installed })),
        ("pauseTenant", acme.user.clone(), json!({ "id": installed })),
        ("archiveTenant", acme.user.clone(), json!({ "id": installed })),
        ("restoreTenant", acme.user.clone(), json!({ "id": installed })),
        ("requestNewInvitation", anybody.clone(), json!({ "token": links[0].1 })),
        ("declineInvitation", anybody.clone(), json!({ "token": links[1].1 })),
        ("acceptInvitation", anybody.clone(), json!({ "token": links[2].1, "password": password })),
        ("resendInvitation", admin.clone(), json!({ "id": links[3].0 })),
        ("createInvitationLink", admin.clone(), json!({ "id": links[3].0 })),
        ("reportBounce", admin.clone(), json!({ "email": "four@fresh.example" })),
        ("correctInvitationEmail", admin.clone(), json!({ "id": links[3].0, "email": "five@fresh.example" })),
        ("revokeInvitation", admin.clone(), json!({ "id": links[3].0 })),
        ("updateVendor", admin.clone(), json!({ "name": "Renamed" })),
        (
            "updateNotificationSettings",
            admin.clone(),
            json!({ "settings": [{ "event": "PARTNER_APPROVED", "addresses": ["x@x.example"] }] }),
        ),
        ("login", anybody, json!({ "email": acme.email, "password": password })),
        ("logout", acme.user, json!(null)),
    ];
    Cases { app, cases }
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
