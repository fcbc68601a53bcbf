//! What is announced: every change of a row that can be watched, on every server, and nothing that was rolled back.

use crate::support::{
    TestApp,
    database::postgres,
    people::{Kind, draft, new_integration, new_partner, onboard, tenant},
    socket::Socket,
};
use partner_hub::changes::{Change, News, Watch};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const EVERY: &str = "subscription { partnerChanged { name } }";

/// Every partner, integration and line of the record, as it is in the database.
async fn rows(app: &TestApp) -> BTreeMap<String, String> {
    let mut rows = BTreeMap::new();
    for table in ["partner", "integration", "activity"] {
        let backend = app.hub.pools.writes.get_database_backend();
        let sql = match (backend, table) {
            (sea_orm::DbBackend::Postgres, _) => format!("SELECT id, t::text AS row FROM {table} t"),
            (_, "activity") => "SELECT id, event AS row FROM activity".to_owned(),
            _ => format!("SELECT id, version || status || updated_at AS row FROM {table}"),
        };
        for row in app.hub.pools.writes.query_all_raw(Statement::from_string(backend, sql)).await.unwrap() {
            let id: sea_orm::prelude::Uuid = row.try_get("", "id").unwrap();
            rows.insert(format!("{table} {id}"), row.try_get("", "row").unwrap());
        }
    }
    rows
}

/// The rows that were announced, if nothing else happens meanwhile.
async fn announced(watch: &mut Watch) -> BTreeSet<String> {
    let mut heard = BTreeSet::new();
    while let Some(Some(news)) = futures_util::FutureExt::now_or_never(watch.next()) {
        let News::Changed(change) = news else { panic!("{news:?}") };
        heard.insert(match change {
            Change::Partner(id) => format!("partner {}", id.0),
            Change::Integration(id, _) => format!("integration {}", id.0),
            Change::Activity(id, _) => format!("activity {}", id.0),
        });
    }
    heard
}

/// Compares what changed with what was announced, step by step.
struct Ledger {
    watch: Watch,
    before: BTreeMap<String, String>,
}

impl Ledger {
    async fn check(&mut self, app: &TestApp, step: &str) {
        let after = rows(app).await;
        let changed = after.iter().filter(|(id, row)| self.before.get(*id) != Some(row)).map(|(id, _)| id.clone());
        let (changed, heard) = (changed.collect::<BTreeSet<_>>(), announced(&mut self.watch).await);
        let missing: Vec<_> = changed.difference(&heard).collect();
        assert!(missing.is_empty(), "{step}: changed and not announced: {missing:?}");
        self.before = after;
    }
}

#[tokio::test]
async fn every_change_is_announced_where_it_is_made() {
    let app = TestApp::start().await;
    let mut ledger = Ledger { watch: app.hub.changes.watch(), before: rows(&app).await };
    let admin = app.admin().await;
    ledger.check(&app, "the first admin").await;
    admin.mutate("createPartner", "partner { id }", new_partner("Fresh", "ada@fresh.example")).await;
    ledger.check(&app, "createPartner").await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    ledger.check(&app, "invitePartner, acceptInvitation").await;
    let user = onboard(&pending.user).await;
    ledger.check(&app, "submitPartnerForm").await;
    draft(&user, "Draft").await;
    ledger.check(&app, "createIntegration").await;
    let id = app.submitted(&user, "Sync").await;
    ledger.check(&app, "submitIntegration").await;
    admin.mutate("publishIntegration", "integration { id }", json!({ "id": id })).await;
    ledger.check(&app, "publishIntegration").await;
    tenant(&user, &id, "one").await;
    ledger.check(&app, "createTenant").await;
    app.login(&pending.email).await.data("mutation { logout { userErrors { code } } }", json!({})).await;
    ledger.check(&app, "login, logout").await;
}

#[tokio::test]
async fn a_partner_that_enters_without_a_form_is_announced() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    crate::forms::publish(&admin, "PARTNER", json!([])).await;
    for policy in ["AUTOMATIC", "MANUAL"] {
        let sql = format!("UPDATE vendor SET approval_policy = '{policy}'");
        app.hub.pools.writes.execute_unprepared(&sql).await.unwrap();
        let mut ledger = Ledger { watch: app.hub.changes.watch(), before: rows(&app).await };
        app.partner(&admin, policy, Kind::Invited).await;
        ledger.check(&app, policy).await;
    }
}

#[tokio::test]
async fn what_is_rolled_back_is_not_announced() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let mut watch = app.hub.changes.watch();
    let tx = app.system().begin().await.unwrap();
    tx.announce(Change::Partner(entity::PartnerId(Default::default())));
    drop(tx);
    let taken = new_partner("Second", &acme.email);
    assert!(!admin.try_mutate("createPartner", "partner { id }", taken).await.refusals("createPartner").is_empty());
    let no_url = json!({ "name": "x", "type": "EXTERNAL" });
    assert!(
        !acme
            .user
            .try_mutate("createIntegration", "integration { id }", no_url)
            .await
            .refusals("createIntegration")
            .is_empty()
    );
    assert!(announced(&mut watch).await.is_empty());
    acme.user.mutate("createIntegration", "integration { id }", new_integration("Sync")).await;
    assert_eq!(announced(&mut watch).await.len(), 2);
}

#[tokio::test]
async fn servers_on_one_database_hear_of_each_others_changes() {
    // Nobody else can write to a SQLite file while being heard.
    if postgres().is_none() {
        return;
    }
    let here = TestApp::start().await;
    let admin = here.admin().await;
    let there = here.beside().await;
    let abroad = there.anonymous().with_token(admin.token.as_deref().unwrap());
    let (mut near, mut far) = (Socket::of(&here, &admin).await, Socket::of(&there, &abroad).await);
    near.subscribe("1", EVERY, json!({})).await;
    far.subscribe("1", EVERY, json!({})).await;
    // Each is told once, also of its own changes.
    for (name, client) in [("Acme", &admin), ("Birch", &abroad), ("Cedar", &admin), ("Doric", &abroad)] {
        let email = format!("ada@{}.example", name.to_lowercase());
        client.mutate("createPartner", "partner { id }", new_partner(name, &email)).await;
        for socket in [&mut near, &mut far] {
            assert_eq!(socket.event("1").await["partnerChanged"]["name"], name);
        }
    }
}

#[tokio::test]
async fn who_may_have_missed_changes_of_others_is_told_to_begin_anew() {
    if postgres().is_none() {
        return;
    }
    let app = TestApp::start().await;
    let mut socket = Socket::of(&app, &app.admin().await).await;
    socket.subscribe("1", EVERY, json!({})).await;
    let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'partner-hub changes'";
    let broken = app.hub.pools.writes.execute_unprepared(sql).await.unwrap();
    assert_eq!(broken.rows_affected(), 1);
    assert_eq!(socket.closed().await, 1013);
}
