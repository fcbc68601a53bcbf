//! Passwords: forgotten, changed, refused; and the sessions that they open.

use super::{faults, refuses};
use crate::support::{
    Client, TestApp,
    people::{Kind, PASSWORD},
    token_in,
};
use chrono::TimeDelta;
use serde_json::json;

const NEW: &str = "seven lanterns over Tromso bay";
const VIEWER: &str = "{ viewer { role sessions { id current userAgent } } }";

async fn forgot(app: &TestApp, email: &str) {
    app.anonymous().mutate("requestPasswordReset", "", json!({ "email": email })).await;
}

async fn signed_in(client: &Client) -> bool {
    !client.data("{ viewer { role } }", json!({})).await["viewer"].is_null()
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_a_letter() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    forgot(&app, "CONTACT@acme.example").await;
    let first = token_in(&app.letter_to(&acme.email).await);
    app.hub.clock.advance(TimeDelta::seconds(1));
    forgot(&app, &acme.email).await;
    let second = token_in(&app.letter_to(&acme.email).await);
    assert!(second.starts_with("prst_") && first != second);
    let with = |token: &str| json!({ "token": token, "password": NEW });
    refuses(&app, &app.anonymous(), "resetPassword", with(&first), &[("token", "INVALID_TOKEN")]).await;
    for forged in ["", "prst_nobody", &second[..second.len() - 1]] {
        refuses(&app, &app.anonymous(), "resetPassword", with(forged), &[("token", "INVALID_TOKEN")]).await;
    }
    // A refused password does not use the link up.
    let weak = json!({ "token": second, "password": "aaaaaaaaaaaaaaaaaaaa" });
    refuses(&app, &app.anonymous(), "resetPassword", weak, &[("password", "TOO_WEAK")]).await;
    app.anonymous().mutate("resetPassword", "", with(&second)).await;
    assert!(!signed_in(&acme.user).await, "its sessions have ended");
    refuses(&app, &app.anonymous(), "resetPassword", with(&second), &[("token", "INVALID_TOKEN")]).await;
    let told = app.letter_to(&acme.email).await;
    assert!(told.subject.contains("was changed") && !told.text.contains("prst_"), "{}", told.text);
    let old = json!({ "email": acme.email, "password": PASSWORD });
    refuses(&app, &app.anonymous(), "login", old, &[("", "INVALID_CREDENTIALS")]).await;
    app.anonymous().mutate("login", "session { token }", json!({ "email": acme.email, "password": NEW })).await;
}

#[tokio::test]
async fn a_link_works_for_half_an_hour() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    forgot(&app, &acme.email).await;
    let token = token_in(&app.letter_to(&acme.email).await);
    app.hub.clock.advance(TimeDelta::minutes(30));
    let input = json!({ "token": token, "password": NEW });
    refuses(&app, &app.anonymous(), "resetPassword", input, &[("token", "INVALID_TOKEN")]).await;
}

#[tokio::test]
async fn asking_tells_nothing_and_runs_out() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    app.partner(&admin, "Acme", Kind::Created).await;
    app.partner(&admin, "Shut", Kind::Created).await;
    admin.mutate("invitePartner", "", crate::support::people::new_partner("Late", "ada@late.example")).await;
    app.texts("UPDATE partner SET status = 'SUSPENDED' WHERE name = 'Shut' RETURNING name").await;
    let before = app.letters().await.len();
    for email in ["nobody@acme.example", "contact@shut.example", "ada@late.example"] {
        forgot(&app, email).await;
    }
    assert_eq!(app.letters().await.len(), before, "nobody who cannot log in gets a letter");
    refuses(&app, &app.anonymous(), "requestPasswordReset", json!({ "email": "no address" }), &[("email", "INVALID")])
        .await;
    app.hub.clock.advance(TimeDelta::days(1));
    for email in ["contact@acme.example", "nobody@acme.example"] {
        for _ in 0..3 {
            forgot(&app, email).await;
        }
        faults(&app, &app.anonymous(), "requestPasswordReset", json!({ "email": email }), "RATE_LIMITED").await;
        app.hub.clock.advance(TimeDelta::hours(3));
    }
}

#[tokio::test]
async fn whoever_knows_the_old_password_changes_it() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    for (who, email) in [(&acme.user, &acme.email), (&pending.user, &pending.email)] {
        let elsewhere = app.login(email).await;
        let wrong = json!({ "currentPassword": "not the right one", "newPassword": NEW });
        refuses(&app, who, "changePassword", wrong, &[("currentPassword", "INVALID_CREDENTIALS")]).await;
        let input = json!({ "currentPassword": PASSWORD, "newPassword": NEW });
        let changed = who.mutate("changePassword", "session { token } viewer { role }", input).await;
        assert!(!signed_in(who).await && !signed_in(&elsewhere).await, "every session has ended");
        assert!(signed_in(&who.with_token(changed["session"]["token"].as_str().unwrap())).await, "but the new one");
        assert!(app.letter_to(email).await.subject.contains("was changed"));
    }
    let input = json!({ "currentPassword": PASSWORD, "newPassword": NEW });
    faults(&app, &app.anonymous(), "changePassword", input, "UNAUTHENTICATED").await;
}

#[tokio::test]
async fn passwords_that_are_easily_guessed_are_refused() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    app.partner(&admin, "Rosewood", Kind::Created).await;
    let user = app.login("contact@rosewood.example").await;
    for (password, code) in [
        ("eleven char", "TOO_SHORT"),
        (&*"x".repeat(129), "TOO_LONG"),
        ("passwordpassword", "TOO_WEAK"),
        ("qwertyuiopasdfghjkl", "TOO_WEAK"),
        ("Rosewood-Rosewood-2026!", "TOO_WEAK"),
        ("contact@rosewood.example", "TOO_WEAK"),
        ("PartnerHub-PartnerHub-2026", "TOO_WEAK"),
    ] {
        app.hub.clock.advance(TimeDelta::minutes(5));
        let input = json!({ "currentPassword": PASSWORD, "newPassword": password });
        refuses(&app, &user, "changePassword", input, &[("newPassword", code)]).await;
    }
    // Any character counts, in any form of Unicode.
    let input = json!({ "currentPassword": PASSWORD, "newPassword": "zwölf Störche über Ålesund" });
    user.mutate("changePassword", "", input).await;
    let composed = json!({ "email": "contact@rosewood.example", "password": "zwo\u{308}lf Sto\u{308}rche u\u{308}ber A\u{30a}lesund" });
    app.anonymous().mutate("login", "", composed).await;
}

#[tokio::test]
async fn sessions_are_seen_and_ended_by_their_owner_only() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let (second, third) = (app.login(&acme.email).await, app.login(&acme.email).await);
    let sessions = second.data(VIEWER, json!({})).await["viewer"]["sessions"].clone();
    let sessions = sessions.as_array().unwrap();
    assert_eq!(sessions.len(), 3);
    assert_eq!(sessions.iter().filter(|session| session["current"] == true).count(), 1);
    let own = sessions.iter().find(|session| session["current"] == true).unwrap()["id"].clone();
    faults(&app, &admin, "revokeSession", json!({ "id": own }), "NOT_FOUND").await;
    faults(&app, &second, "revokeSession", json!({ "id": acme.id }), "NOT_FOUND").await;
    faults(&app, &app.anonymous(), "revokeSession", json!({ "id": own }), "UNAUTHENTICATED").await;
    third.mutate("revokeSession", "", json!({ "id": own })).await;
    assert!(!signed_in(&second).await);
    let ended = third.data("mutation { revokeOtherSessions { revoked userErrors { code } } }", json!({})).await;
    assert_eq!(ended["revokeOtherSessions"]["revoked"], 1);
    assert!(signed_in(&third).await && !signed_in(&acme.user).await);
}

#[tokio::test]
async fn a_hash_of_other_parameters_is_renewed_by_the_next_log_in() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    app.date_password(&acme.email).await;
    let kept = || app.texts("SELECT password_hash FROM \"user\" WHERE email = 'contact@acme.example'");
    assert!(signed_in(&app.login(&acme.email).await).await);
    let renewed = kept().await;
    assert!(renewed[0].contains("m=19456,t=2,p=1"), "{renewed:?}");
    assert!(signed_in(&app.login(&acme.email).await).await);
    assert_eq!(kept().await, renewed, "what was made today is not made anew");
    assert!(signed_in(&acme.user).await, "other sessions go on: the password is the same");
}

#[tokio::test]
async fn the_operator_says_how_long_a_password_is() {
    let app = TestApp::with(|settings| settings.password_min_length = Some(20)).await;
    let rules = "{ passwordRules { minLength minLengthWithSecondFactor maxLength } }";
    let rules = app.anonymous().data(rules, json!({})).await["passwordRules"].clone();
    assert_eq!(rules, json!({ "minLength": 20, "minLengthWithSecondFactor": 8, "maxLength": 128 }));
    let admin = app.admin().await;
    let with = |new: &str| json!({ "currentPassword": PASSWORD, "newPassword": new });
    let short = "nineteen characters";
    refuses(&app, &admin, "changePassword", with(short), &[("newPassword", "TOO_SHORT")]).await;
    admin.mutate("changePassword", "", with(NEW)).await;
}
