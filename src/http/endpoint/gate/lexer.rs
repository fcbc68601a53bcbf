//! Size, tokens and brackets, counted without recursion; strings and comments are skipped.

use super::too_much;
use crate::{config::Limits, fault::Fault};

/// Refuses a text that a recursive parser could not bear.
pub(super) fn check(query: &str, limits: &Limits) -> Result<(), Fault> {
    if query.len() > limits.document {
        return Err(Fault::BadUserInput(format!("The document is longer than {} bytes.", limits.document)));
    }
    let bytes = query.as_bytes();
    let (mut at, mut tokens, mut depth) = (0, 0, 0_usize);
    while at < bytes.len() {
        let end = past(bytes, at);
        match bytes[at] {
            byte if is_ignored(byte) => {
                at = end;
                continue;
            }
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at = end;
        tokens += 1;
        if tokens > limits.tokens {
            return Err(too_much("tokens", limits.tokens));
        }
        if depth > limits.nesting {
            return Err(too_much("brackets inside brackets", limits.nesting));
        }
    }
    Ok(())
}

/// The same document with every `!` directly behind its type, where the engine's parser wants it; no other token moves.
pub(super) fn tighten(query: &str) -> String {
    let bytes = query.as_bytes();
    let mut tight = bytes.to_vec();
    let (mut at, mut behind) = (0, 0);
    while at < bytes.len() {
        let end = past(bytes, at);
        if bytes[at] == b'!' && tight[behind..at].iter().all(|byte| *byte == b' ') {
            tight.swap(behind, at);
        }
        if !is_ignored(bytes[at]) {
            behind = end;
        }
        at = end;
    }
    String::from_utf8(tight).unwrap_or_default()
}

/// White space, commas and comments.
fn is_ignored(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b'#')
}

/// The position behind the token that begins at `at`.
fn past(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        b'#' => at + bytes[at..].iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(bytes.len() - at),
        b'"' => past_string(bytes, at),
        b if is_word(b) => at + bytes[at..].iter().position(|b| !is_word(*b)).unwrap_or(bytes.len() - at),
        _ => at + 1,
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'+') || !byte.is_ascii()
}

/// The position behind a string or block string that begins at `start`.
fn past_string(bytes: &[u8], start: usize) -> usize {
    let (mut at, block) = if bytes[start..].starts_with(b"\"\"\"") { (start + 3, true) } else { (start + 1, false) };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if block && bytes[at..].starts_with(b"\\\"\"\"") => at += 4,
            b'\\' if !block => at += 2,
            b'"' if block && bytes[at..].starts_with(b"\"\"\"") => return at + 3,
            b'"' if !block => return at + 1,
            b'\n' if !block => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}
