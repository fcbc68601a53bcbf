//! What a document must pass before the engine sees it.
//!
//! async-graphql's parser recurses into nested values until the process aborts, and its depth check walks fragments
//! without memory, so that 800 bytes cost seconds. Size, nesting and tokens are therefore bounded by a lexer that
//! cannot recurse, and what fragments expand to is counted once per fragment.

mod lexer;
mod weight;

use crate::fault::Fault;
use async_graphql::{
    Variables,
    parser::{
        parse_query,
        types::{ExecutableDocument, OperationType},
    },
};
use std::collections::HashMap;
use weight::{Counter, Weight};

/// Fields once all fragments are spread out.
const EXPANDED: u64 = 2_000;
/// Objects that an answer can hold, as its page sizes promise.
const OBJECTS: u64 = 10_000;
/// Fragment definitions.
const FRAGMENTS: usize = 20;
/// Root fields of a mutation.
const MUTATIONS: usize = 5;

/// A document that may be executed.
#[derive(Debug)]
pub(super) struct Admitted {
    pub(super) document: ExecutableDocument,
    pub(super) kind: OperationType,
    /// Whether it asks for the schema itself.
    pub(super) introspects: bool,
}

/// Refuses what would cost the engine more than it is worth.
pub(super) fn admit(query: &str, variables: &Variables) -> Result<Admitted, Fault> {
    lexer::check(query)?;
    let document = parse_query(query).map_err(|error| {
        // The parser's own sentence repeats the document.
        let place = error.positions().next().map(|at| format!(" at line {}, column {}", at.line, at.column));
        Fault::BadUserInput(format!("The document does not parse{}.", place.unwrap_or_default()))
    })?;
    let mut operations = document.operations.iter().map(|(_, operation)| &operation.node);
    let (Some(operation), None) = (operations.next(), operations.next()) else {
        return Err(Fault::BadUserInput("Send one operation per document.".into()));
    };
    if document.fragments.len() > FRAGMENTS {
        return Err(too_much("fragments", FRAGMENTS));
    }
    let defaults = operation.variable_definitions.iter().filter_map(|definition| {
        let value = definition.node.default_value.as_ref()?.node.clone();
        Some((definition.node.name.node.clone(), value))
    });
    let mut count = Counter { document: &document, variables, defaults: defaults.collect(), fragments: HashMap::new() };
    // Fragments that nothing spreads are walked by the engine too.
    for name in document.fragments.keys() {
        too_wide(count.fragment(name)?)?;
    }
    let weight = count.selections(&operation.selection_set.node)?;
    too_wide(weight)?;
    if weight.objects > OBJECTS {
        return Err(Fault::BadUserInput(format!(
            "The page sizes of this document ask for up to {} objects, and an answer holds at most {OBJECTS}. \
             Ask for smaller pages (`first`).",
            weight.objects
        )));
    }
    if weight.credentials > 1 {
        return Err(Fault::BadUserInput("Check one link or password per document.".into()));
    }
    if operation.ty == OperationType::Mutation && weight.roots > MUTATIONS {
        return Err(too_much("root fields in a mutation", MUTATIONS));
    }
    let (kind, introspects) = (operation.ty, weight.introspects);
    Ok(Admitted { document, kind, introspects })
}

fn too_wide(weight: Weight) -> Result<(), Fault> {
    if weight.fields > EXPANDED { Err(too_much("fields once fragments are spread out", EXPANDED)) } else { Ok(()) }
}

fn too_much(what: &str, most: impl std::fmt::Display) -> Fault {
    Fault::BadUserInput(format!("The document has too many {what}; at most {most}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(query: &str) -> Option<String> {
        match admit(query, &Variables::default()) {
            Ok(_) => None,
            Err(fault) => Some(fault.message().to_owned()),
        }
    }

    #[test]
    fn ordinary_documents_pass() {
        for query in [
            "{ viewer { user { name } } }",
            "query A { partners(first: 20) { totalCount nodes { id users(first: 10) { nodes { id } } } } }",
            "{ a: node(id: \"}}}{{{\") { id } # {{{\n }",
            "{ node(id: \"\"\"{ \\\"\"\" {\"\"\") { id } }",
        ] {
            assert_eq!(refused(query), None, "{query}");
        }
    }

    #[test]
    fn a_syntax_error_tells_the_place_and_repeats_nothing() {
        let refused = refused("{ viewer {\n  role(secret }").expect("refused");
        assert_eq!(refused, "The document does not parse at line 2, column 8.");
    }

    #[test]
    fn hostile_documents_are_refused_before_the_engine() {
        let bomb: String = (0..20).map(|i| format!("fragment f{i} on Query {{ ...f{0} ...f{0} }}", i + 1)).collect();
        // Every spread of an unknown fragment would weigh nothing, and be walked 90 times 90 times 90 …
        let chain: String =
            (0..5).map(|i| format!("fragment f{i} on Query {{ {} }}", format!("...f{} ", i + 1).repeat(90))).collect();
        let hostile = [
            format!("{{ node(id: {}) {{ id }} }}", "[".repeat(5_000)),
            format!("{{ node(id: {}{}) {{ id }} }}", "[".repeat(1_500), "]".repeat(1_500)),
            format!("{{ node(id: {}1{}) {{ id }} }}", "{a:".repeat(1_000), "}".repeat(1_000)),
            format!("{{ ...f0 }} {bomb} fragment f20 on Query {{ viewer {{ role }} }}"),
            "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }".to_owned(),
            format!("{{ {} }}", "viewer{role}".repeat(1_000)),
            format!("{{ viewer {{ role }} }} #{}", "x".repeat(16 * 1024)),
            "mutation { a: login(input: {}) { session { token } } b: login(input: {}) { session { token } } }".into(),
            format!("mutation {{ {} }}", (0..6).map(|i| format!("a{i}: logout {{ userErrors {{ code }} }} ")).collect::<String>()),
            "query A { viewer { role } } query B { viewer { role } }".into(),
            format!("{{ {} }} {}", "...f0 ".repeat(90), chain),
            "{ viewer { role } } fragment a on Query { ...b } fragment b on Query { ...a }".into(),
            "{ ...nowhere }".into(),
            format!("{{ __schema {{ types {}{{ name }}{} }} }}", "{ interfaces { possibleTypes ".repeat(3), "} }".repeat(3)),
            "mutation { login(input: {email: \"a@b.example\", password: \"written out\"}) { session { token } } }".into(),
            "{ invitationPreview(token: \"pinv_x\") { name } }".into(),
            "{ partners(first: 100) { ...P } } fragment P on PartnerConnection { nodes { users(first: 100) { ...U } } } fragment U on UserConnection { edges { node { id organization { id } } } }".into(),
            "query Q($n: Int = 100) { partners(first: $n) { nodes { users(first: $n) { nodes { id organization { id } } } } } }".into(),
            format!("{{ nodes(ids: [{}]) {{ ... on Partner {{ users(first: 100) {{ nodes {{ id organization {{ id }} }} }} }} }} }}", "\"x\" ".repeat(100)),
            "{ partners(first: 100) { nodes { users(first: 100) { nodes { id } } integrations(first: 100) { nodes { id } } } } }".into(),
        ];
        for query in hostile {
            assert!(refused(&query).is_some(), "{}", &query[..query.len().min(80)]);
        }
    }
}
