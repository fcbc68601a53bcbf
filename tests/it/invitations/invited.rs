//! One invited partner, and what is seen of its invitation.

use crate::support::{Client, TestApp, people::new_partner};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// A hub with one invited partner: its admin, and the invitation's id.
pub(super) async fn invited() -> (TestApp, Client, String) {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut input = new_partner("Acme", "ada@acme.example");
    input["message"] = json!("See you in Oslo.");
    admin.mutate("invitePartner", "partner { id }", input).await;
    let id = invitation(&admin, "ada@acme").await["id"].as_str().unwrap().to_owned();
    (app, admin, id)
}

/// The newest invitation whose address has this in it.
pub(super) async fn invitation(admin: &Client, part: &str) -> Value {
    let query =
        "query($part: String) { invitations(first: 1, filter: { email: { contains: $part } }) { totalCount nodes {
        id email status linkCount reminderCount nextReminderAt expiresAt declineReason message
        delivery { status reason lastAttemptAt } user { email status } partner { name } inviter { email }
        history { event } } } }";
    admin.data(query, json!({ "part": part })).await["invitations"]["nodes"][0].clone()
}

pub(super) fn events(invitation: &Value) -> Vec<&str> {
    invitation["history"].as_array().unwrap().iter().map(|line| line["event"].as_str().unwrap()).collect()
}

pub(super) async fn works(app: &TestApp, token: &str) -> bool {
    let query = "query($token: Secret!) { invitationPreview(token: $token) { name } }";
    !app.anonymous().data(query, json!({ "token": token })).await["invitationPreview"].is_null()
}

impl TestApp {
    pub(super) async fn later(&self, by: TimeDelta) {
        self.hub.clock.advance(by);
        self.worker.drain().await.unwrap();
    }

    pub(super) async fn letters_to(&self, address: &str) -> usize {
        self.letters().await.iter().filter(|letter| letter.to == address).count()
    }

    /// The vendor's admin again: sessions end with time, and these stories take days.
    pub(super) async fn admin_again(&self) -> Client {
        self.login("admin@example.com").await
    }
}
