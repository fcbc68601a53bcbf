//! The two main stories, from an empty hub to a tenant.

use crate::support::{
    TestApp,
    people::{Kind, draft, onboard, tenant},
    token_in,
};
use serde_json::json;

const EVERYTHING: &str = "query Partner($id: ID!) { partner(id: $id) {
    name status origin approvedAt
    primaryContact { name email }
    users { totalCount nodes { name email role status organization { name } } }
    integrations { totalCount nodes { name status type tenants { totalCount nodes { name paused } }
        submission { answers { question value } form { kind version } submittedBy { email } } } }
    tenants { totalCount nodes { name integration { name } partner { name } } }
    profile { isDraft answers { question } form { kind } } } }";

#[tokio::test]
async fn a_created_partner_submits_integrations_at_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let viewer =
        acme.user.data("{ viewer { role onboardingStep organization { name } user { email } } }", json!({})).await;
    insta::assert_json_snapshot!("created_viewer", viewer);
    let integration = app.published(&admin, &acme.user, "Acme Sync").await;
    tenant(&acme.user, &integration, "first-customer").await;
    insta::assert_json_snapshot!("created_partner", admin.data(EVERYTHING, json!({ "id": acme.id })).await);
}

#[tokio::test]
async fn an_invited_partner_is_approved_by_its_form() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;

    let status = "query S($id: ID!) { partner(id: $id) { status approvedAt } }";
    assert_eq!(admin.data(status, json!({ "id": acme.id })).await["partner"]["status"], "PENDING");
    let step = "{ viewer { role onboardingStep } }";
    let onboarding = json!({ "viewer": { "role": "ONBOARDING", "onboardingStep": "PARTNER_FORM" } });
    assert_eq!(acme.user.data(step, json!({})).await, onboarding);
    // Logging in again leads back to the same step.
    assert_eq!(app.login(&acme.email).await.data(step, json!({})).await, onboarding);

    let user = onboard(&acme.user).await;
    assert_eq!(admin.data(status, json!({ "id": acme.id })).await["partner"]["status"], "APPROVED");
    let done = json!({ "viewer": { "role": "PARTNER_ADMIN", "onboardingStep": "DONE" } });
    assert_eq!(user.data(step, json!({})).await, done);
    assert_eq!(app.login(&acme.email).await.data(step, json!({})).await, done);
    // The onboarding session gained nothing: it is gone.
    assert_eq!(acme.user.data(step, json!({})).await, json!({ "viewer": null }));

    let integration = app.published(&admin, &user, "Acme Sync").await;
    tenant(&user, &integration, "first-customer").await;
    insta::assert_json_snapshot!("invited_partner", admin.data(EVERYTHING, json!({ "id": acme.id })).await);
}

#[tokio::test]
async fn a_pending_partner_can_read_and_submit_the_form_and_nothing_else() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let foreign = app.published(&admin, &other.user, "Foreign").await;
    acme.user.data("{ partnerForm { id questions { key } } viewer { organization { name } } }", json!({})).await;
    let before = app.rows().await;
    for user in [acme.user.clone(), app.login(&acme.email).await] {
        for query in [
            "{ partners { nodes { id } } }".to_owned(),
            format!("{{ partner(id: \"{}\") {{ id }} }}", acme.id),
            format!("{{ node(id: \"{}\") {{ id }} }}", acme.id),
            format!("{{ node(id: \"{foreign}\") {{ id }} }}"),
            "{ integrationForm { id } }".to_owned(),
            "{ viewer { organization { users { nodes { id } } } } }".to_owned(),
            "{ viewer { organization { primaryContact { id } } } }".to_owned(),
        ] {
            assert_eq!(user.send(&query, json!({})).await.codes(), ["ONBOARDING_INCOMPLETE"], "{query}");
        }
        for (mutation, input) in [
            ("createIntegration", crate::support::people::new_integration("X")),
            ("submitIntegration", json!({ "id": foreign, "formId": foreign, "answers": [] })),
            ("publishIntegration", json!({ "id": foreign })),
            ("createTenant", json!({ "integrationId": foreign, "name": "x" })),
            ("createPartner", crate::support::people::new_partner("X", "x@x.example")),
            ("invitePartner", crate::support::people::new_partner("X", "x@x.example")),
        ] {
            let answer = user.try_mutate(mutation, "", input).await;
            let refused = ["ONBOARDING_INCOMPLETE", "NOT_FOUND"];
            assert!(
                answer.codes().iter().all(|code| refused.contains(code)) && answer.codes().len() == 1,
                "{mutation} {answer:?}"
            );
        }
    }
    // Logging in itself leaves a line in the record; nothing else changed.
    let after: Vec<_> = app.rows().await.into_iter().filter(|(table, _)| *table != "activity").collect();
    assert_eq!(after, before.into_iter().filter(|(table, _)| *table != "activity").collect::<Vec<_>>());
}

#[tokio::test]
async fn the_vendor_publishes_its_own_integration_without_review() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let own = draft(&admin, "House Sync").await;
    let published =
        admin.mutate("publishIntegration", "integration { status partner { id } }", json!({ "id": own })).await;
    assert_eq!(published["integration"], json!({ "status": "PUBLISHED", "partner": null }));
    tenant(&admin, &own, "someone").await;
}

#[tokio::test]
async fn a_link_survives_being_looked_at() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin
        .mutate("createPartner", "partner { id }", crate::support::people::new_partner("Acme", "ada@acme.example"))
        .await;
    let token = token_in(&app.letter_to("ada@acme.example").await);
    for _ in 0..20 {
        let page = reqwest::get(format!("{}/accept", app.base)).await.unwrap();
        assert_eq!(page.status(), 200);
        let preview =
            "query P($token: Secret!) { invitationPreview(token: $token) { name maskedEmail organizationName } }";
        let data = app.anonymous().data(preview, json!({ "token": token })).await;
        insta::allow_duplicates! {
            insta::assert_json_snapshot!("preview", data);
        }
    }
    app.accept(&token).await;
}

#[tokio::test]
async fn a_link_says_what_follows_and_whether_there_is_anybody_to_refuse() {
    let app = TestApp::start().await;
    let preview = async |token: &str| {
        let query = "query P($token: Secret!) { invitationPreview(token: $token) { opensHub hasInviter } }";
        app.anonymous().data(query, json!({ "token": token })).await["invitationPreview"].clone()
    };
    let printed = partner_hub::domain::invitation::invite_first_admin(&app.system()).await.unwrap().unwrap();
    let seen = preview(printed.split("#t=").nth(1).unwrap()).await;
    assert_eq!(seen, json!({ "opensHub": true, "hasInviter": false }));
    let admin = app.admin().await;
    for (mutation, email, opens) in
        [("createPartner", "ada@acme.example", true), ("invitePartner", "bo@birch.example", false)]
    {
        admin.mutate(mutation, "partner { id }", crate::support::people::new_partner(email, email)).await;
        let seen = preview(&token_in(&app.letter_to(email).await)).await;
        assert_eq!(seen, json!({ "opensHub": opens, "hasInviter": true }), "{mutation}");
    }
}
