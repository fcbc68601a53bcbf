//! Foreign pages: of the origins that are named, with a bearer token; of no other, and never with a cookie.

use crate::support::{Answer, TestApp};
use reqwest::{Method, StatusCode, header};
use serde_json::json;

const PORTAL: &str = "https://portal.example.com";

/// The names of all headers that speak of foreign pages.
fn spoken(headers: &header::HeaderMap) -> Vec<String> {
    headers.keys().filter(|name| name.as_str().starts_with("access-control-")).map(ToString::to_string).collect()
}

/// What a browser asks before a page of this origin may call.
async fn preflight(app: &TestApp, origin: &str) -> reqwest::Response {
    let request = reqwest::Client::new().request(Method::OPTIONS, format!("{}/graphql", app.base));
    let request = request.header(header::ORIGIN, origin).header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST");
    let asked = "authorization,content-type,x-apollo-operation-name";
    request.header(header::ACCESS_CONTROL_REQUEST_HEADERS, asked).send().await.unwrap()
}

#[tokio::test]
async fn pages_of_named_origins_may_call() {
    let app = TestApp::with(|settings| settings.cors_origins = Some(format!("{PORTAL},https://b.example"))).await;
    let admin = app.admin().await;
    for origin in [PORTAL, "https://b.example"] {
        let answer = preflight(&app, origin).await;
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        let headers = answer.headers().clone();
        assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], origin);
        assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_METHODS], "GET,POST");
        let allowed = headers[header::ACCESS_CONTROL_ALLOW_HEADERS].to_str().unwrap();
        for name in ["content-type", "authorization", "x-apollo-operation-name", "apollographql-client-name"] {
            assert!(allowed.split(',').any(|allowed| allowed == name), "{name}: {allowed}");
        }
        assert!(!allowed.contains("csrf"), "cookies never count there");
        assert_eq!(headers[header::ACCESS_CONTROL_MAX_AGE], "7200");
        assert!(headers[header::VARY].to_str().unwrap().contains("origin"));
        assert!(!headers.contains_key(header::ACCESS_CONTROL_ALLOW_CREDENTIALS));
        assert!(answer.text().await.unwrap().is_empty());

        let request = admin.http.post(&admin.endpoint).bearer_auth(admin.token.as_deref().unwrap());
        let request = request.header(header::ORIGIN, origin).json(&json!({ "query": "{ viewer { role } }" }));
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(answer.body["data"]["viewer"]["role"], "VENDOR_ADMIN");
        assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], origin);
        assert!(!answer.headers.contains_key(header::ACCESS_CONTROL_ALLOW_CREDENTIALS));
    }
}

#[tokio::test]
async fn no_other_page_learns_anything() {
    let named = TestApp::with(|settings| settings.cors_origins = Some(PORTAL.into())).await;
    let nobody = TestApp::start().await;
    for (app, origin) in [
        (&named, "https://evil.example"),
        (&named, "https://portal.example.com.evil.example"),
        (&named, "http://portal.example.com"),
        (&named, "null"),
        (&nobody, PORTAL),
    ] {
        let asked = preflight(app, origin).await;
        assert_eq!(spoken(asked.headers()), [""; 0], "{origin}");
        let request = reqwest::Client::new().post(format!("{}/graphql", app.base)).header(header::ORIGIN, origin);
        let answer = Answer::of(request.json(&json!({ "query": "{ viewer { role } }" })).send().await.unwrap()).await;
        assert_eq!(spoken(&answer.headers), [""; 0], "{origin}");
    }
    let asked = preflight(&nobody, PORTAL).await;
    assert_eq!(asked.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(!asked.headers().contains_key(header::VARY));
    let elsewhere = format!("{}/health", named.base);
    let elsewhere = reqwest::Client::new().get(elsewhere).header(header::ORIGIN, PORTAL).send().await.unwrap();
    assert_eq!(spoken(elsewhere.headers()), [""; 0], "nothing but the graph");
}

#[tokio::test]
async fn a_cookie_does_not_count_on_a_named_page_either() {
    let app = TestApp::with(|settings| settings.cors_origins = Some(PORTAL.into())).await;
    let admin = app.admin().await;
    for name in ["sid", "__Host-sid"] {
        let request = reqwest::Client::new().post(format!("{}/graphql", app.base)).header(header::ORIGIN, PORTAL);
        let cookie = format!("{name}={}", admin.token.as_deref().unwrap());
        let request = request.header(header::COOKIE, cookie).header("x-partner-csrf", "1");
        let answer = Answer::of(request.json(&json!({ "query": "{ viewer { role } }" })).send().await.unwrap()).await;
        assert!(answer.status == StatusCode::FORBIDDEN || answer.body["data"] == json!({ "viewer": null }), "{name}");
    }
}

#[tokio::test]
async fn answers_are_compressed_only_if_the_operator_says_so() {
    for compress in [false, true] {
        let app = TestApp::with(|settings| settings.compress_answers = Some(compress)).await;
        let query = json!({ "query": "{ __schema { types { name description } } }" });
        let request = reqwest::Client::new().post(format!("{}/graphql", app.base)).json(&query);
        let answer = request.header(header::ACCEPT_ENCODING, "gzip, br").send().await.unwrap();
        assert_eq!(answer.headers().contains_key(header::CONTENT_ENCODING), compress);
        let body = answer.bytes().await.unwrap();
        assert_eq!(body.starts_with(&[0x1f, 0x8b]), compress);
    }
}

#[tokio::test]
async fn they_may_take_exports_too() {
    let app = TestApp::with(|settings| settings.cors_origins = Some(PORTAL.into())).await;
    let admin = app.admin().await;
    for (origin, allowed) in [(PORTAL, true), ("https://evil.example", false)] {
        let request = admin.http.get(format!("{}/export/partners.csv", app.base));
        let request = request.bearer_auth(admin.token.as_deref().unwrap()).header(header::ORIGIN, origin);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN), allowed);
        let told = answer.headers().get(header::ACCESS_CONTROL_EXPOSE_HEADERS).map(|told| told.to_str().unwrap());
        assert_eq!(told.is_some_and(|told| told.contains("content-disposition")), allowed);
    }
}
