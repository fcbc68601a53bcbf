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
async fn one_address_that_had_enough_stops_no_other_row() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for n in 0..5 {
        admin.mutate("invitePartner", "partner { id }", row(&format!("P{n}"), "ada@acme.example")).await;
        let list = "{ invitations(first: 1, filter: { status: { in: [PENDING] } }) { nodes { id } } }";
        let id = admin.data(list, json!({})).await["invitations"]["nodes"][0]["id"].clone();
        admin.mutate("revokeInvitation", "invitation { id }", json!({ "id": id })).await;
    }
    let rows =
        json!([row("Alder", "a@alder.example"), row("Acme", "ada@acme.example"), row("Birch", "b@birch.example")]);
    for dry in [true, false] {
        let done = admin.mutate("bulkInvitePartners", FIELDS, json!({ "rows": rows, "dryRun": dry })).await;
        assert_eq!((&done["acceptedCount"], &done["refusedCount"]), (&json!(2), &json!(1)), "{dry}");
        let error = json!([{ "field": ["rows", "1", "primaryContact", "email"], "code": "LIMIT_REACHED" }]);
        assert_eq!(done["rows"][1]["userErrors"], error, "{dry}");
    }
}

#[tokio::test]
async fn who_is_invited_already_is_told_apart_from_who_is_here() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("invitePartner", "partner { id }", row("Acme", "ada@acme.example")).await;
    let rows = json!([row("Alder", "ADA@acme.example"), row("Birch", "admin@example.com")]);
    let done = admin.mutate("bulkInvitePartners", FIELDS, json!({ "rows": rows })).await;
    let codes: Vec<_> = (0..2).map(|n| done["rows"][n]["userErrors"][0]["code"].clone()).collect();
    assert_eq!(codes, ["ALREADY_INVITED", "TAKEN"]);
    let one = admin.try_mutate("invitePartner", "partner { id }", row("Alder", "Ada@acme.example")).await;
    assert_eq!(one.refusals("invitePartner"), [("primaryContact.email".into(), "ALREADY_INVITED".into())]);
    // Other organisations learn nothing of it.
    let cedar = app.partner(&admin, "Cedar", crate::support::people::Kind::Created).await;
    let colleague = json!({ "name": "Ada", "email": "ada@acme.example" });
    let answer = cedar.user.try_mutate("inviteUser", "user { id }", colleague).await;
    assert_eq!(answer.refusals("inviteUser"), [("email".into(), "TAKEN".into())]);
}

#[tokio::test]
async fn message_and_expiry_are_said_once_for_all() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut own = row("Birch", "b@birch.example");
    (own["message"], own["expiresInHours"]) = (json!("For you alone."), json!(5));
    let input =
        json!({ "rows": [row("Alder", "a@alder.example"), own], "message": "For everybody.", "expiresInHours": 3 });
    admin.mutate("bulkInvitePartners", FIELDS, input).await;
    app.hub.clock.advance(TimeDelta::seconds(5));
    assert!(app.letter_to("a@alder.example").await.text.contains("> For everybody."));
    assert!(app.letter_to("b@birch.example").await.text.contains("> For you alone."));
    let hours = "SELECT CAST(lifetime_hours AS TEXT) FROM invitation WHERE email <> 'admin@example.com' ORDER BY email";
    assert_eq!(app.texts(hours).await, ["3", "5"]);
    let wrong = json!({ "rows": [row("Cedar", "c@cedar.example")], "expiresInHours": 0 });
    let answer = admin.try_mutate("bulkInvitePartners", FIELDS, wrong).await;
    assert_eq!(answer.refusals("bulkInvitePartners"), [("expiresInHours".into(), "INVALID".into())]);
}

#[tokio::test]
async fn the_statements_do_not_grow_with_the_list() {
    let app = TestApp::with(crate::support::unlimited_invitations).await;
    let admin = app.admin().await;
    let mut counts = Vec::new();
    for count in [10, 500] {
        let rows: Vec<_> = (0..count).map(|n| row("P", &format!("a@n{n}.c{count}.example"))).collect();
        app.statements.take();
        let input = json!({ "rows": rows });
        let done = admin.mutate("bulkInvitePartners", "acceptedCount", input).await;
        assert_eq!(done["acceptedCount"], count);
        // What is told to other servers goes in pieces that a notification can hold.
        counts.push(app.statements.take().iter().filter(|sql| !sql.contains("pg_notify")).count());
    }
    assert_eq!(counts[0], counts[1]);
}

#[tokio::test]
async fn a_list_of_full_rows_fits_into_one_call() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let full = |n: usize| {
        let mut row = row(&format!("Partner number {n}"), &format!("someone.with.a.long.name@partner-{n}.example"));
        row["website"] = json!(format!("https://www.partner-{n}.example/integrations/overview"));
        row["externalId"] = json!(format!("crm-account-000000{n}"));
        row["message"] = json!("It was good to meet you in Oslo. ".repeat(10));
        row
    };
    let rows: Vec<_> = (0..500).map(full).collect();
    let done = admin.mutate("bulkInvitePartners", "acceptedCount", json!({ "rows": rows, "dryRun": true })).await;
    assert_eq!(done["acceptedCount"], 500);
    let anonymous = app
        .anonymous()
        .send(
            "mutation($input: BulkInvitePartnersInput!) { bulkInvitePartners(input: $input) { acceptedCount } }",
            json!({ "input": { "rows": rows } }),
        )
        .await;
    assert_eq!(anonymous.status, 413);
}

#[tokio::test]
async fn an_empty_list_is_refused() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let answer = admin.try_mutate("bulkInvitePartners", FIELDS, json!({ "rows": [] })).await;
    assert_eq!(answer.refusals("bulkInvitePartners"), [("rows".into(), "INVALID".into())]);
}
