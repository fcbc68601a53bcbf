//! What a document must pass before the engine sees it.
//!
//! async-graphql's parser recurses into nested values until the process aborts, and its depth check walks fragments
//! without memory, so that 800 bytes cost seconds. Size, nesting and tokens are therefore bounded by a lexer that
//! cannot recurse, and what fragments expand to is counted once per fragment.

use crate::fault::Fault;
use async_graphql::{
    Name, Positioned, Variables,
    parser::{
        parse_query,
        types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet},
    },
};
use std::collections::HashMap;

/// Bytes of a document.
const SIZE: usize = 16 * 1024;
/// Lexical tokens of a document.
const TOKENS: usize = 2_000;
/// Brackets inside brackets.
const NESTING: usize = 32;
/// Fields once all fragments are spread out.
const EXPANDED: u64 = 2_000;
/// Objects that an answer can hold, as its page sizes promise.
const OBJECTS: u64 = 10_000;
/// Fragment definitions.
const FRAGMENTS: usize = 20;
/// Root fields of a mutation.
const MUTATIONS: usize = 5;
/// Rows of a page whose size is not said.
const PAGE: u64 = 50;
/// Root fields that check a credential; one per document, so that aliases do not multiply guesses.
const CREDENTIALS: [&str; 3] = ["login", "acceptInvitation", "invitationPreview"];

/// A document that may be executed.
pub(super) fn admit(query: &str, variables: &Variables) -> Result<ExecutableDocument, Fault> {
    lexical(query)?;
    let document =
        parse_query(query).map_err(|error| Fault::BadUserInput(format!("The document does not parse: {error}")))?;
    if document.operations.iter().count() != 1 {
        return Err(too_much("operations", 1));
    }
    if document.fragments.len() > FRAGMENTS {
        return Err(too_much("fragments", FRAGMENTS));
    }
    let mut count = Counter { document: &document, variables, fragments: HashMap::new() };
    for (_, operation) in document.operations.iter() {
        let weight = count.selections(&operation.node.selection_set.node)?;
        if weight.fields > EXPANDED {
            return Err(too_much("fields once fragments are spread out", EXPANDED));
        }
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
        if operation.node.ty == OperationType::Mutation && weight.roots > MUTATIONS {
            return Err(too_much("root fields in a mutation", MUTATIONS));
        }
    }
    Ok(document)
}

fn too_much(what: &str, most: impl std::fmt::Display) -> Fault {
    Fault::BadUserInput(format!("The document has too many {what}; at most {most}."))
}

/// Counts tokens and brackets without recursion; strings and comments are skipped.
fn lexical(query: &str) -> Result<(), Fault> {
    if query.len() > SIZE {
        return Err(Fault::BadUserInput(format!("The document is longer than {SIZE} bytes.")));
    }
    let bytes = query.as_bytes();
    let (mut at, mut tokens, mut depth) = (0, 0, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at += bytes[at..].iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(bytes.len() - at);
                continue;
            }
            b'"' => at = past_string(bytes, at),
            b'{' | b'[' | b'(' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' | b')' => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            b if is_word(b) => at += bytes[at..].iter().position(|b| !is_word(*b)).unwrap_or(bytes.len() - at),
            _ => at += 1,
        }
        tokens += 1;
        if tokens > TOKENS {
            return Err(too_much("tokens", TOKENS));
        }
        if depth > NESTING {
            return Err(too_much("brackets inside brackets", NESTING));
        }
    }
    Ok(())
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'+') || !byte.is_ascii()
}

/// The position behind a string or block string that begins at `start`.
fn past_string(bytes: &[u8], start: usize) -> usize {
    let (mut at, block) = if bytes[start..].starts_with(b"\"\"\"") { (start + 3, true) } else { (start + 1, false) };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if block && bytes[at..].starts_with(b"\\\"\"\"") => at += 4,
            b'\\' if !block => at += 2,
            b'"' if block && bytes[at..].starts_with(b"\"\"\"") => return at + 3,
            b'"' if !block => return at + 1,
            b'\n' if !block => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// What a selection amounts to once fragments are spread out.
#[derive(Clone, Copy, Default)]
struct Weight {
    fields: u64,
    objects: u64,
    roots: usize,
    credentials: usize,
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.objects = self.objects.saturating_add(other.objects);
        self.roots = self.roots.saturating_add(other.roots);
        self.credentials = self.credentials.saturating_add(other.credentials);
    }
}

struct Counter<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    /// `None` while a fragment is being counted: meeting it again is a cycle.
    fragments: HashMap<Name, Option<Weight>>,
}

impl Counter<'_> {
    /// Recursion is bounded by [`NESTING`] and [`FRAGMENTS`].
    fn selections(&mut self, set: &SelectionSet) -> Result<Weight, Fault> {
        let mut sum = Weight::default();
        for selection in &set.items {
            let weight = match &selection.node {
                Selection::Field(field) => self.field(&field.node)?,
                Selection::InlineFragment(inline) => self.selections(&inline.node.selection_set.node)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name)?,
            };
            sum.add(weight);
        }
        Ok(sum)
    }

    fn field(&mut self, field: &Field) -> Result<Weight, Fault> {
        let below = self.selections(&field.selection_set.node)?;
        let page = if is_connection(&field.selection_set.node) { self.page_size(field) } else { 1 };
        let is_object = !field.selection_set.node.items.is_empty();
        let below_objects = below.objects.saturating_mul(page);
        Ok(Weight {
            fields: below.fields.saturating_add(1),
            // `nodes`, `edges` and `node` stand for the rows that their connection already counts.
            objects: match field.name.node.as_str() {
                "nodes" | "edges" | "node" | "pageInfo" => below.objects,
                _ if is_object => below_objects.saturating_add(page),
                _ => 0,
            },
            roots: 1,
            credentials: usize::from(CREDENTIALS.contains(&field.name.node.as_str())),
        })
    }

    fn fragment(&mut self, name: &Positioned<Name>) -> Result<Weight, Fault> {
        if let Some(known) = self.fragments.get(&name.node) {
            return known.ok_or_else(|| Fault::BadUserInput("A fragment spreads itself.".into()));
        }
        // An unknown fragment is for the validation to name.
        let Some(definition) = self.document.fragments.get(&name.node) else { return Ok(Weight::default()) };
        self.fragments.insert(name.node.clone(), None);
        let weight = self.selections(&definition.node.selection_set.node)?;
        self.fragments.insert(name.node.clone(), Some(weight));
        Ok(weight)
    }

    /// The size that a page asks for; nonsense is for the resolver to refuse.
    fn page_size(&self, field: &Field) -> u64 {
        let argument = field.arguments.iter().find(|(name, _)| name.node == "first");
        let value = argument.map(|(_, value)| {
            value
                .node
                .clone()
                .into_const_with(|name| Ok::<_, ()>(self.variables.get(&name).cloned().unwrap_or_default()))
        });
        match value {
            Some(Ok(async_graphql::Value::Number(first))) => first.as_u64().unwrap_or(1).max(1),
            _ => PAGE,
        }
    }
}

fn is_connection(set: &SelectionSet) -> bool {
    set.items.iter().any(|item| match &item.node {
        Selection::Field(field) => matches!(field.node.name.node.as_str(), "nodes" | "edges"),
        // Counted as a page: a fragment on a connection is rare, and over-counting is safe.
        Selection::FragmentSpread(_) => false,
        Selection::InlineFragment(inline) => is_connection(&inline.node.selection_set.node),
    })
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
    fn hostile_documents_are_refused_before_the_engine() {
        let bomb: String = (0..20).map(|i| format!("fragment f{i} on Query {{ ...f{0} ...f{0} }}", i + 1)).collect();
        let hostile = [
            format!("{{ node(id: {}) {{ id }} }}", "[".repeat(5_000)),
            format!("{{ node(id: {}{}) {{ id }} }}", "[".repeat(1_500), "]".repeat(1_500)),
            format!("{{ node(id: {}1{}) {{ id }} }}", "{a:".repeat(1_000), "}".repeat(1_000)),
            format!("{{ ...f0 }} {bomb} fragment f20 on Query {{ viewer {{ role }} }}"),
            "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }".to_owned(),
            format!("{{ {} }}", "viewer{role}".repeat(1_000)),
            format!("{{ viewer {{ role }} }} #{}", "x".repeat(SIZE)),
            "mutation { a: login(input: {}) { session { token } } b: login(input: {}) { session { token } } }".into(),
            format!("mutation {{ {} }}", (0..6).map(|i| format!("a{i}: logout {{ userErrors {{ code }} }} ")).collect::<String>()),
            "query A { viewer { role } } query B { viewer { role } }".into(),
            "{ partners(first: 100) { nodes { users(first: 100) { nodes { id } } integrations(first: 100) { nodes { id } } } } }".into(),
        ];
        for query in hostile {
            assert!(refused(&query).is_some(), "{}", &query[..query.len().min(80)]);
        }
    }
}
