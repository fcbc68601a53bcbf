//! Global ids: the type and the key of a row, opaque to whoever is shown them.

use base64_simd::{Out, URL_SAFE_NO_PAD};
use uuid::Uuid;

/// The id that is shown for a row.
pub fn encode(name: &str, id: impl Into<Uuid>) -> String {
    let mut json = Vec::new();
    write(name, id, &mut json);
    String::from_utf8_lossy(&json[1..json.len() - 1]).into_owned()
}

/// The same, written into JSON. Answers hold thousands of ids: nothing is allocated, nothing looked at twice.
pub fn write(name: &str, id: impl Into<Uuid>, json: &mut Vec<u8>) {
    let mut text = [0; 64];
    let name = &name.as_bytes()[..name.len().min(31)];
    let (front, key) = text.split_at_mut(name.len() + 1);
    front[..name.len()].copy_from_slice(name);
    front[name.len()] = b':';
    id.into().simple().encode_lower(key);
    let mut encoded = [0; 88];
    let encoded = URL_SAFE_NO_PAD.encode(&text[..name.len() + 33], Out::from_slice(&mut encoded));
    json.push(b'"');
    json.extend_from_slice(encoded);
    json.push(b'"');
}

/// Type and key inside an id; `None` for nonsense.
pub fn decode(id: &str) -> Option<(String, Uuid)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode_to_vec(id).ok()?).ok()?;
    let (name, key) = text.split_once(':')?;
    Some((name.to_owned(), key.parse().ok()?))
}
