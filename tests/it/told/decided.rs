//! What is decided: who of a partner hears of it, and nobody else.

use super::{followed, user_id};
use crate::support::{
    Client, TestApp,
    people::{Kind, integration_answers, onboard, partner_answers},
    token_in,
};
use serde_json::{Value, json};

/// To whom letters have left since a moment, each as often as it got one.
async fn told(app: &TestApp, since: usize) -> Vec<String> {
    let mut to: Vec<_> = app.letters().await.split_off(since).into_iter().map(|letter| letter.to).collect();
    to.sort();
    to
}

/// A member of a partner, who has come in.
async fn member(app: &TestApp, inviter: &Client, partner: &str, name: &str) -> Client {
    let email = format!("{name}@acme.example");
    let input = json!({ "name": name, "email": email, "role": "MEMBER", "organizationId": partner });
    inviter.mutate("inviteUser", "user { id }", input).await;
    app.accept(&token_in(&app.letter_to(&email).await)).await
}

#[tokio::test]
async fn of_a_partners_users_its_contact_alone_hears_what_is_decided_about_it() {
    let (app, admin) = followed().await;
    admin.mutate("updateVendor", "", json!({ "approvalPolicy": "MANUAL" })).await;
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;
    member(&app, &admin, &acme.id, "grace").await;
    member(&app, &admin, &acme.id, "hal").await;
    let form = acme.user.data("{ partnerForm { id } }", json!({})).await["partnerForm"]["id"].clone();
    acme.user.mutate("submitPartnerForm", "", json!({ "formId": form, "answers": partner_answers() })).await;
    admin.mutate("setPrimaryContact", "", json!({ "id": user_id(&app, &admin, "grace@acme").await })).await;
    admin.mutate("disableUser", "", json!({ "id": user_id(&app, &admin, "hal@acme").await })).await;
    let (contact, nobody) = (vec!["grace@acme.example"], vec![]);
    let approved = vec!["admin@example.com", "grace@acme.example", "partner_approved@follows.example"];
    for (decision, status, expected) in [
        ("requestPartnerChanges", "PENDING", &contact),
        ("rejectPartner", "REJECTED", &contact),
        ("reopenPartner", "PENDING", &nobody),
        ("approvePartner", "APPROVED", &approved),
        ("suspendPartner", "SUSPENDED", &contact),
        ("reinstatePartner", "APPROVED", &nobody),
        ("archivePartner", "ARCHIVED", &nobody),
        ("restorePartner", "APPROVED", &nobody),
    ] {
        let since = app.sent().await;
        let input = json!({ "id": acme.id, "reason": "Because of this" });
        let done = admin.mutate(decision, "partner { status }", input).await;
        assert_eq!(done["partner"]["status"], status, "{decision}");
        assert_eq!(told(&app, since).await, *expected, "{decision}");
    }
}

#[tokio::test]
async fn of_a_change_of_what_is_live_the_contact_and_whoever_asked_for_it_hear() {
    let (app, admin) = followed().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    // One has submitted it at first, another changes it.
    let hal = member(&app, &admin, &acme.id, "hal").await;
    let grace = member(&app, &admin, &acme.id, "grace").await;
    let id = app.published(&admin, &hal, "Sync").await;
    let vendor = ["admin@example.com", "integration_submitted@follows.example"];
    let both = [acme.email.as_str(), "grace@acme.example"];
    let change = async |name: &str| {
        let since = app.sent().await;
        let fields = "integration { name pendingRevision { name } }";
        let asked = grace.mutate("updateIntegration", fields, json!({ "id": id, "name": name })).await;
        assert_eq!(asked["integration"], json!({ "name": "Sync", "pendingRevision": { "name": name } }));
        assert_eq!(told(&app, since).await, vendor, "{name}");
    };
    change("Sync Pro").await;
    let since = app.sent().await;
    admin.mutate("requestIntegrationChanges", "", json!({ "id": id, "reason": "Not Pro, please." })).await;
    assert_eq!(told(&app, since).await, both);
    assert!(app.letter_to("grace@acme.example").await.text.contains("Not Pro, please."));
    change("Sync 2").await;
    let since = app.sent().await;
    let live = admin.mutate("publishIntegration", "integration { name }", json!({ "id": id })).await;
    assert_eq!(live["integration"], json!({ "name": "Sync 2" }));
    assert_eq!(told(&app, since).await, both);
    assert_eq!(app.letter_to("grace@acme.example").await.subject, "Published: Sync 2");
    // Handed in whole once more, by whoever that is.
    admin.mutate("unpublishIntegration", "", json!({ "id": id })).await;
    let form = grace.data("{ integrationForm { id } }", json!({})).await["integrationForm"]["id"].clone();
    let again: Value = json!({ "id": id, "formId": form, "answers": integration_answers() });
    grace.mutate("submitIntegration", "", again).await;
    let since = app.sent().await;
    admin.mutate("publishIntegration", "", json!({ "id": id })).await;
    assert_eq!(told(&app, since).await, both);
}

#[tokio::test]
async fn a_letter_leads_to_the_page_of_what_it_tells_of() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;
    let user = onboard(&acme.user).await;
    let (sync, back) = (app.published(&admin, &user, "Sync").await, app.submitted(&user, "Back").await);
    let comments = json!([{ "field": "name", "text": "Back to what?" }, { "text": "Say more." }]);
    let input = json!({ "id": back, "reason": "Not yet.", "comments": comments });
    admin.mutate("requestIntegrationChanges", "", input).await;
    let partner = admin.data("{ partners { nodes { id } } }", json!({})).await["partners"]["nodes"][0]["id"].clone();
    let partner = partner.as_str().unwrap();
    let letters = app.letters().await;
    let text = |subject: &str| &letters.iter().find(|letter| letter.subject == subject).expect(subject).text;
    for (subject, path) in [
        ("Partner invited: Acme", format!("/partners/{partner}")),
        ("Partner Form submitted: Acme", format!("/partners/{partner}/profile")),
        ("Partner approved: Acme", format!("/partners/{partner}")),
        ("For review: Sync", format!("/integrations/{sync}")),
        ("Published: Sync", format!("/integrations/{sync}")),
        ("Changes requested: Back", format!("/integrations/{back}")),
    ] {
        assert!(text(subject).contains(&format!("{}{path}\n", app.base)), "{subject}: {}", text(subject));
    }
    assert!(text("Changes requested: Back").contains("2 comments stand beside the fields"));
}
