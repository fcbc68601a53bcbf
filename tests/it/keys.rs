//! The server's key becomes another one, and what the old one made goes on working.

use crate::{
    mutations::factor::{came_in, challenge, complete, set_up},
    support::{
        TestApp,
        people::{Kind, PASSWORD, new_partner},
        token_in,
    },
};
use partner_hub::{config::Settings, http::Timing};
use serde_json::json;

/// The new key alone.
fn without_the_old(settings: &mut Settings) {
    settings.secret_key = Some("a new key for the coming years, of 48 characters".into());
}

/// The new key, and the one that a hub of these tests has unless it is given another.
fn with_both(settings: &mut Settings) {
    without_the_old(settings);
    settings.secret_key_old = Some("\u{7}".repeat(32));
}

#[tokio::test]
async fn another_key_opens_what_the_one_before_has_made() {
    let first = TestApp::start().await;
    let admin = first.admin().await;
    let acme = first.partner(&admin, "Acme", Kind::Created).await;
    let (user, authenticator, codes) = set_up(&first, &acme.user).await;
    admin.mutate("createPartner", "partner { id }", new_partner("Sent", "ada@sent.example")).await;
    let sent = token_in(&first.letter_to("ada@sent.example").await);
    let begun = challenge(&first, &acme.email).await;
    // Two letters wait: their links are made when they leave.
    admin.mutate("createPartner", "partner { id }", new_partner("Queued", "ada@queued.example")).await;
    first.anonymous().mutate("requestPasswordReset", "", json!({ "email": "admin@example.com" })).await;

    let without = first.beside_with(without_the_old, Timing::default()).await;
    let second = first.beside_with(with_both, Timing::default()).await;
    let (admin, user) = (at(&second, &admin), at(&second, &user));
    first.stop().await;

    let code = authenticator.next(&second);
    assert!(!came_in(&complete(&without, &begun, &code).await), "without the old key, nothing of it counts");
    let begun_without = challenge(&without, &acme.email).await;
    assert!(!came_in(&complete(&without, &begun_without, &code).await), "not the authenticator either");
    without.stop().await;

    assert!(came_in(&complete(&second, &begun, &code).await), "a log-in half done, and the authenticator");
    assert!(came_in(&complete(&second, &challenge(&second, &acme.email).await, &codes[0]).await), "a recovery code");
    for (who, client) in [("admin", &admin), ("user", &user)] {
        assert!(client.data("{ viewer { role } }", json!({})).await["viewer"].is_object(), "the session of the {who}");
    }
    // Drained with the old key and the new one: the letters leave, and authenticators move.
    // Both are looked for before anybody accepts, which the admin is told of too.
    let reset = token_in(&second.letter_to("admin@example.com").await);
    second.accept(&token_in(&second.letter_to("ada@queued.example").await)).await;
    second.accept(&sent).await;
    let new = json!({ "token": reset, "password": "seven lanterns over Tromso bay" });
    second.anonymous().mutate("resetPassword", "", new).await;

    let third = second.beside_with(without_the_old, Timing::default()).await;
    second.stop().await;
    let again = challenge(&third, &acme.email).await;
    assert!(!came_in(&complete(&third, &again, &codes[1]).await), "recovery codes were the old key's");
    assert!(came_in(&complete(&third, &again, &authenticator.next(&third)).await), "the authenticator has moved");
    assert!(came_in(&complete(&third, &challenge(&third, &acme.email).await, &authenticator.next(&third)).await));
    let renewed = at(&third, &user).data("mutation { renewRecoveryCodes { recoveryCodes } }", json!({})).await;
    let code = renewed["renewRecoveryCodes"]["recoveryCodes"][0].as_str().unwrap();
    assert!(
        came_in(&complete(&third, &challenge(&third, &acme.email).await, code).await),
        "new ones are the new key's"
    );
}

#[tokio::test]
async fn links_that_are_made_again_are_the_same_by_whichever_key() {
    let first = TestApp::start().await;
    let admin = first.admin().await;
    admin.mutate("createPartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let sent = token_in(&first.letter_to("ada@acme.example").await);
    let second = first.beside_with(with_both, Timing::default()).await;
    first.stop().await;
    second.hub.clock.advance(chrono::TimeDelta::days(3));
    let reminder = second.letter_to("ada@acme.example").await;
    assert_eq!(token_in(&reminder), sent, "{}", reminder.subject);
    let input = json!({ "token": sent, "password": PASSWORD });
    second.anonymous().mutate("acceptInvitation", "viewer { role }", input).await;
}

/// The same session at another server.
fn at(server: &TestApp, client: &crate::support::Client) -> crate::support::Client {
    crate::support::Client { token: client.token.clone(), ..server.anonymous() }
}
