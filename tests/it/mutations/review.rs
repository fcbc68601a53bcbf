//! What happens at once around a review, and who is left to be told of it.

use crate::support::{
    TestApp,
    people::{Kind, draft, integration_answers},
    token_in,
};
use serde_json::json;

#[tokio::test]
async fn of_two_changes_of_what_is_live_each_waits_whole_or_is_a_conflict() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    for round in 0..20 {
        let id = app.published(&admin, &acme.user, &format!("Round {round}")).await;
        let change = |name: &str| json!({ "id": id, "name": name });
        let both = tokio::join!(
            acme.user.try_mutate("updateIntegration", "", change("One")),
            acme.user.try_mutate("updateIntegration", "", change("Two")),
        );
        let codes = [both.0.codes(), both.1.codes()];
        assert!(codes.iter().any(Vec::is_empty), "{codes:?}");
        assert!(codes.iter().flatten().all(|code| *code == "CONFLICT"), "{:?} {:?}", both.0.body, both.1.body);
        let query = "query I($id: ID!) { integration(id: $id) { name version pendingRevision { name } } }";
        let shown = admin.data(query, json!({ "id": id })).await["integration"].clone();
        let done = codes.iter().filter(|codes| codes.is_empty()).count();
        assert_eq!(shown["version"], json!(3 + done), "nothing is done twice: {shown}");
        assert!(["One", "Two"].contains(&shown["pendingRevision"]["name"].as_str().unwrap()), "{shown}");
    }
}

#[tokio::test]
async fn a_remark_beside_a_deletion_is_made_or_is_not_and_breaks_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    for round in 0..20 {
        let id = draft(&acme.user, &format!("Round {round}")).await;
        let remark = json!({ "integrationId": id, "text": "A note to ourselves" });
        let (said, gone) = tokio::join!(
            acme.user.try_mutate("addReviewComment", "", remark),
            acme.user.try_mutate("deleteIntegration", "", json!({ "id": id })),
        );
        for (codes, answer) in [(said.codes(), &said), (gone.codes(), &gone)] {
            assert!(codes.iter().all(|code| ["CONFLICT", "NOT_FOUND"].contains(code)), "{:#}", answer.body);
        }
        let query = "query I($id: ID!) { integration(id: $id) { id } }";
        let left = acme.user.data(query, json!({ "id": id })).await["integration"].clone();
        assert_eq!(left.is_null(), gone.codes().is_empty(), "{left} {:#}", gone.body);
    }
}

/// To whom the newest letters with this subject went, in the order of addresses.
async fn told(app: &TestApp, before: usize, subject: &str) -> Vec<String> {
    let new = app.letters().await.into_iter().skip(before).filter(|letter| letter.subject.starts_with(subject));
    let mut to: Vec<_> = new.map(|letter| letter.to).collect();
    to.sort();
    to
}

#[tokio::test]
async fn each_submission_and_each_decision_is_told_to_all_whom_it_concerns() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let follows = json!({ "settings": [{ "event": "INTEGRATION_SUBMITTED", "addresses": ["review@vendor.example"] }] });
    admin.mutate("updateNotificationSettings", "", follows).await;
    let input = json!({ "name": "Grace Hopper", "email": "grace@acme.example", "role": "MEMBER" });
    acme.user.mutate("inviteUser", "", input).await;
    let submitter = app.accept(&token_in(&app.letter_to("grace@acme.example").await)).await;
    let vendor = ["admin@example.com", "review@vendor.example"];
    let partner = [acme.email.as_str(), "grace@acme.example"];
    let mut before = app.letters().await.len();
    let id = app.submitted(&submitter, "Sync").await;
    assert_eq!(told(&app, before, "For review: Sync").await, vendor);
    for (mutation, input) in [
        ("requestIntegrationChanges", json!({ "id": id, "reason": "Say more." })),
        ("publishIntegration", json!({ "id": id })),
        ("unpublishIntegration", json!({ "id": id, "reason": "It leaks." })),
    ] {
        before = app.letters().await.len();
        admin.mutate(mutation, "", input).await;
        let letters = app.letters().await;
        let new: Vec<_> = letters.iter().skip(before).collect();
        assert!(new.iter().all(|letter| letter.subject.contains("Sync")), "{mutation}");
        let mut to: Vec<_> = new.iter().map(|letter| letter.to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, partner, "{mutation}");
        if mutation == "requestIntegrationChanges" {
            // Handed in once more: the vendor is told once more.
            let form = submitter.data("{ integrationForm { id } }", json!({})).await["integrationForm"]["id"].clone();
            let again = json!({ "id": id, "formId": form, "answers": integration_answers() });
            submitter.mutate("submitIntegration", "", again).await;
            assert_eq!(told(&app, before, "For review: Sync").await, vendor);
        }
    }
}

#[tokio::test]
async fn whoever_has_left_is_told_nothing() {
    for leave in ["deleteUser", "disableUser"] {
        let app = TestApp::start().await;
        let admin = app.admin().await;
        let acme = app.partner(&admin, "Acme", Kind::Created).await;
        let input = json!({ "name": "Grace Hopper", "email": "grace@acme.example", "role": "MEMBER" });
        let grace = acme.user.mutate("inviteUser", "user { id }", input).await["user"]["id"].clone();
        let submitter = app.accept(&token_in(&app.letter_to("grace@acme.example").await)).await;
        let id = app.submitted(&submitter, "Sync").await;
        acme.user.mutate(leave, "", json!({ "id": grace })).await;
        let before = app.letters().await.len();
        admin.mutate("publishIntegration", "", json!({ "id": id })).await;
        let told: Vec<_> = app.letters().await.into_iter().skip(before).map(|letter| letter.to).collect();
        assert_eq!(told, [acme.email.as_str()], "after {leave}");
    }
}
