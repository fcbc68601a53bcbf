//! Links in letters: looked at by scanners as often as they like, and never to where a header points.

use crate::support::{
    Client, TestApp,
    people::{PASSWORD, new_partner},
    token_in,
};
use reqwest::{Method, header::HeaderMap};
use serde_json::json;

#[tokio::test]
async fn a_hundred_looks_use_no_link_up() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("createPartner", "", new_partner("Acme", "ada@acme.example")).await;
    let letter = app.letter_to("ada@acme.example").await;
    let token = token_in(&letter);
    let anybody = app.anonymous();
    let preview = "query($token: Secret!) { invitationPreview(token: $token) { name } }";
    let before = app.rows().await;
    for at in 0..100 {
        let method = [Method::GET, Method::HEAD, Method::OPTIONS][at % 3].clone();
        for path in ["accept", "reset", "graphql"] {
            // A scanner knows no fragments; one that sends it as a query finds nothing there.
            let address = format!("{}/{path}?t={token}", app.base);
            anybody.http.request(method.clone(), address).send().await.unwrap();
        }
        let seen = anybody.data(preview, json!({ "token": token })).await;
        assert_eq!(seen["invitationPreview"]["name"], "Ada Lovelace", "look {at}");
    }
    assert_eq!(app.rows().await, before);
    anybody.mutate("acceptInvitation", "session { token }", json!({ "token": token, "password": PASSWORD })).await;
}

#[tokio::test]
async fn links_lead_to_the_public_url_whatever_a_header_says() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let names = ["host", "x-forwarded-host", "x-forwarded-proto", "forwarded", "x-original-host", "x-host"];
    for (at, name) in names.into_iter().enumerate() {
        let mut forged = HeaderMap::new();
        let value = if name == "forwarded" { "host=evil.example;proto=http" } else { "evil.example" };
        forged.insert(name, value.parse().unwrap());
        let http = reqwest::Client::builder().default_headers(forged).build().unwrap();
        let forger = Client { http, ..admin.clone() };
        let email = format!("ada{at}@acme.example");
        forger.mutate("createPartner", "", new_partner("Acme", &email)).await;
        let anybody = Client { token: None, ..forger };
        let letters = [app.letter_to(&email).await];
        app.accept(&token_in(&letters[0])).await;
        anybody.mutate("requestPasswordReset", "", json!({ "email": email })).await;
        for letter in letters.into_iter().chain([app.letter_to(&email).await]) {
            let text = format!("{} {}", letter.text, letter.html);
            assert!(text.contains(&app.base) && !text.contains("evil"), "{name}: {text}");
        }
        app.hub.clock.advance(chrono::TimeDelta::hours(1));
    }
}
