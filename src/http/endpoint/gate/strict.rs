//! What the validation lets pass, and the specification or the house does not.

use super::Complaint;
use apollo_compiler::{
    ExecutableDocument, Node, Schema,
    ast::{Argument, Type, Value},
    executable::{Operation, Selection, SelectionSet},
    schema::ExtendedType,
};

/// The type of whatever must not stand in a document.
const SECRET: &str = "Secret";

/// The complaints about a document that is valid otherwise: an object that names a field twice, a variable whose
/// default is null where null is not allowed, and a password, code or token that is written out.
pub(super) fn check(schema: &Schema, document: &ExecutableDocument, operation: &Operation) -> Vec<Complaint> {
    let mut strict = Strict { schema, operation, complaints: Vec::new() };
    strict.selections(&operation.selection_set);
    for fragment in document.fragments.values() {
        strict.selections(&fragment.selection_set);
    }
    for variable in &operation.variables {
        if let Some(default) = &variable.default_value {
            strict.value(&variable.ty, default, true);
        }
    }
    strict.complaints
}

struct Strict<'a> {
    schema: &'a Schema,
    operation: &'a Operation,
    complaints: Vec<Complaint>,
}

impl Strict<'_> {
    fn selections(&mut self, set: &SelectionSet) {
        for selection in &set.selections {
            for directive in selection.directives().iter() {
                if let Some(definition) = self.schema.directive_definitions.get(&directive.name) {
                    self.arguments(&definition.arguments, &directive.arguments);
                }
            }
            match selection {
                Selection::Field(field) => {
                    self.arguments(&field.definition.arguments, &field.arguments);
                    self.selections(&field.selection_set);
                }
                Selection::InlineFragment(inline) => self.selections(&inline.selection_set),
                // Every fragment is looked at by itself.
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn arguments(
        &mut self,
        definitions: &[Node<apollo_compiler::ast::InputValueDefinition>],
        arguments: &[Node<Argument>],
    ) {
        for argument in arguments {
            if let Some(definition) = definitions.iter().find(|definition| definition.name == argument.name) {
                self.value(&definition.ty, &argument.value, definition.default_value.is_some());
            }
        }
    }

    fn value(&mut self, ty: &Type, value: &Value, has_default: bool) {
        match value {
            Value::Variable(name) => {
                let variable = self.operation.variables.iter().find(|variable| variable.name == *name);
                let defaults_to_null = variable.is_some_and(|variable| {
                    !variable.ty.is_non_null() && variable.default_value.as_ref().is_some_and(|value| value.is_null())
                });
                if defaults_to_null && ty.is_non_null() && !has_default {
                    let sentence = format!("Variable \"${name}\" may be null, but \"{ty}\" is expected.");
                    self.complaints.push(Complaint::new(sentence));
                }
            }
            Value::List(values) => values.iter().for_each(|value| self.value(ty.item_type(), value, false)),
            Value::Object(fields) => {
                let definition = self.schema.types.get(ty.inner_named_type());
                for (at, (name, value)) in fields.iter().enumerate() {
                    if fields[..at].iter().any(|(earlier, _)| earlier == name) {
                        let sentence = format!("There can be only one input field named \"{name}\".");
                        self.complaints.push(Complaint::new(sentence));
                    }
                    if let Some(ExtendedType::InputObject(object)) = definition
                        && let Some(field) = object.fields.get(name)
                    {
                        self.value(&field.ty, value, field.default_value.is_some());
                    }
                }
            }
            _ if ty.inner_named_type() == SECRET && !value.is_null() => {
                let sentence = "Send passwords and tokens in variables: documents are logged and cached by others.";
                self.complaints.push(Complaint::new(sentence));
            }
            _ => {}
        }
    }
}
