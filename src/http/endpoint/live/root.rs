//! The one root field of a subscription, brought to where the engine looks for it.

use crate::fault::Fault;
use async_graphql::{
    Name, Positioned,
    parser::types::{DocumentOperations, ExecutableDocument, Field, FragmentDefinition, Selection, SelectionSet},
};
use std::collections::HashMap;

/// Refuses a subscription without exactly one root field, as the specification demands, and takes that field out of
/// the fragments around it: the engine does not look into fragments there, and would never answer anything.
pub(super) fn bring_up(document: &mut ExecutableDocument, operation: Option<&str>) -> Result<(), Fault> {
    let operation = match &mut document.operations {
        DocumentOperations::Single(operation) => Some(operation),
        DocumentOperations::Multiple(operations) => operation.and_then(|name| operations.get_mut(name)),
    };
    let Some(operation) = operation else {
        return Err(Fault::BadUserInput("Name the operation (`operationName`).".into()));
    };
    let roots = &mut operation.node.selection_set.node;
    let (mut fields, mut opened) = (Vec::new(), Vec::new());
    collect(roots, &document.fragments, &mut fields, &mut opened)?;
    let [field] = fields.as_slice() else { return Err(refused()) };
    if field.node.name.node.starts_with("__") {
        return Err(refused());
    }
    roots.items = vec![Positioned::new(Selection::Field(field.clone()), field.pos)];
    // Nothing spreads them any more, and a fragment that nothing spreads is an error.
    for name in opened {
        document.fragments.remove(&name);
    }
    Ok(())
}

/// The gate has seen to it that fragments lead into no circle.
fn collect(
    selections: &SelectionSet,
    fragments: &HashMap<Name, Positioned<FragmentDefinition>>,
    fields: &mut Vec<Positioned<Field>>,
    opened: &mut Vec<Name>,
) -> Result<(), Fault> {
    for selection in &selections.items {
        let (directives, inner) = match &selection.node {
            Selection::Field(field) => {
                fields.push(field.clone());
                (&field.node.directives, None)
            }
            Selection::InlineFragment(inline) => (&inline.node.directives, Some(&inline.node.selection_set.node)),
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                let fragment = fragments.get(name).ok_or_else(refused)?;
                opened.push(name.clone());
                (&spread.node.directives, Some(&fragment.node.selection_set.node))
            }
        };
        let conditional = |name: &str| name == "skip" || name == "include";
        if fields.len() > 1 || directives.iter().any(|directive| conditional(&directive.node.name.node)) {
            return Err(refused());
        }
        if let Some(inner) = inner {
            collect(inner, fragments, fields, opened)?;
        }
    }
    Ok(())
}

fn refused() -> Fault {
    Fault::BadUserInput("A subscription has exactly one root field, without @skip and @include.".into())
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
