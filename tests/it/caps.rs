//! How many invitations are sent.

use crate::support::{
    Client, TestApp,
    people::{Kind, new_partner},
};
use chrono::TimeDelta;
use serde_json::{Value, json};

async fn invite(client: &Client, name: &str, email: &str) -> Option<String> {
    refusal(client, "invitePartner", new_partner(name, email)).await
}

/// The sentence of a refusal for being too many.
async fn refusal(client: &Client, mutation: &str, input: Value) -> Option<String> {
    let answer = client.try_mutate(mutation, "userErrors { message code }", input).await;
    let errors = answer.payload(mutation)["userErrors"].as_array().unwrap().clone();
    let error = errors.first()?;
    assert_eq!(error["code"], "LIMIT_REACHED", "{error}");
    Some(error["message"].as_str().unwrap().to_owned())
}

fn rows(of: &str, count: usize) -> Vec<Value> {
    (0..count).map(|n| new_partner(&format!("{of} {n}"), &format!("a@{of}{n}.example"))).collect()
}

#[tokio::test]
async fn a_user_sends_so_many_an_hour_and_they_come_back() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for n in 0..60 {
        assert_eq!(invite(&admin, &format!("P{n}"), &format!("a@p{n}.example")).await, None, "{n}");
    }
    let before = app.rows().await;
    let told = invite(&admin, "More", "a@more.example").await.unwrap();
    let sentence = "You have sent 60 invitations within an hour. Nothing was sent. Try again in 60 seconds.";
    assert_eq!(told, sentence);
    assert_eq!(app.rows().await, before, "nothing is left of what was refused");
    // Every way to send one, or to hand its link over, counts.
    let list = "{ invitations(first: 1) { nodes { id } } }";
    let id = admin.send(list, json!({})).await.body["data"]["invitations"]["nodes"][0]["id"].clone();
    app.hub.clock.advance(TimeDelta::seconds(59));
    assert!(refusal(&admin, "createInvitationLink", json!({ "id": id })).await.unwrap().contains("1 second."));
    app.hub.clock.advance(TimeDelta::seconds(1));
    assert_eq!(refusal(&admin, "createInvitationLink", json!({ "id": id })).await, None);
    assert!(refusal(&admin, "resendInvitation", json!({ "id": id })).await.is_some());
    assert!(refusal(&admin, "bulkInvitePartners", json!({ "rows": rows("b", 1) })).await.is_some());
    app.hub.clock.advance(TimeDelta::seconds(60));
    assert_eq!(invite(&admin, "More", "a@more.example").await, None);
}

#[tokio::test]
async fn an_organisation_sends_so_many_a_day_and_a_list_goes_whole_or_not_at_all() {
    let app = TestApp::with(|settings| settings.limits.invitations_a_day = Some(20)).await;
    let admin = app.admin().await;
    let partner = app.partner(&admin, "Acme", Kind::Created).await;
    let bulk = |of: &'static str, count, dry| {
        let input = json!({ "rows": rows(of, count), "dryRun": dry });
        refusal(&admin, "bulkInvitePartners", input)
    };
    assert!(bulk("long", 21, false).await.unwrap().contains("at most 20 invitations a day"));
    assert_eq!(bulk("first", 15, true).await, None, "a rehearsal takes nothing");
    assert_eq!(bulk("first", 15, false).await, None);
    let before = app.rows().await;
    assert!(bulk("second", 5, true).await.unwrap().ends_with("Try again in 72 minutes."), "one was Acme's");
    assert!(bulk("second", 5, false).await.is_some());
    assert_eq!(app.rows().await, before, "no row of it was made");
    assert_eq!(bulk("third", 4, false).await, None);
    assert!(invite(&admin, "More", "a@more.example").await.unwrap().contains("20 invitations within a day"));
    // Others have a day of their own.
    let colleague = json!({ "name": "Bo", "email": "bo@acme.example", "role": "MEMBER" });
    assert_eq!(refusal(&partner.user, "inviteUser", colleague).await, None);
    app.hub.clock.advance(TimeDelta::minutes(72));
    assert_eq!(invite(&app.login("admin@example.com").await, "More", "a@more.example").await, None);
}

#[tokio::test]
async fn an_address_is_sent_so_many_an_hour_whoever_sends_them() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let list = "{ invitations(first: 50) { nodes { id status } } }";
    for n in 0..5 {
        let address = if n % 2 == 0 { "Ada@acme.example" } else { "ada@ACME.example" };
        assert_eq!(invite(&admin, &format!("P{n}"), address).await, None, "{n}");
        let answer = admin.send(list, json!({})).await;
        let nodes = answer.body["data"]["invitations"]["nodes"].as_array().unwrap().clone();
        let open = nodes.iter().find(|node| node["status"] == "PENDING").unwrap();
        assert_eq!(refusal(&admin, "revokeInvitation", json!({ "id": open["id"] })).await, None, "{n}");
    }
    let told = invite(&admin, "P5", "ada@acme.example").await.unwrap();
    let sentence = "This address has been sent 5 invitations within an hour.";
    assert_eq!(told, format!("{sentence} Nothing was sent. Try again in 12 minutes."));
    app.hub.clock.advance(TimeDelta::minutes(12));
    assert_eq!(invite(&admin, "At last", "ada@acme.example").await, None);
}

#[tokio::test]
async fn a_program_is_counted_like_a_person() {
    let app = TestApp::with(|settings| settings.limits.invitations_an_hour = Some(3)).await;
    let admin = app.admin().await;
    let (key, _) = crate::api_keys::program(&admin, "ADMIN", &["PARTNERS_WRITE"]).await;
    for n in 0..3 {
        assert_eq!(invite(&key, &format!("P{n}"), &format!("a@p{n}.example")).await, None, "{n}");
    }
    assert!(invite(&key, "More", "a@more.example").await.is_some());
    assert_eq!(invite(&admin, "More", "a@more.example").await, None, "the admin has an hour of its own");
}
