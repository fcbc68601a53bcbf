//! API keys: what programs of the vendor's sign in with.

use crate::support::{
    Client, TestApp,
    people::{Kind, new_integration, new_partner, tenant},
    socket::Socket,
};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

/// All scopes.
pub(crate) const SCOPES: [&str; 10] = [
    "PARTNERS_READ",
    "PARTNERS_WRITE",
    "USERS_READ",
    "INTEGRATIONS_READ",
    "INTEGRATIONS_WRITE",
    "TENANTS_READ",
    "TENANTS_WRITE",
    "FORMS_READ",
    "ACTIVITY_READ",
    "SETTINGS_READ",
];

/// Those that change nothing.
pub(crate) const READING: [&str; 7] = [
    "PARTNERS_READ",
    "USERS_READ",
    "INTEGRATIONS_READ",
    "TENANTS_READ",
    "FORMS_READ",
    "ACTIVITY_READ",
    "SETTINGS_READ",
];

/// A time as the graph writes it.
fn text(at: DateTime<Utc>) -> String {
    at.to_rfc3339()
}

/// A program with a key, and the key's id.
pub(crate) async fn program(admin: &Client, role: &str, scopes: &[&str]) -> (Client, String) {
    let input = json!({ "name": "CRM sync", "role": role, "scopes": scopes });
    let payload = admin.mutate("createApiKey", "token apiKey { id }", input).await;
    (admin.with_token(payload["token"].as_str().unwrap()), payload["apiKey"]["id"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_key_is_shown_once_and_kept_as_a_hash() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let input = json!({ "name": " CRM sync ", "role": "MEMBER", "scopes": ["PARTNERS_READ", "PARTNERS_READ"] });
    let fields = "token apiKey { id name role scopes expiresAt lastUsedAt revokedAt createdBy { email } }";
    let payload = admin.mutate("createApiKey", fields, input).await;
    let token = payload["token"].as_str().unwrap();
    assert!(token.starts_with("ppat_") && token.len() == 48, "{token}");
    let key = &payload["apiKey"];
    assert_eq!((&key["name"], &key["role"]), (&json!("CRM sync"), &json!("MEMBER")));
    assert_eq!(key["scopes"], json!(["PARTNERS_READ"]));
    assert_eq!(key["expiresAt"], text(app.hub.clock.now() + TimeDelta::days(90)));
    assert_eq!(key["createdBy"]["email"], "admin@example.com");
    let listed =
        "{ apiKeys { totalCount nodes { id name role scopes expiresAt lastUsedAt revokedAt createdBy { email } } } }";
    let listed = admin.data(listed, json!({})).await;
    assert_eq!(listed["apiKeys"], json!({ "totalCount": 1, "nodes": [key] }));
    let node = "query N($id: ID!) { node(id: $id) { ... on ApiKey { name scopes } } }";
    assert_eq!(admin.data(node, json!({ "id": key["id"] })).await["node"]["name"], "CRM sync");
    let program = admin.with_token(token);
    assert_eq!(program.data("{ partners { totalCount } viewer { role } }", json!({})).await["viewer"], Value::Null);
    for (table, column) in [("api_key", "scopes"), ("activity", "data"), ("api_key", "name")] {
        let kept = app.texts(&format!("SELECT CAST({column} AS TEXT) FROM {table}")).await.join(" ");
        assert!(!kept.contains(token.trim_start_matches("ppat_")), "{kept}");
    }
}

#[tokio::test]
async fn only_vendor_admins_make_and_revoke_keys() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let (_, id) = program(&admin, "MEMBER", &SCOPES).await;
    let input = json!({ "name": "Own", "role": "ADMIN", "scopes": ["PARTNERS_READ"] });
    let list = "{ apiKeys { totalCount nodes { id } } }";
    assert_eq!(acme.user.try_mutate("createApiKey", "token", input.clone()).await.codes(), ["FORBIDDEN"]);
    assert_eq!(acme.user.try_mutate("revokeApiKey", "", json!({ "id": id })).await.codes(), ["NOT_FOUND"]);
    assert_eq!(acme.user.data(list, json!({})).await["apiKeys"]["totalCount"], 0);
    let become_member = "UPDATE \"user\" SET role = 'MEMBER' WHERE partner_id IS NULL";
    app.hub.pools.writes.execute_unprepared(become_member).await.unwrap();
    assert_eq!(admin.data(list, json!({})).await["apiKeys"]["totalCount"], 1, "staff read everything");
    assert_eq!(admin.try_mutate("createApiKey", "token", input.clone()).await.codes(), ["FORBIDDEN"]);
    assert_eq!(admin.try_mutate("revokeApiKey", "", json!({ "id": id })).await.codes(), ["FORBIDDEN"]);
    assert_eq!(app.anonymous().try_mutate("createApiKey", "token", input).await.codes(), ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn a_key_does_what_its_role_and_its_scopes_allow() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let submitted = app.submitted(&acme.user, "Sync").await;
    let reads = [
        ("{ partners { nodes { name } } }", "PARTNERS_READ"),
        ("{ invitations { nodes { email } } }", "USERS_READ"),
        ("{ integrationForm { id } }", "FORMS_READ"),
        ("{ partnerForm { id } }", "FORMS_READ"),
        ("{ activity { nodes { event } } }", "ACTIVITY_READ"),
        ("{ vendor { name } }", "SETTINGS_READ"),
    ];
    for scope in SCOPES {
        let (program, _) = program(&admin, "MEMBER", &[scope]).await;
        for (query, needed) in reads {
            let codes = program.send(query, json!({})).await;
            let covered = scope == needed || scope == "PARTNERS_WRITE" && needed == "PARTNERS_READ";
            assert_eq!(codes.codes(), if covered { vec![] } else { vec!["FORBIDDEN"] }, "{query} with {scope}");
        }
    }
    let (member, _) = program(&admin, "MEMBER", &SCOPES).await;
    let (narrow, _) = program(&admin, "ADMIN", &["PARTNERS_WRITE"]).await;
    let new = new_partner("New", "new@new.example");
    assert_eq!(member.try_mutate("createPartner", "", new.clone()).await.codes(), ["FORBIDDEN"], "the role");
    narrow.mutate("createPartner", "partner { status }", new).await;
    let publish = json!({ "id": submitted });
    assert_eq!(narrow.try_mutate("publishIntegration", "", publish.clone()).await.codes(), ["FORBIDDEN"], "the scopes");
    let (publisher, _) = program(&admin, "MEMBER", &["INTEGRATIONS_WRITE"]).await;
    publisher.mutate("publishIntegration", "integration { status }", publish).await;
    // Of what one sees, what one may not see is null, with an error at its place.
    let query = "{ partners { nodes { name users { nodes { name } } integrations(last: 1) { totalCount } } }
        tenants { nodes { name } } vendor { name } notificationSettings { event } letterKinds partnersOverTime { month } }";
    let answer = narrow.send(query, json!({})).await;
    let paths: Vec<_> =
        answer.body["errors"].as_array().unwrap().iter().map(|error| error["path"].to_string()).collect();
    assert!(answer.codes().iter().all(|code| *code == "FORBIDDEN"), "{:#}", answer.body);
    assert!(paths.contains(&"[\"partners\",\"nodes\",0,\"users\"]".to_owned()), "{paths:?}");
    for place in ["tenants", "vendor", "notificationSettings", "letterKinds"] {
        assert!(paths.contains(&format!("[\"{place}\"]")), "{place} {paths:?}");
        assert_eq!(answer.body["data"][place], Value::Null);
    }
    let row = answer.body["data"]["partners"]["nodes"].as_array().unwrap().iter().find(|row| row["name"] == "Acme");
    assert_eq!(row.unwrap(), &json!({ "name": "Acme", "users": null, "integrations": null }), "the rest arrives");
    assert_eq!(answer.body["data"]["partnersOverTime"].as_array().unwrap().len(), 12);
    let installed = tenant(&acme.user, &submitted, "first").await;
    let (tenants, _) = program(&admin, "MEMBER", &["TENANTS_READ"]).await;
    let query = "query T($id: ID!) { tenant(id: $id) { name integration { name } partner { name } } }";
    let answer = tenants.send(query, json!({ "id": installed })).await;
    assert_eq!(answer.codes(), ["FORBIDDEN", "FORBIDDEN"]);
    assert_eq!(answer.body["data"]["tenant"], json!({ "name": "first", "integration": null, "partner": null }));
    let answer = narrow.send("{ partners { nodes { name primaryContact { name } } } }", json!({})).await;
    assert!(!answer.body.to_string().contains("Lovelace"), "{:#}", answer.body);
}

#[tokio::test]
async fn a_key_works_for_the_vendor() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let (program, _) = program(&admin, "ADMIN", &SCOPES).await;
    let fields = "integration { id partner { id } }";
    let made = program.mutate("createIntegration", fields, new_integration("Own")).await["integration"].clone();
    assert_eq!(made["partner"], Value::Null);
    program.mutate("publishIntegration", "integration { status }", json!({ "id": made["id"] })).await;
    program.mutate("createTenant", "tenant { id }", json!({ "integrationId": made["id"], "name": "one" })).await;
    let rows = json!({ "rows": [new_partner("B", "b@b.example")] });
    program.mutate("bulkInvitePartners", "acceptedCount", rows).await;
    let letter = app.letter_to("admin@example.com").await;
    assert!(letter.text.contains("CRM sync"), "{}", letter.text);
}

#[tokio::test]
async fn a_key_manages_no_users_credentials_keys_or_rules() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let waiting = app.partner(&admin, "Waiting", Kind::Invited).await;
    let (program, key) = program(&admin, "ADMIN", &SCOPES).await;
    let query = "{ invitations { nodes { id user { id email } } } }";
    let people = admin.data(query, json!({})).await["invitations"]["nodes"].as_array().unwrap().clone();
    let of = |email: &str| people.iter().find(|one| one["user"]["email"] == email).unwrap().clone();
    let (user, invitation) = (of(&acme.email)["user"]["id"].clone(), of(&waiting.email)["id"].clone());
    let secret = "not a password of anybody";
    let new_user = json!({ "name": "Eve", "email": "eve@evil.example", "role": "ADMIN" });
    let cases = [
        ("createApiKey", json!({ "name": "Another", "role": "ADMIN", "scopes": SCOPES })),
        ("revokeApiKey", json!({ "id": key })),
        ("inviteUser", new_user),
        ("updateUser", json!({ "id": user, "role": "MEMBER" })),
        ("setPrimaryContact", json!({ "id": user })),
        ("disableUser", json!({ "id": user })),
        ("deleteUser", json!({ "id": user })),
        ("enableUser", json!({ "id": user })),
        ("changePassword", json!({ "currentPassword": secret, "newPassword": secret })),
        ("changeEmail", json!({ "newEmail": "eve@evil.example", "password": secret })),
        ("endUserSessions", json!({ "id": user })),
        ("revokeSession", json!({ "id": user })),
        ("resendInvitation", json!({ "id": invitation })),
        ("revokeInvitation", json!({ "id": invitation })),
        ("correctInvitationEmail", json!({ "id": invitation, "email": "eve@evil.example" })),
        ("createInvitationLink", json!({ "id": invitation })),
        ("updateVendor", json!({ "name": "Eve" })),
        ("updateNotificationSettings", json!({ "settings": [] })),
        ("submitPartnerForm", json!({ "formId": "x", "answers": [] })),
    ];
    let before = app.rows().await;
    for (mutation, input) in cases {
        let codes = program.try_mutate(mutation, "", input).await;
        // A key is in sight of no key.
        assert!(matches!(codes.codes()[..], ["FORBIDDEN"] | ["NOT_FOUND"]), "{mutation} {:#}", codes.body);
    }
    for document in [
        "mutation { logout { userErrors { code } } }",
        "mutation { revokeOtherSessions { userErrors { code } } }",
        "{ apiKeys { totalCount } }",
    ] {
        assert_eq!(program.send(document, json!({})).await.codes(), ["FORBIDDEN"], "{document}");
    }
    assert_eq!(app.rows().await, before);
}

#[tokio::test]
async fn an_admins_key_decides_about_partners_and_a_members_does_not() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let waiting = app.partner(&admin, "Waiting", Kind::Invited).await;
    let it = json!({ "id": waiting.id });
    let (member, _) = program(&admin, "MEMBER", &SCOPES).await;
    let (reader, _) = program(&admin, "ADMIN", &READING).await;
    for key in [member, reader] {
        assert_eq!(key.try_mutate("approvePartner", "", it.clone()).await.codes(), ["FORBIDDEN"]);
    }
    let (decider, _) = program(&admin, "ADMIN", &["PARTNERS_WRITE"]).await;
    let approved = decider.mutate("approvePartner", "partner { status }", it.clone()).await;
    assert_eq!(approved["partner"]["status"], "APPROVED");
    let shut = json!({ "id": waiting.id, "reason": "Unpaid" });
    decider.mutate("suspendPartner", "partner { status availableActions }", shut).await;
    assert_eq!(waiting.user.data("{ viewer { role } }", json!({})).await["viewer"], Value::Null);
    let query = "{ activity(first: 2) { nodes { event actorKind apiKey { name } } } }";
    let line = admin.data(query, json!({})).await["activity"]["nodes"][0].clone();
    assert_eq!((&line["event"], &line["actorKind"]), (&json!("partner.suspended"), &json!("KEY")));
}

#[tokio::test]
async fn a_key_that_does_not_work_is_nobody() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let (program, id) = program(&admin, "MEMBER", &["PARTNERS_READ"]).await;
    let query = "{ partners { totalCount } }";
    let token = program.token.clone().unwrap();
    for forged in [format!("{token}x"), token[..47].to_owned(), format!("ppat_{}", "A".repeat(43)), "ppat_".into()] {
        assert_eq!(admin.with_token(&forged).send(query, json!({})).await.codes(), ["UNAUTHENTICATED"], "{forged}");
    }
    let cookie = format!("sid={token}");
    let request = program.http.post(&program.endpoint).json(&json!({ "query": query })).header("cookie", cookie);
    let request = request.header("x-partner-csrf", "1").header("sec-fetch-site", "same-origin");
    let answer = crate::support::Answer::of(request.send().await.unwrap()).await;
    assert_eq!(answer.codes(), ["UNAUTHENTICATED"], "a cookie holds sessions only");
    program.data(query, json!({})).await;
    let revoked = admin.mutate("revokeApiKey", "apiKey { revokedAt }", json!({ "id": id })).await;
    assert_eq!(revoked["apiKey"]["revokedAt"], text(app.hub.clock.now()));
    assert_eq!(program.send(query, json!({})).await.codes(), ["UNAUTHENTICATED"]);
    let again = admin.try_mutate("revokeApiKey", "", json!({ "id": id })).await;
    assert_eq!(again.refusals("revokeApiKey"), [(String::new(), "INVALID_STATE".to_owned())]);
    let input = json!({ "name": "Short", "scopes": ["PARTNERS_READ"], "expiresInDays": 1 });
    let short = admin.mutate("createApiKey", "token", input).await["token"].as_str().unwrap().to_owned();
    app.hub.clock.advance(TimeDelta::days(1) - TimeDelta::seconds(1));
    admin.with_token(&short).data(query, json!({})).await;
    app.hub.clock.advance(TimeDelta::seconds(1));
    assert_eq!(admin.with_token(&short).send(query, json!({})).await.codes(), ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn what_is_said_of_a_key_is_checked() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for days in [0, -1, 366] {
        let input = json!({ "name": " ", "scopes": [], "expiresInDays": days });
        let answer = admin.try_mutate("createApiKey", "token apiKey { id }", input).await;
        let refused = [("name", "BLANK"), ("expiresInDays", "INVALID"), ("scopes", "REQUIRED")];
        let refused = refused.map(|(field, code)| (field.to_owned(), code.to_owned()));
        assert_eq!(answer.refusals("createApiKey"), refused);
        assert_eq!(answer.payload("createApiKey")["token"], Value::Null);
    }
    assert_eq!(admin.data("{ apiKeys { totalCount } }", json!({})).await["apiKeys"]["totalCount"], 0);
}

#[tokio::test]
async fn a_key_costs_one_statement_and_its_use_is_noted_seldom() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let (program, _) = program(&admin, "MEMBER", &["SETTINGS_READ"]).await;
    let used = || async { admin.data("{ apiKeys { nodes { lastUsedAt } } }", json!({})).await };
    assert_eq!(used().await["apiKeys"]["nodes"][0]["lastUsedAt"], Value::Null);
    program.data("{ vendor { name } }", json!({})).await;
    let first = app.hub.clock.now();
    assert_eq!(used().await["apiKeys"]["nodes"][0]["lastUsedAt"], text(first));
    app.hub.clock.advance(TimeDelta::minutes(4));
    app.statements.take();
    program.data("{ viewer { role } }", json!({})).await;
    let statements = app.statements.take();
    let about: Vec<_> = statements.iter().filter(|sql| sql.contains("api_key") || sql.contains("session")).collect();
    assert_eq!(about.len(), 1, "{statements:#?}");
    assert_eq!(used().await["apiKeys"]["nodes"][0]["lastUsedAt"], text(first));
    app.hub.clock.advance(TimeDelta::minutes(2));
    program.data("{ vendor { name } }", json!({})).await;
    assert_eq!(used().await["apiKeys"]["nodes"][0]["lastUsedAt"], text(app.hub.clock.now()));
}

#[tokio::test]
async fn what_is_done_with_a_key_is_recorded_as_such() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let (program, id) = program(&admin, "ADMIN", &SCOPES).await;
    program.mutate("createPartner", "partner { id }", new_partner("New", "new@new.example")).await;
    let query = "query A($id: ID) { activity(filter: { apiKeyId: { eq: $id } }, orderBy: [{ field: AT }]) {
        totalCount nodes { event actorKind actor { email } apiKey { name } } } }";
    let done = admin.data(query, json!({ "id": id })).await["activity"].clone();
    assert_eq!(done["totalCount"], 2, "{done:#}");
    let expected =
        json!({ "event": "partner.created", "actorKind": "KEY", "actor": null, "apiKey": { "name": "CRM sync" } });
    assert!(done["nodes"].as_array().unwrap().contains(&expected), "{done:#}");
    admin.mutate("revokeApiKey", "", json!({ "id": id })).await;
    let query =
        "{ activity(filter: { event: { in: [\"api_key.created\", \"api_key.revoked\"] } }, orderBy: [{ field: AT }]) {
        nodes { event actorKind actor { email } data subject { ... on ApiKey { name } } } } }";
    let lines = admin.data(query, json!({})).await["activity"]["nodes"].clone();
    for (line, event) in lines.as_array().unwrap().iter().zip(["api_key.created", "api_key.revoked"]) {
        assert_eq!((&line["event"], &line["actorKind"]), (&json!(event), &json!("USER")));
        assert_eq!(line["subject"]["name"], "CRM sync");
    }
    assert_eq!(lines[0]["data"]["scopes"], json!(SCOPES));
}

#[tokio::test]
async fn keys_are_made_once_and_ask_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let input = json!({ "name": "Once", "role": "ADMIN", "scopes": SCOPES, "idempotencyKey": "one" });
    let first = admin.mutate("createApiKey", "token apiKey { id }", input.clone()).await;
    let again = admin.mutate("createApiKey", "token apiKey { id }", input).await;
    assert_eq!(again["apiKey"], first["apiKey"]);
    assert_eq!(again["token"], Value::Null, "a token is shown once");
    let program = admin.with_token(first["token"].as_str().unwrap());
    let mut new = new_partner("New", "new@new.example");
    new["idempotencyKey"] = json!("one");
    let made = program.mutate("createPartner", "partner { id }", new.clone()).await;
    assert_eq!(program.mutate("createPartner", "partner { id }", new).await, made);
}

#[tokio::test]
async fn a_subscription_with_a_key_ends_when_it_is_revoked() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let (program, id) = program(&admin, "MEMBER", &["PARTNERS_READ"]).await;
    let mut socket = Socket::of(&app, &program).await;
    socket.subscribe("1", "subscription { partnerChanged { name } }", json!({})).await;
    admin.mutate("createPartner", "", new_partner("First", "a@first.example")).await;
    assert_eq!(socket.event("1").await["partnerChanged"]["name"], "First");
    admin.mutate("revokeApiKey", "", json!({ "id": id })).await;
    admin.mutate("createPartner", "", new_partner("Second", "a@second.example")).await;
    assert_eq!(socket.closed().await, 4403);
    let mut late = Socket::silent(&app).await;
    late.say(crate::support::socket::init(&program)).await;
    assert_eq!(late.closed().await, 4403);
}
