//! A fresh link that is asked for with an older one: who asks learns nothing, whatever the token is.

use super::works;
use crate::support::{Answer, Client, TestApp, people::new_partner, token_in};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// Somebody who is invited, and the token of the letter.
async fn invited(app: &TestApp, admin: &Client, name: &str) -> (String, String) {
    let email = format!("{name}@x.example");
    let made = admin.mutate("createPartner", "partner { id }", new_partner(name, &email)).await;
    (made["partner"]["id"].as_str().unwrap().to_owned(), token_in(&app.letter_to(&email).await))
}

async fn invitation(admin: &Client, name: &str) -> Value {
    let query = "query($email: String) { invitations(filter: { email: { contains: $email } }) { nodes { id } } }";
    admin.data(query, json!({ "email": name })).await["invitations"]["nodes"][0]["id"].clone()
}

/// All that an answer says, but for what is another in every answer.
fn said(answer: &Answer) -> (u16, Vec<(String, String)>, Value) {
    let headers = answer.headers.iter().filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    (answer.status.as_u16(), headers, answer.body.clone())
}

#[tokio::test]
async fn whoever_asks_for_a_fresh_link_is_answered_alike_and_one_letter_leaves() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut tokens = vec![("nonsense", "pinv_nonsense".to_owned())];
    let (_, revoked) = invited(&app, &admin, "revoked").await;
    admin.mutate("revokeInvitation", "", json!({ "id": invitation(&admin, "revoked").await })).await;
    tokens.push(("revoked", revoked));
    let (_, declined) = invited(&app, &admin, "declined").await;
    app.anonymous().mutate("declineInvitation", "", json!({ "token": declined })).await;
    tokens.push(("declined", declined));
    let (_, accepted) = invited(&app, &admin, "accepted").await;
    app.accept(&accepted).await;
    tokens.push(("accepted", accepted));
    let (_, replaced) = invited(&app, &admin, "replaced").await;
    app.hub.clock.advance(TimeDelta::seconds(61));
    admin.mutate("resendInvitation", "", json!({ "id": invitation(&admin, "replaced").await })).await;
    tokens.push(("replaced", replaced));
    let (partner, suspended) = invited(&app, &admin, "suspended").await;
    admin.mutate("suspendPartner", "", json!({ "id": partner, "reason": "A pause." })).await;
    tokens.push(("suspended", suspended));
    tokens.push(("expired", invited(&app, &admin, "expired").await.1));
    app.hub.clock.advance(TimeDelta::days(8));
    let before = app.letters().await.len();

    let mut answers = Vec::new();
    for (kind, token) in &tokens {
        let input = json!({ "token": token });
        answers.push((kind, app.anonymous().try_mutate("requestNewInvitation", "__typename", input).await));
    }
    assert_eq!(answers[0].1.refusals("requestNewInvitation"), [], "no code, no sentence");
    for (kind, answer) in &answers {
        assert_eq!(said(answer), said(&answers[0].1), "{kind}");
    }
    let letters = app.letters().await.split_off(before);
    let told: Vec<_> = letters.iter().map(|letter| letter.to.as_str()).collect();
    assert_eq!(told, ["expired@x.example"]);
    assert!(works(&app, &token_in(&letters[0])).await);
}
