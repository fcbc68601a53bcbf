//! The shape of a document: how deep it goes, and how many aliases and directives it has.

use super::too_much;
use crate::{config::Limits, fault::Fault};
use async_graphql::{
    Name, Positioned,
    parser::types::{Directive, ExecutableDocument, Selection, SelectionSet},
};
use std::collections::HashMap;

/// Refuses documents that are out of shape. They have no cycles: that has been seen to.
pub(super) fn check(document: &ExecutableDocument, limits: &Limits) -> Result<(), Fault> {
    let mut shape = Shape { document, limits, aliases: 0, directives: 0, depths: HashMap::new() };
    for (_, operation) in document.operations.iter() {
        shape.directives(&operation.node.directives)?;
        for variable in &operation.node.variable_definitions {
            shape.directives(&variable.node.directives)?;
        }
        let depth = shape.depth(&operation.node.selection_set.node)?;
        if depth > limits.depth {
            return Err(too_much("fields below fields", limits.depth));
        }
    }
    for name in document.fragments.keys() {
        shape.fragment(name)?;
    }
    Ok(())
}

struct Shape<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    aliases: usize,
    directives: usize,
    /// Each fragment is looked at once.
    depths: HashMap<Name, usize>,
}

impl Shape<'_> {
    /// Recursion is bounded by the lexer's nesting and by the number of fragments.
    fn depth(&mut self, set: &SelectionSet) -> Result<usize, Fault> {
        let mut deepest = 0;
        for selection in &set.items {
            self.directives(selection.node.directives())?;
            let depth = match &selection.node {
                Selection::Field(field) => {
                    self.aliases += usize::from(field.node.alias.is_some());
                    if self.aliases > self.limits.aliases {
                        return Err(too_much("aliases", self.limits.aliases));
                    }
                    let below = self.depth(&field.node.selection_set.node)?;
                    // What the schema tells about itself has a bound of its own.
                    if field.node.name.node.starts_with("__") { 1 } else { below + 1 }
                }
                Selection::InlineFragment(inline) => self.depth(&inline.node.selection_set.node)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node)?,
            };
            deepest = deepest.max(depth);
        }
        Ok(deepest)
    }

    fn fragment(&mut self, name: &Name) -> Result<usize, Fault> {
        if let Some(known) = self.depths.get(name) {
            return Ok(*known);
        }
        let Some(definition) = self.document.fragments.get(name) else { return Ok(0) };
        self.directives(&definition.node.directives)?;
        let depth = self.depth(&definition.node.selection_set.node)?;
        self.depths.insert(name.clone(), depth);
        Ok(depth)
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) -> Result<(), Fault> {
        self.directives += directives.len();
        if directives.len() > self.limits.directives_each {
            return Err(too_much("directives at one place", self.limits.directives_each));
        }
        if self.directives > self.limits.directives {
            return Err(too_much("directives", self.limits.directives));
        }
        Ok(())
    }
}
