//! `createPartner`, `invitePartner`, `submitPartnerForm`.

use super::{faults, refuses};
use crate::support::{
    TestApp,
    people::{Kind, new_partner, onboard, partner_answers},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};

#[tokio::test]
async fn names_and_addresses_are_checked() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let long = "x".repeat(10_000);
    for mutation in ["createPartner", "invitePartner"] {
        for (name, code) in [
            ("", "BLANK"),
            ("  ", "BLANK"),
            (long.as_str(), "TOO_LONG"),
            ("Eve\nX", "INVALID"),
            ("a\u{0}b", "INVALID"),
            ("\u{202E}evil", "INVALID"),
        ] {
            refuses(&app, &admin, mutation, new_partner(name, "ada@acme.example"), &[("name", code)]).await;
            let mut contact = new_partner("Acme", "ada@acme.example");
            contact["primaryContact"]["name"] = json!(name);
            refuses(&app, &admin, mutation, contact, &[("primaryContact.name", code)]).await;
        }
        for email in [
            "",
            "ada",
            "a@b",
            "a@[127.0.0.1]",
            "a@1.2.3.4",
            "\"a b\"@acme.example",
            "-x@acme.example",
            "a@acme.example\r\nBcc: b@b.example",
        ] {
            refuses(&app, &admin, mutation, new_partner("Acme", email), &[("primaryContact.email", "INVALID")]).await;
        }
        let mut several = new_partner("", "nobody");
        several["website"] = json!("javascript:alert(1)");
        let errors = [("name", "BLANK"), ("primaryContact.email", "INVALID"), ("website", "INVALID")];
        refuses(&app, &admin, mutation, several, &errors).await;
    }
}

#[tokio::test]
async fn an_address_is_taken_once_whatever_its_case() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("createPartner", "partner { id }", new_partner("Acme", "Ada@Acme.example")).await;
    for (email, code) in [
        ("Ada@Acme.example", "ALREADY_INVITED"),
        ("ada@acme.EXAMPLE", "ALREADY_INVITED"),
        ("ADMIN@example.com", "TAKEN"),
    ] {
        for mutation in ["createPartner", "invitePartner"] {
            refuses(&app, &admin, mutation, new_partner("Other", email), &[("primaryContact.email", code)]).await;
        }
    }
}

#[tokio::test]
async fn only_vendor_admins_make_partners() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    for mutation in ["createPartner", "invitePartner"] {
        let input = new_partner("New", "new@new.example");
        faults(&app, &app.anonymous(), mutation, input.clone(), "UNAUTHENTICATED").await;
        faults(&app, &acme.user, mutation, input, "FORBIDDEN").await;
    }
}

#[tokio::test]
async fn the_form_takes_complete_answers_only() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;
    let form = acme.user.data("{ partnerForm { id } }", json!({})).await["partnerForm"]["id"].clone();
    let with = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut answers = partner_answers().as_array().unwrap().clone();
        change(&mut answers);
        json!({ "formId": form, "answers": answers })
    };
    type Change<'a> = &'a dyn Fn(&mut Vec<Value>);
    let cases: [(Change, &str, &str); 6] = [
        (&|answers| drop(answers.remove(0)), "answers.company_description", "REQUIRED"),
        (&|answers| answers[0]["value"] = json!("  "), "answers.company_description", "REQUIRED"),
        (&|answers| answers[1]["value"] = json!("javascript:alert(1)"), "answers.website", "INVALID"),
        (&|answers| answers[2]["value"] = json!("a million"), "answers.company_size", "INVALID"),
        (
            &|answers| answers.push(json!({ "question": "nothing", "value": 1 })),
            "answers.5.question",
            "UNKNOWN_QUESTION",
        ),
        (&|answers| answers.push(answers[0].clone()), "answers.5.question", "INVALID"),
    ];
    for (change, field, code) in cases {
        refuses(&app, &acme.user, "submitPartnerForm", with(change), &[(field, code)]).await;
    }
    let nonsense = json!({ "formId": "nonsense", "answers": [] });
    faults(&app, &acme.user, "submitPartnerForm", nonsense, "NOT_FOUND").await;
    onboard(&acme.user).await;
}

#[tokio::test]
async fn the_form_is_for_onboarding_partners() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let form = admin.data("{ partnerForm { id } }", json!({})).await["partnerForm"]["id"].clone();
    let input = json!({ "formId": form, "answers": partner_answers() });
    faults(&app, &app.anonymous(), "submitPartnerForm", input.clone(), "UNAUTHENTICATED").await;
    faults(&app, &acme.user, "submitPartnerForm", input.clone(), "FORBIDDEN").await;
    faults(&app, &admin, "submitPartnerForm", input, "FORBIDDEN").await;
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "no mutation sets what the test needs")]
async fn under_manual_policy_a_submitted_form_waits() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let vendor = partner_hub::domain::vendor::current(&app.system()).await.unwrap();
    let mut vendor = sea_orm::IntoActiveModel::into_active_model(vendor);
    vendor.approval_policy = Set(entity::vendor::ApprovalPolicy::Manual);
    vendor.update(&app.hub.pools.reads).await.unwrap();
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;
    let form = acme.user.data("{ partnerForm { id } }", json!({})).await["partnerForm"]["id"].clone();
    let input = json!({ "formId": form, "answers": partner_answers() });
    let done = acme.user.mutate("submitPartnerForm", "partner { status } session { token }", input.clone()).await;
    assert_eq!((done["partner"]["status"].as_str(), &done["session"]), (Some("PENDING"), &Value::Null));
    let step = acme.user.data("{ viewer { onboardingStep } }", json!({})).await;
    assert_eq!(step["viewer"]["onboardingStep"], "AWAITING_APPROVAL");
    refuses(&app, &acme.user, "submitPartnerForm", input, &[("", "INVALID_STATE")]).await;
}

#[tokio::test]
async fn without_a_published_form_a_password_is_enough() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    crate::forms::publish(&admin, "PARTNER", json!([])).await;
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;
    let viewer = acme.user.data("{ viewer { role onboardingStep } }", json!({})).await;
    assert_eq!(viewer, json!({ "viewer": { "role": "PARTNER_ADMIN", "onboardingStep": "DONE" } }));
}
