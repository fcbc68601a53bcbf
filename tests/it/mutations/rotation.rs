//! A session that has had its time is nobody's on every server: six events that end it.

use crate::support::{
    Client, TestApp,
    people::{Kind, PASSWORD, onboard},
    token_in,
};
use serde_json::{Value, json};

async fn signed_in(server: &TestApp, client: &Client) -> bool {
    let elsewhere = Client { token: client.token.clone(), ..server.anonymous() };
    !elsewhere.data("{ viewer { role } }", json!({})).await["viewer"].is_null()
}

async fn colleague(app: &TestApp, admin: &Client, email: &str) -> (Client, Value) {
    let input = json!({ "name": "Grace", "email": email, "role": "MEMBER" });
    let id = admin.mutate("inviteUser", "user { id }", input).await["user"]["id"].clone();
    (app.accept(&token_in(&app.letter_to(email).await)).await, id)
}

#[tokio::test]
async fn what_ends_a_session_ends_it_on_every_server() {
    let (app, mut ended) = (TestApp::start().await, Vec::new());
    let beside = app.beside().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let login = json!({ "email": acme.email, "password": PASSWORD });

    let token = acme.user.mutate("login", "session { token }", login).await["session"]["token"].clone();
    let acme = acme.user.with_token(token.as_str().unwrap());
    ended.push(("logging in anew", app.partner(&admin, "Third", Kind::Created).await.user));
    let third = &ended[0].1;
    third.mutate("login", "", json!({ "email": "contact@third.example", "password": PASSWORD })).await;

    let (leaving, id) = colleague(&app, &acme, "leaving@acme.example").await;
    acme.mutate("disableUser", "", json!({ "id": id })).await;
    ended.push(("being shut out", leaving));
    let (rising, id) = colleague(&app, &acme, "rising@acme.example").await;
    acme.mutate("updateUser", "", json!({ "id": id, "role": "ADMIN" })).await;
    ended.push(("another role", rising));
    let (going, _) = colleague(&app, &acme, "going@acme.example").await;
    going.data("mutation { logout { userErrors { code } } }", json!({})).await;
    ended.push(("logging out", going));
    let (changing, _) = colleague(&app, &acme, "changing@acme.example").await;
    let new = json!({ "currentPassword": PASSWORD, "newPassword": "seven lanterns over Tromso bay" });
    changing.mutate("changePassword", "", new).await;
    ended.push(("another password", changing));
    let full = onboard(&pending.user).await;
    assert!(signed_in(&beside, &full).await);
    ended.push(("being approved", pending.user));
    admin.mutate("suspendPartner", "", json!({ "id": other.id, "reason": "why" })).await;
    ended.push(("a partner suspended", other.user));

    for (event, session) in &ended {
        assert!(!signed_in(&beside, session).await && !signed_in(&app, session).await, "{event}");
    }
    assert!(signed_in(&beside, &acme).await && signed_in(&beside, &admin).await);
}

#[tokio::test]
async fn to_log_in_as_somebody_else_ends_nobodys_session() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    admin.mutate("login", "", json!({ "email": acme.email, "password": PASSWORD })).await;
    assert!(signed_in(&app, &admin).await && signed_in(&app, &acme.user).await);
}

#[tokio::test]
async fn an_admin_signs_a_colleague_out_everywhere() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let (grace, id) = colleague(&app, &acme.user, "grace@acme.example").await;
    let again = app.login("grace@acme.example").await;
    crate::mutations::faults(&app, &other.user, "endUserSessions", json!({ "id": id }), "NOT_FOUND").await;
    crate::mutations::faults(&app, &grace, "endUserSessions", json!({ "id": id }), "FORBIDDEN").await;
    for who in [&admin, &acme.user] {
        let here = app.login("grace@acme.example").await;
        who.mutate("endUserSessions", "user { email }", json!({ "id": id })).await;
        assert!(!signed_in(&app, &here).await);
    }
    assert!(!signed_in(&app, &grace).await && !signed_in(&app, &again).await);
    assert!(app.login("grace@acme.example").await.token.is_some(), "the password is what it was");
}
