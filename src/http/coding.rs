//! Which compressed form of a file a caller takes.

use axum::http::{HeaderMap, header};

/// A form in which the build has left each file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    /// The best that the caller takes; `None`: the file as it is.
    pub(super) fn negotiate(headers: &HeaderMap) -> Option<Self> {
        let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let taken: Vec<_> = values.flat_map(|value| value.split(',')).filter_map(taken).collect();
        let takes = |name: &str| taken.iter().any(|coding| coding.eq_ignore_ascii_case(name));
        if takes("br") {
            Some(Self::Brotli)
        } else if takes("gzip") {
            Some(Self::Gzip)
        } else {
            None
        }
    }

    /// Its name in `Content-Encoding`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// What the name of such a file ends with.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }
}

/// The name of a coding, unless its weight is 0.
fn taken(range: &str) -> Option<&str> {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next()?;
    let refused = parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32)));
    (!refused).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_smallest_form_that_is_taken_is_sent() {
        let (br, gzip) = (Some(Coding::Brotli), Some(Coding::Gzip));
        for (accept, coding) in [
            ("gzip, deflate, br, zstd", br),
            ("gzip;q=1.0, br;q=0.5", br),
            ("GZIP", gzip),
            ("br;q=0, gzip", gzip),
            ("gzip; q=0.000", None),
            ("identity", None),
            ("*", None),
            ("", None),
        ] {
            let headers = [(header::ACCEPT_ENCODING, HeaderValue::from_static(accept))].into_iter().collect();
            assert_eq!(Coding::negotiate(&headers), coding, "{accept}");
        }
        assert_eq!(Coding::negotiate(&HeaderMap::new()), None);
    }
}
