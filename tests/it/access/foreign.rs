//! Ids of another partner's things, in every mutation, query and filter that takes one: answered, byte for byte, like ids
//! that nobody ever made, and nothing changes.

use crate::{
    grid::{SAMPLES, World, schema::types, used_by, world},
    support::Client,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use uuid::Uuid;

/// Every type that has ids. Forms and the vendor are nobody's secret to whoever may see them.
const TYPES: [&str; 13] = [
    "Partner",
    "User",
    "Vendor",
    "Form",
    "Integration",
    "ReviewComment",
    "FormSubmission",
    "TermsAcceptance",
    "Tenant",
    "Activity",
    "Invitation",
    "ApiKey",
    "Session",
];

pub(crate) fn id(name: &str, uuid: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(format!("{name}:{uuid}"))
}

/// What stands in an id.
fn parts(id: &str) -> Option<(String, Uuid)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id).ok()?).ok()?;
    let (name, uuid) = text.split_once(':')?;
    Some((name.to_owned(), uuid.parse().ok()?))
}

/// The variables with another id in the place of each id; `None` if there is none.
fn with_id(variables: &Value, id: &str) -> Option<Value> {
    let mut changed = false;
    let swapped = swap(variables, id, &mut changed);
    changed.then_some(swapped)
}

fn swap(value: &Value, id: &str, changed: &mut bool) -> Value {
    match value {
        Value::String(text) if parts(text).is_some() => {
            *changed = true;
            json!(id)
        }
        Value::Array(values) => values.iter().map(|value| swap(value, id, changed)).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), swap(value, id, changed))).collect(),
        other => other.clone(),
    }
}

/// Under each type's name: an id of Acme's things, of whatever type, and one of nothing.
fn pairs(world: &World) -> Vec<(String, String)> {
    let theirs = TYPES.iter().filter(|name| !["Vendor", "Form"].contains(name));
    let theirs = theirs.filter_map(|name| parts(world.variables[*name].as_str()?));
    let theirs: Vec<(String, Uuid)> = theirs.collect();
    assert_eq!(theirs.len(), 10, "something of Acme's of every type");
    let mut pairs = Vec::new();
    for name in TYPES {
        // Its own uuid under each name, and under a name that is not its own that of the partner.
        let own = theirs.iter().find(|(own, _)| own == name).map_or(theirs[0].1, |(_, uuid)| *uuid);
        pairs.push((id(name, own), id(name, Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000))));
    }
    pairs
}

async fn same(client: &Client, document: &str, [foreign, missing]: [Value; 2]) {
    let foreign = client.send(document, foreign).await;
    let missing = client.send(document, missing).await;
    assert_eq!(foreign.status, missing.status, "{document}");
    assert_eq!(foreign.body, missing.body, "{document}");
}

#[tokio::test]
async fn what_is_anothers_is_answered_like_what_never_was() {
    let world = world(&["Stranger", "VendorAdmin"]).await;
    let (stranger, pairs) = (&world.clients["Stranger"], pairs(&world));
    let mut asked = 0;
    for (_, document) in SAMPLES.iter().filter(|(_, document)| !document.starts_with("subscription")) {
        let variables = used_by(document, &world.variables);
        let before = world.app.rows().await;
        for (foreign, missing) in &pairs {
            let (Some(foreign), Some(missing)) = (with_id(&variables, foreign), with_id(&variables, missing)) else {
                continue;
            };
            same(stranger, document, [foreign, missing]).await;
            asked += 1;
        }
        assert_eq!(world.app.rows().await, before, "{document}");
    }
    assert!(asked > 500, "{asked}");
}

#[tokio::test]
async fn what_is_anothers_is_filtered_like_what_never_was() {
    let world = world(&["Stranger", "VendorAdmin"]).await;
    let types = types(&world.clients["VendorAdmin"]).await;
    let (stranger, pairs) = (&world.clients["Stranger"], pairs(&world));
    let mut asked = 0;
    for list in types["Query"].fields.iter().filter(|list| list.filter.is_some()) {
        for field in &types[list.filter.as_ref().unwrap()].fields {
            let value = match field.of.as_str() {
                "IdFilter" => "{ eq: $id }",
                "ID" => "$id",
                _ => continue,
            };
            let filter = format!("{{ {}: {value} }}", field.name);
            let document =
                format!("query($id: ID!) {{ {}(filter: {filter}) {{ totalCount nodes {{ id }} }} }}", list.name);
            for (foreign, missing) in &pairs {
                same(stranger, &document, [json!({ "id": foreign }), json!({ "id": missing })]).await;
                asked += 1;
            }
        }
    }
    assert!(asked > 50, "{asked}");
}

/// Run by `make test-long`: made-up ids and Acme's, a hundred in each question.
#[tokio::test]
#[ignore = "fifty thousand ids"]
#[expect(clippy::print_stdout, reason = "the figure is what it is for")]
async fn fifty_thousand_ids_lead_to_nothing() {
    let world = world(&["Stranger", "VendorAdmin"]).await;
    let (stranger, pairs) = (&world.clients["Stranger"], pairs(&world));
    let document = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let own = stranger.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].clone();
    assert_eq!(stranger.data(document, json!({ "ids": [own] })).await["nodes"][0]["id"], own);
    let (mut asked, mut hits) = (0_usize, 0);
    while asked < 50_000 {
        let ids = (0..100).map(|at| match (asked + at) % 4 {
            0 => pairs[(asked + at) / 4 % pairs.len()].0.clone(),
            _ => id(TYPES[(asked + at) % TYPES.len()], Uuid::from_bytes(partner_hub::secret::random())),
        });
        let ids: Vec<_> =
            ids.filter(|id| !["Vendor", "Form"].iter().any(|name| parts(id).unwrap().0 == *name)).collect();
        asked += 100;
        let found = stranger.data(document, json!({ "ids": ids })).await["nodes"].as_array().unwrap().clone();
        hits += found.iter().filter(|node| !node.is_null()).count();
    }
    println!("{asked} ids that are nobody's or another's: {hits} led to something");
    assert_eq!(hits, 0);
}
