//! What a document must pass before the engine sees it.
//!
//! The framework's parser recurses into nested values until the process aborts, and its depth check walks fragments
//! without memory, so that 800 bytes cost seconds. Size, nesting and tokens are therefore bounded by a lexer that
//! cannot recurse, and what fragments expand to is counted once per fragment. Then the document is validated in full
//! against the printed schema, which the framework's own rules do only in part. What has passed is kept by its hash.

mod document;
mod kept;
mod lexer;
mod shape;
mod strict;
mod variables;
mod weight;

use super::Complaint;
use crate::{config::Limits, fault::Fault};
use apollo_compiler::{introspection, response::JsonMap, validation::Valid};
use async_graphql::{
    Introspected, Variables,
    parser::types::{ExecutableDocument, OperationType},
};
use document::{Contract, Document};
use kept::Kept;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The name under which a document is kept: the SHA-256 of its text.
pub(super) type Hash = [u8; 32];

/// Everything that documents are held against, and those that have passed.
#[derive(Debug)]
pub(in crate::http) struct Gate {
    contract: Contract,
    limits: Limits,
    kept: Kept,
}

/// A document that may be executed.
#[derive(Debug)]
pub(super) struct Admitted {
    document: Arc<Document>,
    values: Valid<JsonMap>,
    /// The variables, of the types that the document gives them.
    pub(super) variables: Variables,
    /// Objects that the answer can hold.
    pub(super) cost: u64,
}

impl Gate {
    /// A gate in front of the schema with this SDL.
    pub(in crate::http) fn new(sdl: &str, limits: Limits) -> Self {
        Self { contract: Contract::new(sdl), limits, kept: Kept::new() }
    }

    /// How much a document may ask for.
    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Refuses what is wrong, and what would cost more than it is worth.
    pub(super) fn admit(
        &self,
        query: &str,
        values: &JsonMap,
        operation_name: Option<&str>,
    ) -> Result<Admitted, Vec<Complaint>> {
        let hash: Hash = Sha256::digest(query.as_bytes()).into();
        let document = match self.kept.get(&hash) {
            Some(document) => document,
            None => {
                let document = Arc::new(Document::check(query, hash, &self.contract, &self.limits)?);
                self.kept.insert(&document);
                document
            }
        };
        self.complete(document, values, operation_name)
    }

    /// Variables, brought to the types that a document of ours gives them: for doors beside the graph.
    pub(in crate::http) fn typed(&self, query: &str, values: &JsonMap) -> Result<Variables, Fault> {
        let admitted = self.admit(query, values, None).map_err(|complaints| {
            let first = complaints.into_iter().next().map(|complaint| complaint.fault);
            first.unwrap_or_else(|| Fault::Internal("a document was refused without a reason".into()))
        })?;
        Ok(admitted.variables)
    }

    /// The same for a document that is known by its hash; `None` if it is not known, or no longer.
    pub(super) fn admit_kept(
        &self,
        hash: &Hash,
        values: &JsonMap,
        operation_name: Option<&str>,
    ) -> Option<Result<Admitted, Vec<Complaint>>> {
        Some(self.complete(self.kept.get(hash)?, values, operation_name))
    }

    fn complete(
        &self,
        document: Arc<Document>,
        values: &JsonMap,
        operation_name: Option<&str>,
    ) -> Result<Admitted, Vec<Complaint>> {
        if let Some(name) = operation_name
            && document.operation().name.as_deref() != Some(name)
        {
            return Err(Fault::BadUserInput("The document has no operation of that name.".into()).into());
        }
        let values = variables::coerce(&self.contract.schema, &document, values)?;
        let variables = variables::for_engine(&values);
        let cost = match document.objects {
            Some(objects) => objects,
            None => weight::check(&document.engine, Some(&variables), &self.limits)?.objects,
        };
        Ok(Admitted { document, values, variables, cost })
    }

    /// What a document asks of the schema itself.
    pub(super) fn introspect(&self, admitted: &Admitted) -> Result<Introspected, Complaint> {
        let Admitted { document, values, .. } = admitted;
        if let Some(known) = self.kept.introspected(document) {
            return Ok(known);
        }
        let Contract { schema, implementers } = &self.contract;
        let answer =
            introspection::partial_execute(schema, implementers, &document.typed, document.operation(), values)
                .map_err(|error| Complaint::new(error.message().to_string()))?;
        let fields = answer.data.unwrap_or_default();
        let fields = fields.iter().map(|(key, value)| (key.as_str().to_owned(), value.to_string().into_bytes().into()));
        let introspected = Introspected::new(fields.collect());
        if document.operation().variables.is_empty() {
            self.kept.answered(document, &introspected);
        }
        Ok(introspected)
    }
}

impl Admitted {
    /// For the engine.
    pub(super) fn document(&self) -> ExecutableDocument {
        self.document.engine.clone()
    }

    /// Query, mutation or subscription.
    pub(super) fn kind(&self) -> OperationType {
        self.document.kind
    }

    /// The operation's name.
    pub(super) fn name(&self) -> Option<&str> {
        self.document.operation().name.as_deref()
    }

    /// The name under which the document is kept.
    pub(super) fn hash(&self) -> &Hash {
        &self.document.hash
    }

    /// Whether it asks for the schema itself.
    pub(super) fn introspects(&self) -> bool {
        self.document.introspects
    }
}

fn too_much(what: &str, most: usize) -> Fault {
    Fault::BadUserInput(format!("The document has too many {what}; at most {most}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(query: &str) -> Option<String> {
        let gate = Gate::new(&crate::graphql::sdl(), Limits::default());
        match gate.admit(query, &JsonMap::default(), None) {
            Ok(_) => None,
            Err(complaints) => Some(complaints[0].fault.message().to_owned()),
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
