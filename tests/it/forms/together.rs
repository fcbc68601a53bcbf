//! The answers, what they agree to, the approval, its letters and its lines: all of it, or nothing.

use super::{publish, question};
use crate::support::{TestApp, people::Kind};
use sea_orm::ConnectionTrait;
use serde_json::json;

/// Refuses every change of a partner, as a full disk or a dead server would.
const REFUSES_SQLITE: [&str; 1] =
    ["CREATE TRIGGER no_room BEFORE UPDATE ON partner BEGIN SELECT RAISE(ABORT, 'no room'); END"];
const REFUSES_POSTGRES: [&str; 2] = [
    "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$",
    "CREATE TRIGGER no_room BEFORE UPDATE ON partner FOR EACH ROW EXECUTE FUNCTION no_room()",
];

#[tokio::test]
async fn answers_are_not_kept_without_the_approval_that_they_lead_to() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let form = publish(&admin, "PARTNER", json!([question("about", "TEXT"), question("terms", "TERMS")])).await;
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;
    let answers = json!([{ "question": "about", "value": "Boxes." }, { "question": "terms", "value": true }]);
    let input = json!({ "formId": form, "answers": answers });
    acme.user.mutate("savePartnerFormDraft", "", input.clone()).await;
    let db = &app.hub.pools.writes;
    let postgres = partner_hub::db::is_postgres(db);
    for sql in if postgres { &REFUSES_POSTGRES[..] } else { &REFUSES_SQLITE[..] } {
        db.execute_unprepared(sql).await.unwrap();
    }
    let (before, letters) = (app.rows().await, app.letters().await.len());
    let failed = acme.user.try_mutate("submitPartnerForm", "partner { status }", input.clone()).await;
    assert_eq!(failed.codes(), ["INTERNAL"], "{:#}", failed.body);
    assert_eq!(app.rows().await, before, "no answers, no letter, no line");
    assert_eq!(app.texts("SELECT question FROM terms_acceptance").await, Vec::<String>::new());
    assert_eq!(app.letters().await.len(), letters);
    let step = "{ viewer { onboardingStep } partnerFormDraft { answers { question value } } }";
    let seen = acme.user.data(step, json!({})).await;
    let waits = json!({ "viewer": { "onboardingStep": "PARTNER_FORM" }, "partnerFormDraft": { "answers": answers } });
    assert_eq!(seen, waits, "the draft is still there");
    // Once there is room, the same goes through.
    let sql = if postgres { "DROP TRIGGER no_room ON partner" } else { "DROP TRIGGER no_room" };
    db.execute_unprepared(sql).await.unwrap();
    let done = acme.user.mutate("submitPartnerForm", "partner { status }", input).await;
    assert_eq!(done["partner"]["status"], "APPROVED");
    assert_eq!(app.texts("SELECT question FROM terms_acceptance").await, ["terms"]);
}
