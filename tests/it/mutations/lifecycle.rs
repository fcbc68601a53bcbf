//! The life of a partner as a vendor admin decides about it, and edits of it.

use super::{faults, refuses};
use crate::{
    forms::publish,
    support::{
        Answer, Client, TestApp,
        people::{Kind, Partner, onboard, partner_answers},
    },
};
use partner_hub::mail::Composed;
use serde_json::{Value, json};

const DECISIONS: [(&str, &str); 8] = [
    ("approvePartner", "APPROVE"),
    ("requestPartnerChanges", "REQUEST_CHANGES"),
    ("rejectPartner", "REJECT"),
    ("reopenPartner", "REOPEN"),
    ("suspendPartner", "SUSPEND"),
    ("reinstatePartner", "REINSTATE"),
    ("archivePartner", "ARCHIVE"),
    ("restorePartner", "RESTORE"),
];

async fn decide(admin: &Client, decision: &str, id: &str) -> Value {
    let input = json!({ "id": id, "reason": "Because of <b>this</b>" });
    admin.mutate(decision, "partner { status statusReason availableActions }", input).await["partner"].clone()
}

async fn letters_to(app: &TestApp, address: &str) -> Vec<Composed> {
    app.letters().await.into_iter().filter(|letter| letter.to == address).collect()
}

async fn manual(admin: &Client) {
    admin.mutate("updateVendor", "vendor { approvalPolicy }", json!({ "approvalPolicy": "MANUAL" })).await;
}

async fn enters(client: &Client) -> bool {
    client.send("{ partners { nodes { id } } }", json!({})).await.codes().is_empty()
}

/// A partner that has come as far as the decisions in front say.
async fn after(app: &TestApp, admin: &Client, name: &str, kind: Kind, decisions: &[&str]) -> Partner {
    let partner = app.partner(admin, name, kind).await;
    for decision in decisions {
        decide(admin, decision, &partner.id).await;
    }
    partner
}

#[tokio::test]
async fn each_status_takes_its_own_decisions_only() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for (place, (kind, path, status, open)) in [
        (Kind::Created, &[][..], "APPROVED", &["SUSPEND", "ARCHIVE"][..]),
        (Kind::Created, &["suspendPartner"], "SUSPENDED", &["REINSTATE", "ARCHIVE"]),
        (Kind::Created, &["suspendPartner", "reinstatePartner"], "APPROVED", &["SUSPEND", "ARCHIVE"]),
        (Kind::Created, &["archivePartner"], "ARCHIVED", &["RESTORE"]),
        (Kind::Created, &["archivePartner", "restorePartner"], "APPROVED", &["SUSPEND", "ARCHIVE"]),
        (Kind::Invited, &[], "PENDING", &["APPROVE", "REJECT", "ARCHIVE"]),
        (Kind::Invited, &["approvePartner"], "APPROVED", &["SUSPEND", "ARCHIVE"]),
        (Kind::Invited, &["rejectPartner"], "REJECTED", &["REOPEN", "ARCHIVE"]),
        (Kind::Invited, &["rejectPartner", "reopenPartner"], "PENDING", &["APPROVE", "REJECT", "ARCHIVE"]),
        (Kind::Invited, &["archivePartner"], "ARCHIVED", &["RESTORE"]),
        (Kind::Invited, &["archivePartner", "restorePartner"], "PENDING", &["APPROVE", "REJECT", "ARCHIVE"]),
        // From wherever it was put away.
        (Kind::Created, &["suspendPartner", "archivePartner", "restorePartner"], "APPROVED", &["SUSPEND", "ARCHIVE"]),
        (
            Kind::Invited,
            &["rejectPartner", "archivePartner", "restorePartner"],
            "PENDING",
            &["APPROVE", "REJECT", "ARCHIVE"],
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let partner = after(&app, &admin, &format!("P{place}"), kind, path).await;
        let query = "query P($id: ID!) { partner(id: $id) { status availableActions } }";
        let shown = admin.data(query, json!({ "id": partner.id })).await["partner"].clone();
        assert_eq!(shown, json!({ "status": status, "availableActions": open }), "{path:?}");
        for (mutation, action) in DECISIONS {
            if !open.contains(&action) {
                let input = json!({ "id": partner.id, "reason": "no" });
                refuses(&app, &admin, mutation, input, &[("", "INVALID_STATE")]).await;
            }
        }
    }
}

#[tokio::test]
async fn who_is_refused_or_shut_out_is_told_why_and_is_out_at_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for (decision, kind) in
        [("rejectPartner", Kind::Invited), ("suspendPartner", Kind::Created), ("archivePartner", Kind::Created)]
    {
        let partner = app.partner(&admin, decision, kind).await;
        let letters = letters_to(&app, &partner.email).await.len();
        let shown = decide(&admin, decision, &partner.id).await;
        assert_eq!(shown["statusReason"], "Because of <b>this</b>");
        assert_eq!(partner.user.data("{ viewer { role } }", json!({})).await["viewer"], Value::Null, "{decision}");
        let input = json!({ "email": partner.email, "password": crate::support::people::PASSWORD });
        let refused = app.anonymous().try_mutate("login", "", input).await;
        assert_eq!(refused.refusals("login"), [(String::new(), "INVALID_CREDENTIALS".to_owned())], "{decision}");
        let told = letters_to(&app, &partner.email).await;
        assert_eq!(told.len() - letters, usize::from(decision != "archivePartner"), "{decision}");
        if decision != "archivePartner" {
            let letter = told.last().unwrap();
            assert!(letter.text.contains("Because of <b>this</b>") && !letter.html.contains("<b>this</b>"));
        }
    }
}

#[tokio::test]
async fn under_manual_an_admin_approves_what_was_submitted() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    manual(&admin).await;
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;
    let form = acme.user.data("{ partnerForm { id } }", json!({})).await["partnerForm"]["id"].clone();
    let input = json!({ "formId": form, "answers": partner_answers() });
    let payload = acme.user.mutate("submitPartnerForm", "partner { status } session { token }", input.clone()).await;
    assert_eq!(payload, json!({ "partner": { "status": "PENDING" }, "session": null, "userErrors": [] }));
    let step = acme.user.data("{ viewer { onboardingStep } }", json!({})).await;
    assert_eq!(step["viewer"]["onboardingStep"], "AWAITING_APPROVAL");
    // Whoever logs in meanwhile waits, too: nothing is open, and nothing is left to be submitted.
    let again = app.login(&acme.email).await;
    let step = again.data("{ viewer { role onboardingStep } }", json!({})).await["viewer"].clone();
    assert_eq!(step, json!({ "role": "ONBOARDING", "onboardingStep": "AWAITING_APPROVAL" }));
    for query in ["{ partners { nodes { id } } }", "{ integrationForm { id } }", "{ integrations { nodes { id } } }"] {
        assert_eq!(again.send(query, json!({})).await.codes(), ["ONBOARDING_INCOMPLETE"], "{query}");
    }
    refuses(&app, &again, "submitPartnerForm", input.clone(), &[("", "INVALID_STATE")]).await;
    let shown = decide(&admin, "requestPartnerChanges", &acme.id).await;
    assert_eq!(shown["status"], "PENDING");
    assert!(app.letter_to(&acme.email).await.text.contains("Because of <b>this</b>"));
    let step = acme.user.data("{ viewer { onboardingStep } }", json!({})).await;
    assert_eq!(step["viewer"]["onboardingStep"], "PARTNER_FORM");
    acme.user.mutate("submitPartnerForm", "partner { status }", input).await;
    assert_eq!(decide(&admin, "approvePartner", &acme.id).await["status"], "APPROVED");
    assert!(!enters(&acme.user).await, "an onboarding session gains no rights");
    assert!(enters(&app.login(&acme.email).await).await);
    let approved = |letter: &&Composed| letter.subject.contains("approved");
    assert_eq!(letters_to(&app, &acme.email).await.iter().filter(approved).count(), 1);
    let submitted = |letter: &&Composed| letter.subject.starts_with("Partner Form submitted");
    let told = letters_to(&app, "admin@example.com").await.iter().filter(submitted).count();
    assert_eq!(told, 2, "the vendor, of each submission");
}

#[tokio::test]
async fn nobody_is_led_to_a_form_that_asks_nothing() {
    const STEP: &str = "{ viewer { onboardingStep } partnerForm { id } }";
    for (policy, status, step) in [("AUTOMATIC", "APPROVED", "DONE"), ("MANUAL", "PENDING", "AWAITING_APPROVAL")] {
        let app = TestApp::start().await;
        let admin = app.admin().await;
        let input = json!({ "approvalPolicy": policy });
        let mut partners = Vec::new();
        for (away, back) in [("rejectPartner", "reopenPartner"), ("archivePartner", "restorePartner")] {
            partners.push((after(&app, &admin, back, Kind::Invited, &[away]).await, back));
        }
        // Nobody of this one has come yet: it goes on when somebody does.
        let fresh = crate::support::people::new_partner("Fresh", "ada@fresh.example");
        let fresh = admin.mutate("invitePartner", "partner { id }", fresh).await["partner"]["id"].clone();
        let fresh = fresh.as_str().unwrap();
        decide(&admin, "rejectPartner", fresh).await;
        publish(&admin, "PARTNER", json!([])).await;
        admin.mutate("updateVendor", "", input).await;
        for (partner, back) in partners {
            assert_eq!(decide(&admin, back, &partner.id).await["status"], status, "{back} {policy}");
            let user = app.login(&partner.email).await;
            assert_eq!(user.send(STEP, json!({})).await.body["data"]["viewer"]["onboardingStep"], step, "{back}");
            let approved = |letter: &&Composed| letter.subject.contains("approved");
            let told = letters_to(&app, &partner.email).await.iter().filter(approved).count();
            assert_eq!(told, usize::from(policy == "AUTOMATIC"), "{back}");
        }
        assert_eq!(decide(&admin, "reopenPartner", fresh).await["status"], "PENDING");
    }
}

#[tokio::test]
async fn changes_that_no_form_asks_for_are_waited_for_by_the_vendor() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    manual(&admin).await;
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;
    let form = acme.user.data("{ partnerForm { id } }", json!({})).await["partnerForm"]["id"].clone();
    let input = json!({ "formId": form, "answers": partner_answers() });
    acme.user.mutate("submitPartnerForm", "", input).await;
    let query = "query P($id: ID!) { partner(id: $id) { availableActions } }";
    let open = admin.data(query, json!({ "id": acme.id })).await["partner"]["availableActions"].clone();
    assert_eq!(open, json!(["APPROVE", "REQUEST_CHANGES", "REJECT", "ARCHIVE"]), "MANUAL, submitted");
    publish(&admin, "PARTNER", json!([])).await;
    admin.mutate("updateVendor", "", json!({ "approvalPolicy": "AUTOMATIC" })).await;
    let shown = decide(&admin, "requestPartnerChanges", &acme.id).await;
    assert_eq!((&shown["status"], &shown["statusReason"]), (&json!("PENDING"), &json!("Because of <b>this</b>")));
    let step = acme.user.data("{ viewer { onboardingStep } }", json!({})).await;
    assert_eq!(step["viewer"]["onboardingStep"], "AWAITING_APPROVAL");
    assert_eq!(decide(&admin, "approvePartner", &acme.id).await["status"], "APPROVED");
}

#[tokio::test]
async fn whoever_comes_where_nothing_is_asked_waits_under_manual() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    manual(&admin).await;
    publish(&admin, "PARTNER", json!([])).await;
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;
    let step = acme.user.data("{ viewer { onboardingStep } }", json!({})).await;
    assert_eq!(step["viewer"]["onboardingStep"], "AWAITING_APPROVAL");
    assert_eq!(decide(&admin, "approvePartner", &acme.id).await["status"], "APPROVED");
}

#[tokio::test]
async fn who_was_let_in_again_logs_in_again() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = after(&app, &admin, "Acme", Kind::Created, &["suspendPartner", "reinstatePartner"]).await;
    assert!(!enters(&acme.user).await);
    assert!(enters(&app.login(&acme.email).await).await);
    let beta = after(&app, &admin, "Beta", Kind::Invited, &["rejectPartner", "reopenPartner"]).await;
    assert!(enters(&onboard(&app.login(&beta.email).await).await).await);
}

#[tokio::test]
async fn decisions_are_for_vendor_admins_and_need_their_reasons() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    for (mutation, _) in DECISIONS {
        let input = |id: &str| json!({ "id": id, "reason": "why" });
        faults(&app, &acme.user, mutation, input(&acme.id), "FORBIDDEN").await;
        faults(&app, &acme.user, mutation, input(&other.id), "FORBIDDEN").await;
        faults(&app, &app.anonymous(), mutation, input(&acme.id), "UNAUTHENTICATED").await;
        faults(&app, &admin, mutation, input("nonsense"), "NOT_FOUND").await;
    }
    for mutation in ["requestPartnerChanges", "rejectPartner", "suspendPartner"] {
        for (reason, code) in [(" ", "BLANK"), (&*"x".repeat(5_001), "TOO_LONG"), ("a\u{0}", "INVALID")] {
            let input = json!({ "id": acme.id, "reason": reason });
            refuses(&app, &admin, mutation, input, &[("reason", code)]).await;
        }
    }
    let stale = json!({ "id": acme.id, "reason": "why", "expectedVersion": 7 });
    faults(&app, &admin, "suspendPartner", stale, "CONFLICT").await;
    let query = "query P($id: ID!) { partner(id: $id) { availableActions } }";
    assert_eq!(acme.user.data(query, json!({ "id": acme.id })).await["partner"]["availableActions"], json!([]));
}

#[tokio::test]
async fn of_two_who_decide_at_once_one_does_it() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for round in 0..5 {
        let partner = app.partner(&admin, &format!("Round{round}"), Kind::Created).await;
        let input = json!({ "id": partner.id, "reason": "why" });
        let both = tokio::join!(
            admin.try_mutate("suspendPartner", "", input.clone()),
            admin.try_mutate("archivePartner", "", input.clone()),
        );
        let went = |answer: &Answer, name: &str| answer.codes().is_empty() && answer.refusals(name).is_empty();
        let (suspended, archived) = (went(&both.0, "suspendPartner"), went(&both.1, "archivePartner"));
        // Archiving a suspended partner is no conflict if it comes after.
        assert!(suspended || archived, "{:?} {:?}", both.0.body, both.1.body);
        let query = "query P($id: ID!) { partner(id: $id) { status version } }";
        let shown = admin.data(query, json!({ "id": partner.id })).await["partner"].clone();
        assert_eq!(shown["version"], 1 + i32::from(suspended) + i32::from(archived), "nothing is done twice: {shown}");
        assert_eq!(shown["status"], if archived { "ARCHIVED" } else { "SUSPENDED" });
    }
}

#[tokio::test]
async fn a_partner_is_edited_by_the_vendor_and_in_part_by_itself() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let fields = "partner { name website externalId labels version }";
    let all = json!({ "id": acme.id, "name": "Acme Ltd", "website": "https://acme.example", "externalId": "crm-1",
        "labels": ["gold", " gold ", "emea"], "expectedVersion": 1 });
    let edited = admin.mutate("updatePartner", fields, all.clone()).await["partner"].clone();
    let expected = json!({ "name": "Acme Ltd", "website": "https://acme.example", "externalId": "crm-1",
        "labels": ["gold", "emea"], "version": 2 });
    assert_eq!(edited, expected);
    faults(&app, &admin, "updatePartner", all, "CONFLICT").await;
    let own = json!({ "id": acme.id, "name": "Acme GmbH", "website": "" });
    let edited = acme.user.mutate("updatePartner", fields, own).await["partner"].clone();
    assert_eq!(
        (&edited["name"], &edited["website"], &edited["labels"]),
        (&json!("Acme GmbH"), &json!(null), &json!(["gold", "emea"]))
    );
    for input in [json!({ "id": acme.id, "labels": [] }), json!({ "id": acme.id, "externalId": "mine" })] {
        faults(&app, &acme.user, "updatePartner", input, "FORBIDDEN").await;
    }
    faults(&app, &acme.user, "updatePartner", json!({ "id": other.id, "name": "Mine" }), "NOT_FOUND").await;
    let member = json!({ "name": "Grace", "email": "grace@acme.example", "role": "MEMBER" });
    acme.user.mutate("inviteUser", "user { id }", member).await;
    let member = app.accept(&crate::support::token_in(&app.letter_to("grace@acme.example").await)).await;
    faults(&app, &member, "updatePartner", json!({ "id": acme.id, "name": "Mine" }), "FORBIDDEN").await;
    let many: Vec<String> = (0..21).map(|number| number.to_string()).collect();
    for (field, value, at, code) in [
        ("name", json!(" "), "name", "BLANK"),
        ("name", json!("x".repeat(201)), "name", "TOO_LONG"),
        ("externalId", json!("x".repeat(201)), "externalId", "TOO_LONG"),
        ("externalId", json!("a\nb"), "externalId", "INVALID"),
        ("labels", json!(["a", ""]), "labels.1", "BLANK"),
        ("labels", json!(["x".repeat(51)]), "labels.0", "TOO_LONG"),
        ("labels", json!(many), "labels", "TOO_LONG"),
    ] {
        refuses(&app, &admin, "updatePartner", json!({ "id": acme.id, field: value }), &[(at, code)]).await;
    }
}
