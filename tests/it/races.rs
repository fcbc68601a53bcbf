//! Two people at once: one wins, nothing is done twice, and nobody's write is lost.

mod address;
mod admins;
mod decisions;

use crate::support::{
    TestApp,
    people::{Kind, PASSWORD, new_partner},
    token_in, unlimited_invitations,
};
use chrono::TimeDelta;
use partner_hub::http::Timing;
use sea_orm::ConnectionTrait;
use serde_json::json;
use std::time::Duration;
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_used_once_by_however_many() {
    links_used_at_once(3, 16).await;
}

/// Run by `make test-long`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "two hundred rounds"]
async fn a_link_that_64_use_at_once_200_times() {
    links_used_at_once(200, 64).await;
}

/// In each round a link that so many use at once: one of them comes in.
async fn links_used_at_once(rounds: usize, people: usize) {
    // All of them hash before the first is decided.
    let patient = Timing { answer: Duration::from_secs(120), ..Default::default() };
    let app = TestApp::timed(patient).await;
    let admin = app.admin().await;
    for round in 0..rounds {
        app.hub.clock.advance(TimeDelta::minutes(1));
        let email = format!("ada{round}@acme.example");
        admin.mutate("createPartner", "partner { id }", new_partner("Acme", &email)).await;
        let token = token_in(&app.letter_to(&email).await);
        let mut tries = JoinSet::new();
        for _ in 0..people {
            let (client, token) = (app.anonymous(), token.clone());
            tries.spawn(async move {
                let input = json!({ "token": token, "password": PASSWORD });
                client.try_mutate("acceptInvitation", "session { token }", input).await
            });
        }
        let (mut accepted, mut refused) = (0, 0);
        while let Some(answer) = tries.join_next().await {
            let answer = answer.unwrap();
            match answer.refusals("acceptInvitation").as_slice() {
                [] => accepted += 1,
                [(field, code)] if field == "token" && code == "INVALID_TOKEN" => refused += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((accepted, refused), (1, people - 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_submitted_once_by_however_many() {
    forms_submitted_at_once(3, 8).await;
}

/// Run by `make test-long`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "two hundred rounds"]
async fn a_form_that_is_submitted_twice_at_once_200_times() {
    forms_submitted_at_once(200, 2).await;
}

/// In each round a partner, whose form so many submit at once: one submission, one approval, one letter each, no draft.
async fn forms_submitted_at_once(rounds: usize, people: usize) {
    let app = TestApp::with(unlimited_invitations).await;
    let admin = app.admin().await;
    let about = json!([{ "key": "terms", "kind": "TERMS", "label": "Terms", "termsUrl": "https://v.example/terms" }]);
    let form = crate::forms::publish(&admin, "PARTNER", about).await;
    for round in 0..rounds {
        let partner = app.partner(&admin, &format!("Acme{round}"), Kind::Invited).await;
        let answers = json!([{ "question": "terms", "value": true }]);
        let input = json!({ "formId": form, "answers": answers });
        partner.user.mutate("savePartnerFormDraft", "", input.clone()).await;
        let mut tries = JoinSet::new();
        for _ in 0..people {
            let (client, input) = (partner.user.clone(), input.clone());
            tries.spawn(async move { client.try_mutate("submitPartnerForm", "partner { status }", input).await });
        }
        let mut done = 0;
        while let Some(answer) = tries.join_next().await {
            let answer = answer.unwrap();
            let codes = answer.codes();
            if codes.is_empty() {
                let refused = answer.refusals("submitPartnerForm");
                done += usize::from(refused.is_empty());
                assert!(refused.is_empty() || refused[0].1 == "INVALID_STATE", "{refused:?}");
            } else {
                // Too late: somebody else's submission moved the partner or ended the session.
                assert!(["CONFLICT", "UNAUTHENTICATED"].contains(&codes[0]), "{codes:?}");
            }
        }
        assert_eq!(done, 1, "round {round}");
    }
    let kept = app.rows().await;
    let submissions = kept.iter().find(|(table, _)| *table == "form_submission").unwrap().1;
    assert_eq!(submissions, i64::try_from(rounds).unwrap());
    let approvals = admin
        .data("{ activity(filter: { event: { in: [\"partner.approved\"] } }) { totalCount } }", json!({}))
        .await["activity"]["totalCount"]
        .clone();
    assert_eq!(approvals, rounds);
    let agreed = app.texts("SELECT question FROM terms_acceptance").await.len();
    assert_eq!(agreed, rounds);
    let letters = app.letters().await;
    for subject in ["Partner Form submitted: Acme", "Partner approved: Acme", "has approved Acme"] {
        let told = letters.iter().filter(|letter| letter.subject.contains(subject)).count();
        assert_eq!(told, rounds, "{subject}");
    }
}

/// While the vendor stops asking, one partner submits and another sets its password: both come in, each once.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_left_waiting_at_a_form_that_is_gone() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for round in 0..4_i64 {
        let form = crate::forms::publish(&admin, "PARTNER", json!([crate::forms::question("about", "TEXT")])).await;
        let submits = app.partner(&admin, &format!("Birch{round}"), Kind::Invited).await.user;
        let email = format!("cy@cedar{round}.example");
        admin.mutate("invitePartner", "partner { id }", new_partner("Cedar", &email)).await;
        let token = token_in(&app.letter_to(&email).await);
        let stop = json!({ "kind": "PARTNER", "questions": [], "expectedVersion": 2 + 2 * round });
        let enter = json!({ "token": token, "password": PASSWORD });
        let (client, visitor) = (admin.clone(), app.anonymous());
        let (stopped, submitted, entered) = tokio::join!(
            tokio::spawn(async move { client.mutate("publishForm", "form { version }", stop).await }),
            tokio::spawn(async move {
                submits.try_mutate("submitPartnerForm", "", json!({ "formId": form, "answers": [] })).await
            }),
            tokio::spawn(async move { visitor.mutate("acceptInvitation", "viewer { role }", enter).await }),
        );
        stopped.unwrap();
        entered.unwrap();
        assert!(!submitted.unwrap().codes().contains(&"INTERNAL"));
        let query = "{ partners { nodes { status } } activity(filter: { event: { in: [\"partner.approved\"] } }) { totalCount } }";
        let seen = admin.data(query, json!({})).await;
        let partners = seen["partners"]["nodes"].as_array().unwrap();
        assert!(partners.iter().all(|partner| partner["status"] == "APPROVED"), "{partners:?}");
        assert_eq!(seen["activity"]["totalCount"], 2 * (round + 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_invited_once_by_however_many() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut tries = JoinSet::new();
    for _ in 0..8 {
        let client = admin.clone();
        tries.spawn(async move {
            client.try_mutate("invitePartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await
        });
    }
    let mut made = 0;
    while let Some(answer) = tries.join_next().await {
        let refused = answer.unwrap().refusals("invitePartner");
        made += usize::from(refused.is_empty());
        assert!(
            refused.is_empty() || refused == [("primaryContact.email".into(), "ALREADY_INVITED".into())],
            "{refused:?}"
        );
    }
    assert_eq!(made, 1);
    assert_eq!(app.letters().await.iter().filter(|letter| letter.to == "ada@acme.example").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_at_once_invite_one_first_admin() {
    let app = TestApp::start().await;
    let mut starts = JoinSet::new();
    for _ in 0..6 {
        let system = app.system();
        starts.spawn(async move { partner_hub::domain::invitation::invite_first_admin(&system).await.unwrap() });
    }
    let mut links = starts.join_all().await;
    links.dedup();
    assert_eq!(links.len(), 1, "{links:?}");
    assert_eq!(app.letters().await.len(), 1);
}

/// SQLite takes one writer at a time; the others wait for their turn instead of failing.
#[tokio::test(flavor = "multi_thread")]
async fn many_writers_wait_for_their_turn() {
    let app = TestApp::with(unlimited_invitations).await;
    let admin = app.admin().await;
    let mut writers = JoinSet::new();
    for writer in 0..32 {
        let client = admin.clone();
        writers.spawn(async move {
            for number in 0..3 {
                let email = format!("w{writer}n{number}@x.example");
                client.mutate("createPartner", "partner { id }", new_partner("Many", &email)).await;
            }
        });
    }
    while let Some(done) = writers.join_next().await {
        done.unwrap();
    }
    let query = "{ partners(first: 1) { totalCount } }";
    assert_eq!(admin.data(query, json!({})).await["partners"]["totalCount"], 96);
}

/// Clients that hang up at any moment of a write leave no transaction behind, and lose nobody's acknowledged write.
#[tokio::test(flavor = "multi_thread")]
async fn clients_that_hang_up_lose_nobodys_writes() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut hasty = JoinSet::new();
    for number in 0..150_u64 {
        let client = admin.clone();
        hasty.spawn(async move {
            let input = new_partner("Hasty", &format!("hasty{number}@x.example"));
            let sending = client.try_mutate("createPartner", "partner { id }", input);
            let _ = tokio::time::timeout(std::time::Duration::from_micros(number * 97), sending).await;
        });
    }
    let mut acknowledged = 0;
    for number in 0..40 {
        let input = new_partner("Patient", &format!("patient{number}@x.example"));
        admin.mutate("createPartner", "partner { id }", input).await;
        acknowledged += 1;
    }
    while let Some(done) = hasty.join_next().await {
        done.unwrap();
    }
    assert_eq!(count(&app, "name = 'Patient'").await, acknowledged);
    // Whole or not at all: every partner has its contact, its invitation and its letters.
    assert_eq!(count(&app, "primary_contact_id IS NULL").await, 0);
    let orphans = "id NOT IN (SELECT partner_id FROM invitation WHERE partner_id IS NOT NULL)";
    assert_eq!(count(&app, orphans).await, 0);
}

/// A `BEGIN` that is cancelled under way must not swallow the next write on its connection.
#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_begin_swallows_no_write() {
    let app = TestApp::start().await;
    let db = app.hub.pools.writes.clone();
    let mut written = 0;
    for round in 0..400_u64 {
        let begin = partner_hub::db::begin_write(&db);
        let _ = tokio::time::timeout(std::time::Duration::from_micros(round % 100 * 5), begin).await;
        let sql = format!("UPDATE vendor SET version = version + 1 WHERE version = {}", 1 + written);
        written += db.execute_unprepared(&sql).await.unwrap().rows_affected();
    }
    let vendor = partner_hub::domain::vendor::current(&app.system()).await.unwrap();
    assert_eq!((u64::try_from(vendor.version).unwrap(), written), (401, 400));
}

async fn count(app: &TestApp, condition: &str) -> i64 {
    use sea_orm::Statement;
    let backend = app.hub.pools.reads.get_database_backend();
    let sql = format!("SELECT COUNT(*) AS n FROM partner WHERE {condition}");
    app.hub
        .pools
        .reads
        .query_one_raw(Statement::from_string(backend, sql))
        .await
        .unwrap()
        .unwrap()
        .try_get("", "n")
        .unwrap()
}
