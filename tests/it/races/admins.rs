//! Admins who shut each other out, and users who come in while they are deleted.

use crate::support::{Client, TestApp, token_in, unlimited_invitations};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// Every way in which an admin ceases to be one.
const WAYS_OUT: [&str; 3] = ["disableUser", "deleteUser", "updateUser"];

#[tokio::test(flavor = "multi_thread")]
async fn of_two_admins_who_shut_each_other_out_one_stays() {
    for way_out in WAYS_OUT {
        two_shut_each_other_out(way_out, 3).await;
    }
}

/// Run by `make test-long`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "two hundred rounds of each way out"]
async fn of_two_admins_who_shut_each_other_out_200_times_one_stays() {
    for way_out in WAYS_OUT {
        two_shut_each_other_out(way_out, 200).await;
    }
}

async fn two_shut_each_other_out(way_out: &str, rounds: usize) {
    let app = TestApp::with(unlimited_invitations).await;
    let first = app.admin().await;
    // Neither of the two is the primary contact, who would stay anyway.
    let (_, contact) = colleague(&app, &first, "contact@vendor.example", "MEMBER").await;
    first.mutate("setPrimaryContact", "", json!({ "id": contact })).await;
    let me = first.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].clone();
    let mut left = (first, me);
    for round in 0..rounds {
        app.hub.clock.advance(TimeDelta::minutes(10));
        let second = colleague(&app, &left.0, &format!("admin{round}@vendor.example"), "ADMIN").await;
        let input = |id: &Value| match way_out {
            "updateUser" => json!({ "id": id, "role": "MEMBER" }),
            _ => json!({ "id": id }),
        };
        tokio::join!(
            left.0.try_mutate(way_out, "", input(&second.1)),
            second.0.try_mutate(way_out, "", input(&left.1)),
        );
        let admins = "SELECT email FROM \"user\" WHERE partner_id IS NULL AND role = 'ADMIN' AND status = 'ACTIVE'";
        let admins = app.texts(admins).await;
        assert_eq!(admins.len(), 1, "{way_out}, round {round}: {admins:?}");
        let email = &admins[0];
        let query = "{ viewer { user { id } } }";
        let client = app.login(email).await;
        left = (client.clone(), client.data(query, json!({})).await["viewer"]["user"]["id"].clone());
    }
}

/// Somebody of the vendor's who has come in.
async fn colleague(app: &TestApp, admin: &Client, email: &str, role: &str) -> (Client, Value) {
    let input = json!({ "name": "Grace", "email": email, "role": role });
    let id = admin.mutate("inviteUser", "user { id }", input).await["user"]["id"].clone();
    (app.accept(&token_in(&app.letter_to(email).await)).await, id)
}

/// A user sets a new password by a link while an admin deletes it: whoever comes second finds what the first has done.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_used_while_its_user_is_deleted() {
    let app = TestApp::with(unlimited_invitations).await;
    let admin = app.admin().await;
    for round in 0..8 {
        let email = format!("grace{round}@vendor.example");
        let input = json!({ "name": "Grace", "email": email, "role": "MEMBER" });
        let user = admin.mutate("inviteUser", "user { id }", input).await["user"]["id"].clone();
        app.accept(&token_in(&app.letter_to(&email).await)).await;
        app.hub.clock.advance(TimeDelta::minutes(30));
        app.anonymous().mutate("requestPasswordReset", "", json!({ "email": email })).await;
        let token = token_in(&app.letter_to(&email).await);
        let reset = json!({ "token": token, "password": "seven lanterns over Tromso bay" });
        let anybody = app.anonymous();
        let (set, deleted) = tokio::join!(
            anybody.try_mutate("resetPassword", "", reset),
            admin.try_mutate("deleteUser", "", json!({ "id": user })),
        );
        assert!(set.codes().iter().all(|code| *code == "CONFLICT"), "{:#}", set.body);
        assert!(deleted.codes().iter().all(|code| *code == "CONFLICT"), "{:#}", deleted.body);
    }
}
