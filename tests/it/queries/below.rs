//! Lists below an object: filtered, ordered, and read from any place, each level in one statement.

use super::nested::login;
use crate::support::{Client, TestApp, people::Kind};
use partner_hub::domain::demo::{self, Size};
use serde_json::{Value, json};

pub(super) async fn demonstration(partners: u32) -> (TestApp, Client) {
    let app = TestApp::start().await;
    demo::fill(&app.system(), &Size { partners, users: 2, integrations: 5, tenants: 3 }).await.unwrap();
    let admin = login(&app).await;
    (app, admin)
}

/// The first partner's integrations with these arguments.
async fn integrations(who: &Client, arguments: &str) -> Value {
    let page = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { name status }";
    let query = format!("{{ partners(first: 1) {{ nodes {{ integrations{arguments} {{ {page} }} }} }} }}");
    who.data(&query, json!({})).await["partners"]["nodes"][0]["integrations"].clone()
}

fn names(page: &Value) -> Vec<String> {
    page["nodes"].as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
}

fn flags(page: &Value) -> (bool, bool) {
    let flag = |name: &str| page["pageInfo"][name].as_bool().unwrap();
    (flag("hasPreviousPage"), flag("hasNextPage"))
}

#[tokio::test]
async fn they_are_read_from_both_ends_and_from_the_middle() {
    let (_app, admin) = demonstration(2).await;
    let all = names(&integrations(&admin, "").await);
    assert_eq!(all.len(), 5);
    let last = integrations(&admin, "(last: 2)").await;
    assert_eq!((names(&last), flags(&last)), (all[3..].to_vec(), (true, false)));
    let before = last["pageInfo"]["startCursor"].as_str().unwrap();
    let middle = integrations(&admin, &format!("(last: 2, before: \"{before}\")")).await;
    assert_eq!((names(&middle), flags(&middle)), (all[1..3].to_vec(), (true, true)));
    // Cursors of either way are cursors of the other.
    let after = middle["pageInfo"]["endCursor"].as_str().unwrap();
    assert_eq!(names(&integrations(&admin, &format!("(first: 9, after: \"{after}\")")).await), all[3..]);
    let offset = integrations(&admin, "(first: 2, offset: 1)").await;
    assert_eq!((names(&offset), flags(&offset)), (all[1..3].to_vec(), (true, true)));
    assert_eq!(offset["totalCount"], 5);
}

#[tokio::test]
async fn they_are_ordered_and_filtered_as_at_the_root() {
    let (_app, admin) = demonstration(2).await;
    let mut sorted = names(&integrations(&admin, "").await);
    sorted.sort();
    sorted.reverse();
    let by_name = "(orderBy: [{ field: NAME, direction: DESC }], first: 3)";
    let first = integrations(&admin, by_name).await;
    assert_eq!(names(&first), sorted[..3]);
    let after = first["pageInfo"]["endCursor"].as_str().unwrap();
    let rest = format!("(orderBy: [{{ field: NAME, direction: DESC }}], first: 3, after: \"{after}\")");
    assert_eq!(names(&integrations(&admin, &rest).await), sorted[3..]);

    let one = &sorted[0];
    let filtered = integrations(&admin, &format!("(filter: {{ name: {{ eq: \"{one}\" }} }})")).await;
    assert_eq!((names(&filtered), &filtered["totalCount"]), (vec![one.clone()], &json!(1)));
    let none = integrations(&admin, "(filter: { status: { in: [ARCHIVED] } })").await;
    assert_eq!((names(&none), &none["totalCount"]), (vec![], &json!(0)));
    // Whatever the filter, what belongs to others is not there.
    let every = integrations(&admin, "(filter: { name: { contains: \"\" } }, first: 100)").await;
    assert_eq!(every["totalCount"], 5);
}

#[tokio::test]
async fn nonsense_is_refused() {
    let (_app, admin) = demonstration(1).await;
    let ask = async |arguments: &str| {
        let query = format!("{{ partners {{ nodes {{ users{arguments} {{ nodes {{ id }} }} }} }} }}");
        admin.send(&query, json!({})).await.codes().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    for arguments in [
        "(first: 1, last: 1)",
        "(last: 0)",
        "(last: 101)",
        "(offset: -1)",
        "(offset: 10001)",
        "(before: \"nonsense\", last: 1)",
        "(orderBy: [{ field: NAME }, { field: NAME }])",
        "(orderBy: [{ field: NAME }], after: \"e30\")",
    ] {
        assert_eq!(ask(arguments).await, ["BAD_USER_INPUT"], "{arguments}");
    }
    // A cursor of one order means nothing in another.
    let cursor = integrations(&admin, "(first: 1)").await["pageInfo"]["endCursor"].clone();
    let other = format!(
        "{{ partners {{ nodes {{ integrations(orderBy: [{{ field: NAME }}], after: {cursor}) {{ nodes {{ id }} }} }} }} }}"
    );
    assert_eq!(admin.send(&other, json!({})).await.codes(), ["BAD_USER_INPUT"]);
}

#[tokio::test]
async fn the_vendors_staff_is_filtered_and_ordered_too() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for name in ["bo@x.example", "cy@x.example"] {
        partner_hub::domain::invitation::invite_admin(&app.system(), name).await.unwrap();
    }
    let query = "{ vendor { users(orderBy: [{ field: EMAIL, direction: DESC }], filter: { email: { contains: \"x.example\" } }) {
        totalCount nodes { email } } } }";
    let users = admin.data(query, json!({})).await["vendor"]["users"].clone();
    assert_eq!(users, json!({ "totalCount": 2, "nodes": [{ "email": "cy@x.example" }, { "email": "bo@x.example" }] }));
    let last = admin.data("{ vendor { users(last: 1) { totalCount nodes { email } } } }", json!({})).await;
    assert_eq!(last["vendor"]["users"], json!({ "totalCount": 3, "nodes": [{ "email": "cy@x.example" }] }));
}

#[tokio::test]
async fn the_record_remarks_agreements_and_versions_are_filtered_and_ordered_too() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let sync = app.submitted(&acme.user, "Sync").await;
    for (field, text) in [("name", "Too short."), ("description", "Too long.")] {
        app.hub.clock.advance(chrono::TimeDelta::seconds(1));
        admin.mutate("addReviewComment", "", json!({ "integrationId": sync, "field": field, "text": text })).await;
    }
    let query = "query($id: ID!) { node(id: $id) { ... on Partner {
        activity(filter: { event: { startsWith: \"integration.\" } }, orderBy: [{ field: AT }]) { totalCount nodes { event } }
        termsAcceptances(filter: { question: { eq: \"none\" } }, orderBy: [{ field: ACCEPTED_AT }]) { totalCount } } } }";
    let partner = admin.data(query, json!({ "id": acme.id })).await["node"].clone();
    assert_eq!(partner["activity"]["nodes"][0]["event"], "integration.created");
    assert_eq!(partner["activity"]["totalCount"], partner["activity"]["nodes"].as_array().unwrap().len());
    assert_eq!(partner["termsAcceptances"]["totalCount"], 0);
    let query = "query($id: ID!) { node(id: $id) { ... on Integration {
        newest: reviewComments(orderBy: [{ field: CREATED_AT, direction: DESC }]) { nodes { text } }
        pinned: reviewComments(filter: { field: { eq: \"name\" }, resolvedAt: { isNull: true } }) { totalCount nodes { text } }
        } } }";
    let sync = admin.data(query, json!({ "id": sync })).await["node"].clone();
    assert_eq!(sync["newest"]["nodes"], json!([{ "text": "Too long." }, { "text": "Too short." }]));
    assert_eq!(sync["pinned"], json!({ "totalCount": 1, "nodes": [{ "text": "Too short." }] }));
    let query =
        "{ vendor { partnerForm { versions(filter: { version: { gte: 1, lt: 2 } }, orderBy: [{ field: PUBLISHED_AT }])
        { totalCount nodes { version } } none: versions(filter: { version: { gt: 1 } }) { totalCount }
        most: versions(filter: { version: { lte: 1 } }) { totalCount }
        less: versions(filter: { version: { lte: 0 } }) { totalCount } } } }";
    let form = admin.data(query, json!({})).await["vendor"]["partnerForm"].clone();
    assert_eq!(form["versions"], json!({ "totalCount": 1, "nodes": [{ "version": 1 }] }));
    let totals = ["none", "most", "less"].map(|name| form[name]["totalCount"].as_u64());
    assert_eq!(totals, [Some(0), Some(1), Some(0)]);
}

#[tokio::test]
async fn a_level_costs_the_same_however_many_parents_it_has() {
    const NARROWED: &str = "query P($first: Int!) { partners(first: $first) { nodes {
        users(last: 1) { totalCount nodes { id } }
        integrations(first: 3, orderBy: [{ field: NAME }], filter: { name: { contains: \"a\" } }) {
            totalCount
            nodes { name tenants(last: 2) { nodes { id } } }
        } } } }";
    let (app, admin) = demonstration(50).await;
    let mut counts = Vec::new();
    for first in [9, 50] {
        app.statements.take();
        admin.data(NARROWED, json!({ "first": first })).await;
        counts.push(app.statements.take());
    }
    assert_eq!(counts[0].len(), counts[1].len(), "{:#?}", counts[1]);
    assert!(counts[0].len() <= 7, "{:#?}", counts[0]);
}

#[tokio::test]
async fn the_last_rows_weigh_as_much_as_the_first() {
    let (_app, admin) = demonstration(1).await;
    for size in ["first", "last"] {
        for (rows, codes) in [(100, vec!["BAD_USER_INPUT"]), (10, vec![])] {
            let inner = format!("users({size}: {rows}) {{ nodes {{ id name }} }}");
            let query = format!("{{ partners({size}: {rows}) {{ nodes {{ {inner} }} }} }}");
            assert_eq!(admin.send(&query, json!({})).await.codes(), codes, "{size}: {rows}");
        }
    }
}
