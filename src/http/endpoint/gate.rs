//! What a document must pass before the engine sees it.
//!
//! async-graphql's parser recurses into nested values until the process aborts, and its depth check walks fragments
//! without memory, so that 800 bytes cost seconds. Size, nesting and tokens are therefore bounded by a lexer that
//! cannot recurse, and what fragments expand to is counted once per fragment.

use crate::fault::Fault;
use async_graphql::{
    Name, Value as ConstValue, Variables,
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
#[derive(Debug)]
pub(super) struct Admitted {
    pub(super) document: ExecutableDocument,
    /// Whether it asks for the schema itself.
    pub(super) introspects: bool,
}

/// Refuses what would cost the engine more than it is worth.
pub(super) fn admit(query: &str, variables: &Variables) -> Result<Admitted, Fault> {
    lexical(query)?;
    let document =
        parse_query(query).map_err(|error| Fault::BadUserInput(format!("The document does not parse: {error}")))?;
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
    let introspects = weight.introspects;
    Ok(Admitted { document, introspects })
}

fn too_wide(weight: Weight) -> Result<(), Fault> {
    if weight.fields > EXPANDED { Err(too_much("fields once fragments are spread out", EXPANDED)) } else { Ok(()) }
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
    /// Fields, spreads and inline fragments: what the engine walks.
    fields: u64,
    /// Objects of the answer.
    objects: u64,
    roots: usize,
    credentials: usize,
    /// Whether it selects `nodes` or `edges`: the field above is a page.
    page: bool,
    introspects: bool,
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.objects = self.objects.saturating_add(other.objects);
        self.roots = self.roots.saturating_add(other.roots);
        self.credentials = self.credentials.saturating_add(other.credentials);
        self.page |= other.page;
        self.introspects |= other.introspects;
    }

    /// A spread or inline fragment is walked as well.
    fn spread(self) -> Self {
        Self { fields: self.fields.saturating_add(1), ..self }
    }
}

struct Counter<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    defaults: HashMap<Name, ConstValue>,
    /// `None` while a fragment is being counted: meeting it again is a cycle.
    fragments: HashMap<Name, Option<Weight>>,
}

impl Counter<'_> {
    /// Recursion is bounded by [`NESTING`] and [`FRAGMENTS`].
    fn selections(&mut self, set: &SelectionSet) -> Result<Weight, Fault> {
        let mut sum = Weight::default();
        for selection in &set.items {
            sum.add(match &selection.node {
                Selection::Field(field) => self.field(&field.node)?,
                Selection::InlineFragment(inline) => self.selections(&inline.node.selection_set.node)?.spread(),
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node)?.spread(),
            });
        }
        Ok(sum)
    }

    fn field(&mut self, field: &Field) -> Result<Weight, Fault> {
        let below = self.selections(&field.selection_set.node)?;
        let name = field.name.node.as_str();
        let ids = self.argument(field, "ids");
        let rows = match ids {
            Some(ConstValue::List(ids)) => ids.len() as u64,
            _ if below.page => self.page_size(field),
            _ => 1,
        };
        let is_object = !field.selection_set.node.items.is_empty();
        // `nodes`, `edges` and `node` of a connection stand for the rows that the connection already counts.
        let stands_for_rows = matches!(name, "nodes" | "edges" | "pageInfo") && field.arguments.is_empty();
        let own = if is_object && !stands_for_rows { rows } else { 0 };
        Ok(Weight {
            fields: below.fields.saturating_add(1),
            objects: below.objects.saturating_mul(rows).saturating_add(own),
            roots: 1,
            credentials: usize::from(CREDENTIALS.contains(&name)),
            page: matches!(name, "nodes" | "edges"),
            introspects: below.introspects || matches!(name, "__schema" | "__type"),
        })
    }

    fn fragment(&mut self, name: &Name) -> Result<Weight, Fault> {
        if let Some(known) = self.fragments.get(name) {
            return known.ok_or_else(|| Fault::BadUserInput(format!("The fragment {name} spreads itself.")));
        }
        // Left to the engine, an unknown fragment would weigh nothing and be walked all the same.
        let Some(definition) = self.document.fragments.get(name) else {
            return Err(Fault::BadUserInput(format!("There is no fragment {name} in the document.")));
        };
        self.fragments.insert(name.clone(), None);
        let weight = self.selections(&definition.node.selection_set.node)?;
        self.fragments.insert(name.clone(), Some(weight));
        Ok(weight)
    }

    /// An argument's value, with variables filled in.
    fn argument(&self, field: &Field, name: &str) -> Option<ConstValue> {
        let (_, value) = field.arguments.iter().find(|(found, _)| found.node == name)?;
        let known = |name: Name| {
            let given = self.variables.get(&name).or_else(|| self.defaults.get(&name));
            Ok::<_, std::convert::Infallible>(given.cloned().unwrap_or_default())
        };
        value.node.clone().into_const_with(known).ok()
    }

    /// The size that a page asks for; nonsense is for the resolver to refuse.
    fn page_size(&self, field: &Field) -> u64 {
        match self.argument(field, "first") {
            Some(ConstValue::Number(first)) => first.as_u64().unwrap_or(1).max(1),
            _ => PAGE,
        }
    }
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
            format!("{{ viewer {{ role }} }} #{}", "x".repeat(SIZE)),
            "mutation { a: login(input: {}) { session { token } } b: login(input: {}) { session { token } } }".into(),
            format!("mutation {{ {} }}", (0..6).map(|i| format!("a{i}: logout {{ userErrors {{ code }} }} ")).collect::<String>()),
            "query A { viewer { role } } query B { viewer { role } }".into(),
            format!("{{ {} }} {}", "...f0 ".repeat(90), chain),
            "{ viewer { role } } fragment a on Query { ...b } fragment b on Query { ...a }".into(),
            "{ ...nowhere }".into(),
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
