//! The few pages that stand without the web app: home, and the one that a letter's link opens.

use super::App;
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use minijinja::{AutoEscape, Environment, Value, context};
use std::sync::LazyLock;

static PAGES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut pages = Environment::new();
    pages.set_auto_escape_callback(|_| AutoEscape::Html);
    pages.add_template("home", include_str!("pages/home.html")).expect("the page is well formed");
    pages.add_template("mail", include_str!("pages/mail.html")).expect("the page is well formed");
    pages
});

/// A page filled in with facts.
pub(super) fn render(page: &str, facts: Value) -> Response {
    match PAGES.get_template(page).and_then(|template| template.render(facts)) {
        Ok(page) => Html(page).into_response(),
        Err(error) => {
            tracing::error!(%error, page, "a page cannot be shown");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Where to go from here.
pub(super) async fn home(State(app): State<App>) -> Response {
    render("home", context! { development => app.hub.config.is_development() })
}

/// Shows who is invited and sets the password. The token is in the fragment, which is not sent here.
pub(super) async fn accept() -> Html<&'static str> {
    Html(include_str!("pages/accept.html"))
}

/// Sets a new password by a link, or asks for one.
pub(super) async fn reset() -> Html<&'static str> {
    Html(include_str!("pages/reset.html"))
}

/// Script and style of these pages.
pub(super) async fn file(Path(file): Path<String>) -> Response {
    let (media_type, text) = match file.as_str() {
        "accept.js" => ("text/javascript; charset=utf-8", include_str!("pages/accept.js")),
        "reset.js" => ("text/javascript; charset=utf-8", include_str!("pages/reset.js")),
        "page.css" => ("text/css; charset=utf-8", include_str!("pages/page.css")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(header::CONTENT_TYPE, media_type)], text).into_response()
}
