//! A letter's HTML as a page: shown by ours in a frame, and harmless whatever stands in it.

use crate::support::{
    Client, TestApp,
    people::{Kind, PASSWORD, new_partner},
};
use partner_hub::{mail::Mailer, worker::Worker};
use reqwest::{StatusCode, header};
use serde_json::json;
use std::sync::Arc;

async fn preview(app: &TestApp, who: &Client, kind: &str) -> reqwest::Response {
    let mut request = reqwest::Client::new().get(format!("{}/letters/preview/{kind}", app.base));
    if let Some(token) = &who.token {
        request = request.bearer_auth(token);
    }
    request.send().await.unwrap()
}

/// Nothing of it runs, it is nobody's page, and only ours may show it.
fn is_shut_in(answer: &reqwest::Response) {
    let policy = answer.headers()["content-security-policy"].to_str().unwrap();
    let rules: Vec<_> = policy.split(';').map(str::trim).collect();
    for rule in ["default-src 'none'", "style-src 'unsafe-inline'", "frame-ancestors 'self'", "form-action 'none'"] {
        assert!(rules.contains(&rule), "{rule}: {policy}");
    }
    assert!(rules.iter().any(|rule| rule.starts_with("sandbox")), "{policy}");
    assert!(!policy.contains("allow-scripts") && !policy.contains("allow-same-origin"), "{policy}");
    assert!(!policy.contains("script-src"), "{policy}");
    // Browsers refuse to show a page that is both in a sandbox and isolated by itself.
    assert_eq!(answer.headers()["cross-origin-opener-policy"], "unsafe-none");
    assert!(answer.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn the_vendors_staff_sees_each_letter_in_a_frame() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let kinds = admin.data("{ letterKinds }", json!({})).await["letterKinds"].clone();
    for kind in kinds.as_array().unwrap() {
        let kind = kind.as_str().unwrap();
        let answer = preview(&app, &admin, kind).await;
        assert_eq!(answer.status(), StatusCode::OK, "{kind}");
        is_shut_in(&answer);
        let query = "query($kind: String!) { previewLetter(kind: $kind) { html } }";
        let same = admin.data(query, json!({ "kind": kind })).await;
        assert_eq!(same["previewLetter"]["html"], answer.text().await.unwrap(), "{kind}");
    }
    let page = reqwest::get(format!("{}/settings", app.base)).await.unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.split(';').any(|rule| rule.trim() == "frame-src 'self'"), "{policy}");
    let door = reqwest::get(format!("{}/log-in", app.base)).await.unwrap();
    assert!(
        !door.headers()["content-security-policy"].to_str().unwrap().contains("frame-src"),
        "only where it is framed"
    );

    assert_eq!(preview(&app, &admin, "nonsense").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(preview(&app, &app.anonymous(), "invitation").await.status(), StatusCode::UNAUTHORIZED);
    let partner = app.partner(&admin, "Acme", Kind::Created).await;
    assert_eq!(preview(&app, &partner.user, "invitation").await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_cookie_shows_it_to_our_own_pages_only() {
    let app = TestApp::start().await;
    app.admin().await;
    let input = json!({ "email": "admin@example.com", "password": PASSWORD, "setCookie": true });
    let answer = app.anonymous().try_mutate("login", "", input).await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    for (site, status) in [
        (Some("same-origin"), StatusCode::OK),
        (Some("same-site"), StatusCode::FORBIDDEN),
        (Some("cross-site"), StatusCode::FORBIDDEN),
        (Some("none"), StatusCode::FORBIDDEN),
        (None, StatusCode::FORBIDDEN),
    ] {
        let mut request = reqwest::Client::new().get(format!("{}/letters/preview/invitation", app.base));
        request = request.header(header::COOKIE, &cookie);
        if let Some(site) = site {
            request = request.header("sec-fetch-site", site);
        }
        assert_eq!(request.send().await.unwrap().status(), status, "{site:?}");
    }
}

#[tokio::test]
async fn developments_letters_are_shut_in_too() {
    let folder = tempfile::tempdir().unwrap();
    let app = TestApp::with(|settings| settings.data_dir = Some(folder.path().to_owned())).await;
    let admin = app.admin().await;
    let mut input = new_partner("Acme", "ada@acme.example");
    input["message"] = json!("<script>alert(1)</script>");
    admin.mutate("invitePartner", "partner { id }", input).await;
    Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap()).drain().await.unwrap();
    let list = reqwest::get(format!("{}/dev/mail", app.base)).await.unwrap().text().await.unwrap();
    let links: Vec<_> = list.split('"').filter(|part| part.starts_with("/dev/mail/")).collect();
    assert_eq!(links.len(), 2, "{list}");
    for link in links {
        let answer = reqwest::get(format!("{}{link}", app.base)).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        is_shut_in(&answer);
        assert!(!answer.text().await.unwrap().contains("<script"));
    }
}
