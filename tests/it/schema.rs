//! The contract: `schema.graphql` is what the server serves, and everything in it is described.

use crate::support::TestApp;
use apollo_compiler::{ExecutableDocument, Schema, ast};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn the_file_is_what_the_server_serves() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
    let served = partner_hub::graphql::sdl();
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(served == written, "schema.graphql is stale; run `make schema` and look at the difference");
}

#[tokio::test]
async fn everything_is_described() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let query = "{ __schema { types { name kind description specifiedByURL
        fields(includeDeprecated: true) { name description args { name description } }
        inputFields { name description } enumValues(includeDeprecated: true) { name description } } } }";
    let schema = admin.data(query, json!({})).await;
    let mut bare = Vec::new();
    for kind in schema["__schema"]["types"].as_array().unwrap() {
        let name = kind["name"].as_str().unwrap();
        let builtin = ["Int", "Float", "String", "Boolean", "ID"].contains(&name);
        if name.starts_with("__") || builtin {
            continue;
        }
        undescribed(name, kind, &mut bare);
        if kind["kind"] == "SCALAR" && kind["specifiedByURL"].is_null() {
            bare.push(format!("{name} @specifiedBy"));
        }
        for part in ["fields", "inputFields", "enumValues"] {
            for member in kind[part].as_array().map(Vec::as_slice).unwrap_or_default() {
                let path = format!("{name}.{}", member["name"].as_str().unwrap());
                undescribed(&path, member, &mut bare);
                for argument in member["args"].as_array().map(Vec::as_slice).unwrap_or_default() {
                    undescribed(&format!("{path}({})", argument["name"].as_str().unwrap()), argument, &mut bare);
                }
            }
        }
    }
    assert!(bare.is_empty(), "without a description: {bare:#?}");
}

fn undescribed(path: &str, part: &Value, bare: &mut Vec<String>) {
    if part["description"].as_str().is_none_or(str::is_empty) {
        bare.push(path.to_owned());
    }
}

/// The pieces of a manual that are written in the query language.
fn examples(manual: &str) -> impl Iterator<Item = &str> {
    manual.split("```graphql\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default())
}

#[test]
fn every_mutation_stands_in_the_manual_with_an_example_that_is_valid() {
    let schema = Schema::parse_and_validate(partner_hub::graphql::sdl(), "schema.graphql").unwrap();
    let manual = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/API.md")).unwrap();
    let mut shown = BTreeSet::new();
    for example in examples(&manual) {
        let document = ast::Document::parse(example, "API.md").unwrap_or_else(|wrong| panic!("{example}\n{wrong}"));
        let fragments = document.definitions.iter().filter(|it| matches!(it, ast::Definition::FragmentDefinition(_)));
        let fragments: String = fragments.map(ToString::to_string).collect();
        // Several may stand together that have no name.
        for operation in document.definitions.iter().filter(|it| matches!(it, ast::Definition::OperationDefinition(_)))
        {
            let alone = format!("{operation}{fragments}");
            let valid = ExecutableDocument::parse_and_validate(&schema, &alone, "API.md");
            let valid = valid.unwrap_or_else(|wrong| panic!("{alone}\n{}", wrong.errors));
            for operation in valid.operations.iter().filter(|it| it.is_mutation()) {
                shown.extend(operation.root_fields(&valid).map(|field| field.name.to_string()));
            }
        }
    }
    let mutations = &schema.get_object("Mutation").unwrap().fields;
    let missing: Vec<_> = mutations.keys().filter(|name| !shown.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "no example in docs/API.md of {missing:?}");
}
