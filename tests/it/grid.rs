//! Every root field, every field of every object, and every input field about rights, as every actor: the grid of who
//! may do what, as the front door answers.
//!
//! The schema names them all; one that the grid does not know how to ask fails the test and is named.

mod cell;
mod expected;
mod fields;
mod inputs;
mod samples;
pub(crate) mod schema;
mod world;

pub(crate) use samples::SAMPLES;
pub(crate) use world::{World, world};

use crate::support::{Answer, Client, TestApp};
use serde_json::{Value, json};

/// Who asks. `Stranger` is the admin of another partner; everything asked for belongs to Acme. Keys have every scope, but
/// for `KeyReader`, an admin's that only reads.
pub(crate) const ACTORS: [&str; 11] = [
    "Anonymous",
    "Disabled",
    "Onboarding",
    "Member",
    "Admin",
    "Stranger",
    "Staff",
    "VendorAdmin",
    "KeyMember",
    "KeyAdmin",
    "KeyReader",
];

#[tokio::test]
async fn the_grid_is_as_printed() {
    let (roots, (fields, inputs, handed)) = tokio::join!(roots(), async {
        let world = world(&ACTORS).await;
        let types = schema::types(&world.clients["VendorAdmin"]).await;
        let fields = fields::lines(&world, &types).await;
        (fields, inputs::lines(&world, &types).await, fields::handed_over(&types))
    });
    let lines = || roots.iter().chain(&fields).chain(&inputs);
    let wrong: Vec<_> = lines().filter_map(wrong).chain(expected::wrong(&roots)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let cells = lines().count() * ACTORS.len();
    let mut grid = vec![cell::head()];
    for (title, lines) in
        [("Root fields", &roots), ("Fields of objects", &fields), ("Input fields about rights", &inputs)]
    {
        grid.push(format!("\n{title}"));
        grid.extend(lines.iter().map(cell::Line::print));
    }
    grid.push("\nAnswered by mutations alone, to those for whom their lines say yes".into());
    grid.extend(handed.iter().map(|(name, fields)| format!("{name}: {fields}")));
    grid.push(format!("\n{cells} cells, {} wrong", wrong.len()));
    insta::assert_snapshot!(grid.join("\n"));
}

/// What is wrong with a line, whatever it is about.
fn wrong(line: &cell::Line) -> Option<String> {
    let more = [
        ("Member", "Admin"),
        ("Staff", "VendorAdmin"),
        ("KeyMember", "KeyAdmin"),
        ("KeyMember", "Staff"),
        ("KeyReader", "KeyAdmin"),
    ];
    let more = more.into_iter().chain([("KeyAdmin", "VendorAdmin")]);
    // Whoever is more gets no less. What has no account of its own is told so where an account is asked for.
    let less: Vec<_> = more.filter(|(less, more)| line.gives(less) && !line.gives(more)).collect();
    let differs = line.of("Anonymous") != line.of("Disabled");
    (differs || !less.is_empty()).then(|| format!("{} {less:?}", line.print()))
}

/// A line for each root field, each actor in a world of its own.
async fn roots() -> Vec<cell::Line> {
    let mut lines: Vec<_> = SAMPLES.iter().map(|(field, _)| cell::Line::new(*field)).collect();
    for actor in ACTORS {
        let world = world(&[actor]).await;
        let asks = |field: &str| match field {
            "logout" => world.clients.get("elsewhere").unwrap_or(&world.clients[actor]),
            _ => &world.clients[actor],
        };
        for ((field, document), line) in SAMPLES.iter().zip(&mut lines) {
            let variables = used_by(document, &world.variables);
            line.cells.push(match document.starts_with("subscription") {
                true => begun(asks(field), document, variables).await,
                false => cell::cell(&asks(field).send(document, variables).await, &[(*field).to_owned()]),
            });
        }
    }
    lines
}

/// What the cell of a subscription says: `yes` if it begins, or the code of the refusal.
async fn begun(client: &Client, document: &str, variables: Value) -> String {
    let mut request = client.http.post(&client.endpoint).json(&json!({ "query": document, "variables": variables }));
    request = request.header("accept", "multipart/mixed;subscriptionSpec=1.0, application/json");
    if let Some(token) = &client.token {
        request = request.bearer_auth(token);
    }
    let response = request.send().await.unwrap();
    let begins = response.headers()["content-type"].to_str().unwrap().starts_with("multipart/mixed");
    if begins { "yes".into() } else { Answer::of(response).await.codes().into_iter().map(cell::word).collect() }
}

/// The variables that a document declares.
pub(crate) fn used_by(document: &str, variables: &Value) -> Value {
    let all = variables.as_object().unwrap().iter();
    all.filter(|(name, _)| document.contains(&format!("${name}:")))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

#[tokio::test]
async fn every_root_field_has_a_row() {
    let app = TestApp::start().await;
    let query = "{ __schema { queryType { fields { name } } mutationType { fields { name } }
        subscriptionType { fields { name } } } }";
    let schema = app.anonymous().data(query, json!({})).await;
    let mut missing = Vec::new();
    for root in ["queryType", "mutationType", "subscriptionType"] {
        for field in schema["__schema"][root]["fields"].as_array().unwrap() {
            let name = field["name"].as_str().unwrap();
            if !SAMPLES.iter().any(|(sample, _)| *sample == name) {
                missing.push(name.to_owned());
            }
        }
    }
    assert!(missing.is_empty(), "no row in the grid for {missing:?}");
}
