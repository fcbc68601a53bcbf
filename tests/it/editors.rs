//! Two people who edit one thing at once: one wins, the other is told, and nothing is overwritten.

use crate::support::{
    Client, TestApp,
    people::{Kind, draft, tenant},
};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_editors_one_wins_and_the_other_is_told() {
    two_editors(3).await;
}

/// Run by `make test-long`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a hundred rounds of each edit"]
async fn of_two_editors_one_wins_and_the_other_is_told_100_times() {
    two_editors(100).await;
}

/// What is edited: by which mutation, by whom, and which object.
struct Edit<'a> {
    mutation: &'static str,
    who: &'a Client,
    /// The input's id, where it has one.
    id: Option<String>,
    /// Where its name and version are read.
    node: String,
}

async fn two_editors(rounds: usize) {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let published = app.published(&admin, &acme.user, "Live").await;
    let tenant = tenant(&acme.user, &published, "shop").await;
    let integration = draft(&acme.user, "Draft").await;
    let ids = "query($id: ID!) { vendor { id } partner(id: $id) { primaryContact { id } } }";
    let ids = admin.data(ids, json!({ "id": acme.id })).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let edit = |mutation, who, id: &str| Edit { mutation, who, id: Some(id.to_owned()), node: id.to_owned() };
    let edits = [
        edit("updatePartner", &admin, &acme.id),
        edit("updateTenant", &acme.user, &tenant),
        edit("updateUser", &admin, &text(&ids["partner"]["primaryContact"]["id"])),
        edit("updateIntegration", &acme.user, &integration),
        Edit { mutation: "updateVendor", who: &admin, id: None, node: text(&ids["vendor"]["id"]) },
    ];
    for round in 0..rounds {
        for edit in &edits {
            one_round(edit, round).await;
        }
    }
}

async fn one_round(edit: &Edit<'_>, round: usize) {
    let Edit { mutation, who, id, node } = edit;
    let seen = read(who, node).await;
    let names = [format!("left-{round}"), format!("right-{round}")];
    let tries = names.clone().map(|name| {
        let mut input = json!({ "name": name, "expectedVersion": seen["version"] });
        if let Some(id) = id {
            input["id"] = json!(id);
        }
        let (client, mutation) = ((*who).clone(), *mutation);
        tokio::spawn(async move { client.try_mutate(mutation, "", input).await })
    });
    let mut won = Vec::new();
    for (name, answer) in names.iter().zip(tries) {
        let answer = answer.await.unwrap();
        match answer.codes().as_slice() {
            [] => {
                assert!(answer.refusals(mutation).is_empty(), "{mutation}: {:#}", answer.body);
                won.push(name);
            }
            codes => assert_eq!(codes, ["CONFLICT"], "{mutation}"),
        }
    }
    let kept = read(who, node).await;
    assert_eq!(won, [kept["name"].as_str().unwrap()], "{mutation}");
    assert_eq!(kept["version"].as_i64(), seen["version"].as_i64().map(|version| version + 1), "{mutation}");
}

async fn read(who: &Client, id: &str) -> Value {
    let shown =
        ["Partner", "Tenant", "User", "Integration", "Vendor"].map(|of| format!("... on {of} {{ name version }}"));
    let query = format!("query($id: ID!) {{ node(id: $id) {{ {} }} }}", shown.join(" "));
    who.data(&query, json!({ "id": id })).await["node"].clone()
}
