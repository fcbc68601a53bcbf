//! What happens at once around a review, and who is left to be told of it.

use crate::support::{TestApp, people::Kind, token_in};
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
