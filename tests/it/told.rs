//! Who is told of what: every event, and exactly those who hear of it.

mod decided;

use crate::support::{
    Client, TestApp,
    people::{Kind, integration_answers, new_partner, onboard},
    token_in,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const EVENTS: [&str; 8] = [
    "PARTNER_CREATED",
    "PARTNER_INVITED",
    "PARTNERS_INVITED",
    "PARTNER_FORM_SUBMITTED",
    "PARTNER_APPROVED",
    "INVITATION_DECLINED",
    "INVITATION_BOUNCED",
    "INTEGRATION_SUBMITTED",
];

/// A hub in which every event has a follower of its own.
async fn followed() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let settings: Vec<_> = EVENTS
        .iter()
        .map(|event| json!({ "event": event, "addresses": [format!("{}@follows.example", event.to_lowercase())] }))
        .collect();
    admin.mutate("updateNotificationSettings", "__typename", json!({ "settings": settings })).await;
    (app, admin)
}

impl TestApp {
    /// To whom letters have left since a moment, whose subject begins like this.
    async fn told(&self, since: usize, subject: &str) -> BTreeSet<String> {
        let letters = self.letters().await.split_off(since);
        letters.into_iter().filter(|letter| letter.subject.starts_with(subject)).map(|letter| letter.to).collect()
    }

    async fn sent(&self) -> usize {
        self.letters().await.len()
    }
}

fn set<const N: usize>(addresses: [&str; N]) -> BTreeSet<String> {
    addresses.map(str::to_owned).into()
}

/// A second vendor admin, who is not the primary contact.
async fn second_admin(app: &TestApp, admin: &Client) -> Client {
    let input = json!({ "name": "Second", "email": "second@vendor.example", "role": "ADMIN" });
    admin.mutate("inviteUser", "user { id }", input).await;
    app.accept(&token_in(&app.letter_to("second@vendor.example").await)).await
}

async fn user_id(app: &TestApp, admin: &Client, email: &str) -> Value {
    app.letters().await;
    let query = "query($email: String) { users(filter: { email: { contains: $email } }) { nodes { id } } }";
    admin.data(query, json!({ "email": email })).await["users"]["nodes"][0]["id"].clone()
}

#[tokio::test]
async fn the_vendor_hears_of_partners_and_so_does_who_follows() {
    let (app, admin) = followed().await;
    let contact = "admin@example.com";
    let mut since = app.sent().await;
    app.partner(&admin, "Acme", Kind::Created).await;
    assert_eq!(app.told(since, "New partner").await, set([contact, "partner_created@follows.example"]));
    since = app.sent().await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    assert_eq!(app.told(since, "Partner invited").await, set([contact, "partner_invited@follows.example"]));
    since = app.sent().await;
    onboard(&birch.user).await;
    let form = set([contact, "partner_form_submitted@follows.example"]);
    assert_eq!(app.told(since, "Partner Form submitted").await, form);
    assert_eq!(app.told(since, "Partner approved").await, set([contact, "partner_approved@follows.example"]));
    assert_eq!(app.told(since, "Partner Hub has approved").await, set([&birch.email]));
    since = app.sent().await;
    let rows = json!({ "rows": [new_partner("Cedar", "c@cedar.example")] });
    admin.mutate("bulkInvitePartners", "acceptedCount", rows).await;
    let list = set([contact, "partners_invited@follows.example", "partner_invited@follows.example"]);
    assert_eq!(app.told(since, "1 partner invited").await, list, "who follows single ones hears of lists");
}

#[tokio::test]
async fn inviters_hear_what_became_of_their_invitations() {
    let (app, admin) = followed().await;
    let second = second_admin(&app, &admin).await;
    let mut since = app.sent().await;
    second.mutate("invitePartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let token = token_in(&app.letter_to("ada@acme.example").await);
    app.anonymous().mutate("declineInvitation", "__typename", json!({ "token": token })).await;
    let (contact, inviter) = ("admin@example.com", "second@vendor.example");
    let declined = set([contact, inviter, "invitation_declined@follows.example"]);
    assert_eq!(app.told(since, "Declined").await, declined);
    since = app.sent().await;
    second.mutate("invitePartner", "partner { id }", new_partner("Birch", "bo@birch.example")).await;
    admin.mutate("reportBounce", "__typename", json!({ "email": "bo@birch.example" })).await;
    assert_eq!(app.told(since, "Not delivered").await, set([contact, inviter, "invitation_bounced@follows.example"]));
    // Whoever has left is not written to.
    since = app.sent().await;
    second.mutate("invitePartner", "partner { id }", new_partner("Cedar", "cy@cedar.example")).await;
    let token = token_in(&app.letter_to("cy@cedar.example").await);
    let second_id = user_id(&app, &admin, "second@vendor").await;
    admin.mutate("disableUser", "user { id }", json!({ "id": second_id })).await;
    app.anonymous().mutate("declineInvitation", "__typename", json!({ "token": token })).await;
    assert_eq!(app.told(since, "Declined").await, set([contact, "invitation_declined@follows.example"]));
}

#[tokio::test]
async fn contact_and_submitter_hear_of_their_integration() {
    let (app, admin) = followed().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let bo = json!({ "name": "Bo", "email": "bo@acme.example", "role": "MEMBER" });
    acme.user.mutate("inviteUser", "user { id }", bo).await;
    let bo = app.accept(&token_in(&app.letter_to("bo@acme.example").await)).await;
    let mut since = app.sent().await;
    let id = app.submitted(&bo, "Sync").await;
    let vendor = set(["admin@example.com", "integration_submitted@follows.example"]);
    assert_eq!(app.told(since, "For review").await, vendor);
    let both = set([&acme.email, "bo@acme.example"]);
    let reason = json!({ "id": id, "reason": "Mend it." });
    since = app.sent().await;
    admin.mutate("requestIntegrationChanges", "integration { id }", reason.clone()).await;
    assert_eq!(app.told(since, "Changes requested").await, both);
    since = app.sent().await;
    let form = bo.data("{ integrationForm { id } }", json!({})).await["integrationForm"]["id"].clone();
    let again = json!({ "id": id, "formId": form, "answers": integration_answers() });
    bo.mutate("submitIntegration", "integration { id }", again).await;
    assert_eq!(app.told(since, "For review").await, vendor, "handed in again");
    since = app.sent().await;
    admin.mutate("publishIntegration", "integration { id }", json!({ "id": id })).await;
    assert_eq!(app.told(since, "Published").await, both);
    since = app.sent().await;
    admin.mutate("unpublishIntegration", "integration { id }", reason).await;
    assert_eq!(app.told(since, "No longer published").await, both);
}

#[tokio::test]
async fn what_is_decided_about_a_partner_is_not_for_who_has_its_old_address() {
    let (app, admin) = followed().await;
    let acme = admin.mutate("invitePartner", "partner { id }", new_partner("Acme", "ada@x.example")).await;
    let list = "{ invitations(first: 1, filter: { status: { in: [PENDING] } }) { nodes { id } } }";
    let id = admin.data(list, json!({})).await["invitations"]["nodes"][0]["id"].clone();
    admin.mutate("revokeInvitation", "invitation { id }", json!({ "id": id })).await;
    admin.mutate("invitePartner", "partner { id }", new_partner("Birch", "ada@x.example")).await;
    let since = app.sent().await;
    let reject = json!({ "id": acme["partner"]["id"], "reason": "Between us: they are insolvent." });
    let rejected = admin.mutate("rejectPartner", "partner { primaryContact { id } }", reject).await;
    assert_eq!(rejected["partner"]["primaryContact"], Value::Null);
    assert_eq!(app.told(since, "").await, set([]));
}

#[tokio::test]
async fn who_has_stopped_gets_no_letter_that_waits_account_or_not() {
    let (app, admin) = followed().await;
    second_admin(&app, &admin).await;
    let follow = |addresses: Value| json!({ "settings": [{ "event": "PARTNER_CREATED", "addresses": addresses }] });
    let follow = |addresses| admin.mutate("updateNotificationSettings", "__typename", follow(addresses));
    follow(json!(["second@vendor.example"])).await;
    let since = app.sent().await;
    admin.mutate("createPartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    follow(json!([])).await;
    assert_eq!(app.told(since, "New partner").await, set(["admin@example.com"]));
    // Nor whoever is shut out, or deleted.
    follow(json!(["second@vendor.example"])).await;
    let id = user_id(&app, &admin, "second@vendor").await;
    admin.mutate("disableUser", "user { id }", json!({ "id": id })).await;
    let since = app.sent().await;
    admin.mutate("createPartner", "partner { id }", new_partner("Birch", "bo@birch.example")).await;
    assert_eq!(app.told(since, "New partner").await, set(["admin@example.com"]));
    admin.mutate("deleteUser", "deletedUserId", json!({ "id": id })).await;
    let settings = "{ notificationSettings { event addresses } }";
    let kept = admin.data(settings, json!({})).await["notificationSettings"].to_string();
    assert!(!kept.contains("second@vendor.example"), "{kept}");
}
