//! Many invitations in one call.

use crate::support::{
    TestApp,
    people::{PASSWORD, new_partner},
    token_in,
};
use chrono::TimeDelta;
use serde_json::{Value, json};

const FIELDS: &str =
    "acceptedCount refusedCount rows { index accepted partner { name status } userErrors { field code } }";

fn row(name: &str, email: &str) -> Value {
    new_partner(name, email)
}

#[tokio::test]
async fn each_row_has_its_result_and_the_good_ones_are_made() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let rows = json!([
        row("Alder", "a@alder.example"),
        row("", "nobody"),
        row("Birch", "A@ALDER.example"),
        row("Cedar", "admin@example.com"),
        row("Eve\r\nBcc: x", "eve@x.example"),
        row("\u{202E}Elm", "elm@x.example"),
        row("<b>{{ name }}</b>{% if %}", "fir@x.example"),
    ]);
    let before = app.rows().await;
    let dry = admin.mutate("bulkInvitePartners", FIELDS, json!({ "rows": rows, "dryRun": true })).await;
    assert_eq!(app.rows().await, before, "nothing is made");
    assert_eq!((&dry["acceptedCount"], &dry["refusedCount"]), (&json!(2), &json!(5)));
    let done = admin.mutate("bulkInvitePartners", FIELDS, json!({ "rows": rows })).await;
    let errors = |index: usize| done["rows"][index]["userErrors"].clone();
    assert_eq!(errors(1).as_array().unwrap().len(), 2);
    assert_eq!(errors(2), json!([{ "field": ["rows", "2", "primaryContact", "email"], "code": "TAKEN" }]));
    assert_eq!(errors(3), json!([{ "field": ["rows", "3", "primaryContact", "email"], "code": "TAKEN" }]));
    assert_eq!(errors(4), json!([{ "field": ["rows", "4", "name"], "code": "INVALID" }]));
    assert_eq!(done["rows"][0]["partner"], json!({ "name": "Alder", "status": "PENDING" }));
    assert_eq!(done["rows"][6]["accepted"], true);
    app.hub.clock.advance(TimeDelta::seconds(10));
    let odd = app.letter_to("fir@x.example").await;
    assert_eq!(odd.subject, "Partner Hub invites <b>{{ name }}</b>{% if %}");
    assert!(!odd.html.contains("<b>"), "{}", odd.html);
    let told: Vec<_> = app.letters().await.into_iter().filter(|letter| letter.notice).collect();
    assert_eq!(told.len(), 1, "one letter about them all");
    assert_eq!(told[0].subject, "2 partners invited");
}

#[tokio::test]
async fn five_hundred_at_once_leave_one_a_second() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let rows: Vec<_> = (0..500).map(|n| {
        json!({ "name": format!("P{n}"), "primaryContact": { "name": "A", "email": format!("a@p{n}.example") } })
    }).collect();
    let more = json!({ "rows": rows.iter().chain(&rows[..1]).collect::<Vec<_>>() });
    assert!(!admin.try_mutate("bulkInvitePartners", FIELDS, more).await.codes().is_empty(), "501 are too many");
    let answer = admin.try_mutate("bulkInvitePartners", "acceptedCount", json!({ "rows": rows })).await;
    assert_eq!(answer.payload("bulkInvitePartners")["acceptedCount"], 500);
    let to_invitees = |letters: Vec<partner_hub::mail::Composed>| {
        letters.iter().filter(|letter| letter.to.starts_with("a@p")).count()
    };
    assert_eq!(to_invitees(app.letters().await), 1);
    app.hub.clock.advance(TimeDelta::seconds(99));
    assert_eq!(to_invitees(app.letters().await), 100);
    app.hub.clock.advance(TimeDelta::seconds(400));
    assert_eq!(to_invitees(app.letters().await), 500);
    let token = token_in(&app.letter_to("a@p499.example").await);
    app.anonymous()
        .mutate("acceptInvitation", "session { token }", json!({ "token": token, "password": PASSWORD }))
        .await;
}

#[tokio::test]
async fn an_empty_list_is_refused() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let answer = admin.try_mutate("bulkInvitePartners", FIELDS, json!({ "rows": [] })).await;
    assert_eq!(answer.refusals("bulkInvitePartners"), [("rows".into(), "INVALID".into())]);
}
