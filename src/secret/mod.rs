//! Tokens: how they are made, and the only form in which they are kept; and where secrets are kept.

mod key;

pub use key::ServerKey;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt, path::Path};

/// The least length of the server key, in bytes.
pub const KEY_BYTES: usize = 32;

/// What a token is for; its prefix lets secret scanners recognise it.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    /// Accepting an invitation.
    Invitation,
    /// Setting a new password.
    PasswordReset,
    /// Giving an account another address.
    EmailChange,
}

impl Purpose {
    fn prefix(self) -> &'static str {
        match self {
            Self::Invitation => "pinv_",
            Self::PasswordReset => "prst_",
            Self::EmailChange => "pema_",
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
