//! Finished JSON: what the walk writes, and how single values are written.

use bytes::Bytes;
use chrono::{DateTime, Datelike, Timelike, Utc};
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

/// Writes a number with leading zeros.
fn digits(json: &mut Json, mut number: u32, width: usize) {
    let mut text = [b'0'; 9];
    for place in text[..width].iter_mut().rev() {
        *place = b'0' + (number % 10) as u8;
        number /= 10;
    }
    json.extend_from_slice(&text[..width]);
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

impl Leaf for u64 {
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
    /// As `to_rfc3339` does, without its machinery: lists hold hundreds of times.
    fn write(&self, json: &mut Json) {
        if !(0..=9_999).contains(&self.year()) {
            return self.to_rfc3339().write(json);
        }
        let (year, nanos) = (self.year().unsigned_abs(), self.nanosecond());
        json.push(b'"');
        digits(json, year, 4);
        for (mark, number) in [(b'-', self.month()), (b'-', self.day()), (b'T', self.hour())] {
            json.push(mark);
            digits(json, number, 2);
        }
        for number in [self.minute(), self.second() + nanos / 1_000_000_000] {
            json.push(b':');
            digits(json, number, 2);
        }
        match nanos % 1_000_000_000 {
            0 => {}
            nanos => {
                json.push(b'.');
                let (part, width) = match nanos {
                    whole if whole % 1_000_000 == 0 => (whole / 1_000_000, 3),
                    whole if whole % 1_000 == 0 => (whole / 1_000, 6),
                    whole => (whole, 9),
                };
                digits(json, part, width);
            }
        }
        json.extend_from_slice(b"+00:00\"");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_by_chrono() {
        let moments =
            [0, 1, 951_782_400, 1_700_000_000, 4_102_444_799, -1, -62_135_596_800, 253_402_300_799, -90_000_000_000];
        for (seconds, nanos) in
            moments.into_iter().flat_map(|at| [0, 1, 1_000, 120_000_000, 999_999_999, 1_500_000_000].map(|n| (at, n)))
        {
            let Some(moment) = DateTime::from_timestamp(seconds, nanos) else { continue };
            let mut json = Json::new();
            moment.write(&mut json);
            assert_eq!(String::from_utf8_lossy(&json), format!("\"{}\"", moment.to_rfc3339()));
        }
    }
}
