//! The marker as a question: whoever filters, searches, orders or goes on by what is another partner's finds nothing, and
//! nothing is found for it by mistake.

use super::{marked, rows::ACME};
use crate::{grid::schema::Types, support::Client};
use serde_json::{Value, json};
use tokio::task::JoinSet;

/// Every list of the root with every filter that compares texts, and the search.
fn questions(types: &Types) -> Vec<(String, Value)> {
    let mut questions = Vec::new();
    for list in types["Query"].fields.iter().filter(|list| list.filter.is_some()) {
        let input = list.filter.as_ref().unwrap();
        let document = format!(
            "query($filter: {input}) {{ {}(filter: $filter, first: 5) {{ totalCount edges {{ cursor node {{ id }} }} }} }}",
            list.name
        );
        for field in &types[input].fields {
            let values = match (field.of.as_str(), field.name.as_str()) {
                ("String", "search") => vec![json!(ACME)],
                ("TextFilter", _) => vec![
                    json!({ "contains": ACME }),
                    json!({ "startsWith": ACME }),
                    json!({ "eq": format!("{ACME}.{}", field.name) }),
                    json!({ "in": [ACME] }),
                ],
                _ => continue,
            };
            for value in values {
                questions.push((document.clone(), json!({ "filter": { field.name.as_str(): value } })));
            }
        }
    }
    questions
}

async fn found(client: &Client, document: &str, variables: Value) -> u64 {
    let answer = client.send(document, variables).await;
    assert!(answer.codes().iter().all(|code| *code == "FORBIDDEN"), "{document} {:#}", answer.body);
    let data = answer.body["data"].as_object().and_then(|data| data.values().next().cloned()).unwrap_or_default();
    data["totalCount"].as_u64().unwrap_or_default()
}

#[tokio::test]
async fn whoever_asks_for_the_marker_finds_nothing() {
    let (world, types, _) = marked(&["Stranger", "VendorAdmin"]).await;
    let (stranger, vendor) = (&world.clients["Stranger"], &world.clients["VendorAdmin"]);
    let (mut hits, questions) = (0, questions(&types));
    for (document, variables) in &questions {
        hits += found(vendor, document, variables.clone()).await;
        assert_eq!(found(stranger, document, variables.clone()).await, 0, "{document} {variables}");
    }
    assert!(hits > 10 && questions.len() > 20, "the vendor finds it: {hits} in {}", questions.len());
    // By a place in somebody else's list.
    let list = "query($after: String) { integrations(first: 2, after: $after, orderBy: [{ field: NAME }]) {
        nodes { name } pageInfo { endCursor hasPreviousPage } } }";
    let theirs = vendor.data(list, json!({})).await["integrations"]["pageInfo"]["endCursor"].clone();
    let seen = stranger.send(list, json!({ "after": theirs })).await;
    assert!(!seen.body.to_string().contains(ACME), "{:#}", seen.body);
    for file in ["partners", "submissions", "tenants"] {
        let of = async |client: &Client| {
            let request = client.http.get(format!("{}/export/{file}.csv", world.app.base));
            request.bearer_auth(client.token.as_ref().unwrap()).send().await.unwrap().text().await.unwrap()
        };
        // Answers to questions that are marked have no column.
        assert!(file == "submissions" || of(vendor).await.contains(ACME), "{file}");
        assert!(!of(stranger).await.contains(ACME), "{file}");
    }
}

/// What is loaded for one viewer is never kept for another who asks at the same time.
#[tokio::test(flavor = "multi_thread")]
async fn viewers_who_ask_at_the_same_time_see_their_own() {
    let (world, ..) = marked(&["Stranger", "Admin", "VendorAdmin"]).await;
    let query = "{ viewer { organization { name users(first: 5) { nodes { name } } } }
        partners(first: 5) { nodes { name users(first: 5) { nodes { email } }
            integrations(first: 5) { nodes { name tenants(first: 5) { nodes { name } } } } } } }";
    let mut asked = JoinSet::new();
    for at in 0..60 {
        let who = ["Stranger", "Admin"][at % 2];
        let client = world.clients[who].clone();
        asked.spawn(async move { (who, client.data(query, json!({})).await.to_string()) });
    }
    while let Some(answer) = asked.join_next().await {
        let (who, text) = answer.unwrap();
        assert_eq!(text.contains(ACME), who == "Admin", "{who}");
        assert_eq!(text.contains(super::rows::OTHER), who == "Stranger", "{who}");
    }
}
