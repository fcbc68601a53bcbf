//! Two who decide about one partner at once: what the first does, the second is told.

use crate::{
    meanwhile::{ask, stands},
    support::{
        Answer, Client, TestApp,
        people::{Kind, new_partner, partner_answers},
        token_in, unlimited_invitations,
    },
};
use partner_hub::db;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde_json::{Value, json};

/// How a partner comes to where some of the eight decisions are open, and where each of those leads.
struct Standing {
    kind: Kind,
    path: &'static [&'static str],
    open: &'static [(&'static str, &'static str)],
}

const STANDINGS: [Standing; 5] = [
    Standing {
        kind: Kind::Invited,
        path: &[],
        open: &[
            ("approvePartner", "APPROVED"),
            ("requestPartnerChanges", "PENDING"),
            ("rejectPartner", "REJECTED"),
            ("archivePartner", "ARCHIVED"),
        ],
    },
    Standing {
        kind: Kind::Created,
        path: &[],
        open: &[("suspendPartner", "SUSPENDED"), ("archivePartner", "ARCHIVED")],
    },
    Standing {
        kind: Kind::Created,
        path: &["suspendPartner"],
        open: &[("reinstatePartner", "APPROVED"), ("archivePartner", "ARCHIVED")],
    },
    Standing {
        kind: Kind::Invited,
        path: &["rejectPartner"],
        open: &[("reopenPartner", "PENDING"), ("archivePartner", "ARCHIVED")],
    },
    Standing { kind: Kind::Created, path: &["archivePartner"], open: &[("restorePartner", "APPROVED")] },
];

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_decide_about_the_version_they_have_seen_the_other_is_told_of_the_new_one() {
    let (app, admin) = hub().await;
    for (standing, pair) in pairs() {
        let id = partner(&app, &admin, standing, &pair).await;
        let before = Seen::of(&app, &admin, &id).await;
        let answers = at_once(&app, &admin, &id, &pair, Some(before.version)).await;
        let done: Vec<_> = pair.iter().zip(&answers).filter(|(_, answer)| code(answer).is_none()).collect();
        assert_eq!(done.len(), 1, "{pair:?} {answers:?}");
        let lost = answers.iter().find(|answer| code(answer).is_some()).unwrap();
        told_of(lost, before.version + 1, &pair);
        let ((_, status), _) = done[0];
        let after = Seen { version: before.version + 1, status: json!(status), lines: before.lines + 1 };
        assert_eq!(Seen::of(&app, &admin, &id).await, after, "{pair:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_decide_whatever_the_version_nothing_is_done_twice() {
    let (app, admin) = hub().await;
    for (standing, pair) in pairs() {
        let id = partner(&app, &admin, standing, &pair).await;
        let before = Seen::of(&app, &admin, &id).await;
        let answers = at_once(&app, &admin, &id, &pair, None).await;
        let refused: Vec<_> = answers.iter().filter(|answer| code(answer).is_some()).collect();
        // The same is done once; another decision may follow the first if its status allows it.
        let same = pair[0] == pair[1];
        let looked_first = db::is_postgres(&app.hub.pools.reads);
        assert!(refused.len() == 1 || refused.is_empty() && !same && !looked_first, "{pair:?} {answers:?}");
        for lost in &refused {
            match code(lost).unwrap().as_str() {
                "CONFLICT" => told_of(lost, before.version + 1, &pair),
                other => assert!(other == "INVALID_STATE" && !looked_first, "{pair:?} {other}"),
            }
        }
        let done = 2 - refused.len();
        let after = Seen::of(&app, &admin, &id).await;
        let added = (after.version - before.version, after.lines - before.lines);
        assert_eq!(added, (i64::try_from(done).unwrap(), done), "{pair:?}");
        assert!(pair.iter().any(|(_, status)| after.status == *status), "{pair:?} {after:?}");
    }
}

/// Every two decisions that are open at once, and every one twice.
fn pairs() -> Vec<(&'static Standing, [(&'static str, &'static str); 2])> {
    let mut pairs = Vec::new();
    for standing in &STANDINGS {
        for (place, first) in standing.open.iter().enumerate() {
            pairs.extend(standing.open[place..].iter().map(|second| (standing, [*first, *second])));
        }
    }
    pairs
}

async fn hub() -> (TestApp, Client) {
    let app = TestApp::with(unlimited_invitations).await;
    let admin = app.admin().await;
    admin.mutate("updateVendor", "", json!({ "approvalPolicy": "MANUAL" })).await;
    (app, admin)
}

/// A partner that stands like this; its form is submitted if changes of it are to be asked for.
async fn partner(app: &TestApp, admin: &Client, standing: &Standing, pair: &[(&str, &str)]) -> String {
    let email = format!("ada{}@x.example", app.rows().await[0].1);
    let mutation = if standing.kind == Kind::Created { "createPartner" } else { "invitePartner" };
    let made = admin.mutate(mutation, "partner { id }", new_partner("Acme", &email)).await;
    let id = made["partner"]["id"].as_str().unwrap().to_owned();
    if pair.iter().any(|(decision, _)| *decision == "requestPartnerChanges") {
        let user = app.accept(&token_in(&app.letter_to(&email).await)).await;
        let form = user.data("{ partnerForm { id } }", json!({})).await["partnerForm"]["id"].clone();
        user.mutate("submitPartnerForm", "", json!({ "formId": form, "answers": partner_answers() })).await;
    }
    for decision in standing.path {
        admin.mutate(decision, "", json!({ "id": id, "reason": "why" })).await;
    }
    id
}

/// Both decisions at once. On PostgreSQL both have looked at the partner before either of them writes.
async fn at_once(
    app: &TestApp,
    admin: &Client,
    id: &str,
    pair: &[(&'static str, &'static str); 2],
    seen: Option<i64>,
) -> Vec<Answer> {
    let held = hold(app).await;
    let mut asked = Vec::new();
    for (waiting, (decision, _)) in (1..).zip(pair) {
        let input = json!({ "id": id, "reason": "why", "expectedVersion": seen });
        let request = ask(admin, decision, "partner { status version }", input);
        stands(app, waiting, &request).await;
        asked.push(request);
    }
    held.commit().await.unwrap();
    let mut answers = Vec::new();
    for request in asked {
        answers.push(request.await.unwrap());
    }
    answers
}

/// Holds all partners on PostgreSQL, and the place of the only writer on SQLite.
async fn hold(app: &TestApp) -> DatabaseTransaction {
    let tx = db::begin_write(&app.hub.pools.writes).await.unwrap();
    if db::is_postgres(&tx) {
        tx.execute_unprepared("SELECT id FROM partner FOR NO KEY UPDATE").await.unwrap();
    }
    tx
}

/// Why a decision was not done, by its code.
fn code(answer: &Answer) -> Option<String> {
    let payload = &answer.body["data"].as_object().and_then(|data| data.values().next());
    let refusal = payload.and_then(|payload| payload["userErrors"][0]["code"].as_str());
    answer.codes().first().copied().or(refusal).map(str::to_owned)
}

fn told_of(answer: &Answer, version: i64, pair: &[(&str, &str)]) {
    assert_eq!(answer.codes(), ["CONFLICT"], "{pair:?} {:#}", answer.body);
    assert_eq!(answer.body["errors"][0]["extensions"]["currentVersion"], version, "{pair:?}");
}

/// How a partner stands, and how many lines the record has.
#[derive(Debug, PartialEq)]
struct Seen {
    version: i64,
    status: Value,
    lines: usize,
}

impl Seen {
    async fn of(app: &TestApp, admin: &Client, id: &str) -> Self {
        let query = "query P($id: ID!) { partner(id: $id) { status version } }";
        let shown = admin.data(query, json!({ "id": id })).await["partner"].clone();
        let lines = app.texts("SELECT event FROM activity").await.len();
        Self { version: shown["version"].as_i64().unwrap(), status: shown["status"].clone(), lines }
    }
}
