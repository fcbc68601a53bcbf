//! The few pages that stand without the web app: home, and the one that a letter's link opens.

use super::App;
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};

/// Where to go from here.
pub(super) async fn home(State(app): State<App>) -> Html<&'static str> {
    if app.hub.config.is_development() {
        Html(include_str!("pages/home_development.html"))
    } else {
        Html(include_str!("pages/home.html"))
    }
}

/// Shows who is invited and sets the password. The token is in the fragment, which is not sent here.
pub(super) async fn accept() -> Html<&'static str> {
    Html(include_str!("pages/accept.html"))
}

/// Script and style of these pages.
pub(super) async fn file(Path(file): Path<String>) -> Response {
    let (media_type, text) = match file.as_str() {
        "accept.js" => ("text/javascript; charset=utf-8", include_str!("pages/accept.js")),
        "page.css" => ("text/css; charset=utf-8", include_str!("pages/page.css")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(header::CONTENT_TYPE, media_type)], text).into_response()
}
