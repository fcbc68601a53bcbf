//! A client as programs write one: JSON over HTTP.

use reqwest::{StatusCode, header::HeaderMap};
use serde_json::{Value, json};

/// Somebody who sends documents.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) http: reqwest::Client,
    pub(crate) endpoint: String,
    pub(crate) token: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Client {
    pub(crate) fn new(base: &str) -> Self {
        let http = reqwest::Client::builder().user_agent("hub tests").build().unwrap();
        Self { http, endpoint: format!("{base}/graphql"), token: None }
    }

    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// Sends one document.
    pub(crate) async fn send(&self, query: &str, variables: Value) -> Answer {
        let mut request = self.http.post(&self.endpoint).json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    /// Sends a document that must succeed, and answers its data.
    pub(crate) async fn data(&self, query: &str, variables: Value) -> Value {
        let answer = self.send(query, variables).await;
        assert!(answer.body.get("errors").is_none(), "{query}\n{:#}", answer.body);
        answer.body["data"].clone()
    }

    /// Runs a mutation `name(input: $input)` that must succeed, and answers its payload.
    pub(crate) async fn mutate(&self, name: &str, fields: &str, input: Value) -> Value {
        let payload = self.try_mutate(name, fields, input).await.payload(name);
        assert_eq!(payload["userErrors"], json!([]), "{name}");
        payload
    }

    /// Runs a mutation `name(input: $input)`.
    pub(crate) async fn try_mutate(&self, name: &str, fields: &str, input: Value) -> Answer {
        let mut kind = name.to_owned();
        kind[..1].make_ascii_uppercase();
        let query = format!(
            "mutation M($input: {kind}Input!) {{ {name}(input: $input) {{ {fields} userErrors {{ field message code }} }} }}"
        );
        self.send(&query, json!({ "input": input })).await
    }
}

impl Answer {
    pub(crate) async fn of(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Self { status, headers, body }
    }

    /// The payload of a mutation that did not end in a top-level error.
    pub(crate) fn payload(&self, name: &str) -> Value {
        assert!(self.body.get("errors").is_none(), "{name}: {:#}", self.body);
        self.body["data"][name].clone()
    }

    /// The codes of the top-level errors.
    pub(crate) fn codes(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        errors.iter().map(|error| error["extensions"]["code"].as_str().unwrap_or("no code")).collect()
    }

    /// Field path and code of every user error of a mutation.
    pub(crate) fn refusals(&self, name: &str) -> Vec<(String, String)> {
        let payload = self.payload(name);
        let errors = payload["userErrors"].as_array().expect("a payload has userErrors");
        let path = |error: &Value| {
            let field = error["field"].as_array().map(Vec::as_slice).unwrap_or_default();
            field.iter().map(|part| part.as_str().unwrap()).collect::<Vec<_>>().join(".")
        };
        for error in errors {
            assert!(error["message"].as_str().is_some_and(|message| message.len() > 10), "{error}");
        }
        errors.iter().map(|error| (path(error), error["code"].as_str().unwrap().to_owned())).collect()
    }
}
