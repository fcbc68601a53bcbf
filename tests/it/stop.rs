//! Whoever follows an event ends its letters by one click, without logging in; nobody else's are touched.

use crate::support::{Client, TestApp, people::new_partner, relay::Relay};
use partner_hub::{
    mail::{Composed, Mailer},
    worker::Worker,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// Lets these addresses follow `PARTNER_CREATED` and `PARTNER_INVITED`.
async fn follow(admin: &Client, addresses: &[&str]) {
    let of = |event| json!({ "event": event, "addresses": addresses });
    let settings = json!({ "settings": [of("PARTNER_CREATED"), of("PARTNER_INVITED")] });
    admin.mutate("updateNotificationSettings", "", settings).await;
}

async fn followers(admin: &Client, event: &str) -> Value {
    let settings = admin.data("{ notificationSettings { event addresses } }", json!({})).await;
    let settings = settings["notificationSettings"].as_array().unwrap().clone();
    settings.into_iter().find(|setting| setting["event"] == event).unwrap()["addresses"].clone()
}

/// The letters of one new partner.
async fn letters(app: &TestApp, admin: &Client, mutation: &str, name: &str) -> Vec<Composed> {
    let before = app.letters().await.len();
    admin.mutate(mutation, "partner { id }", new_partner(name, &format!("ada@{name}.example"))).await;
    app.letters().await.split_off(before)
}

fn link_of(letters: &[Composed], to: &str) -> String {
    let letter = letters.iter().find(|letter| letter.to == to && letter.notice).expect("a letter for the follower");
    letter.stop.clone().expect("it can be ended")
}

async fn press(link: &str) -> (u16, String) {
    // As mail programs post it, whatever else they know of the person: nothing.
    let form = ("content-type", "application/x-www-form-urlencoded");
    let request = reqwest::Client::new().post(link).header(form.0, form.1).body("List-Unsubscribe=One-Click");
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn one_click_ends_one_event_for_one_follower() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    follow(&admin, &["team@example.com", "Sales@example.com", "admin@example.com"]).await;
    let sent = letters(&app, &admin, "createPartner", "one").await;
    let link = link_of(&sent, "Sales@example.com");
    assert!(!link.to_lowercase().contains("sales"), "links stand in logs: {link}");
    let contact = sent.iter().find(|letter| letter.to == "admin@example.com" && letter.notice).unwrap();
    assert_eq!(contact.stop, None, "the primary contact is always told");

    // Looking asks, and changes nothing.
    let page = reqwest::get(&link).await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("partners that are created"));
    assert_eq!(followers(&admin, "PARTNER_CREATED").await.as_array().unwrap().len(), 3);

    let (status, page) = press(&link).await;
    assert!(status == 200 && page.contains("No more of these letters"), "{page}");
    assert_eq!(followers(&admin, "PARTNER_CREATED").await, json!(["admin@example.com", "team@example.com"]));
    assert_eq!(followers(&admin, "PARTNER_INVITED").await.as_array().unwrap().len(), 3, "another event goes on");
    assert_eq!(press(&link).await.0, 200, "a second click is answered the same");

    let told = |letters: &[Composed]| letters.iter().filter(|letter| letter.to == "Sales@example.com").count();
    assert_eq!(told(&letters(&app, &admin, "createPartner", "two").await), 0);
    assert_eq!(told(&letters(&app, &admin, "invitePartner", "three").await), 1);

    let query = "{ activity(first: 20) { nodes { event actor { ... on User { name } } data } } }";
    let record = admin.data(query, json!({})).await;
    let lines = record["activity"]["nodes"].as_array().unwrap().clone();
    let line = lines.into_iter().find(|line| line["event"] == "vendor.letters_stopped").expect("it is recorded");
    assert_eq!(line["data"]["partner_created"]["to"], json!(["admin@example.com", "team@example.com"]));
}

#[tokio::test]
async fn a_link_that_is_made_up_ends_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    follow(&admin, &["team@example.com"]).await;
    let link = link_of(&letters(&app, &admin, "createPartner", "one").await, "team@example.com");
    let token = link.split_once("token=").unwrap().1;
    let of = |event: &str, token: &str| format!("{}/letters/stop?event={event}&token={token}", app.base);
    for forged in [
        of("partner_invited", token),
        of("partner_created", &token.replace(token.chars().next().unwrap(), "-")),
        of("partner_created", &token[..token.len() - 1]),
        of("partner_created", ""),
        of("partner_created", "%00%ff"),
    ] {
        assert_eq!(press(&forged).await.0, 200, "{forged}");
    }
    for broken in [of("invitation", token), of("nonsense", token), format!("{}/letters/stop", app.base)] {
        assert_eq!(press(&broken).await.0, 404, "{broken}");
        assert_eq!(reqwest::get(&broken).await.unwrap().status(), 404, "{broken}");
    }
    for event in ["PARTNER_CREATED", "PARTNER_INVITED"] {
        assert_eq!(followers(&admin, event).await, json!(["team@example.com"]), "{event}");
    }
}

#[tokio::test]
async fn a_letter_that_waits_is_not_sent_to_who_follows_no_more() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    follow(&admin, &["team@example.com"]).await;
    let link = link_of(&letters(&app, &admin, "createPartner", "one").await, "team@example.com");
    admin.mutate("createPartner", "partner { id }", new_partner("Two", "ada@two.example")).await;
    press(&link).await;
    let letters = app.letters().await;
    assert_eq!(letters.iter().filter(|letter| letter.to == "team@example.com").count(), 1, "the first one alone");
}

#[tokio::test]
async fn followers_who_stop_at_once_all_stop() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let addresses: Vec<_> = (0..8).map(|number| format!("f{number}@example.com")).collect();
    follow(&admin, &addresses.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let sent = letters(&app, &admin, "createPartner", "one").await;
    let links: Vec<_> = addresses.iter().map(|address| link_of(&sent, address)).collect();
    let all = links.iter().map(|link| press(link));
    for (status, page) in futures_util::future::join_all(all).await {
        assert_eq!(status, 200, "{page}");
    }
    assert_eq!(followers(&admin, "PARTNER_CREATED").await, json!([]));
}

#[tokio::test]
async fn mail_programs_find_both_headers() {
    let relay = Relay::start().await;
    let app = TestApp::with(|settings| settings.smtp_url = Some(relay.url())).await;
    let worker = Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap());
    let admin = app.admin().await;
    follow(&admin, &["team@example.com"]).await;
    admin.mutate("createPartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    worker.drain().await.unwrap();
    let received = relay.received();
    let text = |to: &str| {
        let to = received.iter().rfind(|letter| letter.to == to).expect("a letter");
        // Long headers are folded.
        to.text.replace("\r\n", "\n").replace("\n ", " ")
    };
    let followers = text("team@example.com");
    let header = followers.lines().find(|line| line.starts_with("List-Unsubscribe:")).expect("the header");
    assert!(header.contains("/letters/stop?event=partner_created&token=") && header.contains("<mailto:"), "{header}");
    assert!(followers.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n"), "{followers}");
    let contacts = text("admin@example.com");
    assert!(contacts.contains("List-Unsubscribe: <mailto:") && !contacts.contains("List-Unsubscribe-Post"));
    assert!(!text("ada@acme.example").contains("List-Unsubscribe"), "an invitation is no notice");
}
