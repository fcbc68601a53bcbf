//! Which media type the answer has: the older `application/json`, or the one that lets statuses speak.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

/// A media type of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`: a document that was refused is answered with 200, because intermediaries may have made up
    /// any other status.
    Json,
    /// `application/graphql-response+json`: it is answered with 400.
    GraphqlResponse,
}

impl Media {
    /// What the caller asks for; [`Media::Json`] when it does not care, `None` when it takes neither.
    pub(super) fn negotiate(headers: &HeaderMap) -> Option<Self> {
        let accept: Vec<&str> =
            headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
        if accept.is_empty() {
            return Some(Self::Json);
        }
        let ranges = accept.iter().flat_map(|value| value.split(',')).filter_map(range);
        // The greatest weight wins, and of equal ones the first.
        let best = ranges.fold(None, |best: Option<(Self, f32)>, (media, weight)| match best {
            Some((_, least)) if weight <= least => best,
            _ if weight > 0.0 => Some((media, weight)),
            _ => best,
        });
        best.map(|(media, _)| media)
    }

    /// The value of `Content-Type`.
    pub(super) fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        })
    }

    /// The status of a document that was refused before it ran.
    pub(super) fn refused(self) -> StatusCode {
        match self {
            Self::Json => StatusCode::OK,
            Self::GraphqlResponse => StatusCode::BAD_REQUEST,
        }
    }
}

/// One range of `Accept` that one of our types is in, with its weight.
fn range(text: &str) -> Option<(Media, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let media = match parts.next()?.to_ascii_lowercase().as_str() {
        "application/graphql-response+json" => Media::GraphqlResponse,
        "application/json" | "application/*" | "*/*" => Media::Json,
        _ => return None,
    };
    let weight = parts.find_map(|parameter| parameter.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok())?;
    Some((media, weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_callers_preference_counts() {
        let asks = |accept: &str| {
            Media::negotiate(&[(header::ACCEPT, HeaderValue::from_str(accept).unwrap())].into_iter().collect())
        };
        let (json, new) = (Some(Media::Json), Some(Media::GraphqlResponse));
        assert_eq!(Media::negotiate(&HeaderMap::new()), json);
        for (accept, media) in [
            ("*/*", json),
            ("application/*", json),
            ("application/json", json),
            ("application/graphql-response+json", new),
            ("application/graphql-response+json; charset=utf-8, application/json; charset=utf-8", new),
            ("application/json, application/graphql-response+json", json),
            ("application/json;q=0.5, application/graphql-response+json", new),
            ("application/graphql-response+json;q=0, application/json", json),
            ("text/html, */*;q=0.1", json),
            ("text/html", None),
            ("application/json;q=0", None),
        ] {
            assert_eq!(asks(accept), media, "{accept}");
        }
    }
}
