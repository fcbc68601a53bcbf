//! Second factors: set up, asked for, lost; and showing the password once more.

use super::{faults, refuses};
use crate::support::{
    Answer, Client, TestApp,
    people::{Kind, PASSWORD, Partner},
    token_in,
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret, Totp};

const ROLE: &str = "{ viewer { role onboardingStep user { secondFactorEnabled } } }";

/// An authenticator that has the secret.
pub(crate) struct Authenticator {
    totp: Totp,
    pub(crate) secret: String,
}

impl Authenticator {
    /// What it shows now.
    fn code(&self, app: &TestApp) -> String {
        self.code_in(app, 0)
    }

    /// What it will show so many seconds from now.
    pub(crate) fn code_in(&self, app: &TestApp, seconds: u64) -> String {
        self.totp.generate(app.hub.clock.now().timestamp().unsigned_abs() + seconds).to_string()
    }

    /// What it shows when its next step has come.
    pub(crate) fn next(&self, app: &TestApp) -> String {
        app.hub.clock.advance(TimeDelta::seconds(30));
        self.code(app)
    }
}

pub(crate) async fn begin(client: &Client) -> Authenticator {
    let query = "mutation { beginSecondFactor { secret uri userErrors { code } } }";
    let begun = client.data(query, json!({})).await["beginSecondFactor"].clone();
    assert_eq!(begun["userErrors"], json!([]));
    let secret = begun["secret"].as_str().unwrap();
    let uri = begun["uri"].as_str().unwrap();
    assert!(uri.starts_with("otpauth://totp/") && uri.contains(secret), "{uri}");
    let totp = Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap();
    Authenticator { totp, secret: secret.to_owned() }
}

/// Sets a second factor up; answers who has the new session, the authenticator and the recovery codes.
pub(crate) async fn set_up(app: &TestApp, client: &Client) -> (Client, Authenticator, Vec<String>) {
    let authenticator = begin(client).await;
    let input = json!({ "code": authenticator.code(app) });
    let done = client.mutate("confirmSecondFactor", "recoveryCodes session { token } viewer { role }", input).await;
    let codes: Vec<String> = serde_json::from_value(done["recoveryCodes"].clone()).unwrap();
    assert_eq!(codes.len(), 10);
    // Letters that leave together arrive in any order.
    app.letters().await;
    (client.with_token(done["session"]["token"].as_str().unwrap()), authenticator, codes)
}

/// The first step of a log-in: the challenge.
pub(crate) async fn challenge(app: &TestApp, email: &str) -> String {
    let input = json!({ "email": email, "password": PASSWORD });
    let fields = "session { token } viewer { role } challenge { token expiresAt }";
    let answer = app.anonymous().mutate("login", fields, input).await;
    assert_eq!((&answer["session"], &answer["viewer"]), (&Value::Null, &Value::Null));
    answer["challenge"]["token"].as_str().unwrap().to_owned()
}

pub(crate) async fn complete(app: &TestApp, challenge: &str, code: &str) -> Answer {
    let input = json!({ "challenge": challenge, "code": code });
    app.anonymous().try_mutate("completeLogin", "session { token } viewer { role }", input).await
}

pub(crate) fn came_in(answer: &Answer) -> bool {
    answer.codes().is_empty() && answer.payload("completeLogin")["session"]["token"].is_string()
}

fn refusal(answer: &Answer) -> (String, String) {
    answer.refusals("completeLogin").remove(0)
}

fn wrong(field: &str, code: &str) -> (String, String) {
    (field.to_owned(), code.to_owned())
}

async fn acme(app: &TestApp) -> (Client, Partner) {
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    (admin, acme)
}

#[tokio::test]
async fn a_log_in_takes_a_code_and_no_code_works_twice() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app).await;
    let elsewhere = app.login(&acme.email).await;
    let (ada, authenticator, _) = set_up(&app, &acme.user).await;
    assert!(elsewhere.data(ROLE, json!({})).await["viewer"].is_null(), "all other sessions have ended");
    assert_eq!(ada.data(ROLE, json!({})).await["viewer"]["user"]["secondFactorEnabled"], true);
    let told = app.letter_to(&acme.email).await;
    assert!(told.subject.contains("is on"), "{}", told.subject);

    let first = challenge(&app, &acme.email).await;
    let used = authenticator.code(&app);
    assert_eq!(refusal(&complete(&app, &first, &used).await), wrong("code", "INVALID_CREDENTIALS"), "set up with it");
    let code = authenticator.next(&app);
    assert!(came_in(&complete(&app, &first, &code).await));
    let second = challenge(&app, &acme.email).await;
    assert_eq!(refusal(&complete(&app, &second, &code).await), wrong("code", "INVALID_CREDENTIALS"), "used");
    assert_eq!(refusal(&complete(&app, &second, "000000").await), wrong("code", "INVALID_CREDENTIALS"));
    // A clock that is a little slow, and a code that is typed in two halves.
    app.hub.clock.advance(TimeDelta::seconds(30));
    let late = authenticator.code(&app);
    app.hub.clock.advance(TimeDelta::seconds(30));
    let halves = format!(" {} {}", &late[..3], &late[3..]);
    assert!(came_in(&complete(&app, &second, &halves).await));
    // Forged, altered and late challenges, and one whose password is another now.
    let third = challenge(&app, &acme.email).await;
    let code = authenticator.next(&app);
    let altered = format!("{}A", &third[..third.len() - 1]);
    let altered = if altered == third { format!("{}B", &third[..third.len() - 1]) } else { altered };
    for forged in ["", "pchl_", "pchl_nothing", &altered, &third[..third.len() - 4], &third.to_lowercase()] {
        assert_eq!(refusal(&complete(&app, forged, &code).await), wrong("challenge", "INVALID_TOKEN"), "{forged}");
    }
    app.hub.clock.advance(TimeDelta::minutes(5));
    let code = authenticator.code(&app);
    assert_eq!(refusal(&complete(&app, &third, &code).await), wrong("challenge", "INVALID_TOKEN"));
    let fourth = challenge(&app, &acme.email).await;
    let input = json!({ "currentPassword": PASSWORD, "newPassword": "seven lanterns over Tromso bay" });
    ada.mutate("changePassword", "", input).await;
    assert_eq!(refusal(&complete(&app, &fourth, &code).await), wrong("challenge", "INVALID_TOKEN"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_with_one_code_one_comes_in() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app).await;
    let (_, authenticator, codes) = set_up(&app, &acme.user).await;
    for code in [authenticator.next(&app), codes[0].clone()] {
        let challenge = challenge(&app, &acme.email).await;
        let tries = (0..4).map(|_| complete(&app, &challenge, &code));
        let answers = futures_util::future::join_all(tries).await;
        assert_eq!(answers.iter().filter(|answer| came_in(answer)).count(), 1, "{answers:#?}");
    }
}

#[tokio::test]
async fn a_recovery_code_works_once_and_new_ones_replace_the_old() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app).await;
    let (ada, _, codes) = set_up(&app, &acme.user).await;
    let typed = codes[0].to_lowercase().replace('-', " ");
    let first = challenge(&app, &acme.email).await;
    assert!(came_in(&complete(&app, &first, &typed).await));
    assert_eq!(refusal(&complete(&app, &first, &codes[0]).await), wrong("code", "INVALID_CREDENTIALS"));
    // Letters that leave together arrive in any order.
    app.letters().await;
    let renew = "mutation { renewRecoveryCodes { recoveryCodes userErrors { code } } }";
    let renewed = ada.data(renew, json!({})).await["renewRecoveryCodes"]["recoveryCodes"].clone();
    assert_eq!(refusal(&complete(&app, &first, &codes[1]).await), wrong("code", "INVALID_CREDENTIALS"));
    assert!(app.letter_to(&acme.email).await.subject.contains("New recovery codes"));
    assert!(came_in(&complete(&app, &first, renewed[1].as_str().unwrap()).await));
    // Nobody who reads the tables can use what is there.
    let kept = app.texts("SELECT code_hash FROM recovery_code").await.concat();
    assert!(!codes.iter().any(|code| kept.contains(&code.replace('-', ""))), "{kept}");
}

#[tokio::test]
async fn wrong_codes_run_out_and_leave_the_password_alone() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app).await;
    let (_, authenticator, _) = set_up(&app, &acme.user).await;
    let challenge = challenge(&app, &acme.email).await;
    for _ in 0..5 {
        assert_eq!(refusal(&complete(&app, &challenge, "000000").await), wrong("code", "INVALID_CREDENTIALS"));
    }
    let code = authenticator.next(&app);
    let code = if code == "000000" { authenticator.next(&app) } else { code };
    // One has come back with the half minute; the right code is not used up by being refused.
    assert_eq!(refusal(&complete(&app, &challenge, "000000").await), wrong("code", "INVALID_CREDENTIALS"));
    assert_eq!(complete(&app, &challenge, &code).await.codes(), ["RATE_LIMITED"]);
    app.hub.clock.advance(TimeDelta::seconds(30));
    assert!(came_in(&complete(&app, &challenge, &code).await));
}

#[tokio::test]
async fn what_is_begun_counts_for_nothing_until_it_is_confirmed() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app).await;
    let none = json!({ "code": "123456" });
    refuses(&app, &acme.user, "confirmSecondFactor", none, &[("", "INVALID_STATE")]).await;
    let first = begin(&acme.user).await;
    let second = begin(&acme.user).await;
    assert!(app.login(&acme.email).await.token.is_some(), "no code is asked for yet");
    for code in [first.code(&app), "abc".into(), String::new()] {
        let input = json!({ "code": code });
        refuses(&app, &acme.user, "confirmSecondFactor", input, &[("code", "INVALID_CREDENTIALS")]).await;
    }
    let input = json!({ "code": second.code(&app) });
    let done = acme.user.mutate("confirmSecondFactor", "session { token }", input).await;
    let ada = acme.user.with_token(done["session"]["token"].as_str().unwrap());
    let again = ada.data("mutation { beginSecondFactor { secret userErrors { code } } }", json!({})).await;
    assert_eq!(again["beginSecondFactor"], json!({ "secret": null, "userErrors": [{ "code": "INVALID_STATE" }] }));
    let input = json!({ "code": second.next(&app) });
    refuses(&app, &ada, "confirmSecondFactor", input, &[("", "INVALID_STATE")]).await;
}

#[tokio::test]
async fn an_account_with_two_factors_may_have_a_shorter_password() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app).await;
    let short = "xK9#vq2Lm";
    let input = json!({ "currentPassword": PASSWORD, "newPassword": short });
    refuses(&app, &acme.user, "changePassword", input.clone(), &[("newPassword", "TOO_SHORT")]).await;
    let (ada, _, _) = set_up(&app, &acme.user).await;
    let done = ada.mutate("changePassword", "session { token }", input).await;
    let ada = ada.with_token(done["session"]["token"].as_str().unwrap());
    let off = |password: &str| json!({ "password": password });
    refuses(&app, &ada, "disableSecondFactor", off("wrong"), &[("password", "INVALID_CREDENTIALS")]).await;
    refuses(&app, &ada, "disableSecondFactor", off(short), &[("password", "TOO_SHORT")]).await;
    let back = json!({ "currentPassword": short, "newPassword": PASSWORD });
    let done = ada.mutate("changePassword", "session { token }", back).await;
    let ada = ada.with_token(done["session"]["token"].as_str().unwrap());
    app.letters().await;
    let done = ada.mutate("disableSecondFactor", "session { token }", off(PASSWORD)).await;
    assert!(ada.data(ROLE, json!({})).await["viewer"].is_null());
    let ada = ada.with_token(done["session"]["token"].as_str().unwrap());
    assert_eq!(ada.data(ROLE, json!({})).await["viewer"]["user"]["secondFactorEnabled"], false);
    assert!(app.letter_to(&acme.email).await.subject.contains("is off"));
    assert!(app.login(&acme.email).await.token.is_some());
    refuses(&app, &ada, "disableSecondFactor", off(PASSWORD), &[("", "INVALID_STATE")]).await;
}

#[tokio::test]
async fn the_vendor_may_ask_its_own_users_for_one() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let invitee = json!({ "name": "Grace Hopper", "email": "grace@vendor.example", "role": "ADMIN" });
    admin.mutate("inviteUser", "", invitee).await;
    let grace = app.accept(&token_in(&app.letter_to("grace@vendor.example").await)).await;
    let ask = json!({ "requireSecondFactor": true });
    refuses(&app, &admin, "updateVendor", ask.clone(), &[("requireSecondFactor", "INVALID_STATE")]).await;
    let (admin, _, _) = set_up(&app, &admin).await;
    let asked = admin.mutate("updateVendor", "vendor { requireSecondFactor }", ask).await;
    assert_eq!(asked["vendor"]["requireSecondFactor"], true);
    // Who has none is out, and comes in as far as to set one up.
    assert!(grace.data(ROLE, json!({})).await["viewer"].is_null());
    let grace = app.login("grace@vendor.example").await;
    let viewer = grace.data(ROLE, json!({})).await["viewer"].clone();
    assert_eq!((&viewer["role"], &viewer["onboardingStep"]), (&json!("ONBOARDING"), &json!("SECOND_FACTOR")));
    let partners = grace.send("{ partners { nodes { id } } }", json!({})).await;
    assert_eq!(partners.codes(), ["ONBOARDING_INCOMPLETE"]);
    let (grace, _, _) = set_up(&app, &grace).await;
    assert_eq!(grace.data(ROLE, json!({})).await["viewer"]["role"], "VENDOR_ADMIN");
    refuses(&app, &grace, "disableSecondFactor", json!({ "password": PASSWORD }), &[("", "INVALID_STATE")]).await;
    // Partners are not asked.
    assert_eq!(acme.user.data(ROLE, json!({})).await["viewer"]["role"], "PARTNER_ADMIN");
    assert!(app.login(&acme.email).await.token.is_some());
}

#[tokio::test]
async fn an_admin_takes_a_lost_one_away_and_its_owner_is_told() {
    let app = TestApp::start().await;
    let (admin, acme) = acme(&app).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let me = "{ viewer { user { id } } }";
    let id = acme.user.data(me, json!({})).await["viewer"]["user"]["id"].clone();
    let it = json!({ "id": id });
    refuses(&app, &admin, "resetSecondFactor", it.clone(), &[("", "INVALID_STATE")]).await;
    let (ada, _, _) = set_up(&app, &acme.user).await;
    refuses(&app, &ada, "resetSecondFactor", it.clone(), &[("", "INVALID_STATE")]).await;
    faults(&app, &other.user, "resetSecondFactor", it.clone(), "NOT_FOUND").await;
    let seen = "query($id: ID!) { user(id: $id) { secondFactorEnabled } }";
    assert_eq!(admin.data(seen, it.clone()).await["user"]["secondFactorEnabled"], true);
    let done = admin.mutate("resetSecondFactor", "user { secondFactorEnabled }", it).await;
    assert_eq!(done["user"]["secondFactorEnabled"], false);
    assert!(ada.data(ROLE, json!({})).await["viewer"].is_null());
    assert!(app.letter_to(&acme.email).await.subject.contains("taken away"));
    assert!(app.login(&acme.email).await.token.is_some());
}

#[tokio::test]
async fn a_session_that_was_left_open_changes_no_credentials() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let new = json!({ "name": "CRM", "scopes": ["PARTNERS_READ"] });
    let made = admin.mutate("createApiKey", "apiKey { id }", new.clone()).await;
    let key = json!({ "id": made["apiKey"]["id"] });
    app.hub.clock.advance(TimeDelta::minutes(15) + TimeDelta::seconds(1));
    faults(&app, &admin, "createApiKey", new.clone(), "REAUTHENTICATE").await;
    faults(&app, &admin, "revokeApiKey", key.clone(), "REAUTHENTICATE").await;
    for begun in ["beginSecondFactor { secret }", "renewRecoveryCodes { recoveryCodes }"] {
        let answer = admin.send(&format!("mutation {{ {begun} }}"), json!({})).await;
        assert_eq!(answer.codes(), ["REAUTHENTICATE"], "{begun}");
    }
    faults(&app, &admin, "confirmSecondFactor", json!({ "code": "123456" }), "REAUTHENTICATE").await;
    faults(&app, &admin, "disableSecondFactor", json!({ "password": PASSWORD }), "REAUTHENTICATE").await;
    let show = |password: &str| json!({ "password": password });
    refuses(&app, &admin, "reauthenticate", show("wrong"), &[("password", "INVALID_CREDENTIALS")]).await;
    admin.mutate("reauthenticate", "", show(PASSWORD)).await;
    let (admin, authenticator, _) = set_up(&app, &admin).await;
    // With a second factor the password alone is not enough.
    app.hub.clock.advance(TimeDelta::minutes(16));
    refuses(&app, &admin, "reauthenticate", show(PASSWORD), &[("code", "REQUIRED")]).await;
    let both = |code: &str| json!({ "password": PASSWORD, "code": code });
    refuses(&app, &admin, "reauthenticate", both("000000"), &[("code", "INVALID_CREDENTIALS")]).await;
    admin.mutate("reauthenticate", "", both(&authenticator.next(&app))).await;
    admin.mutate("revokeApiKey", "", key).await;
    faults(&app, &app.anonymous(), "reauthenticate", show(PASSWORD), "UNAUTHENTICATED").await;
}

#[tokio::test]
async fn an_operators_list_rules_passwords_out() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("blocked.txt");
    std::fs::write(&list, "\nSeven Lanterns over Tromso bay\n").unwrap();
    let app = TestApp::with(|settings| settings.password_block_list = Some(list)).await;
    let admin = app.admin().await;
    let input = json!({ "currentPassword": PASSWORD, "newPassword": "seven lanterns over Tromso Bay" });
    refuses(&app, &admin, "changePassword", input, &[("newPassword", "TOO_WEAK")]).await;
}

#[tokio::test]
async fn whoever_used_a_recovery_code_is_told_and_sees_how_many_are_left() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app).await;
    let left = async |client: &Client| {
        client.data("{ viewer { recoveryCodesLeft } }", json!({})).await["viewer"]["recoveryCodesLeft"].clone()
    };
    assert_eq!(left(&acme.user).await, Value::Null);
    let (ada, authenticator, codes) = set_up(&app, &acme.user).await;
    assert_eq!(left(&ada).await, 10);
    assert!(came_in(&complete(&app, &challenge(&app, &acme.email).await, &codes[0]).await));
    assert_eq!(left(&ada).await, 9);
    let told = app.letter_to(&acme.email).await;
    assert!(told.subject.contains("recovery code") && !told.text.contains(&codes[0]), "{}", told.text);
    ada.mutate("reauthenticate", "", json!({ "password": PASSWORD, "code": codes[1] })).await;
    assert_eq!(left(&ada).await, 8);
    let letters = app.letters().await.len();
    assert!(came_in(&complete(&app, &challenge(&app, &acme.email).await, &authenticator.next(&app)).await));
    assert_eq!(
        (app.letters().await.len(), left(&ada).await),
        (letters, json!(8)),
        "an authenticator's code is no news"
    );
}
