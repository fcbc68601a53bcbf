//! The network in front of the graph: content types, bodies, cookies, headers, pages.

use crate::support::{
    Answer, TestApp,
    people::{PASSWORD, new_partner},
    token_in,
};
use reqwest::{Method, StatusCode, header};
use serde_json::json;

/// The least that a production server needs.
fn production(settings: &mut partner_hub::config::Settings) {
    settings.public_url = Some("https://partners.example.com".into());
    settings.secret_key = Some("k".repeat(32));
    settings.smtp_url = Some("smtps://mail.example.com".into());
    settings.mail_from = Some("Acme <partners@acme.example>".into());
}

const VIEWER: &str = "{\"query\":\"{ viewer { role } }\"}";

#[tokio::test]
async fn only_json_is_taken() {
    let app = TestApp::start().await;
    let http = reqwest::Client::new();
    let url = format!("{}/graphql", app.base);
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin1",
        "application/graphql",
        "",
    ] {
        let request = http.post(&url).header(header::CONTENT_TYPE, content_type).body(VIEWER);
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(
            (answer.status, answer.codes()),
            (StatusCode::UNSUPPORTED_MEDIA_TYPE, vec!["BAD_USER_INPUT"]),
            "{content_type}"
        );
    }
    let without = Answer::of(http.post(&url).body(VIEWER).send().await.unwrap()).await;
    assert_eq!(without.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for content_type in ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"] {
        let request = http.post(&url).header(header::CONTENT_TYPE, content_type).body(VIEWER);
        assert_eq!(Answer::of(request.send().await.unwrap()).await.body["data"], json!({ "viewer": null }));
    }
}

#[tokio::test]
async fn every_public_audit_of_graphql_over_http_is_passed() {
    let app = TestApp::start().await;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/node");
    let mut audits = tokio::process::Command::new("node");
    audits.args(["audits.mjs", &format!("{}/graphql", app.base)]).current_dir(folder);
    let output = audits.output().await.expect("Node runs the audits");
    let said = String::from_utf8_lossy(&output.stdout);
    let failed: Vec<_> = said.lines().filter(|line| !line.starts_with("ok ")).collect();
    assert!(
        output.status.success() && said.contains("61 of 61"),
        "{failed:#?} {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test]
async fn queries_go_by_get_and_changes_do_not() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let http = reqwest::Client::new();
    let get = |pairs: &[(&str, &str)]| {
        let mut url = reqwest::Url::parse(&format!("{}/graphql", app.base)).unwrap();
        url.query_pairs_mut().extend_pairs(pairs);
        http.get(url).bearer_auth(admin.token.as_deref().unwrap())
    };
    let node = "query N($id: ID!) { node(id: $id) { id } }";
    for pairs in [
        &[("query", "{ viewer { role } }")] as &[_],
        &[("query", node), ("variables", "{\"id\":\"x\"}"), ("operationName", "N")],
        &[("query", node), ("variables", "{\"id\":\"x\"}"), ("operationName", ""), ("extensions", "{}")],
    ] {
        let answer = Answer::of(get(pairs).send().await.unwrap()).await;
        assert!(answer.status == 200 && answer.codes().is_empty(), "{pairs:?} {:#}", answer.body);
    }
    let before = app.rows().await;
    let mutation =
        Answer::of(get(&[("query", "mutation { logout { userErrors { code } } }")]).send().await.unwrap()).await;
    assert_eq!((mutation.status, mutation.codes()), (StatusCode::METHOD_NOT_ALLOWED, vec!["BAD_USER_INPUT"]));
    assert_eq!(mutation.headers[header::ALLOW], "POST");
    for method in [reqwest::Method::PUT, reqwest::Method::PATCH, reqwest::Method::DELETE] {
        let answer = Answer::of(http.request(method, format!("{}/graphql", app.base)).send().await.unwrap()).await;
        assert_eq!((answer.status, answer.codes()), (StatusCode::METHOD_NOT_ALLOWED, vec!["BAD_USER_INPUT"]));
        assert_eq!(answer.headers[header::ALLOW], "GET, POST");
    }
    for pairs in [&[] as &[_], &[("query", node), ("variables", "{")], &[("query", node), ("variables", "[]")]] {
        let answer = Answer::of(get(pairs).send().await.unwrap()).await;
        assert_eq!((answer.status, answer.codes()), (StatusCode::BAD_REQUEST, vec!["BAD_USER_INPUT"]), "{pairs:?}");
    }
    assert_eq!(app.rows().await, before);
}

#[tokio::test]
async fn the_media_type_decides_on_the_status_of_refused_documents() {
    let app = TestApp::start().await;
    let http = reqwest::Client::new();
    let new = "application/graphql-response+json";
    for (accept, query, status, media) in [
        (new, "{ nonsense }", 400, new),
        (new, "{ viewer { ", 400, new),
        (new, "{ ...nowhere }", 400, new),
        (new, "{ viewer { role } }", 200, new),
        (new, "{ partners { totalCount } }", 200, new),
        ("application/json", "{ nonsense }", 200, "application/json"),
        ("*/*", "{ nonsense }", 200, "application/json"),
        ("text/html", "{ viewer { role } }", 406, "application/json"),
    ] {
        let request = http.post(format!("{}/graphql", app.base)).header(header::ACCEPT, accept);
        let answer = Answer::of(request.json(&json!({ "query": query })).send().await.unwrap()).await;
        assert_eq!(answer.status, status, "{accept} {query}");
        assert!(answer.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with(media), "{accept} {query}");
        // A document that never ran has no data; one that ran and failed has.
        let ran = status == 200 && !query.contains("nonsense");
        assert_eq!(answer.body.get("data").is_some(), ran, "{accept} {query} {:#}", answer.body);
    }
}

#[tokio::test]
async fn malformed_bodies_are_answered_in_json() {
    let app = TestApp::start().await;
    let http = reqwest::Client::new();
    for (body, status) in [
        ("".to_owned(), StatusCode::BAD_REQUEST),
        ("{".to_owned(), StatusCode::BAD_REQUEST),
        ("[]".to_owned(), StatusCode::BAD_REQUEST),
        (format!("[{VIEWER}]"), StatusCode::BAD_REQUEST),
        ("{\"query\":1}".to_owned(), StatusCode::BAD_REQUEST),
        ("{\"query\":\"{viewer{role}}\",\"variables\":[]}".to_owned(), StatusCode::BAD_REQUEST),
        (
            format!(
                "{{\"query\":\"{{viewer{{role}}}}\",\"variables\":{{\"x\":{}{}}}}}",
                "[".repeat(50),
                "]".repeat(50)
            ),
            StatusCode::BAD_REQUEST,
        ),
        (format!("{{\"query\":\"{}\"}}", "x".repeat(70_000)), StatusCode::PAYLOAD_TOO_LARGE),
        ("{\"query\":\"{ nonsense }\"}".to_owned(), StatusCode::OK),
        ("{\"query\":\"{ viewer { \"}".to_owned(), StatusCode::OK),
        (format!("{{\"query\":\"{{ node(id: {}) {{ id }} }}\"}}", "[".repeat(6_000)), StatusCode::OK),
    ] {
        let request = http
            .post(format!("{}/graphql", app.base))
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.clone());
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!((answer.status, answer.codes()), (status, vec!["BAD_USER_INPUT"]), "{body:.80}");
    }
    assert!(app.statements.take().iter().all(|statement| !statement.contains("FROM \"session\"")));
}

#[tokio::test]
async fn a_cookie_needs_our_own_page() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("createPartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let token = token_in(&app.letter_to("ada@acme.example").await);
    let input = json!({ "token": token, "password": PASSWORD, "setCookie": true });
    let answer = app.anonymous().try_mutate("acceptInvitation", "session { token expiresAt }", input).await;
    assert_eq!(answer.payload("acceptInvitation")["session"]["token"], json!(null), "a cookie or a token, not both");
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let client = reqwest::Client::new();
    let send = async |method: Method, kind: &str, headers: &[(&str, Option<String>)]| {
        let asked = if method == Method::GET { "?query=%7Bviewer%7Brole%7D%7D" } else { "" };
        let mut request =
            client.request(method.clone(), format!("{}/graphql{asked}", app.base)).header(header::COOKIE, &cookie);
        request = match method {
            Method::GET => request,
            _ => request.header(header::CONTENT_TYPE, kind).body(VIEWER),
        };
        for (name, value) in headers {
            if let Some(value) = value {
                request = request.header(*name, value);
            }
        }
        Answer::of(request.send().await.unwrap()).await
    };
    let own = app.base.clone();
    let below = own.replacen("http://", "http://pages.", 1);
    let origins = [None, Some(own.as_str()), Some(&below), Some("https://evil.example"), Some("null")];
    let sites = [None, Some("same-origin"), Some("same-site"), Some("cross-site"), Some("none")];
    for method in [Method::POST, Method::GET] {
        for (csrf, origin, site) in iproduct(&[None, Some("1"), Some("0")], &origins, &sites) {
            let headers = [("x-partner-csrf", csrf), ("origin", origin), ("sec-fetch-site", site)];
            let headers = headers.map(|(name, value)| (name, value.map(str::to_owned)));
            let answer = send(method.clone(), "application/json", &headers).await;
            let is_ours = site == Some("same-origin") || (site.is_none() && origin == Some(own.as_str()));
            if csrf == Some("1") && is_ours {
                assert_eq!(answer.body["data"]["viewer"]["role"], "PARTNER_ADMIN", "{method} {headers:?}");
            } else {
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {headers:?}");
            }
        }
    }
    let ours = [("x-partner-csrf", Some("1".to_owned())), ("origin", Some(own.clone()))];
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        assert_eq!(send(Method::POST, kind, &ours).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
}

type Words<'a> = [Option<&'a str>];

/// Every one with every other.
fn iproduct<'a>(
    a: &'a Words<'a>,
    b: &'a Words<'a>,
    c: &'a Words<'a>,
) -> impl Iterator<Item = (Option<&'a str>, Option<&'a str>, Option<&'a str>)> {
    let pairs = a.iter().flat_map(move |a| b.iter().map(move |b| (*a, *b)));
    pairs.flat_map(move |(a, b)| c.iter().map(move |c| (a, b, *c)))
}

#[tokio::test]
async fn letters_of_development_are_shown_at_this_machines_names_only() {
    let app = TestApp::start().await;
    let port = app.base.rsplit(':').next().unwrap();
    for (host, status) in
        [("localhost", 200), ("127.0.0.1", 200), ("[::1]", 200), ("evil.example", 403), ("127.0.0.1.evil.example", 403)]
    {
        let request = reqwest::Client::new().get(format!("{}/dev/mail", app.base));
        let answer = request.header(header::HOST, format!("{host}:{port}")).send().await.unwrap();
        assert_eq!(answer.status(), status, "{host}");
    }
}

#[tokio::test]
async fn answers_carry_the_headers_that_keep_browsers_safe() {
    let app = TestApp::start().await;
    for path in ["/", "/accept", "/playground/", "/dev/mail", "/health", "/graphql", "/nowhere", "/pages/page.css"] {
        let headers = reqwest::get(format!("{}{path}", app.base)).await.unwrap().headers().clone();
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
        assert_eq!(headers["strict-transport-security"], "max-age=31536000", "{path}");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin", "{path}");
        assert_eq!(headers["cross-origin-resource-policy"], "same-origin", "{path}");
        let policy = headers["permissions-policy"].to_str().unwrap();
        assert!(policy.contains("camera=()") && policy.contains("geolocation=()"), "{path}: {policy}");
        if ["/dev/mail", "/health", "/graphql", "/nowhere"].contains(&path) {
            assert_eq!(headers["cache-control"], "no-store", "{path}");
        }
        let csp = headers["content-security-policy"].to_str().unwrap();
        assert!(csp.starts_with("default-src 'none'") && csp.contains("frame-ancestors 'none'"), "{path}");
        assert!(!csp.split(';').any(|rule| rule.contains("script-src") && rule.contains("unsafe")), "{path}");
        assert!(headers.contains_key("x-request-id"), "{path}");
    }
}

#[tokio::test]
async fn the_web_app_stands_at_its_addresses() {
    let app = TestApp::start().await;
    for path in
        ["/", "/partners", "/partners/x/users", "/settings/users", "/log-in", "/accept", "/reset", "/email", "/welcome"]
    {
        let page = reqwest::get(format!("{}{path}", app.base)).await.unwrap();
        assert_eq!(page.status(), 200, "{path}");
        let csp = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(!csp.contains("unsafe") && csp.contains("require-trusted-types-for"), "{path}: {csp}");
        let page = page.text().await.unwrap();
        assert!(!page.contains("://") && !page.contains("<style"), "{path}: {page}");
        let script = page.split('"').find(|part| part.starts_with("/assets/")).expect("`make web` builds the app");
        let script = reqwest::get(format!("{}{script}", app.base)).await.unwrap();
        assert!(script.headers()[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"), "{path}");
    }
    for path in ["/nowhere", "/partnersx", "/assets/nowhere.js"] {
        assert_eq!(reqwest::get(format!("{}{path}", app.base)).await.unwrap().status(), 404, "{path}");
    }
}

#[tokio::test]
async fn whoever_looks_where_nothing_is_sees_the_app_and_a_program_the_status() {
    let app = TestApp::start().await;
    let ask = |method: reqwest::Method, accept: &'static str| {
        let request = reqwest::Client::new().request(method, format!("{}/nowhere", app.base));
        async move { request.header(header::ACCEPT, accept).send().await.unwrap() }
    };
    let page = ask(reqwest::Method::GET, "text/html,application/xhtml+xml,*/*;q=0.8").await;
    assert_eq!(page.status(), 404);
    assert!(page.text().await.unwrap().contains("/assets/"), "`make web` builds the app");
    for (method, accept) in [(reqwest::Method::GET, "*/*"), (reqwest::Method::POST, "text/html")] {
        let answer = ask(method, accept).await;
        assert_eq!(answer.status(), 404);
        assert_eq!(answer.text().await.unwrap(), "");
    }
}

#[tokio::test]
async fn development_pages_are_for_development() {
    let hub = TestApp::with(production).await;
    assert_eq!(reqwest::get(format!("{}/dev/mail", hub.base)).await.unwrap().status(), 404);
    let development = TestApp::start().await;
    assert_eq!(reqwest::get(format!("{}/dev/mail", development.base)).await.unwrap().status(), 200);
}

#[tokio::test]
async fn links_and_cookies_follow_the_public_url() {
    let app = TestApp::with(production).await;
    let link = partner_hub::domain::invitation::invite_first_admin(&app.system()).await.unwrap().unwrap();
    assert!(link.starts_with("https://partners.example.com/accept#t=pinv_"), "{link}");
    let input = json!({ "token": link.split("#t=").nth(1), "password": PASSWORD, "setCookie": true });
    let answer = app.anonymous().try_mutate("acceptInvitation", "", input).await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-sid=") && cookie.ends_with("; Secure"), "{cookie}");
}

#[tokio::test]
async fn health_answers() {
    let app = TestApp::start().await;
    assert_eq!(reqwest::get(format!("{}/health", app.base)).await.unwrap().status(), 200);
}

#[tokio::test]
async fn the_playground_is_ours_and_whole() {
    let app = TestApp::start().await;
    let get = |path: String| {
        let url = format!("{}{path}", app.base);
        async move { reqwest::get(url).await.unwrap() }
    };
    let page = get("/playground".into()).await;
    assert_eq!(page.status(), 200, "`make web` builds the playground");
    let page = page.text().await.unwrap();
    assert!(!page.contains("://"), "no other host is named: {page}");
    let files: Vec<_> = page.split('"').filter(|part| part.starts_with("/playground/")).map(str::to_owned).collect();
    assert!(files.len() >= 2, "{page}");
    for file in files {
        let answer = get(file.clone()).await;
        assert_eq!(answer.status(), 200, "{file}");
        assert!(answer.headers()[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"), "{file}");
    }
    assert_eq!(get("/playground/assets/nowhere.js".into()).await.status(), 404);
    let asked = |coding: &'static str| {
        let request = reqwest::Client::new().get(format!("{}/playground", app.base));
        async move { request.header(header::ACCEPT_ENCODING, coding).send().await.unwrap() }
    };
    for (asks, gets) in [("gzip, deflate, br", Some("br")), ("gzip", Some("gzip")), ("identity", None)] {
        let answer = asked(asks).await;
        let coding = answer.headers().get(header::CONTENT_ENCODING).map(|coding| coding.to_str().unwrap());
        assert_eq!((answer.status().as_u16(), coding), (200, gets));
        assert_eq!(answer.headers()[header::VARY], "accept-encoding");
        let known =
            reqwest::Client::new().get(format!("{}/playground", app.base)).header(header::ACCEPT_ENCODING, asks);
        let known = known.header(header::IF_NONE_MATCH, answer.headers()[header::ETAG].clone()).send().await.unwrap();
        assert_eq!(known.status(), 304);
    }
    assert_eq!(get("/playground/..%2f..%2fCargo.toml".into()).await.status(), 404);
}

#[tokio::test]
async fn strangers_do_not_introspect_a_production_server() {
    let introspect = "{ __schema { queryType { name } } }";
    let hub = TestApp::with(production).await;
    assert_eq!(hub.anonymous().send(introspect, json!({})).await.codes(), ["UNAUTHENTICATED"]);
    let hidden = "{ ...Q } fragment Q on Query { ... { __type(name: \"User\") { name } } }";
    assert_eq!(hub.anonymous().send(hidden, json!({})).await.codes(), ["UNAUTHENTICATED"]);
    let admin = hub.admin().await;
    admin.data(introspect, json!({})).await;
    crate::api_keys::program(&admin, "MEMBER", &["PARTNERS_READ"]).await.0.data(introspect, json!({})).await;
    TestApp::start().await.anonymous().data(introspect, json!({})).await;
}
