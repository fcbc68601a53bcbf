//! `docs/RULES.md` says which test proves which rule: each of them exists, and so does what it names in the schema.

use crate::house::files;
use apollo_compiler::{Name, Schema, schema::ExtendedType};
use std::{fs, path::Path};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

/// Whether `module::test` is there: in `src/` if it stands beside what it tests, else in `tests/it/`.
fn is_test(name: &str) -> bool {
    let (module, test) = name.rsplit_once("::").unwrap();
    let file = match module.strip_suffix("::tests") {
        Some(beside) => format!("src/{}", beside.replace("::", "/")),
        None => format!("tests/it/{}", module.replace("::", "/")),
    };
    [format!("{file}.rs"), format!("{file}/mod.rs")].iter().any(|file| {
        let text = fs::read_to_string(root().join(file)).unwrap_or_default();
        let before = text.split_once(&format!("fn {test}(")).map(|(before, _)| before);
        before.is_some_and(|text| text.rsplit("\n\n").next().is_some_and(|attributes| attributes.contains("test")))
    })
}

/// Whether a type has that field, input field or value.
fn is_in(schema: &Schema, owner: &str, member: &str) -> bool {
    let Ok(owner) = Name::new(owner) else { return false };
    match schema.types.get(&owner) {
        Some(ExtendedType::Object(it)) => it.fields.contains_key(member),
        Some(ExtendedType::Interface(it)) => it.fields.contains_key(member),
        Some(ExtendedType::InputObject(it)) => it.fields.contains_key(member),
        Some(ExtendedType::Enum(it)) => it.values.contains_key(member),
        _ => false,
    }
}

#[test]
fn every_rule_names_tests_and_places_that_exist() {
    let mut stories = Vec::new();
    files(&root().join("tests/browser"), "mjs", &mut stories);
    let stories: String = stories.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let schema = Schema::parse(read("schema.graphql"), "schema.graphql").unwrap();
    let rules = read("docs/RULES.md");
    let (mut named, mut missing) = (0, Vec::new());
    for line in rules.lines().filter(|line| line.starts_with('|')) {
        for code in line.split('`').skip(1).step_by(2) {
            let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            let exists = if let Some(title) = code.strip_prefix("browser: ") {
                stories.contains(&format!("test(\"{title}\""))
            } else if code.contains("::") && code.chars().all(|c| small(c) || c == ':') {
                code.starts_with("domain::") && !code.contains("::tests::") || is_test(code)
            } else if let Some((owner, member)) = code.split_once('.')
                && owner.starts_with(|c: char| c.is_ascii_uppercase())
                && owner.chars().chain(member.chars()).all(|c| c.is_ascii_alphanumeric() || c == '_')
            {
                is_in(&schema, owner, member)
            } else {
                continue;
            };
            named += 1;
            if !exists {
                missing.push(code);
            }
        }
    }
    assert!(missing.is_empty(), "docs/RULES.md names what is not there: {missing:#?}");
    assert!(named > 300, "only {named} names were found: the page is read wrongly");
}
