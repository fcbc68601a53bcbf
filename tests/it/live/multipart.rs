//! Subscriptions by HTTP: Apollo's multipart protocol.

use crate::support::{
    Answer, Client, TestApp,
    people::{Kind, new_partner},
};
use partner_hub::http::Timing;
use reqwest::{Response, StatusCode, header};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use std::time::Duration;

const EVERY: &str = "subscription { partnerChanged { name } }";
const ACCEPT: &str = "multipart/mixed;subscriptionSpec=1.0, application/json";

async fn post(client: &Client, query: &str, accept: &str) -> Response {
    let mut request =
        client.http.post(&client.endpoint).header(header::ACCEPT, accept).json(&json!({ "query": query }));
    if let Some(token) = &client.token {
        request = request.bearer_auth(token);
    }
    request.send().await.unwrap()
}

/// Reads parts as a client does: up to the boundary that follows each.
struct Parts {
    response: Response,
    text: String,
}

impl Parts {
    async fn of(client: &Client, query: &str) -> Self {
        let response = post(client, query, ACCEPT).await;
        assert_eq!(response.status(), StatusCode::OK);
        let content_type = response.headers()[header::CONTENT_TYPE].to_str().unwrap();
        assert_eq!(content_type, "multipart/mixed;boundary=\"graphql\";subscriptionSpec=\"1.0\"");
        let mut parts = Self { response, text: String::new() };
        assert_eq!(parts.up_to_boundary().await, "");
        parts
    }

    async fn up_to_boundary(&mut self) -> String {
        loop {
            if let Some((part, rest)) = self.text.split_once("\r\n--graphql") {
                let (part, rest) = (part.to_owned(), rest.to_owned());
                self.text = rest;
                return part;
            }
            let more = self.response.chunk().await.unwrap().expect("another part");
            self.text.push_str(std::str::from_utf8(&more).unwrap());
        }
    }

    async fn next(&mut self) -> Value {
        let part = self.up_to_boundary().await;
        let body = part.strip_prefix("\r\nContent-Type: application/json\r\n\r\n").expect("a part with its header");
        serde_json::from_str(body).unwrap()
    }

    /// What stands behind the last boundary.
    async fn end(mut self) -> String {
        while let Some(more) = self.response.chunk().await.unwrap() {
            self.text.push_str(std::str::from_utf8(&more).unwrap());
        }
        self.text
    }
}

#[tokio::test]
async fn each_event_is_a_part() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut parts = Parts::of(&admin, EVERY).await;
    for name in ["Acme", "Birch"] {
        app.partner(&admin, name, Kind::Created).await;
        let told = parts.next().await;
        assert_eq!(told["payload"]["data"], json!({ "partnerChanged": { "name": name } }), "{told}");
        assert!(told["payload"].get("errors").is_none() && told.as_object().unwrap().len() == 1, "{told}");
        assert_eq!(told["payload"]["extensions"]["cost"], json!({ "requested": 1, "left": 9_999 }));
    }
    let (end, ()) = tokio::join!(parts.end(), app.stop());
    assert_eq!(end, "--\r\n", "a stopping server ends the answer");
}

#[tokio::test]
async fn an_answer_that_goes_on_says_so() {
    let app = TestApp::timed(Timing { heartbeat: Duration::from_millis(1), ..Timing::default() }).await;
    let admin = app.admin().await;
    let mut parts = Parts::of(&admin, EVERY).await;
    for _ in 0..3 {
        assert_eq!(parts.next().await, json!({}));
    }
    app.hub.pools.writes.execute_unprepared("UPDATE \"user\" SET status = 'DISABLED'").await.unwrap();
    let last = loop {
        match parts.next().await {
            beat if beat == json!({}) => {}
            last => break last,
        }
    };
    assert_eq!((&last["payload"], &last["errors"][0]["extensions"]["code"]), (&json!(null), &json!("UNAUTHENTICATED")));
    assert_eq!(parts.end().await, "--\r\n");
}

#[tokio::test]
async fn an_answer_to_a_key_ends_with_the_key() {
    let app = TestApp::timed(Timing { heartbeat: Duration::from_millis(1), ..Timing::default() }).await;
    let admin = app.admin().await;
    let (program, id) = crate::api_keys::program(&admin, "MEMBER", &["PARTNERS_READ"]).await;
    let refused = post(&program, "subscription { integrationChanged { name } }", ACCEPT).await;
    assert_eq!(Answer::of(refused).await.codes(), ["FORBIDDEN"], "the scope says what one is told of");
    let mut parts = Parts::of(&program, EVERY).await;
    admin.mutate("revokeApiKey", "", json!({ "id": id })).await;
    let last = loop {
        match parts.next().await {
            beat if beat == json!({}) => {}
            last => break last,
        }
    };
    assert_eq!((&last["payload"], &last["errors"][0]["extensions"]["code"]), (&json!(null), &json!("UNAUTHENTICATED")));
    assert_eq!(parts.end().await, "--\r\n");
}

#[tokio::test]
async fn who_falls_behind_is_told_to_begin_anew() {
    use partner_hub::changes::News;
    let app = TestApp::start().await;
    let mut parts = Parts::of(&app.admin().await, EVERY).await;
    app.hub.changes.publish(News::Missed);
    let last = parts.next().await;
    assert_eq!((&last["payload"], &last["errors"][0]["extensions"]["code"]), (&json!(null), &json!("RATE_LIMITED")));
    assert_eq!(parts.end().await, "--\r\n");
}

#[tokio::test]
async fn a_subscription_without_this_media_type_is_told_how() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for accept in ["*/*", "application/json", "multipart/mixed", "multipart/mixed;subscriptionSpec=2.0"] {
        let answer = Answer::of(post(&admin, EVERY, accept).await).await;
        assert_eq!((answer.status, answer.codes()), (StatusCode::NOT_ACCEPTABLE, vec!["BAD_USER_INPUT"]), "{accept}");
        assert!(answer.body["errors"][0]["message"].as_str().unwrap().contains("subscriptionSpec=1.0"));
    }
    let neither = Answer::of(post(&admin, "subscription {", "text/html").await).await;
    assert_eq!(neither.status, StatusCode::NOT_ACCEPTABLE);
    let mut url = reqwest::Url::parse(&admin.endpoint).unwrap();
    url.query_pairs_mut().append_pair("query", EVERY);
    let by_get = admin.http.get(url).header(header::ACCEPT, ACCEPT).send().await.unwrap();
    assert_eq!(by_get.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn what_is_refused_is_one_plain_answer() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    for (client, query, code) in [
        (&app.anonymous(), EVERY, "UNAUTHENTICATED"),
        (&pending.user, EVERY, "ONBOARDING_INCOMPLETE"),
        (&admin, "subscription { partnerChanged(id: \"x\") { name } }", "NOT_FOUND"),
        (&admin, "subscription { nowhere }", "BAD_USER_INPUT"),
        (&admin, "subscription { partnerChanged { name } activityAdded { id } }", "BAD_USER_INPUT"),
        (&admin, "subscription {", "BAD_USER_INPUT"),
    ] {
        let answer = Answer::of(post(client, query, ACCEPT).await).await;
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json; charset=utf-8");
        assert_eq!((answer.status, answer.codes()), (StatusCode::OK, vec![code]), "{query}");
        assert!(answer.body.get("data").is_none(), "{query}");
    }
}

#[tokio::test]
async fn other_documents_are_answered_as_ever() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for query in ["{ viewer { role } }", "query subscription { viewer { role } }"] {
        let answer = Answer::of(post(&admin, query, ACCEPT).await).await;
        assert_eq!(answer.body["data"], json!({ "viewer": { "role": "VENDOR_ADMIN" } }));
    }
    admin.mutate("createPartner", "partner { id }", new_partner("subscription", "ada@acme.example")).await;
}

#[tokio::test]
async fn answers_that_go_on_are_counted_with_the_sockets() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut open = Vec::new();
    for _ in 0..20 {
        open.push(Parts::of(&admin, EVERY).await);
    }
    let answer = Answer::of(post(&admin, EVERY, ACCEPT).await).await;
    assert_eq!((answer.status, answer.codes()), (StatusCode::TOO_MANY_REQUESTS, vec!["RATE_LIMITED"]));
    // A place is free when the server has seen that the client is gone.
    open.pop();
    while post(&admin, EVERY, ACCEPT).await.status() != StatusCode::OK {
        tokio::task::yield_now().await;
    }
}
