//! A document that has been found in order, kept so that the next request with it costs no parsing and no validation.

use super::{Complaint, Hash, lexer, shape, strict, too_much, weight};
use crate::{config::Limits, fault::Fault};
use apollo_compiler::{
    ExecutableDocument as Typed, Node, Schema, ast,
    collections::HashMap as Map,
    executable::Operation,
    introspection,
    parser::Parser,
    schema::Implementers,
    validation::{DiagnosticList, Valid},
};
use async_graphql::{
    carry,
    parser::{
        parse_query,
        types::{ExecutableDocument, OperationType},
    },
};

/// The schema as the validation knows it.
#[derive(Debug)]
pub(super) struct Contract {
    pub(super) schema: Valid<Schema>,
    pub(super) implementers: Map<apollo_compiler::Name, Implementers>,
}

impl Contract {
    /// Reads the printed schema.
    pub(super) fn new(sdl: &str) -> Self {
        let schema = Schema::parse_and_validate(sdl, "schema.graphql").expect("our own schema is valid");
        Self { implementers: schema.implementers_map(), schema }
    }
}

/// A document in order.
#[derive(Debug)]
pub(super) struct Document {
    /// For the engine; its operation is carried as one field.
    pub(super) engine: ExecutableDocument,
    /// For variables and introspection.
    pub(super) typed: Valid<Typed>,
    /// The name under which it is kept.
    pub(super) hash: Hash,
    pub(super) kind: OperationType,
    pub(super) introspects: bool,
    /// Whether the page sizes depend on variables; otherwise this is what it weighs.
    pub(super) objects: Option<u64>,
    /// Bytes of its text.
    pub(super) length: usize,
}

impl Document {
    /// Checks a document, the cheap questions first.
    pub(super) fn check(query: &str, hash: Hash, contract: &Contract, limits: &Limits) -> Result<Self, Vec<Complaint>> {
        lexer::check(query, limits)?;
        // Two parsers, each of which takes what the other rightly refuses.
        let engine = parse_query(query).or_else(|error| parse_query(lexer::tighten(query)).map_err(|_| error));
        let mut engine = engine.map_err(|error| unparsed(error.positions().next().map(|at| (at.line, at.column))))?;
        let parsed = parse(query, limits)?;
        let mut operations = engine.operations.iter().map(|(_, operation)| &operation.node);
        let (Some(operation), None) = (operations.next(), operations.next()) else {
            return Err(Fault::BadUserInput("Send one operation per document.".into()).into());
        };
        let kind = operation.ty;
        if engine.fragments.len() > limits.fragments {
            return Err(too_much("fragments", limits.fragments).into());
        }
        let weight = weight::check(&engine, None, limits)?;
        shape::check(&engine, limits)?;
        let typed = parsed.to_executable_validate(&contract.schema);
        let typed = typed.map_err(|refused| complaints(&refused.errors, limits))?;
        let operation = only(&typed);
        let complaints = strict::check(&contract.schema, &typed, operation);
        if !complaints.is_empty() {
            return Err(complaints);
        }
        if weight.introspects {
            introspection::check_max_depth(&typed, operation).map_err(|_| {
                Fault::BadUserInput("The document asks the schema for lists inside lists inside lists.".into())
            })?;
        }
        let objects = (!weight.varies).then_some(weight.objects);
        if kind != OperationType::Subscription {
            engine.operations = carried(engine.operations);
        }
        Ok(Self { engine, typed, hash, kind, introspects: weight.introspects, objects, length: query.len() })
    }

    /// The one operation.
    pub(super) fn operation(&self) -> &Node<Operation> {
        only(&self.typed)
    }
}

fn carried(
    mut operations: async_graphql::parser::types::DocumentOperations,
) -> async_graphql::parser::types::DocumentOperations {
    use async_graphql::parser::types::DocumentOperations;
    match &mut operations {
        DocumentOperations::Single(operation) => carry(&mut operation.node),
        DocumentOperations::Multiple(named) => named.values_mut().for_each(|operation| carry(&mut operation.node)),
    }
    operations
}

fn only(document: &Typed) -> &Node<Operation> {
    document.operations.iter().next().expect("a document has one operation")
}

fn parse(query: &str, limits: &Limits) -> Result<ast::Document, Complaint> {
    let mut parser = Parser::new().token_limit(limits.document).recursion_limit(4 * limits.nesting);
    parser.parse_ast(query, "document").map_err(|refused| {
        let place = refused.errors.iter().next().and_then(|error| error.line_column_range());
        unparsed(place.map(|range| (range.start.line, range.start.column)))
    })
}

/// The parsers' own sentences repeat the document.
fn unparsed(place: Option<(usize, usize)>) -> Complaint {
    let at = place.map(|(line, column)| format!(" at line {line}, column {column}")).unwrap_or_default();
    Complaint::new(format!("The document does not parse{at}.")).at(place)
}

fn complaints(errors: &DiagnosticList, limits: &Limits) -> Vec<Complaint> {
    let complaint = |error: apollo_compiler::response::GraphQLError| {
        let place = error.locations.first().map(|at| (at.line, at.column));
        Complaint::new(error.message.chars().take(500).collect::<String>()).at(place)
    };
    errors.iter().take(limits.errors).map(|error| complaint(error.to_json())).collect()
}
