//! `/dev/mail`: the letters that development would have sent, links clickable.

use super::{App, letter, pages};
use crate::{config::MailRoute, mail::Kept};
use axum::{
    extract::{Path, Request, State},
    http::{StatusCode, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use minijinja::{Value, context};
use std::net::IpAddr;

/// Shows them at this machine's own names only: the name of a page elsewhere may lead here too, and would read them.
pub(super) async fn own_host(request: Request, next: Next) -> Response {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()?.parse::<Authority>().ok());
    let host = request.uri().authority().cloned().or(named);
    let is_own = |host: &str| {
        let ip = host.trim_matches(['[', ']']).parse::<IpAddr>();
        host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
    };
    match host {
        Some(host) if is_own(host.host()) => next.run(request).await,
        _ => (StatusCode::FORBIDDEN, "Open this page at PUBLIC_URL.\n").into_response(),
    }
}

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
        Some(letter) => letter::page(letter.html),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
