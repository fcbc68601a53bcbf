//! Every mutation of the schema once, with whoever may make it, in an order in which all succeed.

use crate::mutations::factor::{begin, challenge, set_up};
use crate::support::{
    Client, TestApp,
    people::{Kind, draft, integration_answers, new_integration, new_partner, tenant},
    token_in,
};
use serde_json::{Value, json};

/// What each mutation needs to do something.
pub(crate) struct Cases {
    pub(crate) app: TestApp,
    pub(crate) cases: Vec<(&'static str, Client, Value)>,
}

pub(crate) async fn cases() -> Cases {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    let mut asked = crate::forms::question("terms", "TERMS");
    asked["askAgain"] = json!(true);
    let terms = crate::forms::publish(&admin, "PARTNER", json!([asked])).await;
    let forms = admin.data("{ partnerForm { id } integrationForm { id } }", json!({})).await;
    let sketch = draft(&acme.user, "Draft").await;
    let submitted = app.submitted(&acme.user, "Submitted").await;
    let published = app.published(&admin, &acme.user, "Published").await;
    let installed = tenant(&acme.user, &published, "installed").await;
    let mut links = Vec::new();
    for name in ["one", "two", "three", "four"] {
        let email = format!("{name}@fresh.example");
        admin.mutate("createPartner", "partner { id }", new_partner("Fresh", &email)).await;
        let query = "query I($of: String) { invitations(filter: { email: { contains: $of } }) { nodes { id } } }";
        let found = admin.data(query, json!({ "of": email })).await;
        links.push((found["invitations"]["nodes"][0]["id"].clone(), token_in(&app.letter_to(&email).await)));
    }
    app.hub.clock.advance(chrono::TimeDelta::minutes(2));
    let password = crate::support::people::PASSWORD;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let (second, third) = (app.login(&other.email).await, app.login(&other.email).await);
    let query = "{ viewer { sessions { id current } } }";
    let sessions = third.data(query, json!({})).await["viewer"]["sessions"].as_array().unwrap().clone();
    let current = sessions.iter().find(|session| session["current"] == true).unwrap()["id"].clone();
    app.anonymous().mutate("requestPasswordReset", "", json!({ "email": pending.email })).await;
    let reset = token_in(&app.letter_to(&pending.email).await);
    let team = app.partner(&admin, "Team", Kind::Created).await.user;
    let invitee = |email: &str| json!({ "name": "Grace Hopper", "email": email, "role": "MEMBER" });
    let grace = team.mutate("inviteUser", "user { id }", invitee("grace@team.example")).await["user"]["id"].clone();
    let gone = team.mutate("inviteUser", "user { id }", invitee("gone@team.example")).await["user"]["id"].clone();
    app.accept(&token_in(&app.letter_to("grace@team.example").await)).await;
    let (_, key) = crate::api_keys::program(&admin, "MEMBER", &["PARTNERS_READ"]).await;
    let waiting = app.partner(&admin, "Waiting", Kind::Invited).await;
    for policy in ["MANUAL", "AUTOMATIC"] {
        admin.mutate("updateVendor", "", json!({ "approvalPolicy": policy })).await;
        if policy == "MANUAL" {
            let answers =
                json!({ "formId": forms["partnerForm"]["id"], "answers": [{ "question": "terms", "value": true }] });
            waiting.user.mutate("submitPartnerForm", "", answers).await;
        }
    }
    let new = "quite another lot of words";
    let anybody = app.anonymous();
    let scrap = draft(&acme.user, "Scrap").await;
    let comment = json!({ "integrationId": scrap, "text": "Hm" });
    let comment = acme.user.mutate("addReviewComment", "comment { id }", comment).await["comment"]["id"].clone();
    // Two with a second factor, and one who is setting it up.
    let fay = app.partner(&admin, "Fay", Kind::Created).await;
    let (with_factor, _, codes) = set_up(&app, &fay.user).await;
    let challenge = challenge(&app, &fay.email).await;
    let hal = app.partner(&admin, "Hal", Kind::Created).await.user;
    hal.mutate("changeEmail", "", json!({ "newEmail": "hal@moved.example", "password": password })).await;
    let moving = token_in(&app.letter_to("hal@moved.example").await);
    let gus = app.partner(&admin, "Gus", Kind::Created).await.user;
    let authenticator = begin(&gus).await;
    let gus_id = gus.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].clone();
    let cases = vec![
        // These first: codes and challenges, and passwords that were shown, are good for some minutes.
        ("confirmSecondFactor", gus, json!({ "code": authenticator.code_in(&app, 60) })),
        ("completeLogin", anybody.clone(), json!({ "challenge": challenge, "code": codes[0] })),
        ("reauthenticate", with_factor.clone(), json!({ "password": password, "code": codes[1] })),
        ("renewRecoveryCodes", with_factor.clone(), json!(null)),
        ("beginSecondFactor", team.clone(), json!(null)),
        ("resetSecondFactor", admin.clone(), json!({ "id": gus_id })),
        ("endUserSessions", admin.clone(), json!({ "id": gus_id })),
        ("confirmEmail", anybody.clone(), json!({ "token": moving })),
        ("changeEmail", hal, json!({ "newEmail": "hal@away.example", "password": password })),
        ("disableSecondFactor", with_factor, json!({ "password": password })),
        ("createApiKey", admin.clone(), json!({ "name": "CRM", "scopes": ["PARTNERS_READ"] })),
        ("revokeApiKey", admin.clone(), json!({ "id": key })),
        ("createPartner", admin.clone(), new_partner("A", "a@a.example")),
        ("invitePartner", admin.clone(), new_partner("B", "b@b.example")),
        ("bulkInvitePartners", admin.clone(), json!({ "rows": [new_partner("C", "c@c.example")] })),
        (
            "submitPartnerForm",
            pending.user,
            json!({ "formId": forms["partnerForm"]["id"], "answers": [{ "question": "terms", "value": true }] }),
        ),
        ("acceptTerms", acme.user.clone(), json!({ "formId": terms, "questions": ["terms"] })),
        ("publishForm", admin.clone(), json!({ "kind": "PARTNER", "questions": [], "expectedVersion": 2 })),
        ("inviteUser", team.clone(), invitee("more@team.example")),
        ("updateUser", team.clone(), json!({ "id": grace, "name": "Amazing Grace" })),
        ("disableUser", team.clone(), json!({ "id": grace })),
        ("enableUser", team.clone(), json!({ "id": grace })),
        ("setPrimaryContact", team.clone(), json!({ "id": grace })),
        ("deleteUser", team, json!({ "id": gone })),
        ("requestPasswordReset", anybody.clone(), json!({ "email": acme.email })),
        ("resetPassword", anybody.clone(), json!({ "token": reset, "password": new })),
        ("revokeSession", second.clone(), json!({ "id": current })),
        ("revokeOtherSessions", second.clone(), json!(null)),
        ("changePassword", second, json!({ "currentPassword": password, "newPassword": new })),
        ("updatePartner", admin.clone(), json!({ "id": waiting.id, "name": "Waiting Ltd" })),
        ("requestPartnerChanges", admin.clone(), json!({ "id": waiting.id, "reason": "why" })),
        ("rejectPartner", admin.clone(), json!({ "id": waiting.id, "reason": "why" })),
        ("reopenPartner", admin.clone(), json!({ "id": waiting.id })),
        ("approvePartner", admin.clone(), json!({ "id": waiting.id })),
        ("suspendPartner", admin.clone(), json!({ "id": waiting.id, "reason": "why" })),
        ("reinstatePartner", admin.clone(), json!({ "id": waiting.id })),
        ("archivePartner", admin.clone(), json!({ "id": waiting.id })),
        ("restorePartner", admin.clone(), json!({ "id": waiting.id })),
        ("createIntegration", acme.user.clone(), new_integration("New")),
        (
            "submitIntegration",
            acme.user.clone(),
            json!({ "id": sketch, "formId": forms["integrationForm"]["id"], "answers": integration_answers() }),
        ),
        ("publishIntegration", admin.clone(), json!({ "id": submitted })),
        ("updateIntegration", acme.user.clone(), json!({ "id": submitted, "name": "Anew" })),
        ("requestIntegrationChanges", admin.clone(), json!({ "id": submitted, "reason": "why" })),
        ("withdrawIntegration", acme.user.clone(), json!({ "id": submitted })),
        ("unpublishIntegration", admin.clone(), json!({ "id": submitted })),
        ("addReviewComment", acme.user.clone(), json!({ "integrationId": submitted, "text": "Hm" })),
        ("resolveReviewComment", acme.user.clone(), json!({ "id": comment })),
        ("archiveIntegration", acme.user.clone(), json!({ "id": submitted })),
        ("deleteIntegration", acme.user.clone(), json!({ "id": scrap })),
        ("createTenant", acme.user.clone(), json!({ "integrationId": published, "name": "one" })),
        (
            "bulkCreateTenants",
            acme.user.clone(),
            json!({ "rows": [{ "integrationId": published, "name": "of-many" }] }),
        ),
        ("updateTenant", acme.user.clone(), json!({ "id": installed, "schedule": "0 4 * * *" })),
        ("resumeTenant", acme.user.clone(), json!({ "id": installed })),
        ("pauseTenant", acme.user.clone(), json!({ "id": installed })),
        ("archiveTenant", acme.user.clone(), json!({ "id": installed })),
        ("restoreTenant", acme.user.clone(), json!({ "id": installed })),
        ("requestNewInvitation", anybody.clone(), json!({ "token": links[0].1 })),
        ("declineInvitation", anybody.clone(), json!({ "token": links[1].1 })),
        ("acceptInvitation", anybody.clone(), json!({ "token": links[2].1, "password": password })),
        ("resendInvitation", admin.clone(), json!({ "id": links[3].0 })),
        ("createInvitationLink", admin.clone(), json!({ "id": links[3].0 })),
        ("reportBounce", admin.clone(), json!({ "email": "four@fresh.example" })),
        ("correctInvitationEmail", admin.clone(), json!({ "id": links[3].0, "email": "five@fresh.example" })),
        ("revokeInvitation", admin.clone(), json!({ "id": links[3].0 })),
        ("updateVendor", admin.clone(), json!({ "name": "Renamed" })),
        (
            "updateNotificationSettings",
            admin.clone(),
            json!({ "settings": [{ "event": "PARTNER_APPROVED", "addresses": ["x@x.example"] }] }),
        ),
        ("login", anybody, json!({ "email": acme.email, "password": password })),
        ("logout", acme.user, json!(null)),
    ];
    Cases { app, cases }
}
