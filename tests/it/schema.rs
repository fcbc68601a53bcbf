//! The contract: `schema.graphql` is what the server serves, and everything in it is described.

use crate::support::TestApp;
use serde_json::{Value, json};

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
        if kind["kind"] == "SCALAR" && kind["specifiedByURL"].is_null() && name != "Secret" {
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
