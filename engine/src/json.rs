//! Finished JSON: what the walk writes, and how single values are written.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use json_escape_simd::escape_into;
use serde_json::Number;
use upstream::{ID, Value};

/// JSON under construction.
pub type Json = Vec<u8>;

/// A value without a selection of its own.
pub trait Leaf {
    /// Writes it as the framework would.
    fn write(&self, json: &mut Json);
}

/// JSON that is finished, inside one of the framework's values; the framework has no other use for bytes.
pub(crate) fn finished(json: Json) -> Value {
    Value::Binary(Bytes::from(json))
}

/// Writes a value of the framework; finished JSON as it is.
pub(crate) fn write_value(value: &Value, json: &mut Json) {
    match value {
        Value::Null => json.extend_from_slice(b"null"),
        Value::Boolean(value) => value.write(json),
        Value::Number(number) => number.write(json),
        Value::String(text) => text.write(json),
        Value::Enum(name) => name.as_str().write(json),
        Value::Binary(finished) => json.extend_from_slice(finished),
        Value::List(values) => array(json, values, write_value),
        Value::Object(fields) => {
            json.push(b'{');
            for (at, (name, value)) in fields.iter().enumerate() {
                if at > 0 {
                    json.push(b',');
                }
                name.as_str().write(json);
                json.push(b':');
                write_value(value, json);
            }
            json.push(b'}');
        }
    }
}

/// Writes `[a,b,c]`.
pub(crate) fn array<T>(json: &mut Json, values: impl IntoIterator<Item = T>, write: impl Fn(T, &mut Json)) {
    json.push(b'[');
    for (at, value) in values.into_iter().enumerate() {
        if at > 0 {
            json.push(b',');
        }
        write(value, json);
    }
    json.push(b']');
}

/// Writes what serde knows how to write; writing into memory does not fail.
fn serialize(value: &(impl serde::Serialize + ?Sized), json: &mut Json) {
    let start = json.len();
    if serde_json::to_writer(&mut *json, value).is_err() {
        json.truncate(start);
        json.extend_from_slice(b"null");
    }
}

impl Leaf for str {
    fn write(&self, json: &mut Json) {
        escape_into(self, json);
    }
}

impl Leaf for String {
    fn write(&self, json: &mut Json) {
        self.as_str().write(json);
    }
}

impl Leaf for ID {
    fn write(&self, json: &mut Json) {
        self.as_str().write(json);
    }
}

impl Leaf for bool {
    fn write(&self, json: &mut Json) {
        json.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl Leaf for i32 {
    fn write(&self, json: &mut Json) {
        serialize(self, json);
    }
}

impl Leaf for Number {
    fn write(&self, json: &mut Json) {
        serialize(self, json);
    }
}

impl Leaf for serde_json::Value {
    fn write(&self, json: &mut Json) {
        serialize(self, json);
    }
}

impl Leaf for DateTime<Utc> {
    fn write(&self, json: &mut Json) {
        self.to_rfc3339().write(json);
    }
}

impl<T: Leaf> Leaf for Option<T> {
    fn write(&self, json: &mut Json) {
        match self {
            Some(value) => value.write(json),
            None => json.extend_from_slice(b"null"),
        }
    }
}

impl<T: Leaf> Leaf for [T] {
    fn write(&self, json: &mut Json) {
        array(json, self, T::write);
    }
}

impl<T: Leaf + ?Sized> Leaf for &T {
    fn write(&self, json: &mut Json) {
        T::write(self, json);
    }
}

/// Makes leaves of enums.
#[macro_export]
macro_rules! enum_leaves {
    ($($name:ty),+) => {$(
        impl $crate::Leaf for $name {
            fn write(&self, json: &mut $crate::Json) {
                let items = <Self as $crate::resolver_utils::EnumType>::items();
                let name = items.iter().find(|item| item.value == *self).map(|item| item.name);
                $crate::Leaf::write(&name, json);
            }
        }
    )+};
}
