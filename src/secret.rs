//! Tokens: how they are made, and the only form in which they are kept; and where secrets are kept.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt, path::Path};
use uuid::Uuid;

/// The least length of the server key, in bytes.
pub const KEY_BYTES: usize = 32;

/// The server's own key; links are derived from it, so that none is stored.
pub struct ServerKey(Vec<u8>);

impl std::fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ServerKey(…)")
    }
}

impl ServerKey {
    /// Takes the key's bytes; `None` if there are fewer than [`KEY_BYTES`].
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() >= KEY_BYTES).then_some(Self(bytes))
    }

    /// The token of one generation of one row: 32 bytes, always the same for the same row, so that a letter that is
    /// sent again carries the same link and no token is kept in clear.
    ///
    /// Validity comes from the row alone; knowing the key without the row's nonce forges nothing.
    pub fn token(&self, purpose: Purpose, row: Uuid, generation: i32, nonce: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(purpose.prefix().as_bytes());
        mac.update(row.as_bytes());
        mac.update(&generation.to_be_bytes());
        mac.update(nonce);
        format!("{}{}", purpose.prefix(), URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }
}

impl ServerKey {
    /// A name for something that is better not written down, the same whenever it is asked for.
    pub fn blind(&self, purpose: &str, parts: &[&str]) -> String {
        let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
        URL_SAFE_NO_PAD.encode(&self.derive(purpose, &parts)[..16])
    }

    /// Bytes that only this server can make of these parts, always the same. No part runs into the next.
    pub fn derive(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        self.mac(purpose, parts).finalize().into_bytes().into()
    }

    /// Whether bytes were made by [`ServerKey::derive`]; as long for one that differs as for all.
    pub fn made(&self, purpose: &str, parts: &[&[u8]], bytes: &[u8]) -> bool {
        self.mac(purpose, parts).verify_slice(bytes).is_ok()
    }

    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

/// What a token is for; its prefix lets secret scanners recognise it.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    /// Accepting an invitation.
    Invitation,
    /// Setting a new password.
    PasswordReset,
}

impl Purpose {
    fn prefix(self) -> &'static str {
        match self {
            Self::Invitation => "pinv_",
            Self::PasswordReset => "prst_",
        }
    }
}

/// A new session token: 32 random bytes.
pub fn session_token() -> String {
    format!("pses_{}", URL_SAFE_NO_PAD.encode(random::<32>()))
}

/// How the tokens of API keys begin.
const API_KEY: &str = "ppat_";

/// A new token of an API key: 32 random bytes.
pub fn api_key_token() -> String {
    format!("{API_KEY}{}", URL_SAFE_NO_PAD.encode(random::<32>()))
}

/// Whether a token says of itself that it is an API key's.
pub fn is_api_key(token: &str) -> bool {
    token.starts_with(API_KEY)
}

/// What is stored and looked up instead of a token. A plain hash is enough for 256 random bits.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Makes a folder that nobody else on the machine can look into: keys, password hashes and letters are kept there. A
/// folder that exists is left as it is.
pub fn private_folder(folder: &Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Random bytes from the operating system.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
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
}
