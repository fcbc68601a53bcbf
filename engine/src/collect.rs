//! What a selection asks of an object: fragments spread out, repeated keys merged, in the order of the document.

use crate::{
    Context, ContextSelectionSet, Positioned,
    json::Json,
    parser::types::{Field, Selection, SelectionSet},
    walk::Write,
};
use std::borrow::Cow;

/// One key of an answer.
pub(crate) struct Step<'a, T: ?Sized> {
    pub(crate) key: &'a str,
    /// `,"key":`
    label: Vec<u8>,
    pub(crate) asked: Asked<'a, T>,
}

/// What stands behind the key.
pub(crate) enum Asked<'a, T: ?Sized> {
    /// `__typename`
    TypeName,
    /// A column, written by a function.
    Column(fn(&T, &mut Json) -> bool),
    /// A field that can be written by a function if all is there, and has a resolver.
    Below(fn(&T, &Context<'_>, &mut Json) -> bool, Cow<'a, Positioned<Field>>),
    /// A field with a resolver.
    Field(Cow<'a, Positioned<Field>>),
}

impl<T: ?Sized> Step<'_, T> {
    /// The field, if it has a resolver.
    pub(crate) fn field(&self) -> Option<&Positioned<Field>> {
        match &self.asked {
            Asked::Field(field) | Asked::Below(_, field) => Some(field),
            _ => None,
        }
    }

    /// Writes the key.
    pub(crate) fn write_key(&self, at: usize, json: &mut Json) {
        json.extend_from_slice(&self.label[usize::from(at == 0)..]);
    }
}

/// Collects the steps for an object of the type `concrete`. `@skip` and `@include` are already carried out.
pub(crate) fn collect<'a, T: ?Sized>(
    ctx: &ContextSelectionSet<'a>,
    concrete: &str,
    column: impl Fn(&str) -> Option<Write<T>> + Copy,
) -> Vec<Step<'a, T>> {
    let mut steps = Vec::with_capacity(ctx.item.node.items.len());
    add(ctx, &ctx.item.node, concrete, column, &mut steps);
    steps
}

fn add<'a, T: ?Sized>(
    ctx: &ContextSelectionSet<'a>,
    set: &'a SelectionSet,
    concrete: &str,
    column: impl Fn(&str) -> Option<Write<T>> + Copy,
    steps: &mut Vec<Step<'a, T>>,
) {
    for selection in &set.items {
        let (condition, below) = match &selection.node {
            Selection::Field(field) => {
                let key = field.node.response_key().node.as_str();
                match steps.iter_mut().find(|step| step.key == key) {
                    Some(step) => merge(step, field),
                    None => steps.push(Step { key, label: label(key), asked: asked(field, column) }),
                }
                continue;
            }
            Selection::InlineFragment(inline) => (inline.node.type_condition.as_ref(), &inline.node.selection_set),
            // A fragment that does not exist has been refused by the gate.
            Selection::FragmentSpread(spread) => match ctx.query_env.fragments.get(&spread.node.fragment_name.node) {
                Some(fragment) => (Some(&fragment.node.type_condition), &fragment.node.selection_set),
                None => continue,
            },
        };
        if condition.is_none_or(|condition| applies(ctx, condition.node.on.node.as_str(), concrete)) {
            add(ctx, &below.node, concrete, column, steps);
        }
    }
}

/// A name needs no escapes.
fn label(key: &str) -> Vec<u8> {
    [b",\"", key.as_bytes(), b"\":"].concat()
}

fn asked<'a, T: ?Sized>(field: &'a Positioned<Field>, column: impl Fn(&str) -> Option<Write<T>>) -> Asked<'a, T> {
    let name = field.node.name.node.as_str();
    if name == "__typename" {
        return Asked::TypeName;
    }
    match column(name) {
        Some(Write::Leaf(write)) => Asked::Column(write),
        Some(Write::Below(write)) => Asked::Below(write, Cow::Borrowed(field)),
        None => Asked::Field(Cow::Borrowed(field)),
    }
}

/// Validation has seen to it that fields under one key are the same but for what is asked below.
fn merge<T: ?Sized>(step: &mut Step<'_, T>, other: &Positioned<Field>) {
    if let Asked::Field(field) | Asked::Below(_, field) = &mut step.asked
        && !other.node.selection_set.node.items.is_empty()
    {
        field.to_mut().node.selection_set.node.items.extend(other.node.selection_set.node.items.iter().cloned());
    }
}

/// Whether a fragment on `condition` concerns an object of the type `concrete`.
fn applies<T>(ctx: &crate::ContextBase<'_, T>, condition: &str, concrete: &str) -> bool {
    condition == concrete
        || ctx.schema_env.registry.implements.get(concrete).is_some_and(|interfaces| interfaces.contains(condition))
}
