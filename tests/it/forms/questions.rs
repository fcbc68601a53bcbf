//! Bad questions and bad answers, one table each.

use super::{publish, question, with};
use crate::{
    mutations::refuses,
    support::{TestApp, people::Kind},
};
use serde_json::{Value, json};

#[tokio::test]
async fn bad_questions_are_told_at_their_fields_and_publish_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let many = |count: usize| (0..count).map(|number| json!(format!("o{number}"))).collect::<Vec<_>>();
    let cases: Vec<(Value, Vec<(&str, &str)>)> = vec![
        (with(question("a", "TEXT"), json!({ "key": "" })), vec![("key", "INVALID")]),
        (with(question("a", "TEXT"), json!({ "key": "Name" })), vec![("key", "INVALID")]),
        (with(question("a", "TEXT"), json!({ "key": "1st" })), vec![("key", "INVALID")]),
        (with(question("a", "TEXT"), json!({ "key": "a-b" })), vec![("key", "INVALID")]),
        (with(question("a", "TEXT"), json!({ "key": "é" })), vec![("key", "INVALID")]),
        (with(question("a", "TEXT"), json!({ "key": "a".repeat(65) })), vec![("key", "INVALID")]),
        (with(question("a", "TEXT"), json!({ "label": " " })), vec![("label", "BLANK")]),
        (with(question("a", "TEXT"), json!({ "label": "x".repeat(201) })), vec![("label", "TOO_LONG")]),
        (with(question("a", "TEXT"), json!({ "label": "a\u{202e}b" })), vec![("label", "INVALID")]),
        (with(question("a", "TEXT"), json!({ "description": "x".repeat(1_001) })), vec![("description", "TOO_LONG")]),
        (with(question("a", "TEXT"), json!({ "options": ["x", "y"] })), vec![("options", "INVALID")]),
        (with(question("a", "SELECT"), json!({ "options": [] })), vec![("options", "TOO_SHORT")]),
        (with(question("a", "SELECT"), json!({ "options": ["x"] })), vec![("options", "TOO_SHORT")]),
        (with(question("a", "SELECT"), json!({ "options": many(201) })), vec![("options", "TOO_LONG")]),
        (with(question("a", "SELECT"), json!({ "options": ["x", "y", " x "] })), vec![("options.2", "TAKEN")]),
        (with(question("a", "MULTI_SELECT"), json!({ "options": ["x", ""] })), vec![("options.1", "BLANK")]),
        (
            with(question("a", "MULTI_SELECT"), json!({ "options": ["x", "y".repeat(201)] })),
            vec![("options.1", "TOO_LONG")],
        ),
        (with(question("a", "TERMS"), json!({ "termsUrl": null })), vec![("termsUrl", "REQUIRED")]),
        (with(question("a", "TERMS"), json!({ "termsUrl": "http://plain.example" })), vec![("termsUrl", "INVALID")]),
        (with(question("a", "TERMS"), json!({ "termsUrl": "javascript:alert(1)" })), vec![("termsUrl", "INVALID")]),
        (with(question("a", "TEXT"), json!({ "termsUrl": "https://a.example" })), vec![("termsUrl", "INVALID")]),
        (with(question("a", "TEXT"), json!({ "min": 2, "max": 1 })), vec![("min", "INVALID")]),
        (with(question("a", "TEXT"), json!({ "min": -1 })), vec![("min", "INVALID")]),
        (with(question("a", "LONG_TEXT"), json!({ "max": 1.5 })), vec![("max", "INVALID")]),
        (with(question("a", "LONG_TEXT"), json!({ "max": 5_001 })), vec![("max", "INVALID")]),
        (with(question("a", "EMAIL"), json!({ "max": 255 })), vec![("max", "INVALID")]),
        (with(question("a", "URL"), json!({ "max": 2_001 })), vec![("max", "INVALID")]),
        (with(question("a", "MULTI_SELECT"), json!({ "max": 4 })), vec![("max", "INVALID")]),
        (with(question("a", "NUMBER"), json!({ "min": 0.5, "max": 0.25 })), vec![("min", "INVALID")]),
        (with(question("a", "SELECT"), json!({ "min": 1 })), vec![("min", "INVALID")]),
        (with(question("a", "DATE"), json!({ "max": 1 })), vec![("max", "INVALID")]),
        (with(question("a", "TERMS"), json!({ "min": 0, "max": 1 })), vec![("min", "INVALID"), ("max", "INVALID")]),
        (with(question("a", "DATE"), json!({ "earliest": "2027-02-30" })), vec![("earliest", "INVALID")]),
        (with(question("a", "DATE"), json!({ "latest": "soon" })), vec![("latest", "INVALID")]),
        (
            with(question("a", "DATE"), json!({ "earliest": "2027-02-02", "latest": "2027-02-01" })),
            vec![("earliest", "INVALID")],
        ),
        (with(question("a", "TEXT"), json!({ "earliest": "2027-02-01" })), vec![("earliest", "INVALID")]),
        (with(question("a", "TEXT"), json!({ "askAgain": true })), vec![("askAgain", "INVALID")]),
        (
            json!({ "key": "", "kind": "TERMS", "label": "", "min": 1 }),
            vec![("key", "INVALID"), ("label", "BLANK"), ("termsUrl", "REQUIRED"), ("min", "INVALID")],
        ),
    ];
    let good = question("good", "TEXT");
    let forms = |app: &TestApp| {
        let versions = app.hub.clone();
        async move {
            use sea_orm::{ConnectionTrait, Statement};
            let db = &versions.pools.reads;
            let sql = Statement::from_string(db.get_database_backend(), "SELECT id FROM form");
            db.query_all_raw(sql).await.unwrap().len()
        }
    };
    for (bad, errors) in cases {
        // What is wrong is told with the place of the question in the list.
        let input = json!({ "kind": "PARTNER", "questions": [good, bad], "expectedVersion": 1 });
        let at: Vec<_> = errors.iter().map(|(field, code)| (format!("questions.1.{field}"), *code)).collect();
        let at: Vec<_> = at.iter().map(|(field, code)| (field.as_str(), *code)).collect();
        refuses(&app, &admin, "publishForm", input, &at).await;
    }
    let twice = json!({ "kind": "PARTNER", "questions": [good, good], "expectedVersion": 1 });
    refuses(&app, &admin, "publishForm", twice, &[("questions.1.key", "TAKEN")]).await;
    let hundred: Vec<_> = (0..101).map(|number| question(&format!("q{number}"), "TEXT")).collect();
    let input = json!({ "kind": "PARTNER", "questions": hundred, "expectedVersion": 1 });
    refuses(&app, &admin, "publishForm", input, &[("questions", "TOO_LONG")]).await;
    let each_time = with(question("terms", "TERMS"), json!({ "askAgain": true }));
    let input = json!({ "kind": "INTEGRATION", "questions": [each_time], "expectedVersion": 1 });
    refuses(&app, &admin, "publishForm", input, &[("questions.0.askAgain", "INVALID")]).await;
    assert_eq!(forms(&app).await, 2, "both forms are as a fresh hub has them");
}

#[tokio::test]
async fn a_hub_takes_back_the_questions_that_it_shows() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let fields = "questions { key kind label description required options termsUrl min max earliest latest }";
    let query = format!("{{ vendor {{ partnerForm {{ {fields} }} integrationForm {{ {fields} }} }} }}");
    let shown = admin.data(&query, json!({})).await["vendor"].clone();
    for (kind, field) in [("PARTNER", "partnerForm"), ("INTEGRATION", "integrationForm")] {
        publish(&admin, kind, shown[field]["questions"].clone()).await;
    }
    assert_eq!(admin.data(&query, json!({})).await["vendor"], shown);
}

#[tokio::test]
async fn bad_answers_of_every_kind_are_told_at_their_questions() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    let questions = json!([
        with(question("text", "TEXT"), json!({ "min": 2, "max": 5 })),
        with(question("long_text", "LONG_TEXT"), json!({ "max": 10 })),
        question("terms", "TERMS"),
        question("select", "SELECT"),
        with(question("multi_select", "MULTI_SELECT"), json!({ "min": 2, "max": 2 })),
        with(question("number", "NUMBER"), json!({ "min": -1, "max": 1.5 })),
        with(question("date", "DATE"), json!({ "earliest": "2027-01-01", "latest": "2027-12-31" })),
        question("url", "URL"),
        question("email", "EMAIL"),
    ]);
    let form = publish(&admin, "PARTNER", questions).await;
    let long = |count: usize| "x".repeat(count);
    let cases = [
        ("text", vec![json!("x"), json!(long(6)), json!("a\nb"), json!(7), json!(["ab"]), json!(true), json!({})]),
        ("long_text", vec![json!(long(11)), json!("a\u{0}b"), json!(1)]),
        ("terms", vec![json!("true"), json!(1), json!("yes")]),
        ("select", vec![json!("yellow"), json!(["red"]), json!(1)]),
        (
            "multi_select",
            vec![
                json!(["red"]),
                json!(["red", "red"]),
                json!(["red", "green", "blue"]),
                json!("red"),
                json!(["red", 1]),
            ],
        ),
        ("number", vec![json!("1"), json!(-1.01), json!(1.51), json!(1e300), json!([1])]),
        (
            "date",
            vec![
                json!("2026-12-31"),
                json!("2028-01-01"),
                json!("2027-02-29"),
                json!("27-01-01"),
                json!("2027-01-01T00:00:00Z"),
                json!(20_270_101),
            ],
        ),
        (
            "url",
            vec![
                json!("http://plain.example"),
                json!("javascript:alert(1)"),
                json!(format!("https://a.example/{}", long(2_000))),
            ],
        ),
        ("email", vec![json!("a@b"), json!("a b@example.com"), json!(1)]),
    ];
    for (key, values) in cases {
        for value in values {
            let input = json!({ "formId": form, "answers": [{ "question": key, "value": value }] });
            refuses(&app, &birch.user, "submitPartnerForm", input, &[(&format!("answers.{key}"), "INVALID")]).await;
        }
    }
    let good = json!([
        { "question": "text", "value": "äöü" },
        { "question": "long_text", "value": "a\nb" },
        { "question": "terms", "value": true },
        { "question": "select", "value": "blue" },
        { "question": "multi_select", "value": ["blue", "red"] },
        { "question": "number", "value": -1 },
        { "question": "date", "value": "2027-12-31" },
        { "question": "url", "value": "https://birch.example/?a=b" },
        { "question": "email", "value": "bo@birch.example" },
    ]);
    let input = json!({ "formId": form, "answers": good });
    let payload = birch.user.mutate("submitPartnerForm", "submission { answers { question value } }", input).await;
    assert_eq!(payload["submission"]["answers"], good);
}
