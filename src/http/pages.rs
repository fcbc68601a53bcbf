//! The pages that stand without the web app: the list of development's letters, and where letters are ended.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use minijinja::{AutoEscape, Environment, Value};
use std::sync::LazyLock;

static PAGES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut pages = Environment::new();
    pages.set_auto_escape_callback(|_| AutoEscape::Html);
    pages.add_template("mail", include_str!("pages/mail.html")).expect("the page is well formed");
    pages.add_template("stop", include_str!("pages/stop.html")).expect("the page is well formed");
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

/// Their style.
pub(super) async fn file(Path(file): Path<String>) -> Response {
    let (media_type, text) = match file.as_str() {
        "page.css" => ("text/css; charset=utf-8", include_str!("pages/page.css")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(header::CONTENT_TYPE, media_type)], text).into_response()
}
