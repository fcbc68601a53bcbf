//! Exports: lists as files, whole, quoted, without formulas, for whoever may read them.

use crate::{
    forms::{publish, question},
    support::{
        Client, TestApp,
        people::{Kind, new_integration, onboard},
    },
};
use reqwest::{Response, StatusCode};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

async fn get(app: &TestApp, client: &Client, path: &str) -> Response {
    let mut request = client.http.get(format!("{}/export/{path}", app.base));
    if let Some(token) = &client.token {
        request = request.bearer_auth(token);
    }
    request.send().await.unwrap()
}

/// The rows of a file, each as an object by the names of the columns.
async fn rows(app: &TestApp, client: &Client, path: &str) -> Vec<Value> {
    let response = get(app, client, path).await;
    let status = response.status();
    let text = response.text().await.unwrap();
    assert_eq!(status, StatusCode::OK, "{text}");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| header.iter().map(str::to_owned).zip(row.iter().map(Value::from)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

async fn refused(app: &TestApp, client: &Client, path: &str) -> (u16, String) {
    let response = get(app, client, path).await;
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    (status, body["errors"][0]["extensions"]["code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn all_answers_of_all_versions_are_one_file() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;
    let acme_user = onboard(&acme.user).await;
    let mut wild = question("colours", "MULTI_SELECT");
    wild["options"] = json!(["red", "=blue"]);
    let questions =
        json!([question("remark", "LONG_TEXT"), wild, question("budget", "NUMBER"), question("terms", "TERMS")]);
    let form = publish(&admin, "PARTNER", questions).await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    let draft = json!({ "formId": form, "answers": [{ "question": "remark", "value": "not final" }] });
    birch.user.mutate("savePartnerFormDraft", "", draft).await;
    let path = "submissions.csv?form=PARTNER";
    assert_eq!(rows(&app, &admin, path).await.len(), 1, "drafts are nobody's");
    let remark = "=HYPERLINK(\"https://evil.example\",\"a\")\nand, \"more\"";
    let answers = json!([
        { "question": "remark", "value": remark },
        { "question": "colours", "value": ["=blue", "red"] },
        { "question": "budget", "value": -2.5 },
        { "question": "terms", "value": true },
    ]);
    birch.user.mutate("submitPartnerForm", "", json!({ "formId": form, "answers": answers })).await;
    let rows = rows(&app, &admin, path).await;
    assert_eq!(rows.len(), 2);
    let (first, second) = (&rows[0], &rows[1]);
    assert_eq!(
        (&first["partner"], &first["version"], &first["partner_id"]),
        (&json!("Acme"), &json!("1"), &json!(acme.id))
    );
    assert_eq!((&first["answers.company_size"], &first["answers.remark"]), (&json!("11–50"), &json!("")));
    assert_eq!(second["submitted_by"], birch.email.as_str());
    assert_eq!(second["answers.remark"], format!("'{remark}"));
    assert_eq!(second["answers.colours"], "'=blue; red");
    assert_eq!((&second["answers.budget"], &second["answers.terms"]), (&json!("-2.5"), &json!("true")));
    assert_eq!(second["submitted_at"], app.hub.clock.now().to_rfc3339());
    // Those of integrations are another file.
    app.submitted(&acme_user, "Sync").await;
    let integrations = self::rows(&app, &admin, "submissions.csv?form=INTEGRATION").await;
    assert_eq!((integrations.len(), &integrations[0]["integration"]), (1, &json!("Sync")));
}

#[tokio::test]
async fn a_file_says_what_it_is_and_is_recorded() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let response = get(&app, &admin, "submissions.csv?form=PARTNER").await;
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(header("content-disposition"), "attachment; filename=\"submissions-partner-2027-01-15.csv\"");
    assert_eq!((header("x-content-type-options").as_str(), header("cache-control").as_str()), ("nosniff", "no-store"));
    assert!(header("content-security-policy").contains("default-src 'none'"));
    let text = response.text().await.unwrap();
    assert!(text.starts_with("id,partner_id,") && text.ends_with("\r\n") && text.lines().count() == 1, "{text}");
    let query = "{ activity(filter: { event: { in: [\"export.made\"] } }) { nodes { data actor { email } } } }";
    let lines = admin.data(query, json!({})).await["activity"]["nodes"].clone();
    let data = json!({ "file": "submissions-partner", "filter": { "form": "PARTNER" } });
    assert_eq!(lines, json!([{ "data": data, "actor": { "email": "admin@example.com" } }]));
}

#[tokio::test]
async fn a_file_of_many_pages_is_whole_and_read_page_by_page() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let published = app.published(&admin, &acme.user, "Sync").await;
    let sql = match partner_hub::db::is_postgres(&app.hub.pools.writes) {
        true => {
            "INSERT INTO tenant SELECT gen_random_uuid(), i.id, i.partner_id, 't' || n, NULL, false, NULL, NULL, '{}', NULL, \
             1, i.created_at, i.updated_at FROM integration i, generate_series(1, 1250) AS n"
        }
        false => {
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1250) \
             INSERT INTO tenant (id, integration_id, partner_id, name, paused, configuration, version, created_at, updated_at) \
             SELECT randomblob(16), i.id, i.partner_id, 't' || n, 0, '{}', 1, i.created_at, i.updated_at FROM integration i, c"
        }
    };
    insert(&app, sql).await;
    app.statements.take();
    let all = rows(&app, &admin, "tenants.csv").await;
    let pages = app.statements.take().into_iter().filter(|sql| sql.contains("FROM \"tenant\"")).count();
    assert_eq!(pages, 4, "three pages of at most 500 rows, and one that says that it was the last");
    let mut names: Vec<_> = all.iter().map(|row| row["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!((all.len(), names.len()), (1_250, 1_250));
    assert_eq!((&all[0]["integration_id"], &all[0]["partner"]), (&json!(published), &json!("Acme")));
}

async fn insert(app: &TestApp, sql: &str) {
    let db = &app.hub.pools.writes;
    if partner_hub::db::is_postgres(db) {
        // The order of the columns is the migration's.
        let columns = "id, integration_id, partner_id, name, customer_reference, paused, archived_at, schedule, \
                       configuration, source, version, created_at, updated_at";
        let sql = sql.replace("INTO tenant SELECT", &format!("INTO tenant ({columns}) SELECT"));
        let sql = sql.replace("NULL, false, NULL, NULL, '{}'", "NULL, false, NULL::timestamptz, NULL, '{}'::jsonb");
        db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    } else {
        db.execute_unprepared(sql).await.unwrap();
    }
}

#[tokio::test]
async fn everybody_gets_what_it_may_read() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    for (partner, name) in [(&acme, "ours"), (&other, "theirs")] {
        let id = app.published(&admin, &partner.user, name).await;
        crate::support::people::tenant(&partner.user, &id, name).await;
    }
    let names = |rows: Vec<Value>| rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(rows(&app, &admin, "tenants.csv").await), ["ours", "theirs"]);
    assert_eq!(names(rows(&app, &acme.user, "tenants.csv").await), ["ours"]);
    assert_eq!(names(rows(&app, &admin, &format!("tenants.csv?partner={}", other.id)).await), ["theirs"]);
    let foreign = format!("tenants.csv?partner={}", other.id);
    assert_eq!(refused(&app, &acme.user, &foreign).await, (404, "NOT_FOUND".into()));
    assert_eq!(refused(&app, &admin, "tenants.csv?integration=nonsense").await, (404, "NOT_FOUND".into()));
    assert_eq!(names(rows(&app, &admin, "partners.csv").await), ["Acme", "Other", "Pending"]);
    assert_eq!(names(rows(&app, &admin, "partners.csv?status=PENDING").await), ["Pending"]);
    for path in ["partners.csv", "submissions.csv?form=PARTNER"] {
        assert_eq!(refused(&app, &acme.user, path).await, (403, "FORBIDDEN".into()));
        assert_eq!(refused(&app, &pending.user, path).await, (403, "ONBOARDING_INCOMPLETE".into()));
    }
    for path in ["partners.csv", "submissions.csv?form=PARTNER", "tenants.csv", "tenants.csv?x=1"] {
        assert_eq!(refused(&app, &app.anonymous(), path).await, (401, "UNAUTHENTICATED".into()));
    }
    let bad = [
        "submissions.csv",
        "submissions.csv?form=OTHER",
        "submissions.csv?form=PARTNER&form=INTEGRATION",
        "partners.csv?status=pending",
        "partners.csv?limit=1",
        "tenants.csv?form=PARTNER",
    ];
    for path in bad {
        assert_eq!(refused(&app, &admin, path).await, (400, "BAD_USER_INPUT".into()), "{path}");
    }
    // Its own lines of the record say what a partner's users have taken away.
    let query = "{ activity(filter: { event: { in: [\"export.made\"] } }) { totalCount } }";
    assert_eq!(acme.user.data(query, json!({})).await["activity"]["totalCount"], 1);
}

#[tokio::test]
async fn a_cookie_alone_takes_nothing_away() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let token = admin.token.clone().unwrap();
    let request =
        || admin.http.get(format!("{}/export/partners.csv", app.base)).header("cookie", format!("sid={token}"));
    assert_eq!(request().send().await.unwrap().status(), StatusCode::FORBIDDEN);
    let foreign = request().header("x-partner-csrf", "1").header("sec-fetch-site", "cross-site");
    assert_eq!(foreign.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    let own = request().header("x-partner-csrf", "1").header("sec-fetch-site", "same-origin");
    assert_eq!(own.send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn names_that_are_formulas_are_none_in_the_file() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let mut integration = new_integration("Sync");
    integration["name"] = json!("@SUM(1+1)*cmd|' /C calc'!A0");
    let id =
        acme.user.mutate("createIntegration", "integration { id }", integration).await["integration"]["id"].clone();
    let form = acme.user.data("{ integrationForm { id } }", json!({})).await["integrationForm"]["id"].clone();
    let answers = crate::support::people::integration_answers();
    acme.user.mutate("submitIntegration", "", json!({ "id": id, "formId": form, "answers": answers })).await;
    admin.mutate("publishIntegration", "", json!({ "id": id })).await;
    let tenant =
        json!({ "integrationId": id, "name": "one", "customerReference": "+49 (0) 1", "configuration": { "a": "," } });
    acme.user.mutate("createTenant", "", tenant).await;
    let rows = rows(&app, &admin, "tenants.csv").await;
    assert_eq!(rows[0]["integration"], "'@SUM(1+1)*cmd|' /C calc'!A0");
    assert_eq!(
        (&rows[0]["customer_reference"], &rows[0]["configuration"]),
        (&json!("'+49 (0) 1"), &json!("{\"a\":\",\"}"))
    );
}
