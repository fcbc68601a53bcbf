//! The server's own keys: the one that makes what is new, and the one before it, which still opens what is there.

use super::{KEY_BYTES, Purpose, token_hash};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

/// The server's own keys; links are derived from them, so that none is stored.
pub struct ServerKey {
    current: Key,
    old: Option<Key>,
}

impl std::fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ServerKey(…)")
    }
}

impl ServerKey {
    /// Takes the key's bytes; `None` if there are fewer than [`KEY_BYTES`].
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        Some(Self { current: Key::new(bytes)?, old: None })
    }

    /// The same with the key before it, which makes nothing new.
    pub fn after(self, old: Vec<u8>) -> Option<Self> {
        Some(Self { old: Some(Key::new(old)?), ..self })
    }

    /// The token of one generation of one row: 32 bytes, always the same for the same row, so that a letter that is
    /// sent again carries the same link and no token is kept in clear.
    ///
    /// Validity comes from the row alone; knowing the key without the row's nonce forges nothing.
    pub fn token(&self, purpose: Purpose, row: Uuid, generation: i32, nonce: &[u8]) -> String {
        self.current.token(purpose, row, generation, nonce)
    }

    /// The same for a row that is there: made by the key that made its hash. By a key that is gone, there is none that
    /// works; the one that is answered does not.
    pub fn token_again(&self, purpose: Purpose, row: Uuid, generation: i32, nonce: &[u8], hash: &[u8]) -> String {
        let tokens = self.keys().map(|key| key.token(purpose, row, generation, nonce));
        let fits = |token: &String| token_hash(token) == hash;
        tokens.into_iter().find(fits).unwrap_or_else(|| self.token(purpose, row, generation, nonce))
    }

    /// What the key that makes what is new is called, beside what it has made. It tells nothing of the key.
    pub fn id(&self) -> String {
        self.current.id()
    }

    /// What the key before it is called.
    pub fn old_id(&self) -> Option<String> {
        self.old.as_ref().map(Key::id)
    }

    /// What every key is called that opens what is there.
    pub fn ids(&self) -> Vec<String> {
        self.keys().map(Key::id).collect()
    }

    /// A name for something that is better not written down, the same whenever it is asked for.
    pub fn blind(&self, purpose: &str, parts: &[&str]) -> String {
        self.current.blind(purpose, parts)
    }

    /// That name by every key: what it may have been called before.
    pub fn blinds(&self, purpose: &str, parts: &[&str]) -> Vec<String> {
        self.keys().map(|key| key.blind(purpose, parts)).collect()
    }

    /// Bytes that only this server can make of these parts, always the same. No part runs into the next.
    pub fn derive(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        self.current.derive(purpose, parts)
    }

    /// The same by the key of that name; without one, by the oldest that there is. `None` if the key is gone.
    pub fn derive_by(&self, id: Option<&str>, purpose: &str, parts: &[&[u8]]) -> Option<[u8; 32]> {
        let key = match id {
            Some(id) => self.keys().find(|key| key.id() == id),
            None => self.keys().last(),
        };
        key.map(|key| key.derive(purpose, parts))
    }

    /// Whether bytes were made by [`ServerKey::derive`], now or before; as long for one that differs as for all.
    pub fn made(&self, purpose: &str, parts: &[&[u8]], bytes: &[u8]) -> bool {
        self.keys().any(|key| key.mac(purpose, parts).verify_slice(bytes).is_ok())
    }

    /// The newest first.
    fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.current).chain(&self.old)
    }
}

struct Key(Vec<u8>);

impl Key {
    fn new(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() >= KEY_BYTES).then_some(Self(bytes))
    }

    fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.derive("key id", &[])[..6])
    }

    fn token(&self, purpose: Purpose, row: Uuid, generation: i32, nonce: &[u8]) -> String {
        let mut mac = self.empty();
        mac.update(purpose.prefix().as_bytes());
        mac.update(row.as_bytes());
        mac.update(&generation.to_be_bytes());
        mac.update(nonce);
        format!("{}{}", purpose.prefix(), URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    fn blind(&self, purpose: &str, parts: &[&str]) -> String {
        let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
        URL_SAFE_NO_PAD.encode(&self.derive(purpose, &parts)[..16])
    }

    fn derive(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        self.mac(purpose, parts).finalize().into_bytes().into()
    }

    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = self.empty();
        for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }

    fn empty(&self) -> Hmac<Sha256> {
        Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_generation_or_nonce_gives_another_token() {
        let key = ServerKey::new(vec![7; KEY_BYTES]).expect("long enough");
        let token = |generation, nonce: &[u8]| key.token(Purpose::Invitation, Uuid::nil(), generation, nonce);
        assert_eq!(token(1, b"a"), token(1, b"a"));
        assert_ne!(token(1, b"a"), token(2, b"a"));
        assert_ne!(token(1, b"a"), token(1, b"b"));
        assert!(token(1, b"a").starts_with("pinv_"));
        assert!(ServerKey::new(vec![7; KEY_BYTES - 1]).is_none());
    }

    #[test]
    fn the_key_before_opens_and_makes_nothing() {
        let key = |byte| ServerKey::new(vec![byte; KEY_BYTES]).expect("long enough");
        let (old, new) = (key(1), key(2));
        let both = key(2).after(vec![1; KEY_BYTES]).expect("long enough");
        let made = old.derive("x", &[b"y"]);
        assert!(both.made("x", &[b"y"], &made) && !new.made("x", &[b"y"], &made));
        assert_eq!(both.derive("x", &[b"y"]), new.derive("x", &[b"y"]));
        assert_eq!(both.derive_by(Some(&old.id()), "x", &[b"y"]), Some(made));
        assert_eq!(both.derive_by(None, "x", &[b"y"]), Some(made), "what has no name is the oldest key's");
        assert_eq!(new.derive_by(Some(&old.id()), "x", &[b"y"]), None);
        let hash = token_hash(&old.token(Purpose::Invitation, Uuid::nil(), 1, b"a"));
        let again = |key: &ServerKey| key.token_again(Purpose::Invitation, Uuid::nil(), 1, b"a", &hash);
        assert_eq!(token_hash(&again(&both)), hash);
        assert_ne!(token_hash(&again(&new)), hash);
    }
}
