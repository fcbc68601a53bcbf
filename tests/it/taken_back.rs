//! Who takes an invitation back is believed: a letter that somebody else asks for at the same moment does not open it
//! again.

use crate::{
    meanwhile::{ask, hold_in, stands},
    support::{
        Client, TestApp,
        people::{Kind, new_partner},
    },
};
use chrono::TimeDelta;
use partner_hub::db;
use serde_json::json;

const EMAIL: &str = "ada@acme.example";

/// A hub with one invitation that may be sent again, and its id.
async fn invited() -> (TestApp, Client, String) {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("invitePartner", "partner { id }", new_partner("Acme", EMAIL)).await;
    app.letters().await;
    app.hub.clock.advance(TimeDelta::seconds(61));
    let id = invitation(&admin).await;
    (app, admin, id)
}

async fn invitation(admin: &Client) -> String {
    let query =
        "query($email: String) { invitations(first: 1, filter: { email: { contains: $email } }) { nodes { id } } }";
    let found = admin.data(query, json!({ "email": EMAIL })).await;
    found["invitations"]["nodes"][0]["id"].as_str().unwrap().to_owned()
}

async fn state(app: &TestApp) -> String {
    app.texts(&format!("SELECT status FROM invitation WHERE email = '{EMAIL}'")).await.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_invitation_is_not_opened_by_a_letter_asked_for_meanwhile() {
    let (app, admin, id) = invited().await;
    let held = hold_in(&app, "invitation", EMAIL).await;
    let revoke = ask(&admin, "revokeInvitation", "invitation { status }", json!({ "id": id }));
    stands(&app, 1, &revoke).await;
    let resend = ask(&admin, "resendInvitation", "invitation { status }", json!({ "id": id }));
    stands(&app, 2, &resend).await;
    held.commit().await.unwrap();
    let (revoke, resend) = (revoke.await.unwrap(), resend.await.unwrap());
    assert_eq!(revoke.refusals("revokeInvitation"), []);
    // On SQLite either comes first, and whoever comes second knows what the other has done.
    if db::is_postgres(&app.hub.pools.reads) {
        assert_eq!(resend.codes(), ["CONFLICT"], "{:#}", resend.body);
        assert_eq!(state(&app).await, "REVOKED");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_shut_out_has_no_link_whatever_was_asked_for_meanwhile() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let colleague = json!({ "name": "Ada", "email": EMAIL, "role": "MEMBER" });
    let ada = acme.user.mutate("inviteUser", "user { id }", colleague).await["user"]["id"].clone();
    app.hub.clock.advance(TimeDelta::days(8));
    app.letters().await;
    assert_eq!(state(&app).await, "EXPIRED");
    let admin = app.login("admin@example.com").await;
    let id = invitation(&admin).await;
    let held = hold_in(&app, "invitation", EMAIL).await;
    let resend = ask(&admin, "resendInvitation", "invitation { status }", json!({ "id": id }));
    stands(&app, 1, &resend).await;
    let disable = ask(&admin, "disableUser", "user { status }", json!({ "id": ada }));
    stands(&app, 2, &disable).await;
    held.commit().await.unwrap();
    resend.await.unwrap();
    let disable = disable.await.unwrap();
    assert_eq!(disable.refusals("disableUser"), [], "{:#}", disable.body);
    assert_ne!(state(&app).await, "PENDING", "whoever came first");
}
