//! Every input of every mutation with values that it must refuse: each answers where and why, and changes nothing.
//!
//! The schema names the inputs; one without a row fails the test.

mod people;
mod work;

use crate::support::{
    Client, TestApp,
    people::{Kind, draft, new_partner, tenant},
};
use apollo_compiler::{Schema, schema::ExtendedType};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// An input, the mutation that it is sent with, who sends it, an input that is good, and what makes it bad: where, the
/// value, and the refusals, as `field CODE`, or one word for a fault.
type Row = (&'static str, &'static str, &'static str, Value, Vec<(&'static str, Value, &'static str)>);

fn long(most: usize) -> Value {
    json!("x".repeat(most + 1))
}

/// What every input that moves something by its id refuses.
fn moves(input: &'static str, mutation: &'static str, id: &'static str) -> Row {
    let bad = vec![("/id", json!("nonsense"), "NOT_FOUND"), ("/id", json!("$vendor"), "NOT_FOUND")];
    (input, mutation, "admin", json!({ "id": id }), bad)
}

/// The same with a version and a reason.
fn decides(input: &'static str, mutation: &'static str, id: &'static str) -> Row {
    let mut row = moves(input, mutation, id);
    row.3["reason"] = json!("Because.");
    row.4.push(("/reason", long(5_000), "reason TOO_LONG"));
    row.4.push(("/expectedVersion", json!(99), "CONFLICT"));
    row
}

fn must_say_why(mut row: Row) -> Row {
    row.4.push(("/reason", json!(" \n "), "reason BLANK"));
    row
}

fn versioned(mut row: Row) -> Row {
    row.4.push(("/expectedVersion", json!(99), "CONFLICT"));
    row
}

fn by(who: &'static str, mut row: Row) -> Row {
    row.2 = who;
    row
}

fn rows() -> Vec<Row> {
    let of_people = [people::accounts(), people::invitations(), people::people()];
    let of_work = [work::partners(), work::forms(), work::integrations(), work::tenants(), work::settings()];
    of_people.into_iter().chain(of_work).flatten().collect()
}

/// Puts words with a `$` in place.
fn known(value: &Value, ids: &BTreeMap<&str, String>) -> Value {
    match value {
        Value::String(text) => text.strip_prefix('$').map_or_else(|| value.clone(), |name| json!(ids[name])),
        Value::Array(all) => all.iter().map(|one| known(one, ids)).collect(),
        Value::Object(all) => all.iter().map(|(name, one)| (name.clone(), known(one, ids))).collect(),
        other => other.clone(),
    }
}

/// The input with another value at a place.
fn with(mut input: Value, place: &str, value: Value) -> Value {
    match input.pointer_mut(place) {
        Some(there) => *there = value,
        None => {
            let (around, name) = place.rsplit_once('/').unwrap();
            input.pointer_mut(around).unwrap()[name] = value;
        }
    }
    input
}

/// How many rows there are, and how often each was changed.
async fn state(app: &TestApp) -> (Vec<(&'static str, i64)>, Vec<String>) {
    let versions = ["partner", "user", "integration", "tenant", "vendor", "form_submission"]
        .map(|table| format!("SELECT CAST(COALESCE(SUM(version), 0) AS TEXT) FROM \"{table}\""));
    (app.rows().await, app.texts(&versions.join(" UNION ALL ")).await)
}

#[tokio::test]
async fn every_input_refuses_bad_values_at_their_place_and_changes_nothing() {
    let app = TestApp::with(crate::support::unlimited_invitations).await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    let invited = admin
        .mutate("invitePartner", "partner { invitations { nodes { id } } }", new_partner("N", "n@n.example"))
        .await;
    let link = crate::support::token_in(&app.letter_to("n@n.example").await);
    let published = app.published(&admin, &acme.user, "Live").await;
    let submitted = app.submitted(&acme.user, "Waiting").await;
    let comment = json!({ "integrationId": submitted, "text": "Hm." });
    let comment = admin.mutate("addReviewComment", "comment { id }", comment).await["comment"]["id"].clone();
    let key = json!({ "name": "CRM", "scopes": ["PARTNERS_READ"] });
    let key = admin.mutate("createApiKey", "apiKey { id }", key).await["apiKey"]["id"].clone();
    let query = "query($id: ID!) { vendor { id } partner(id: $id) { primaryContact { id } } integrationForm { id } partnerForm { id } }";
    let all = admin.data(query, json!({ "id": acme.id })).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    app.anonymous().mutate("requestPasswordReset", "", json!({ "email": acme.email })).await;
    let ids = BTreeMap::from([
        ("reset", crate::support::token_in(&app.letter_to(&acme.email).await)),
        ("tenant", tenant(&acme.user, &published, "taken").await),
        ("draft", draft(&acme.user, "Draft").await),
        ("invitation", text(&invited["partner"]["invitations"]["nodes"][0]["id"])),
        ("link", link),
        ("vendor", text(&all["vendor"]["id"])),
        ("user", text(&all["partner"]["primaryContact"]["id"])),
        ("form", text(&all["integrationForm"]["id"])),
        ("partnerForm", text(&all["partnerForm"]["id"])),
        ("comment", text(&comment)),
        ("key", text(&key)),
        ("published", published),
        ("submitted", submitted),
        ("pending", pending.id.clone()),
        ("partner", acme.id.clone()),
    ]);
    let anonymous = app.anonymous();
    let clients: BTreeMap<&str, &Client> =
        [("admin", &admin), ("acme", &acme.user), ("pending", &pending.user), ("anonymous", &anonymous)].into();
    let rows = rows();
    let mut wrong = Vec::new();
    let before = state(&app).await;
    for (input, mutation, who, good, bad) in &rows {
        assert!(!bad.is_empty(), "{input} has no bad value");
        for (place, value, expected) in bad {
            let sent = with(known(good, &ids), place, known(value, &ids));
            let answer = clients[who].try_mutate(mutation, "", sent).await;
            let said = match answer.codes().as_slice() {
                [] => {
                    let refusals = answer.refusals(mutation);
                    refusals.iter().map(|(field, code)| format!("{field} {code}")).collect::<Vec<_>>().join(", ")
                }
                codes => codes.join(", "),
            };
            if said != *expected {
                let value = value.to_string().chars().take(40).collect::<String>();
                wrong.push(format!("{input} {place} {value}: {said}, not {expected}"));
            }
        }
        if state(&app).await != before {
            wrong.push(format!("{input}: something was changed"));
            break;
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let has: BTreeSet<&str> = rows.iter().map(|row| row.0).collect();
    let without: Vec<_> = inputs().into_iter().filter(|name| !has.contains(name.as_str())).collect();
    assert!(without.is_empty(), "no bad values of {without:?}");
}

/// The inputs of mutations; those of lists are refused in `queries`.
fn inputs() -> Vec<String> {
    let schema = Schema::parse_and_validate(partner_hub::graphql::sdl(), "schema.graphql").unwrap();
    let inputs = schema.types.iter().filter(|(_, kind)| matches!(kind, ExtendedType::InputObject(_)));
    let names = inputs.map(|(name, _)| name.to_string());
    names.filter(|name| name.ends_with("Input") && !name.ends_with("FilterInput")).collect()
}

#[tokio::test]
async fn every_filter_and_every_order_refuses_what_no_person_writes() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let schema = Schema::parse_and_validate(partner_hub::graphql::sdl(), "schema.graphql").unwrap();
    for (list, field) in &schema.get_object("Query").unwrap().fields {
        let (Some(filter), Some(order)) = (field.argument_by_name("filter"), field.argument_by_name("orderBy")) else {
            continue;
        };
        let (filter, order) = (filter.ty.inner_named_type(), order.ty.inner_named_type());
        let query = format!(
            "query($filter: {filter}, $orderBy: [{order}!]) {{ {list}(filter: $filter, orderBy: $orderBy) {{ totalCount }} }}"
        );
        let columns = schema.get_enum(schema.get_input_object(order).unwrap().fields["field"].ty.inner_named_type());
        let column = columns.unwrap().values.keys().next().unwrap().to_string();
        let mut bad = vec![
            json!({ "filter": (0..6).fold(json!({}), |inner, _| json!({ "not": inner })) }),
            json!({ "filter": { "or": vec![json!({}); 21] } }),
            json!({ "filter": { "nothing": 1 } }),
            json!({ "orderBy": [{ "field": column }, { "field": column, "direction": "DESC" }] }),
            json!({ "orderBy": [{ "field": "NOTHING" }] }),
        ];
        for (name, field) in &schema.get_input_object(filter).unwrap().fields {
            let of = field.ty.inner_named_type();
            bad.push(json!({ "filter": { name.as_str(): { "nothing": 1 } } }));
            let Some(compared) = schema.get_input_object(of) else { continue };
            if compared.fields.contains_key("in") && ["TextFilter", "IdFilter"].contains(&of.as_str()) {
                bad.push(json!({ "filter": { name.as_str(): { "in": vec!["x"; 101] } } }));
            }
            if of == "TextFilter" {
                bad.push(json!({ "filter": { name.as_str(): { "eq": "a\u{0}b" } } }));
                bad.push(json!({ "filter": { name.as_str(): { "contains": "x".repeat(501) } } }));
            }
        }
        for variables in bad {
            let answer = admin.send(&query, variables.clone()).await;
            assert_eq!(answer.codes(), ["BAD_USER_INPUT"], "{list} {variables:.200}");
        }
    }
}
