//! Partners counted by the month in which they came.

use crate::support::{
    Client, TestApp,
    people::{Kind, new_partner},
};
use chrono::TimeDelta;
use serde_json::{Value, json};

const QUERY: &str = "query($months: Int) { partnersOverTime(months: $months) {
  month pending approved rejected suspended archived } }";

/// The tests begin in the middle of January 2027.
async fn three_months() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("createPartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    admin.mutate("invitePartner", "partner { id }", new_partner("Birch", "bo@birch.example")).await;
    let cedar = new_partner("Cedar", "cy@cedar.example");
    let cedar = admin.mutate("createPartner", "partner { id }", cedar).await["partner"]["id"].clone();
    // To the first moment of March, past a whole month.
    app.hub.clock.advance(TimeDelta::days(44) + TimeDelta::hours(16));
    let admin = app.login("admin@example.com").await;
    admin.mutate("suspendPartner", "", json!({ "id": cedar, "reason": "Rests." })).await;
    admin.mutate("createPartner", "partner { id }", new_partner("Dogwood", "di@dogwood.example")).await;
    (app, admin)
}

#[tokio::test]
async fn partners_are_counted_by_month_and_by_where_they_stand_now() {
    let (app, admin) = three_months().await;
    app.statements.take();
    let told = admin.data(QUERY, json!({ "months": 3 })).await["partnersOverTime"].clone();
    // The session, and the numbers of all months.
    assert_eq!(app.statements.take().len(), 2);
    let month = |month: &str, pending: u8, approved: u8, suspended: u8| {
        json!({ "month": month, "pending": pending, "approved": approved, "rejected": 0,
            "suspended": suspended, "archived": 0 })
    };
    assert_eq!(told, json!([month("2027-01-01", 1, 1, 1), month("2027-02-01", 0, 0, 0), month("2027-03-01", 0, 1, 0)]));
    let latest = admin.data(QUERY, json!({ "months": 1 })).await["partnersOverTime"].clone();
    assert_eq!(latest, json!([month("2027-03-01", 0, 1, 0)]));
    let year = admin.data("{ partnersOverTime { month } }", json!({})).await["partnersOverTime"].clone();
    let year: Vec<_> = year.as_array().unwrap().iter().map(|month| month["month"].as_str().unwrap()).collect();
    assert_eq!((year.len(), year[0], year[11]), (12, "2026-04-01", "2027-03-01"));
}

#[tokio::test]
async fn a_span_of_months_has_its_bounds_and_is_the_vendors() {
    let (app, admin) = three_months().await;
    for months in [0, -1, 61, i32::MAX, i32::MIN] {
        let refused = admin.send(QUERY, json!({ "months": months })).await;
        assert_eq!(refused.codes(), ["BAD_USER_INPUT"], "{months}");
        assert_eq!(refused.body["data"]["partnersOverTime"], Value::Null, "{months}");
    }
    assert_eq!(admin.data(QUERY, json!({ "months": 60 })).await["partnersOverTime"].as_array().unwrap().len(), 60);
    let elm = app.partner(&admin, "Elm", Kind::Created).await;
    assert_eq!(elm.user.send(QUERY, json!({ "months": 1 })).await.codes(), ["FORBIDDEN"]);
    let (key, _) = crate::api_keys::program(&admin, "MEMBER", &["USERS_READ"]).await;
    assert_eq!(key.send(QUERY, json!({ "months": 1 })).await.codes(), ["FORBIDDEN"]);
    let (key, _) = crate::api_keys::program(&admin, "MEMBER", &["PARTNERS_READ"]).await;
    assert_eq!(key.data(QUERY, json!({ "months": 1 })).await["partnersOverTime"][0]["approved"], 2);
}
