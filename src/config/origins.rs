//! The origins of foreign pages that may call the graph.

use super::{ConfigError, check::is_loopback};
use url::Url;

/// Reads a list of exact origins, as browsers write them.
pub(super) fn origins(text: &str, development: bool) -> Result<Vec<String>, ConfigError> {
    let wrong = |part: &str| {
        ConfigError(format!(
            "CORS_ORIGINS must be exact origins such as https://portal.example.com, without path or wildcard; {part} is none."
        ))
    };
    let origin = |part: &str| {
        let url = Url::parse(part).ok().filter(|url| url.has_host() && !part.contains('*'))?;
        let safe = url.scheme() == "https" || (development && url.scheme() == "http" && is_loopback(&url));
        let origin = url.origin().ascii_serialization();
        // Anything beside the origin would be lost silently.
        (safe && part.trim_end_matches('/').eq_ignore_ascii_case(&origin)).then_some(origin)
    };
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| origin(part).ok_or_else(|| wrong(part))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_and_safe_origins_are_taken() {
        let taken = origins("https://Portal.example.com, https://a.example:8443/,", false);
        assert_eq!(taken.unwrap(), ["https://portal.example.com", "https://a.example:8443"]);
        assert_eq!(origins(" ", false).unwrap(), [""; 0]);
        assert_eq!(origins("http://localhost:5173", true).unwrap(), ["http://localhost:5173"]);
        for wrong in [
            "*",
            "null",
            "https://*.example.com",
            "https://a.example/path",
            "https://a.example?x",
            "https://user@a.example",
            "http://a.example",
            "a.example",
            "ftp://a.example",
            "https://a.example https://b.example",
        ] {
            assert!(origins(wrong, true).is_err(), "{wrong}");
        }
        assert!(origins("http://localhost:5173", false).is_err(), "in production, pages are served by TLS");
    }
}
