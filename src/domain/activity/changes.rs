//! What an update changes, as the record keeps it.

use serde::Serialize;
use serde_json::{Map, Value, json};

/// Fields that differ, each with what it was and what it is. What is secret is never noted.
#[derive(Debug, Default)]
pub struct Changes(Map<String, Value>);

impl Changes {
    /// Notes a field, if it differs.
    pub fn note<T: Serialize>(mut self, field: &str, from: T, to: T) -> Self {
        let (from, to) = (json!(from), json!(to));
        if from != to {
            self.0.insert(field.to_owned(), json!({ "from": from, "to": to }));
        }
        self
    }
}

impl From<Changes> for Value {
    fn from(changes: Changes) -> Self {
        Self::Object(changes.0)
    }
}
