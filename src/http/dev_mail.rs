//! `/dev/mail`: the letters that development would have sent, links clickable.

use super::{App, pages};
use crate::{config::MailRoute, mail::Kept};
use axum::{
    extract::{Path, State},
    http::{HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use minijinja::{Value, context};

/// A letter styles itself in place and runs nothing; its logo is wherever the vendor keeps it.
const LETTER_CSP: [(HeaderName, &str); 1] = [(
    header::CONTENT_SECURITY_POLICY,
    "default-src 'none'; style-src 'unsafe-inline'; img-src data: https: 'self'; base-uri 'none'; form-action 'none'",
)];

/// All letters, newest first.
pub(super) async fn list(State(app): State<App>) -> Response {
    let MailRoute::Folder(folder) = &app.hub.config.mail else {
        return (StatusCode::NOT_FOUND, "Letters go to SMTP_URL; unset it to see them here.\n").into_response();
    };
    match Kept::all(folder).await {
        Ok(letters) => pages::render("mail", context! { letters => Value::from_iter(letters.iter().map(row)) }),
        Err(error) => {
            tracing::error!(%error, "the letters cannot be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn row(letter: &Kept) -> Value {
    let at = letter.at.format("%Y-%m-%d %H:%M:%S UTC").to_string();
    let Kept { name, to, subject, .. } = letter;
    context! { name, to, subject, at }
}

/// One letter as its reader sees it.
pub(super) async fn show(State(app): State<App>, Path(name): Path<String>) -> Response {
    let MailRoute::Folder(folder) = &app.hub.config.mail else { return StatusCode::NOT_FOUND.into_response() };
    let letters = Kept::all(folder).await.unwrap_or_default();
    match letters.into_iter().find(|letter| letter.name == name) {
        Some(letter) => (LETTER_CSP, Html(letter.html)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
