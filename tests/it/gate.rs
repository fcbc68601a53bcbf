//! The gate as callers meet it: what is in order, what may be asked, and documents named by their hash.

use crate::support::{Answer, Client, TestApp, people::PASSWORD, socket::Socket};
use reqwest::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

async fn post(client: &Client, body: Value) -> Answer {
    let accept = "application/graphql-response+json";
    let mut request = client.http.post(&client.endpoint).header("accept", accept).json(&body);
    if let Some(token) = &client.token {
        request = request.bearer_auth(token);
    }
    Answer::of(request.send().await.unwrap()).await
}

fn hash(query: &str) -> String {
    Sha256::digest(query).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn named(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

#[tokio::test]
async fn a_document_that_was_sent_once_is_known_by_its_hash() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let query = "query Role { viewer { role } }";
    let unknown = post(&admin, json!({ "extensions": named(&hash(query)) })).await;
    assert_eq!(unknown.codes(), ["PERSISTED_QUERY_NOT_FOUND"]);
    assert_eq!(unknown.body["errors"][0]["message"], "PersistedQueryNotFound");
    let sent = post(&admin, json!({ "query": query, "extensions": named(&hash(query)) })).await;
    let known = post(&admin, json!({ "extensions": named(&hash(query)), "operationName": "Role" })).await;
    assert_eq!((&known.body, known.status), (&sent.body, StatusCode::OK));
    let mut url = reqwest::Url::parse(&admin.endpoint).unwrap();
    url.query_pairs_mut().append_pair("extensions", &named(&hash(query)).to_string());
    let by_get = admin.http.get(url).bearer_auth(admin.token.as_deref().unwrap()).send().await.unwrap();
    assert_eq!(Answer::of(by_get).await.body, sent.body);
    for (extensions, query) in [
        (named(&hash("{ other }")), json!(query)),
        (named("nonsense"), json!(query)),
        (json!({ "persistedQuery": { "version": 2, "sha256Hash": hash(query) } }), Value::Null),
        (json!({ "persistedQuery": 1 }), Value::Null),
        (json!({}), Value::Null),
    ] {
        let refused = post(&admin, json!({ "query": query, "extensions": extensions })).await;
        assert_eq!(
            (refused.status, refused.codes()),
            (StatusCode::BAD_REQUEST, vec!["BAD_USER_INPUT"]),
            "{extensions}"
        );
    }
}

#[tokio::test]
async fn a_document_guesses_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for (guess, variables) in [
        ("login(input: {email: \"a@b.example\", password: $a})", json!({ "a": "x" })),
        ("changePassword(input: {currentPassword: $a, newPassword: $b})", json!({ "a": "x", "b": "y" })),
        ("changeEmail(input: {newEmail: \"a@b.example\", password: $a})", json!({ "a": "x" })),
        ("confirmEmail(input: {token: $a})", json!({ "a": "x" })),
        ("resetPassword(input: {token: $a, password: $b})", json!({ "a": "x", "b": "y" })),
        ("acceptInvitation(input: {token: $a, password: $b})", json!({ "a": "x", "b": "y" })),
        ("declineInvitation(input: {token: $a})", json!({ "a": "x" })),
    ] {
        let names = variables.as_object().unwrap().keys().map(|name| format!("${name}: Secret!"));
        let names = names.collect::<Vec<_>>().join(", ");
        let twice = format!("mutation({names}) {{ a: {guess} {{ __typename }} b: {guess} {{ __typename }} }}");
        let answer = admin.send(&twice, variables).await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"], "{guess}");
        let message = answer.body["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains("one link or password per document"), "{message}");
    }
}

#[tokio::test]
async fn a_mutation_that_opens_a_session_goes_by_its_hash_too() {
    let app = TestApp::start().await;
    app.admin().await;
    let query =
        "mutation LogIn($input: LoginInput!) { login(input: $input) { session { token } userErrors { code } } }";
    let input = json!({ "email": "admin@example.com", "password": PASSWORD });
    for (kind, body) in [
        ("written", json!({ "query": query, "extensions": named(&hash(query)) })),
        ("named", json!({ "extensions": named(&hash(query)) })),
        ("with a word of subscriptions", json!({ "query": format!("{query} # no subscription") })),
    ] {
        let mut body = body;
        body["variables"] = json!({ "input": input });
        let answer = post(&app.anonymous(), body).await;
        assert!(answer.body["data"]["login"]["session"]["token"].is_string(), "{kind}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_secret_stands_in_variables_only() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    app.statements.take();
    for query in [
        r#"mutation { login(input: {email: "a@b.example", password: "written out"}) { userErrors { code } } }"#,
        r#"mutation { changePassword(input: {currentPassword: "written out", newPassword: $n}) { userErrors { code } } }"#,
        r#"mutation { changePassword(input: {currentPassword: $n, newPassword: "written out"}) { userErrors { code } } }"#,
        r#"mutation { completeLogin(input: {challenge: "written out", code: $n}) { userErrors { code } } }"#,
        r#"mutation { completeLogin(input: {challenge: $n, code: """written out"""}) { userErrors { code } } }"#,
        r#"mutation { completeLogin(input: {challenge: $n, code: 123456}) { userErrors { code } } }"#,
        r#"mutation M($p: Secret! = "written out") { reauthenticate(input: {password: $p}) { userErrors { code } } }"#,
        r#"mutation M($i: ReauthenticateInput! = {password: "written out"}) { reauthenticate(input: $i) { userErrors { code } } }"#,
        r#"{ invitationPreview(token: "written out") { name } }"#,
        r#"{ ...F } fragment F on Query { invitationPreview(token: "written out") { name } }"#,
    ] {
        let query =
            if query.contains("$n") { query.replacen("mutation", "mutation M($n: Secret!)", 1) } else { query.into() };
        let answer = post(&admin, json!({ "query": query, "variables": { "n": "x" } })).await;
        assert_eq!(answer.codes().first(), Some(&"BAD_USER_INPUT"), "{query}: {}", answer.body);
        let message = answer.body["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains("in variables"), "{query}: {message}");
        assert!(!answer.body.to_string().contains("written out"), "{query}: {message}");
    }
    assert_eq!(app.statements.take(), [""; 0]);
}

#[tokio::test]
async fn a_hash_opens_nothing_that_its_document_would_not() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let change = "mutation { logout { userErrors { code } } }";
    post(&app.anonymous(), json!({ "query": change, "extensions": named(&hash(change)) })).await;
    let mut url = reqwest::Url::parse(&admin.endpoint).unwrap();
    url.query_pairs_mut().append_pair("extensions", &named(&hash(change)).to_string());
    let by_get = admin.http.get(url).bearer_auth(admin.token.as_deref().unwrap()).send().await.unwrap();
    assert_eq!(by_get.status(), StatusCode::METHOD_NOT_ALLOWED);
    let refused = "{ partners(first: 1) { nodes { nothing } } }";
    post(&admin, json!({ "query": refused })).await;
    let unknown = post(&admin, json!({ "extensions": named(&hash(refused)) })).await;
    assert_eq!(unknown.codes(), ["PERSISTED_QUERY_NOT_FOUND"], "what was refused is not kept");
}

#[tokio::test]
async fn what_is_not_in_order_is_refused_before_anything_runs() {
    let app = TestApp::start().await;
    app.statements.take();
    for (query, variables, sentence) in [
        ("query Q($on: Boolean = null) { viewer @include(if: $on) { role } }", json!({}), "may be null"),
        ("{ partners(orderBy: [{ field: NAME, field: NAME }]) { totalCount } }", json!({}), "only one input field"),
        (
            "query Q($first: Int) { partners(first: $first) { totalCount } }",
            json!({ "first": "ten" }),
            "variable first is not of the type Int",
        ),
        (
            "query Q($first: Int) { partners(first: $first) { totalCount } }",
            json!({ "first": 2_147_483_648_u64 }),
            "not of the type Int",
        ),
        ("query Q($id: ID!) { partner(id: $id) { name } }", json!({}), "non-null variable"),
        ("query Q($id: ID!) { partner(id: $id) { name } }", json!({ "id": null }), "null value"),
        (
            "mutation L($input: LoginInput!) { login(input: $input) { session { token } } }",
            json!({ "input": { "email": "a@b.example", "password": "p", "other": 1 } }),
            "other",
        ),
        (
            "query Q($by: [PartnerOrderBy!]) { partners(orderBy: $by) { totalCount } }",
            json!({ "by": [{ "field": "SIZE" }] }),
            "PartnerOrderField",
        ),
        ("{ viewer { role rank } }", json!({}), "rank"),
        ("{ viewer { role } ...F } fragment F on Nowhere { x }", json!({}), "`F`"),
        ("query Q($x: Int) { viewer { role } }", json!({}), "$x"),
        ("{ partner { name } }", json!({}), "id"),
        ("{ viewer }", json!({}), "subselection"),
        ("{ viewer { role { x } } }", json!({}), "subselection"),
        ("{ a: viewer { role } a: partners { totalCount } }", json!({}), "a"),
    ] {
        let answer = post(&app.anonymous(), json!({ "query": query, "variables": variables })).await;
        assert_eq!((answer.status, answer.codes()[0]), (StatusCode::BAD_REQUEST, "BAD_USER_INPUT"), "{query}");
        assert!(answer.body.get("data").is_none(), "{query}");
        let message = answer.body["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains(sentence), "{query}: {message}");
    }
    assert_eq!(app.statements.take(), Vec::<String>::new());
}

#[tokio::test]
async fn a_value_of_the_wrong_type_is_not_repeated() {
    let app = TestApp::start().await;
    let query = "mutation L($input: LoginInput!) { login(input: $input) { session { token } } }";
    for input in [
        json!("my-secret-password"),
        json!({ "email": ["my-secret-password"], "password": 1 }),
        json!({ "email": "a", "password": ["my-secret-password"] }),
    ] {
        let answer = post(&app.anonymous(), json!({ "query": query, "variables": { "input": input } })).await;
        assert!(!answer.body.to_string().contains("my-secret-password"), "{}", answer.body);
    }
}

#[tokio::test]
async fn the_operation_is_the_one_that_is_named() {
    let app = TestApp::start().await;
    let query = "query Role { viewer { role } }";
    for (name, codes) in
        [(json!("Role"), vec![]), (json!(""), vec![]), (json!(null), vec![]), (json!("Other"), vec!["BAD_USER_INPUT"])]
    {
        let answer = post(&app.anonymous(), json!({ "query": query, "operationName": name })).await;
        assert_eq!(answer.codes(), codes, "{name}");
    }
}

#[tokio::test]
async fn an_answer_tells_what_was_asked_and_what_was_left() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let query = "query Q($first: Int! = 10) { partners(first: $first) { nodes { users(first: 5) { nodes { id } } } } }";
    for (variables, requested) in [(json!({}), 60), (json!({ "first": 100 }), 600), (json!({ "first": 1 }), 6)] {
        let answer = post(&admin, json!({ "query": query, "variables": variables })).await;
        assert_eq!(answer.body["extensions"]["cost"], json!({ "requested": requested, "left": 10_000 - requested }));
    }
}

#[tokio::test]
async fn a_size_that_is_left_out_is_the_usual_one_and_no_way_around_the_cap() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let query = "query Wide($n: Int) { partners(first: $n) { nodes { integrations(first: 100) { nodes {
        tenants(first: 100) { nodes { id } } } } } } }";
    // Kept once a caller has sent a size that fits.
    let small =
        post(&admin, json!({ "query": query, "variables": { "n": 1 }, "extensions": named(&hash(query)) })).await;
    assert_eq!(small.codes(), ["BAD_USER_INPUT"], "one is too many: {}", small.body);
    let mut socket = Socket::of(&app, &admin).await;
    app.statements.take();
    for variables in [json!({}), json!(null), json!({ "n": null }), json!({ "other": 1 })] {
        for body in [
            json!({ "query": query, "variables": variables }),
            json!({ "extensions": named(&hash(query)), "variables": variables }),
        ] {
            let refused = post(&admin, body.clone()).await;
            let message = refused.body["errors"][0]["message"].as_str().unwrap();
            assert!(message.contains("up to 505050 objects"), "{body}: {message}");
        }
        socket.start("1", query, variables).await;
        let heard = socket.hear().await;
        let message = heard["payload"][0]["message"].as_str().unwrap();
        assert!(heard["type"] == "error" && message.contains("up to 505050 objects"), "{heard}");
    }
    assert_eq!(app.statements.take(), [""; 0]);
}

#[tokio::test]
async fn a_page_is_counted_by_whichever_size_is_said() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for (arguments, requested) in [
        ("first: null, last: 100", 100),
        ("last: 100", 100),
        ("first: 7", 7),
        ("first: 7, last: null", 7),
        ("first: null", 50),
        ("last: null, first: null", 50),
    ] {
        let query = format!("{{ partners({arguments}) {{ nodes {{ id }} }} }}");
        let answer = post(&admin, json!({ "query": query })).await;
        assert_eq!(answer.body["extensions"]["cost"]["requested"], requested, "{arguments}: {}", answer.body);
    }
    let history = "{ invitations(first: 3) { nodes { history { id } } } }";
    let answer = post(&admin, json!({ "query": history })).await;
    assert_eq!(answer.body["extensions"]["cost"]["requested"], 3 + 3 * 100, "{}", answer.body);
}

#[tokio::test]
async fn limits_are_the_operators() {
    let app = TestApp::with(|settings| {
        settings.limits.depth = Some(3);
        settings.limits.aliases = Some(1);
        settings.limits.directives = Some(2);
        settings.limits.objects = Some(50);
        settings.limits.document = Some(400);
        settings.limits.errors = Some(2);
        settings.limits.variable_list = Some(2);
    })
    .await;
    let admin = app.admin().await;
    let yes = "@include(if: true)";
    for (query, variables, sentence) in [
        ("{ viewer { user { name } } }".to_owned(), json!({}), None),
        ("{ viewer { user { organization { name } } } }".into(), json!({}), Some("fields below fields; at most 3")),
        ("{ a: viewer { b: role } }".into(), json!({}), Some("aliases; at most 1")),
        (
            format!("{{ viewer {yes} {{ role {yes} }} partnerForm {yes} {{ id }} }}"),
            json!({}),
            Some("directives; at most 2"),
        ),
        ("{ partners(first: 51) { nodes { id } } }".into(), json!({}), Some("at most 50")),
        (format!("{{ viewer {{ role }} }} # {}", "x".repeat(400)), json!({}), Some("longer than 400 bytes")),
        (
            "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }".into(),
            json!({ "ids": ["a", "b", "c"] }),
            Some("more than 2 entries"),
        ),
        ("query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }".into(), json!({ "ids": ["a", "b"] }), None),
    ] {
        let answer = post(&admin, json!({ "query": query, "variables": variables })).await;
        let message = answer.body["errors"][0]["message"].as_str();
        match sentence {
            Some(sentence) => {
                assert!(message.is_some_and(|message| message.contains(sentence)), "{query}: {message:?}")
            }
            None => assert_eq!(message, None, "{query}"),
        }
    }
    let many = post(&admin, json!({ "query": "{ viewer { x y z } }" })).await;
    assert_eq!(many.codes().len(), 2);
}
