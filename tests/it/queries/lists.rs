//! Lists at the root: filters, words, both directions, numbered pages.

use crate::{
    api_keys::program,
    support::{
        Client, TestApp,
        people::{Kind, new_partner, onboard, tenant},
    },
};
use serde_json::{Value, json};

const PARTNERS: &str = "query P($filter: PartnerFilterInput, $first: Int, $after: String, $last: Int, $before: String,
    $offset: Int, $orderBy: [PartnerOrderBy!]) {
    partners(filter: $filter, first: $first, after: $after, last: $last, before: $before, offset: $offset, orderBy: $orderBy) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { name } } }";

fn by_name() -> Value {
    json!([{ "field": "NAME" }])
}

fn names(page: &Value) -> Vec<&str> {
    page["nodes"].as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap()).collect()
}

async fn page(who: &Client, mut variables: Value) -> Value {
    variables["orderBy"] = by_name();
    who.data(PARTNERS, variables).await["partners"].clone()
}

/// Partners whose names an escape, a wildcard or a second language could trip over.
async fn hub() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for (name, email) in [
        ("Acme Cloud", "ada@acme.example"),
        ("Acme 100%", "bob@acme.example"),
        ("Beta_Works", "cy@beta.example"),
        ("Betaworks", "di@beta.example"),
        ("Ünal & Söhne", "eva@unal.example"),
    ] {
        let mut new = new_partner(name, email);
        new["externalId"] = json!(format!("crm-{}", email.len()));
        new["website"] = json!(format!("https://{}", email.split('@').nth(1).unwrap()));
        admin.mutate("createPartner", "partner { id }", new).await;
        app.hub.clock.advance(chrono::TimeDelta::minutes(1));
    }
    (app, admin)
}

#[tokio::test]
async fn filters_choose_rows_and_count_them() {
    let (app, admin) = hub().await;
    app.partner(&admin, "Waiting", Kind::Invited).await;
    for (name, labels) in [("Acme Cloud", json!(["gold"])), ("Betaworks", json!(["it's \"new\"", "gold"]))] {
        let query = "query($name: String) { partners(filter: { name: { eq: $name } }) { nodes { id } } }";
        let id = admin.data(query, json!({ "name": name })).await["partners"]["nodes"][0]["id"].clone();
        admin.mutate("updatePartner", "", json!({ "id": id, "labels": labels })).await;
    }
    for (filter, expected) in [
        (json!({}), vec!["Acme 100%", "Acme Cloud", "Beta_Works", "Betaworks", "Waiting", "Ünal & Söhne"]),
        (json!({ "name": { "contains": "ACME" } }), vec!["Acme 100%", "Acme Cloud"]),
        (json!({ "name": { "contains": "%" } }), vec!["Acme 100%"]),
        (json!({ "name": { "contains": "_w" } }), vec!["Beta_Works"]),
        (json!({ "name": { "contains": "\\" } }), vec![]),
        (json!({ "name": { "startsWith": "beta" } }), vec!["Beta_Works", "Betaworks"]),
        (json!({ "name": { "eq": "betaworks" } }), vec![]),
        (json!({ "name": { "in": ["Betaworks", "Acme Cloud", "Nobody"] } }), vec!["Acme Cloud", "Betaworks"]),
        (json!({ "name": { "contains": "a", "startsWith": "b" } }), vec!["Beta_Works", "Betaworks"]),
        (json!({ "status": { "eq": "PENDING" } }), vec!["Waiting"]),
        (json!({ "status": { "in": [] } }), vec![]),
        (json!({ "approvedAt": { "isNull": true } }), vec!["Waiting"]),
        (json!({ "externalId": { "isNull": true } }), vec!["Waiting"]),
        (json!({ "suspendedAt": { "isNull": false } }), vec![]),
        (json!({ "archivedAt": { "isNull": false } }), vec![]),
        (json!({ "labels": { "has": "gold" } }), vec!["Acme Cloud", "Betaworks"]),
        (json!({ "labels": { "hasAll": ["gold", "it's \"new\""] } }), vec!["Betaworks"]),
        (json!({ "labels": { "has": "gol" } }), vec![]),
        (json!({ "labels": { "has": "gold" }, "not": { "labels": { "has": "it's \"new\"" } } }), vec!["Acme Cloud"]),
        (json!({ "status": { "notIn": ["APPROVED"] } }), vec!["Waiting"]),
        (json!({ "origin": { "eq": "INVITED" } }), vec!["Waiting"]),
        (json!({ "not": { "name": { "contains": "e" } } }), vec!["Waiting"]),
        (json!({ "not": { "externalId": { "startsWith": "crm" } } }), vec!["Waiting"]),
        (
            json!({ "or": [{ "status": { "eq": "PENDING" } }, { "name": { "eq": "Betaworks" } }] }),
            vec!["Betaworks", "Waiting"],
        ),
        (json!({ "or": [] }), vec![]),
        (
            json!({ "and": [{ "name": { "contains": "acme" } }, { "name": { "contains": "cloud" } }] }),
            vec!["Acme Cloud"],
        ),
        (
            json!({ "approvedAt": { "gt": "2000-01-01T00:00:00Z" }, "name": { "startsWith": "acme c" } }),
            vec!["Acme Cloud"],
        ),
        (json!({ "createdAt": { "lt": "2000-01-01T00:00:00Z" } }), vec![]),
    ] {
        let found = page(&admin, json!({ "filter": filter })).await;
        let mut sorted = names(&found);
        sorted.sort_unstable();
        assert_eq!(sorted, expected, "{filter}");
        assert_eq!(found["totalCount"], expected.len(), "{filter}");
    }
}

#[tokio::test]
async fn words_are_found_wherever_they_stand() {
    let (_app, admin) = hub().await;
    for (search, expected) in [
        ("acme", vec!["Acme 100%", "Acme Cloud"]),
        ("CLOUD acme", vec!["Acme Cloud"]),
        ("crm-15", vec!["Beta_Works", "Betaworks"]),
        ("beta.example", vec!["Beta_Works", "Betaworks"]),
        ("a_w", vec!["Beta_Works"]),
        ("0%", vec!["Acme 100%"]),
        ("\"acme\" OR", vec![]),
        ("Söhne", vec!["Ünal & Söhne"]),
        ("söHNE", vec!["Ünal & Söhne"]),
        ("zz", vec![]),
        ("  ", vec!["Acme 100%", "Acme Cloud", "Beta_Works", "Betaworks", "Ünal & Söhne"]),
    ] {
        let found = page(&admin, json!({ "filter": { "search": search } })).await;
        let mut sorted = names(&found);
        sorted.sort_unstable();
        assert_eq!(sorted, expected, "{search}");
    }
}

#[tokio::test]
async fn a_partner_is_found_by_its_primary_contact_by_whoever_may_know_the_contact() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for (name, email) in [("Acme", "ada@hopper.example"), ("Birch", "bo@birch.example")] {
        admin.mutate("createPartner", "", new_partner(name, email)).await;
    }
    let found = async |client: &Client, search: &str| {
        let query = "query($search: String) { partners(filter: { search: $search }) { totalCount nodes { name } } }";
        let data = client.data(query, json!({ "search": search })).await["partners"].clone();
        assert_eq!(data["totalCount"], data["nodes"].as_array().unwrap().len());
        names(&data).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    for search in ["ada@hopper", "HOPPER.example acme", "a@"] {
        assert_eq!(found(&admin, search).await, ["Acme"], "{search}");
    }
    assert_eq!(found(&admin, "hopper birch").await, [""; 0]);
    // Who may not read users learns nothing of them.
    let blind = program(&admin, "ADMIN", &["PARTNERS_READ"]).await.0;
    assert_eq!(found(&blind, "ada@hopper").await, [""; 0]);
    assert_eq!(found(&blind, "acme").await, ["Acme"]);
}

#[tokio::test]
async fn words_are_found_as_they_are_now() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let query = "query U($search: String) { users(filter: { search: $search, partnerId: { eq: \"ID\" } }) { nodes { id name } } }";
    let query = query.replace("ID", &acme.id);
    let found = async |search: &str| admin.data(&query, json!({ "search": search })).await["users"]["nodes"].clone();
    let user = found("contact@acme").await[0]["id"].clone();
    admin.mutate("updateUser", "user { id }", json!({ "id": user, "name": "Grace Hopper" })).await;
    assert_eq!(found("hopper").await.as_array().unwrap().len(), 1);
    assert_eq!(found("contact person").await.as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn tenants_are_found_by_words_and_the_vendors_own_by_having_no_partner() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let theirs = app.published(&admin, &acme.user, "Theirs").await;
    let new = json!({ "name": "Ours", "type": "INTERNAL", "repository": { "url": "https://git.example.com/ours" } });
    admin.mutate("createIntegration", "", new).await;
    for (name, reference) in [("blue-shop", "Kunde 7"), ("green-shop", "C-0815")] {
        let input = json!({ "integrationId": theirs, "name": name, "customerReference": reference });
        acme.user.mutate("createTenant", "", input).await;
    }
    for (search, expected) in [("shop", 2), ("kunde", 1), ("GREEN 0815", 1), ("blue 0815", 0), ("7", 1), ("theirs", 0)]
    {
        let query = "query($search: String) { tenants(filter: { search: $search }) { totalCount } }";
        let found = admin.data(query, json!({ "search": search })).await["tenants"]["totalCount"].clone();
        assert_eq!(found, expected, "{search}");
    }
    for (so, expected) in [(true, "Ours"), (false, "Theirs")] {
        let query = "query($so: Boolean) { integrations(filter: { partnerId: { isNull: $so } }) { nodes { name } } }";
        let found = admin.data(query, json!({ "so": so })).await["integrations"]["nodes"].clone();
        assert_eq!(found, json!([{ "name": expected }]));
        // A partner sees its own, whatever it asks for.
        let found = acme.user.data(query, json!({ "so": so })).await["integrations"]["nodes"].clone();
        assert_eq!(found.as_array().unwrap().len(), usize::from(!so));
    }
}

#[tokio::test]
async fn lists_are_read_from_both_ends() {
    let (_app, admin) = hub().await;
    let forward = ["Acme 100%", "Acme Cloud", "Beta_Works", "Betaworks", "Ünal & Söhne"];
    let all = page(&admin, json!({})).await;
    let order: Vec<String> = names(&all).iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(order.len(), forward.len());
    let (mut back, mut before) = (Vec::new(), Value::Null);
    loop {
        let found = page(&admin, json!({ "last": 2, "before": before })).await;
        assert_eq!(found["pageInfo"]["hasNextPage"], !before.is_null());
        let mut rows: Vec<String> = names(&found).iter().map(|name| (*name).to_owned()).collect();
        rows.append(&mut back);
        back = rows;
        if found["pageInfo"]["hasPreviousPage"] == false {
            break;
        }
        before = found["pageInfo"]["startCursor"].clone();
    }
    assert_eq!(back, order);
    for offset in 0..=6 {
        let found = page(&admin, json!({ "first": 2, "offset": offset })).await;
        assert_eq!(names(&found), order.iter().skip(offset).take(2).collect::<Vec<_>>());
        assert_eq!(found["pageInfo"]["hasPreviousPage"], offset > 0);
        assert_eq!(found["totalCount"], 5);
    }
}

#[tokio::test]
async fn what_does_not_go_together_is_refused_with_a_sentence() {
    let (_app, admin) = hub().await;
    let cursor = page(&admin, json!({ "first": 1 })).await["pageInfo"]["endCursor"].clone();
    let deep = (0..6).fold(json!({}), |inner, _| json!({ "not": inner }));
    for variables in [
        json!({ "first": 1, "last": 1 }),
        json!({ "last": 1, "after": cursor }),
        json!({ "first": 1, "before": cursor }),
        json!({ "last": 0 }),
        json!({ "last": 101 }),
        json!({ "offset": -1 }),
        json!({ "offset": 10_001 }),
        json!({ "offset": 1, "after": cursor }),
        json!({ "offset": 1, "last": 1 }),
        json!({ "last": 1, "before": "broken" }),
        json!({ "filter": { "search": "x".repeat(101) } }),
        json!({ "filter": { "search": "a b c d e f g h i" } }),
        json!({ "filter": { "search": "a\u{0}b" } }),
        json!({ "filter": { "name": { "contains": "a\u{0}b" } } }),
        json!({ "filter": { "name": { "eq": "x".repeat(501) } } }),
        json!({ "filter": deep }),
    ] {
        let mut variables = variables;
        variables["orderBy"] = by_name();
        let answer = admin.send(PARTNERS, variables.clone()).await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"], "{variables}");
        assert!(answer.body["errors"][0]["message"].as_str().unwrap().len() > 20);
    }
}

#[tokio::test]
async fn a_partner_sees_its_own_whatever_it_asks_for() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Invited).await;
    let theirs = onboard(&other.user).await;
    for (who, name) in [(&acme.user, "one"), (&theirs, "two")] {
        let integration = app.published(&admin, who, name).await;
        tenant(who, &integration, "shop").await;
    }
    for (list, all) in [("partners", 2), ("users", 3), ("integrations", 2), ("tenants", 2)] {
        let count = async |who: &Client, filter: &str| {
            let query = format!("{{ {list}(filter: {filter}) {{ totalCount nodes {{ id }} }} }}");
            let found = who.data(&query, json!({})).await[list].clone();
            assert_eq!(found["totalCount"], found["nodes"].as_array().unwrap().len());
            found["totalCount"].as_u64().unwrap()
        };
        assert_eq!(count(&admin, "{}").await, all, "{list}");
        for filter in ["{}", "{ or: [{}, { not: {} }] }", "{ not: { not: {} } }"] {
            assert_eq!(count(&acme.user, filter).await, 1, "{list} {filter}");
        }
        if list != "partners" {
            let of_other = format!("{{ partnerId: {{ in: [\"{}\"] }} }}", other.id);
            assert_eq!((count(&admin, &of_other).await, count(&acme.user, &of_other).await), (1, 0), "{list}");
            assert_eq!(count(&admin, "{ partnerId: { eq: \"nonsense\" } }").await, 0, "{list}");
        }
    }
}
