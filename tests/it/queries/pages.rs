//! Connections: sizes, cursors, orders, totals.

use crate::support::{
    Client, TestApp,
    people::{Kind, draft, new_partner},
};
use serde_json::{Value, json};

const PAGE: &str = "query P($first: Int, $after: String, $orderBy: [PartnerOrderBy!]) {
    partners(first: $first, after: $after, orderBy: $orderBy) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { name } } nodes { name } } }";

async fn hub_with(names: &[&str]) -> (TestApp, Client) {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for name in names {
        admin
            .mutate("createPartner", "partner { id }", new_partner(name, &format!("{}@x.example", name.to_lowercase())))
            .await;
        app.hub.clock.advance(chrono::TimeDelta::milliseconds(7));
    }
    (app, admin)
}

/// Walks all pages and answers the names in order.
async fn walk(who: &Client, first: i32, order_by: Value) -> Vec<String> {
    let (mut names, mut after) = (Vec::new(), Value::Null);
    loop {
        let page =
            who.data(PAGE, json!({ "first": first, "after": after, "orderBy": order_by })).await["partners"].clone();
        assert_eq!(page["pageInfo"]["hasPreviousPage"], json!(!after.is_null()));
        names.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap().to_owned()));
        if page["pageInfo"]["hasNextPage"] == json!(false) {
            return names;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

#[tokio::test]
async fn pages_follow_each_other_in_every_order() {
    let (_app, admin) = hub_with(&["Delta", "Alpha", "Echo", "Bravo", "Charlie"]).await;
    let sorted = ["Alpha", "Bravo", "Charlie", "Delta", "Echo"];
    let made = ["Delta", "Alpha", "Echo", "Bravo", "Charlie"];
    let by = |field: &str, direction: &str| json!([{ "field": field, "direction": direction }]);
    for first in [1, 2, 5, 100] {
        assert_eq!(walk(&admin, first, by("NAME", "ASC")).await, sorted);
        assert_eq!(walk(&admin, first, by("CREATED_AT", "ASC")).await, made);
        let reversed = |names: [&str; 5]| names.into_iter().rev().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(walk(&admin, first, by("NAME", "DESC")).await, reversed(sorted));
        assert_eq!(walk(&admin, first, by("CREATED_AT", "DESC")).await, reversed(made));
        assert_eq!(walk(&admin, first, Value::Null).await, reversed(made), "newest first when nothing is said");
        let mixed = json!([{ "field": "CREATED_AT", "direction": "DESC" }, { "field": "NAME", "direction": "ASC" }]);
        assert_eq!(walk(&admin, first, mixed).await, reversed(made));
    }
}

#[tokio::test]
async fn rows_of_one_moment_are_neither_lost_nor_repeated() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for number in 0..7 {
        admin.mutate("createPartner", "partner { id }", new_partner("Same", &format!("n{number}@x.example"))).await;
    }
    for field in ["NAME", "CREATED_AT"] {
        let order = json!([{ "field": field, "direction": "DESC" }]);
        assert_eq!(walk(&admin, 2, order).await.len(), 7);
    }
}

#[tokio::test]
async fn a_cursor_survives_inserts() {
    let (_app, admin) = hub_with(&["Bravo", "Delta"]).await;
    let order = json!([{ "field": "NAME" }]);
    let page = admin.data(PAGE, json!({ "first": 1, "orderBy": order })).await;
    let after = page["partners"]["edges"][0]["cursor"].clone();
    for name in ["Alpha", "Charlie"] {
        admin.mutate("createPartner", "partner { id }", new_partner(name, &format!("{name}@y.example"))).await;
    }
    let next = admin.data(PAGE, json!({ "after": after, "orderBy": order })).await;
    assert_eq!(next["partners"]["nodes"], json!([{ "name": "Charlie" }, { "name": "Delta" }]));
    assert_eq!(next["partners"]["totalCount"], 4);
}

#[tokio::test]
async fn nonsense_sizes_and_cursors_are_refused_with_a_sentence() {
    let (_app, admin) = hub_with(&["Alpha", "Bravo"]).await;
    let by_name = json!([{ "field": "NAME" }]);
    let cursor =
        admin.data(PAGE, json!({ "first": 1, "orderBy": by_name })).await["partners"]["edges"][0]["cursor"].clone();
    for variables in [
        json!({ "first": 0 }),
        json!({ "first": -1 }),
        json!({ "first": 101 }),
        json!({ "after": "" }),
        json!({ "after": "broken" }),
        json!({ "after": "e30" }),
        json!({ "after": cursor }),
        json!({ "after": cursor, "orderBy": [{ "field": "NAME", "direction": "DESC" }] }),
        json!({ "orderBy": [{ "field": "NAME" }, { "field": "NAME", "direction": "DESC" }] }),
    ] {
        let answer = admin.send(PAGE, variables.clone()).await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"], "{variables}");
        assert!(answer.body["errors"][0]["message"].as_str().unwrap().len() > 20);
    }
    let nested = "query N($first: Int, $after: String) { partners(first: 1) { nodes { users(first: $first, after: $after) { nodes { id } } } } }";
    for variables in
        [json!({ "first": 0 }), json!({ "first": 101 }), json!({ "after": "broken" }), json!({ "after": cursor })]
    {
        assert_eq!(admin.send(nested, variables.clone()).await.codes(), ["BAD_USER_INPUT"], "{variables}");
    }
}

#[tokio::test]
async fn nested_lists_page_too() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    for name in ["One", "Two", "Three"] {
        draft(&acme.user, name).await;
    }
    let query = "query I($after: String) { partners { nodes { integrations(first: 2, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } nodes { name } } } } }";
    let page = admin.data(query, json!({})).await["partners"]["nodes"][0]["integrations"].clone();
    assert_eq!((&page["totalCount"], &page["pageInfo"]["hasNextPage"]), (&json!(3), &json!(true)));
    assert_eq!(page["nodes"], json!([{ "name": "One" }, { "name": "Two" }]));
    let page = admin.data(query, json!({ "after": page["pageInfo"]["endCursor"] })).await["partners"]["nodes"][0]["integrations"].clone();
    assert_eq!((&page["totalCount"], &page["pageInfo"]["hasNextPage"]), (&json!(3), &json!(false)));
    assert_eq!(page["nodes"], json!([{ "name": "Three" }]));
}
