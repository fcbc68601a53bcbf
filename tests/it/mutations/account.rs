//! `acceptInvitation`, `login`, `logout`.

use super::{faults, refuses};
use crate::support::{
    TestApp,
    people::{Kind, PASSWORD, new_partner},
    token_in,
};
use sea_orm::ConnectionTrait;
use serde_json::json;

#[tokio::test]
async fn unknown_used_and_expired_links_are_answered_alike() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut answers = Vec::new();
    let mut tokens = vec!["".to_owned(), "nonsense".to_owned(), format!("pinv_{}", "A".repeat(43))];
    app.partner(&admin, "Used", Kind::Created).await;
    tokens.push(token_in(&app.letter_to("contact@used.example").await));
    admin.mutate("createPartner", "partner { id }", new_partner("Shut", "ada@shut.example")).await;
    tokens.push(token_in(&app.letter_to("ada@shut.example").await));
    app.hub
        .pools
        .reads
        .execute_unprepared("UPDATE partner SET status = 'SUSPENDED' WHERE name = 'Shut'")
        .await
        .unwrap();
    admin.mutate("createPartner", "partner { id }", new_partner("Late", "ada@late.example")).await;
    let late = token_in(&app.letter_to("ada@late.example").await);
    app.hub.clock.advance(chrono::TimeDelta::days(7));
    tokens.push(late);
    for token in tokens {
        let input = json!({ "token": token, "password": PASSWORD });
        refuses(&app, &app.anonymous(), "acceptInvitation", input.clone(), &[("token", "INVALID_TOKEN")]).await;
        answers.push(app.anonymous().try_mutate("acceptInvitation", "", input).await.body);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
}

#[tokio::test]
async fn the_first_admins_link_is_printed_until_it_is_used() {
    use partner_hub::domain::invitation::invite_first_admin;
    let app = TestApp::start().await;
    let first = invite_first_admin(&app.system()).await.unwrap().unwrap();
    assert_eq!(invite_first_admin(&app.system()).await.unwrap().as_ref(), Some(&first), "the same at the next start");
    app.hub.clock.advance(chrono::TimeDelta::days(8));
    let second = invite_first_admin(&app.system()).await.unwrap().unwrap();
    assert_ne!(second, first, "an expired one is made anew");
    let token = |link: &str| link.split("#t=").nth(1).unwrap().to_owned();
    let input = json!({ "token": token(&first), "password": PASSWORD });
    refuses(&app, &app.anonymous(), "acceptInvitation", input, &[("token", "INVALID_TOKEN")]).await;
    app.accept(&token(&second)).await;
    assert_eq!(invite_first_admin(&app.system()).await.unwrap(), None);
}

#[tokio::test]
async fn a_link_still_works_just_before_it_expires() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("createPartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let token = token_in(&app.letter_to("ada@acme.example").await);
    app.hub.clock.advance(chrono::TimeDelta::days(7) - chrono::TimeDelta::microseconds(1));
    app.accept(&token).await;
}

#[tokio::test]
async fn short_and_long_passwords_are_refused_and_leave_the_link_alive() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("createPartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let token = token_in(&app.letter_to("ada@acme.example").await);
    for (password, code) in [("", "TOO_SHORT"), ("eleven char", "TOO_SHORT"), (&"x".repeat(129), "TOO_LONG")] {
        let input = json!({ "token": token, "password": password });
        refuses(&app, &app.anonymous(), "acceptInvitation", input, &[("password", code)]).await;
    }
    app.accept(&token).await;
}

#[tokio::test]
async fn a_link_opens_its_own_account_whoever_is_signed_in() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("createPartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let token = token_in(&app.letter_to("ada@acme.example").await);
    let input = json!({ "token": token, "password": PASSWORD });
    let payload = admin.mutate("acceptInvitation", "viewer { user { email } }", input).await;
    assert_eq!(payload["viewer"]["user"]["email"], "ada@acme.example");
    let me = admin.data("{ viewer { user { email } } }", json!({})).await;
    assert_eq!(me["viewer"]["user"]["email"], "admin@example.com");
}

#[tokio::test]
async fn every_failed_login_is_answered_alike() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    app.partner(&admin, "Acme", Kind::Created).await;
    app.partner(&admin, "Shut", Kind::Created).await;
    app.hub
        .pools
        .reads
        .execute_unprepared("UPDATE partner SET status = 'SUSPENDED' WHERE name = 'Shut'")
        .await
        .unwrap();
    admin.mutate("createPartner", "partner { id }", new_partner("Fresh", "ada@fresh.example")).await;
    for gone in ["disabled", "deleted"] {
        let email = format!("{gone}@acme.example");
        let input = json!({ "name": "Grace", "email": email, "role": "MEMBER" });
        let user = admin.mutate("inviteUser", "user { id }", input).await["user"]["id"].clone();
        app.accept(&token_in(&app.letter_to(&email).await)).await;
        let mutation = if gone == "disabled" { "disableUser" } else { "deleteUser" };
        admin.mutate(mutation, "", json!({ "id": user })).await;
    }
    let two = app.partner(&admin, "Two", Kind::Created).await;
    super::factor::set_up(&app, &two.user).await;
    let mut answers = Vec::new();
    for (email, password) in [
        ("contact@acme.example", "not the right password"),
        ("disabled@acme.example", PASSWORD),
        ("deleted@acme.example", PASSWORD),
        ("contact@two.example", "not the right password"),
        ("contact@acme.example", ""),
        ("contact@acme.example", &"x".repeat(1_000)),
        ("nobody@acme.example", PASSWORD),
        ("no address at all", PASSWORD),
        ("contact@shut.example", PASSWORD),
        ("ada@fresh.example", PASSWORD),
    ] {
        let input = json!({ "email": email, "password": password });
        // So that nobody has guessed too often.
        app.hub.clock.advance(chrono::TimeDelta::hours(1));
        refuses(&app, &app.anonymous(), "login", input.clone(), &[("", "INVALID_CREDENTIALS")]).await;
        let mut answer = app.anonymous().try_mutate("login", "", input).await;
        assert!(answer.headers.remove("x-request-id").is_some());
        answer.headers.remove("date");
        answers.push((answer.status, format!("{:?}", answer.headers), answer.body));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
    app.login("CONTACT@Acme.example").await;
}

#[tokio::test]
async fn sessions_end_by_logout_by_idleness_and_by_age() {
    let app = TestApp::start().await;
    let viewer = "{ viewer { role } }";
    let nobody = json!({ "viewer": null });
    let admin = app.admin().await;
    let other = app.login("admin@example.com").await;
    admin.data("mutation { logout { userErrors { code } } }", json!({})).await;
    assert_eq!(admin.data(viewer, json!({})).await, nobody);
    faults(&app, &admin, "createPartner", new_partner("A", "a@a.example"), "UNAUTHENTICATED").await;
    assert_ne!(other.data(viewer, json!({})).await, nobody, "another session goes on");
    app.hub.clock.advance(chrono::TimeDelta::minutes(91));
    assert_eq!(other.data(viewer, json!({})).await, nobody, "90 minutes unused");
    let busy = app.login("admin@example.com").await;
    for _ in 0..12 {
        assert_ne!(busy.data(viewer, json!({})).await, nobody);
        app.hub.clock.advance(chrono::TimeDelta::hours(1));
    }
    assert_eq!(busy.data(viewer, json!({})).await, nobody, "12 hours in all");
}

#[tokio::test]
async fn whoever_is_shut_out_is_out_at_the_next_request() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    for (shut, open) in [
        ("UPDATE partner SET status = 'SUSPENDED'", "UPDATE partner SET status = 'APPROVED'"),
        (
            "UPDATE \"user\" SET status = 'DISABLED' WHERE partner_id IS NOT NULL",
            "UPDATE \"user\" SET status = 'ACTIVE' WHERE partner_id IS NOT NULL",
        ),
    ] {
        app.hub.pools.reads.execute_unprepared(shut).await.unwrap();
        assert_eq!(acme.user.send("{ partners { nodes { id } } }", json!({})).await.codes(), ["UNAUTHENTICATED"]);
        app.hub.pools.reads.execute_unprepared(open).await.unwrap();
        acme.user.data("{ partners { nodes { id } } }", json!({})).await;
    }
}

#[tokio::test]
async fn a_user_keeps_ten_sessions() {
    let app = TestApp::start().await;
    let first = app.admin().await;
    for _ in 0..9 {
        app.hub.clock.advance(chrono::TimeDelta::seconds(1));
        app.login("admin@example.com").await;
    }
    assert_ne!(first.data("{ viewer { role } }", json!({})).await, json!({ "viewer": null }));
    app.login("admin@example.com").await;
    assert_eq!(first.data("{ viewer { role } }", json!({})).await, json!({ "viewer": null }));
}

#[tokio::test]
async fn tokens_are_nowhere_in_the_database() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("createPartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let token = token_in(&app.letter_to("ada@acme.example").await);
    let session = admin.token.clone().unwrap();
    for table in ["invitation", "session", "outbox", "activity", "user"] {
        use sea_orm::Statement;
        let backend = app.hub.pools.reads.get_database_backend();
        let sql = match backend {
            sea_orm::DbBackend::Postgres => format!("SELECT \"{table}\"::text AS row FROM \"{table}\""),
            _ => format!("SELECT * FROM \"{table}\""),
        };
        for row in app.hub.pools.reads.query_all_raw(Statement::from_string(backend, sql)).await.unwrap() {
            let text = format!(
                "{:?}",
                row.column_names().iter().map(|name| row.try_get::<String>("", name)).collect::<Vec<_>>()
            );
            assert!(!text.contains(&token) && !text.contains(&session), "{table}: {text}");
        }
    }
}
