//! The root fields of documents on connections that stay open: of a subscription there is one.

use crate::fault::Fault;
use async_graphql::{
    Name, Positioned, ROOT,
    parser::types::{DocumentOperations, ExecutableDocument, Field, FragmentDefinition, Selection, SelectionSet},
};
use std::collections::HashMap;

/// Mutations that hand over a session, which only an answer by HTTP can put into a cookie.
const SESSIONS: [&str; 7] = [
    "login",
    "completeLogin",
    "confirmSecondFactor",
    "disableSecondFactor",
    "changePassword",
    "acceptInvitation",
    "submitPartnerForm",
];

/// Refuses a mutation that opens a session: a page's scripts would see the token that a cookie keeps from them.
pub(super) fn opens_no_session(document: &ExecutableDocument) -> Result<(), Fault> {
    let mut roots = Roots::default();
    for (_, operation) in document.operations.iter() {
        roots.collect(&operation.node.selection_set.node, &document.fragments);
    }
    if roots.fields.iter().any(|field| SESSIONS.contains(&field.node.name.node.as_str())) {
        return Err(Fault::BadUserInput("Open sessions by POST /graphql: a socket cannot set a cookie.".into()));
    }
    Ok(())
}

/// Refuses a subscription without exactly one root field, as the specification demands, and takes that field out of
/// the fragments around it: the engine does not look into fragments there, and would never answer anything.
pub(super) fn bring_up(document: &mut ExecutableDocument, operation: Option<&str>) -> Result<(), Fault> {
    let operation = match &mut document.operations {
        DocumentOperations::Single(operation) => Some(operation),
        DocumentOperations::Multiple(operations) => match operation {
            Some(name) => operations.get_mut(name),
            // A name that nobody has to choose by.
            None if operations.len() == 1 => operations.values_mut().next(),
            None => None,
        },
    };
    let Some(operation) = operation else {
        return Err(Fault::BadUserInput("Name the operation (`operationName`).".into()));
    };
    let selections = &mut operation.node.selection_set.node;
    let mut roots = Roots::default();
    roots.collect(selections, &document.fragments);
    let field = match roots.fields.as_slice() {
        [field] if !roots.conditional && !field.node.name.node.starts_with("__") => field.clone(),
        _ => {
            let sentence = "A subscription has exactly one root field, without @skip and @include.";
            return Err(Fault::BadUserInput(sentence.into()));
        }
    };
    selections.items = vec![Positioned::new(Selection::Field(field.clone()), field.pos)];
    // Nothing spreads them any more, and a fragment that nothing spreads is an error.
    for name in roots.opened {
        document.fragments.remove(&name);
    }
    Ok(())
}

/// The root fields of an operation, also those in fragments.
#[derive(Default)]
struct Roots {
    fields: Vec<Positioned<Field>>,
    /// The fragments that were looked into.
    opened: Vec<Name>,
    /// Whether anything stands behind a condition.
    conditional: bool,
}

impl Roots {
    /// The gate has seen to it that fragments lead into no circle and do not multiply beyond measure.
    fn collect(&mut self, selections: &SelectionSet, fragments: &HashMap<Name, Positioned<FragmentDefinition>>) {
        for selection in &selections.items {
            let (directives, inner) = match &selection.node {
                // The gate carries the operation as one field.
                Selection::Field(field) if field.node.name.node == ROOT => {
                    (&field.node.directives, Some(&field.node.selection_set.node))
                }
                Selection::Field(field) => {
                    self.fields.push(field.clone());
                    (&field.node.directives, None)
                }
                Selection::InlineFragment(inline) => (&inline.node.directives, Some(&inline.node.selection_set.node)),
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    self.opened.push(name.clone());
                    let fragment = fragments.get(name).map(|fragment| &fragment.node.selection_set.node);
                    (&spread.node.directives, fragment)
                }
            };
            let condition = |name: &str| name == "skip" || name == "include";
            self.conditional |= directives.iter().any(|directive| condition(&directive.node.name.node));
            if let Some(inner) = inner {
                self.collect(inner, fragments);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    fn root(query: &str) -> Result<String, Fault> {
        let mut document = parse_query(query).unwrap();
        bring_up(&mut document, None)?;
        let (_, operation) = document.operations.iter().next().unwrap();
        let Selection::Field(field) = &operation.node.selection_set.node.items[0].node else { panic!("{query}") };
        Ok(format!("{} {}", field.node.name.node, document.fragments.len()))
    }

    #[test]
    fn the_root_field_is_found_in_fragments() {
        let kept = "fragment K on Partner { id }";
        for (query, found) in [
            ("subscription { a }".to_owned(), "a 0"),
            ("subscription Named { a }".to_owned(), "a 0"),
            ("subscription { ... { a } }".to_owned(), "a 0"),
            (format!("subscription {{ ...F }} fragment F on Subscription {{ a {{ ...K }} }} {kept}"), "a 1"),
        ] {
            assert_eq!(root(&query).unwrap(), found, "{query}");
        }
    }

    #[test]
    fn there_is_one_and_it_is_unconditional() {
        for query in [
            "subscription { a b }",
            "subscription { a ...F } fragment F on Subscription { b }",
            "subscription { __typename }",
            "subscription { a @skip(if: true) }",
            "subscription { ... @include(if: true) { a } }",
        ] {
            assert!(root(query).is_err(), "{query}");
        }
    }
}
