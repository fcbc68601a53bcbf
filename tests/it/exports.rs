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
    assert_eq!(pages, 3, "three pages of at most 500 rows");
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
    let foreign = asking("tenants.csv", &[("filter", json!({ "partnerId": { "eq": other.id } }))]);
    assert_eq!(names(rows(&app, &admin, &foreign).await), ["theirs"]);
    assert_eq!(names(rows(&app, &acme.user, &foreign).await), [""; 0], "as in the list of the graph");
    assert_eq!(names(rows(&app, &admin, "integrations.csv").await), ["ours", "theirs"]);
    assert_eq!(names(rows(&app, &acme.user, "integrations.csv").await), ["ours"]);
    assert_eq!(refused(&app, &pending.user, "integrations.csv").await, (403, "ONBOARDING_INCOMPLETE".into()));
    let waiting = asking("partners.csv", &[("filter", json!({ "status": { "eq": "PENDING" } }))]);
    assert_eq!(names(rows(&app, &admin, "partners.csv").await), ["Acme", "Other", "Pending"]);
    assert_eq!(names(rows(&app, &admin, &waiting).await), ["Pending"]);
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
        "partners.csv?filter=nonsense",
        "partners.csv?filter={\"status\":{\"eq\":\"pending\"}}",
        "partners.csv?filter={\"nothing\":{}}",
        "partners.csv?filter=[]",
        "partners.csv?filter={\"name\":{\"eq\":\"\\u0000\"}}",
        "partners.csv?search=a%00b",
        "partners.csv?orderBy={\"field\":\"SIZE\"}",
        "partners.csv?orderBy=[{\"field\":\"NAME\"},{\"field\":\"NAME\"}]",
        "integrations.csv?status=DRAFT",
        "partners.csv?limit=1",
        "tenants.csv?form=PARTNER",
    ];
    for path in bad {
        assert_eq!(refused(&app, &admin, path).await, (400, "BAD_USER_INPUT".into()), "{path}");
    }
    // Its own lines of the record say what a partner's users have taken away.
    let query = "{ activity(filter: { event: { in: [\"export.made\"] } }) { totalCount } }";
    assert_eq!(acme.user.data(query, json!({})).await["activity"]["totalCount"], 3);
}

/// An address that asks with JSON.
fn asking(path: &str, what: &[(&str, Value)]) -> String {
    let what =
        what.iter().map(|(name, value)| (*name, value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
    let address = reqwest::Url::parse_with_params("http://hub.example", what).unwrap();
    format!("{path}?{}", address.query().unwrap())
}

#[tokio::test]
async fn a_file_is_the_list_of_the_graph_filtered_searched_and_ordered() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    for name in ["Alpha", "=Beta", "Gamma"] {
        app.published(&admin, &acme.user, name).await;
        app.hub.clock.advance(chrono::TimeDelta::seconds(1));
    }
    let draft = crate::support::people::draft(&acme.user, "Alpha two").await;
    let names = async |path: &str, what: &[(&str, Value)]| -> Vec<String> {
        let rows = rows(&app, &admin, &asking(path, what)).await;
        rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    let newest = json!([{ "field": "PUBLISHED_AT", "direction": "DESC" }]);
    let published = json!({ "status": { "eq": "PUBLISHED" } });
    let file = "integrations.csv";
    assert_eq!(
        names(file, &[("orderBy", newest.clone()), ("filter", published.clone())]).await,
        ["Gamma", "'=Beta", "Alpha"]
    );
    assert_eq!(names(file, &[("search", json!("alpha"))]).await, ["Alpha", "Alpha two"]);
    assert_eq!(names(file, &[("search", json!("alpha")), ("filter", published.clone())]).await, ["Alpha"]);
    assert_eq!(names(file, &[("orderBy", newest)]).await.last().unwrap(), "Alpha two", "never is earliest");
    let all = rows(&app, &admin, file).await;
    assert_eq!(
        (&all[3]["id"], &all[3]["published_at"], &all[3]["type"]),
        (&json!(draft), &json!(""), &json!("EXTERNAL"))
    );
    assert_eq!((&all[0]["partner"], &all[0]["submitted_by"]), (&json!("Acme"), &json!(acme.email)));
    assert_eq!(names("partners.csv", &[("search", json!("acme"))]).await, ["Acme"]);
    assert!(names("tenants.csv", &[("search", json!("acme"))]).await.is_empty());
    // What was asked for is in the record.
    let query = "{ activity(first: 1, filter: { event: { eq: \"export.made\" } }) { nodes { data } } }";
    let data = admin.data(query, json!({})).await["activity"]["nodes"][0]["data"].clone();
    assert_eq!(data, json!({ "file": "tenants", "filter": { "search": "acme" } }));
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
