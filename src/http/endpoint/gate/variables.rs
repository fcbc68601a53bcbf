//! Variables, brought to the types that the document gives them before anything runs.

use super::{Complaint, document::Document};
use apollo_compiler::{
    request::coerce_variable_values,
    response::{JsonMap, JsonValue},
    schema::Schema,
    validation::Valid,
};
use async_graphql::{Name, Value, Variables};

/// The variables as the operation declares them, defaults filled in.
pub(super) fn coerce(
    schema: &Valid<Schema>,
    document: &Document,
    given: &JsonMap,
) -> Result<Valid<JsonMap>, Complaint> {
    coerce_variable_values(schema, document.operation(), given).map_err(|error| {
        let message = error.message().to_string();
        // The sentence repeats the value, which may be a password.
        let sentence = match (message.strip_prefix("could not coerce "), message.rsplit_once(" to type ")) {
            (Some(rest), Some((_, ty))) => {
                let name = rest.split(':').next().unwrap_or_default();
                format!("The value of {name} is not of the type {ty}.")
            }
            _ => format!("{message}."),
        };
        Complaint::new(sentence)
    })
}

/// The same for the engine.
pub(super) fn for_engine(values: &JsonMap) -> Variables {
    Variables::from_value(object(values))
}

fn object(values: &JsonMap) -> Value {
    Value::Object(values.iter().map(|(name, value)| (Name::new(name.as_str()), convert(value))).collect())
}

/// Recursion is bounded by the depth that variables may have.
fn convert(value: &JsonValue) -> Value {
    match value {
        JsonValue::Null => Value::Null,
        JsonValue::Bool(value) => Value::Boolean(*value),
        JsonValue::Number(number) => Value::Number(number.clone()),
        JsonValue::String(text) => Value::String(text.as_str().to_owned()),
        JsonValue::Array(values) => Value::List(values.iter().map(convert).collect()),
        JsonValue::Object(fields) => object(fields),
    }
}
