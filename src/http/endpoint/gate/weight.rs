//! What a document amounts to once its fragments are spread out and its pages are full.

use super::too_much;
use crate::{config::Limits, fault::Fault};
use async_graphql::{
    Name, ROOT, Value as ConstValue, Variables,
    parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet},
};
use async_graphql_value::Value;
use std::collections::HashMap;

/// Rows of a page whose size is not said.
const PAGE: u64 = 50;
/// Root fields that check a credential; one per document, so that aliases do not multiply guesses.
const CREDENTIALS: [&str; 13] = [
    "login",
    "completeLogin",
    "confirmSecondFactor",
    "disableSecondFactor",
    "reauthenticate",
    "changePassword",
    "changeEmail",
    "confirmEmail",
    "resetPassword",
    "acceptInvitation",
    "invitationPreview",
    "declineInvitation",
    "requestNewInvitation",
];

/// Lists of the schema about itself, which lead from types to types and back.
const INTROSPECTION: [&str; 7] =
    ["types", "fields", "args", "inputFields", "enumValues", "interfaces", "possibleTypes"];
/// What such a list is counted as: the standard query passes, three times around the circle does not.
const INTROSPECTED: u64 = 8;

/// Lists that are no page, and the rows that they may have.
const LISTS: [(&str, u64); 1] = [("history", 100)];

/// What a selection amounts to once fragments are spread out.
#[derive(Clone, Copy, Default)]
pub(super) struct Weight {
    /// Fields, spreads and inline fragments: what the engine walks.
    pub(super) fields: u64,
    /// Objects of the answer.
    pub(super) objects: u64,
    pub(super) roots: usize,
    pub(super) credentials: usize,
    /// Whether it selects `nodes` or `edges`: the field above is a page.
    page: bool,
    pub(super) introspects: bool,
    /// Whether the size of a page stands in a variable.
    pub(super) varies: bool,
}

/// Counts a document and refuses what weighs too much. Pages whose size stands in a variable are judged once the
/// variables are known: before, they are `None`. That a caller has sent none of them is no reason to judge later.
pub(super) fn check(
    document: &ExecutableDocument,
    variables: Option<&Variables>,
    limits: &Limits,
) -> Result<Weight, Fault> {
    let too_wide = |weight: &Weight| match weight.fields > limits.fields as u64 {
        true => Err(too_much("fields once fragments are spread out", limits.fields)),
        false => Ok(()),
    };
    let mut count = Counter { document, variables, fragments: HashMap::new() };
    // Fragments that nothing spreads are walked by the validation too.
    for name in document.fragments.keys() {
        too_wide(&count.fragment(name)?)?;
    }
    let mut weight = Weight::default();
    for (_, operation) in document.operations.iter() {
        weight.add(count.selections(&operation.node.selection_set.node)?);
        too_wide(&weight)?;
        if operation.node.ty == OperationType::Mutation && weight.roots > limits.mutations {
            return Err(too_much("root fields in a mutation", limits.mutations));
        }
    }
    if weight.objects > limits.objects as u64 && !(weight.varies && variables.is_none()) {
        return Err(Fault::BadUserInput(format!(
            "The page sizes of this document ask for up to {} objects, and an answer holds at most {}. \
             Ask for smaller pages (`first`).",
            weight.objects, limits.objects
        )));
    }
    if weight.credentials > 1 {
        return Err(Fault::BadUserInput("Check one link or password per document.".into()));
    }
    Ok(weight)
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.objects = self.objects.saturating_add(other.objects);
        self.roots = self.roots.saturating_add(other.roots);
        self.credentials = self.credentials.saturating_add(other.credentials);
        self.page |= other.page;
        self.introspects |= other.introspects;
        self.varies |= other.varies;
    }

    /// A spread or inline fragment is walked as well.
    fn spread(self) -> Self {
        Self { fields: self.fields.saturating_add(1), ..self }
    }
}

/// Counts a document, once per fragment.
struct Counter<'a> {
    document: &'a ExecutableDocument,
    variables: Option<&'a Variables>,
    /// `None` while a fragment is being counted: meeting it again is a cycle.
    fragments: HashMap<Name, Option<Weight>>,
}

impl Counter<'_> {
    /// Recursion is bounded by the lexer's nesting and by the number of fragments.
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
        if name == ROOT {
            return Ok(below);
        }
        let ids = self.argument(field, "ids");
        let rows = match ids {
            Some(ConstValue::List(ids)) => ids.len() as u64,
            _ if below.page => self.page_size(field),
            _ if INTROSPECTION.contains(&name) => INTROSPECTED,
            _ => LISTS.iter().find(|(list, _)| *list == name).map_or(1, |(_, rows)| *rows),
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
            varies: below.varies || field.arguments.iter().any(|(name, value)| sizes(name.node.as_str(), &value.node)),
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
            let value = self.variables.and_then(|variables| variables.get(&name));
            Ok::<_, std::convert::Infallible>(value.cloned().unwrap_or_default())
        };
        value.node.clone().into_const_with(known).ok()
    }

    /// The size that a page asks for; nonsense is for the resolver to refuse.
    fn page_size(&self, field: &Field) -> u64 {
        let said = |name| match self.argument(field, name) {
            Some(ConstValue::Number(rows)) => Some(rows.as_u64().unwrap_or(1).max(1)),
            _ => None,
        };
        said("first").max(said("last")).unwrap_or(PAGE)
    }
}

/// Whether the size of a page stands in a variable.
fn sizes(name: &str, value: &Value) -> bool {
    matches!(name, "first" | "last" | "ids") && matches!(value, Value::Variable(_))
}
