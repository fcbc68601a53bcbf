//! JSON by hand, into one buffer.

use uuid::Uuid;

/// A text in quotes. Runs that need no escape are copied as a whole.
pub fn text(out: &mut String, text: &str) {
    out.push('"');
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(&text[done..at]);
        done = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            other => out.push_str(&format!("\\u{other:04x}")),
        }
    }
    out.push_str(&text[done..]);
    out.push('"');
}

/// An id in quotes.
pub fn id(out: &mut String, id: Uuid) {
    let mut buffer = [0; 36];
    out.push('"');
    out.push_str(id.hyphenated().encode_lower(&mut buffer));
    out.push('"');
}

/// A list in brackets: `each` writes one item.
pub fn list<T>(out: &mut String, items: impl IntoIterator<Item = T>, mut each: impl FnMut(&mut String, T)) {
    out.push('[');
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        each(out, item);
    }
    out.push(']');
}
