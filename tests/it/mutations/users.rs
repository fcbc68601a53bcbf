//! Users: invited, changed, shut out and let in; and those who must stay.

use super::{faults, refuses};
use crate::support::{
    Client, TestApp,
    people::{Kind, Partner, draft, new_integration},
    token_in,
};
use serde_json::{Value, json};

async fn signed_in(client: &Client) -> bool {
    !client.data("{ viewer { role } }", json!({})).await["viewer"].is_null()
}

fn invitee(email: &str, role: &str) -> Value {
    json!({ "name": "Grace Hopper", "email": email, "role": role })
}

/// A colleague who has set a password, and its id.
async fn colleague(app: &TestApp, inviter: &Client, email: &str, role: &str) -> (Client, Value) {
    let made = inviter.mutate("inviteUser", "user { id status }", invitee(email, role)).await;
    assert_eq!(made["user"]["status"], "INVITED");
    let token = token_in(&app.letter_to(email).await);
    (app.accept(&token).await, made["user"]["id"].clone())
}

async fn contact(acme: &Partner) -> Value {
    let query = "query($id: ID!) { partner(id: $id) { primaryContact { id } } }";
    acme.user.data(query, json!({ "id": acme.id })).await["partner"]["primaryContact"]["id"].clone()
}

#[tokio::test]
async fn admins_invite_into_their_own_organisation_and_the_vendor_into_all() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let (member, _) = colleague(&app, &acme.user, "grace@acme.example", "MEMBER").await;
    let role = "{ viewer { role organization { name } } }";
    let viewer = json!({ "role": "PARTNER_MEMBER", "organization": { "name": "Acme" } });
    assert_eq!(member.data(role, json!({})).await["viewer"], viewer);
    let with = |organization: &Value, email: &str| {
        let mut input = invitee(email, "ADMIN");
        input["organizationId"] = organization.clone();
        input
    };
    admin.mutate("inviteUser", "", with(&json!(acme.id), "second@acme.example")).await;
    let vendor = admin.data("{ vendor { id } }", json!({})).await["vendor"]["id"].clone();
    admin.mutate("inviteUser", "", with(&vendor, "third@vendor.example")).await;
    // Nobody else, and nowhere else.
    let input = invitee("x@acme.example", "MEMBER");
    faults(&app, &member, "inviteUser", input.clone(), "FORBIDDEN").await;
    faults(&app, &app.anonymous(), "inviteUser", input, "UNAUTHENTICATED").await;
    faults(&app, &acme.user, "inviteUser", with(&json!(other.id), "x@other.example"), "NOT_FOUND").await;
    faults(&app, &acme.user, "inviteUser", with(&vendor, "x@vendor.example"), "NOT_FOUND").await;
    for (name, email, expected) in [
        ("", "x@acme.example", ("name", "BLANK")),
        ("X", "no address", ("email", "INVALID")),
        ("X", "GRACE@acme.example", ("email", "TAKEN")),
    ] {
        let input = json!({ "name": name, "email": email, "role": "MEMBER" });
        refuses(&app, &acme.user, "inviteUser", input, &[expected]).await;
    }
    app.texts("UPDATE partner SET status = 'SUSPENDED' WHERE name = 'Other' RETURNING name").await;
    let input = with(&json!(other.id), "x@other.example");
    refuses(&app, &admin, "inviteUser", input, &[("organizationId", "INVALID_STATE")]).await;
}

#[tokio::test]
async fn whoever_is_shut_out_is_out_at_once_and_comes_back_when_let_in() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let (member, id) = colleague(&app, &acme.user, "grace@acme.example", "MEMBER").await;
    let it = json!({ "id": id });
    faults(&app, &other.user, "disableUser", it.clone(), "NOT_FOUND").await;
    faults(&app, &member, "disableUser", it.clone(), "FORBIDDEN").await;
    refuses(&app, &acme.user, "enableUser", it.clone(), &[("", "INVALID_STATE")]).await;
    acme.user.mutate("disableUser", "user { status }", it.clone()).await;
    assert!(!signed_in(&member).await);
    let login = json!({ "email": "grace@acme.example", "password": crate::support::people::PASSWORD });
    refuses(&app, &app.anonymous(), "login", login, &[("", "INVALID_CREDENTIALS")]).await;
    refuses(&app, &acme.user, "disableUser", it.clone(), &[("", "INVALID_STATE")]).await;
    acme.user.mutate("enableUser", "", it).await;
    assert!(signed_in(&app.login("grace@acme.example").await).await);
    // One who has never come in: the link is dead, and letting in sends a new one.
    let made = acme.user.mutate("inviteUser", "user { id }", invitee("late@acme.example", "MEMBER")).await;
    let first = token_in(&app.letter_to("late@acme.example").await);
    let late = json!({ "id": made["user"]["id"] });
    acme.user.mutate("disableUser", "", late.clone()).await;
    let accept = json!({ "token": first, "password": crate::support::people::PASSWORD });
    refuses(&app, &app.anonymous(), "acceptInvitation", accept, &[("token", "INVALID_TOKEN")]).await;
    acme.user.mutate("enableUser", "", late).await;
    let second = token_in(&app.letter_to("late@acme.example").await);
    assert_ne!(first, second);
    app.accept(&second).await;
}

#[tokio::test]
async fn whoever_is_deleted_is_out_for_good_and_named_by_what_was_done() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let (grace, id) = colleague(&app, &acme.user, "grace@acme.example", "ADMIN").await;
    draft(&grace, "Sync").await;
    grace.mutate("createIntegration", "", new_integration("Also")).await;
    app.anonymous().mutate("requestPasswordReset", "", json!({ "email": "grace@acme.example" })).await;
    let link = token_in(&app.letter_to("grace@acme.example").await);
    let it = json!({ "id": id });
    faults(&app, &other.user, "deleteUser", it.clone(), "NOT_FOUND").await;
    refuses(&app, &grace, "deleteUser", it.clone(), &[("", "INVALID_STATE")]).await;
    refuses(&app, &grace, "deleteUser", json!({ "id": contact(&acme).await }), &[("", "INVALID_STATE")]).await;
    let deleted = acme.user.mutate("deleteUser", "user { name status email lastLoginAt }", it.clone()).await;
    assert_eq!(
        (&deleted["user"]["name"], &deleted["user"]["status"], &deleted["user"]["lastLoginAt"]),
        (&json!("Grace Hopper"), &json!("DELETED"), &Value::Null)
    );
    assert!(deleted["user"]["email"].as_str().unwrap().ends_with("@deleted.invalid"), "{deleted}");

    assert!(!signed_in(&grace).await);
    let login = json!({ "email": "grace@acme.example", "password": crate::support::people::PASSWORD });
    refuses(&app, &app.anonymous(), "login", login, &[("", "INVALID_CREDENTIALS")]).await;
    let reset = json!({ "token": link, "password": "seven lanterns over Tromso bay" });
    refuses(&app, &app.anonymous(), "resetPassword", reset, &[("token", "INVALID_TOKEN")]).await;
    for again in ["deleteUser", "disableUser", "enableUser", "setPrimaryContact", "updateUser"] {
        faults(&app, &acme.user, again, it.clone(), "NOT_FOUND").await;
    }
    // In no list and no number, and named by what it did.
    let query = "query($id: ID!) { partner(id: $id) {
        users { totalCount nodes { email } }
        activity(first: 100) { nodes { event actor { name status } } } }
        users(filter: { search: \"Grace\" }) { totalCount nodes { name } } }";
    let seen = admin.data(query, json!({ "id": acme.id })).await;
    assert_eq!(seen["partner"]["users"], json!({ "totalCount": 1, "nodes": [{ "email": acme.email }] }));
    assert_eq!(seen["users"], json!({ "totalCount": 0, "nodes": [] }));
    let lines = seen["partner"]["activity"]["nodes"].as_array().unwrap();
    let created = lines.iter().find(|line| line["event"] == "integration.created").unwrap();
    assert_eq!(created["actor"], json!({ "name": "Grace Hopper", "status": "DELETED" }));
    assert_eq!(lines[0]["event"], "user.deleted");
    // The address is free again, for another account.
    let (anew, second) = colleague(&app, &acme.user, "grace@acme.example", "MEMBER").await;
    assert!(signed_in(&anew).await && second != id);
    // One who has never come in: its link is dead.
    let made = acme.user.mutate("inviteUser", "user { id }", invitee("late@acme.example", "MEMBER")).await;
    let dead = token_in(&app.letter_to("late@acme.example").await);
    acme.user.mutate("deleteUser", "", json!({ "id": made["user"]["id"] })).await;
    let accept = json!({ "token": dead, "password": crate::support::people::PASSWORD });
    refuses(&app, &app.anonymous(), "acceptInvitation", accept, &[("token", "INVALID_TOKEN")]).await;
}

#[tokio::test]
async fn primary_contacts_and_the_last_admin_stay() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let (_, grace) = colleague(&app, &acme.user, "grace@acme.example", "MEMBER").await;
    let first = contact(&acme).await;
    refuses(&app, &acme.user, "disableUser", json!({ "id": first }), &[("", "INVALID_STATE")]).await;
    acme.user.mutate("setPrimaryContact", "", json!({ "id": grace })).await;
    assert_eq!(contact(&acme).await, grace);
    refuses(&app, &admin, "disableUser", json!({ "id": grace }), &[("", "INVALID_STATE")]).await;
    admin.mutate("disableUser", "", json!({ "id": first })).await;
    refuses(&app, &admin, "setPrimaryContact", json!({ "id": first }), &[("", "INVALID_STATE")]).await;

    let me = admin.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].clone();
    let (second, other) = colleague(&app, &admin, "second@vendor.example", "ADMIN").await;
    admin.mutate("setPrimaryContact", "", json!({ "id": other })).await;
    second.mutate("disableUser", "", json!({ "id": me })).await;
    assert!(!signed_in(&admin).await);
    for change in [json!({ "id": other, "role": "MEMBER" }), json!({ "id": other, "role": "MEMBER", "name": "X" })] {
        refuses(&app, &second, "updateUser", change, &[("", "INVALID_STATE")]).await;
    }
}

#[tokio::test]
async fn another_role_ends_the_sessions_and_a_stale_edit_overwrites_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let (member, id) = colleague(&app, &acme.user, "grace@acme.example", "MEMBER").await;
    let renamed =
        member.mutate("updateUser", "user { name version }", json!({ "id": id, "name": "Amazing Grace" })).await;
    assert_eq!(renamed["user"]["name"], "Amazing Grace");
    faults(&app, &member, "updateUser", json!({ "id": id, "role": "ADMIN" }), "FORBIDDEN").await;
    let stale = json!({ "id": id, "name": "Old Grace", "expectedVersion": 1 });
    faults(&app, &acme.user, "updateUser", stale, "CONFLICT").await;
    let version = renamed["user"]["version"].clone();
    let change = json!({ "id": id, "role": "ADMIN", "expectedVersion": version });
    acme.user.mutate("updateUser", "user { role }", change).await;
    assert!(!signed_in(&member).await, "the rights have changed");
    let back = app.login("grace@acme.example").await;
    assert_eq!(back.data("{ viewer { role } }", json!({})).await["viewer"]["role"], "PARTNER_ADMIN");
}

#[tokio::test]
async fn the_vendors_own_contact_stays_whoever_asks() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let me = admin.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].clone();
    let (second, _) = colleague(&app, &admin, "second@vendor.example", "ADMIN").await;
    for way_out in ["disableUser", "deleteUser"] {
        refuses(&app, &second, way_out, json!({ "id": me }), &[("", "INVALID_STATE")]).await;
    }
    assert!(signed_in(&admin).await);
    // While another admin is left it can be a member, and stays as the contact all the same.
    let demoted = second.mutate("updateUser", "user { role isPrimaryContact }", json!({ "id": me, "role": "MEMBER" }));
    assert_eq!(demoted.await["user"], json!({ "role": "MEMBER", "isPrimaryContact": true }));
    for way_out in ["disableUser", "deleteUser"] {
        refuses(&app, &second, way_out, json!({ "id": me }), &[("", "INVALID_STATE")]).await;
    }
}

#[tokio::test]
async fn whoever_is_onboarding_changes_its_own_name_and_nobody_elses() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    let me = pending.user.data("{ viewer { user { id version } } }", json!({})).await["viewer"]["user"].clone();
    let change = json!({ "id": me["id"], "name": "Augusta Ada King", "expectedVersion": me["version"],
        "idempotencyKey": "one" });
    for _ in 0..2 {
        let renamed = pending.user.mutate("updateUser", "user { id name }", change.clone()).await;
        assert_eq!(renamed["user"], json!({ "id": me["id"], "name": "Augusta Ada King" }));
    }
    faults(&app, &pending.user, "updateUser", json!({ "id": me["id"], "role": "MEMBER" }), "ONBOARDING_INCOMPLETE")
        .await;
    let other = json!({ "id": contact(&acme).await, "name": "Eve" });
    faults(&app, &pending.user, "updateUser", other, "ONBOARDING_INCOMPLETE").await;
    let stale = json!({ "id": me["id"], "name": "Eve", "expectedVersion": me["version"] });
    faults(&app, &pending.user, "updateUser", stale, "CONFLICT").await;
}
