//! The network: routes, who asks, and the pages that are not GraphQL.

mod admission;
mod beating;
mod body;
mod coding;
mod connection;
mod cors;
mod credential;
mod dev_mail;
mod endpoint;
mod export;
mod files;
mod head;
mod health;
mod layers;
mod letter;
mod logo;
mod metrics;
mod pages;
mod places;
mod playground;
mod pulse;
mod rates;
mod refused;
mod server;
mod shares;
mod stop;
mod timing;
mod under_way;
mod web;

pub use endpoint::weigh;
pub use server::{serve, serve_with};
pub use timing::Timing;

use crate::{
    graphql::{self, Schema},
    hub::Hub,
};
use axum::{
    Router,
    http::Method,
    middleware,
    routing::{any, get},
};
use std::sync::Arc;
use tower_http::compression::{
    CompressionLayer, Predicate,
    predicate::{DefaultPredicate, NotForContentType},
};

/// What every handler shares.
#[derive(Clone)]
struct App {
    hub: Arc<Hub>,
    schema: Schema,
    timing: Timing,
    places: places::Places,
    rates: rates::Rates,
    gate: Arc<endpoint::Gate>,
}

/// All routes. `/dev/mail` exists in development only.
pub fn router(hub: Arc<Hub>) -> Router {
    router_with(hub, Timing::default())
}

/// All routes, with the patience of a test.
pub fn router_with(hub: Arc<Hub>, timing: Timing) -> Router {
    let development = hub.config.is_development();
    let clock = hub.clock.clone();
    let gate = Arc::new(endpoint::Gate::new(&graphql::sdl(), hub.config.limits.clone()));
    let mut graph = get(endpoint::get).post(endpoint::post).fallback(endpoint::other);
    let (mut exports, mut logos) = (export::routes(), logo::routes());
    if hub.config.compress_answers {
        // What is streamed must not wait for the rest of a block.
        let all_at_once = DefaultPredicate::new().and(NotForContentType::const_new("multipart/mixed"));
        graph = graph.layer(CompressionLayer::new().compress_when(all_at_once));
    }
    if !hub.config.cors_origins.is_empty() {
        let open = |methods: &[Method]| cors::layer(&hub.config.cors_origins, methods);
        graph = graph.layer(open(&[Method::GET, Method::POST])).layer(middleware::from_fn(cors::tidy));
        exports = exports.layer(open(&[Method::GET])).layer(middleware::from_fn(cors::tidy));
        logos = logos.layer(open(&[Method::GET, Method::PUT, Method::DELETE])).layer(middleware::from_fn(cors::tidy));
    }
    let mut router = Router::new()
        .route("/graphql", graph)
        .route("/graphql/ws", any(endpoint::socket::upgrade))
        .route("/health", get(health::ready))
        .route("/metrics", get(metrics::show))
        .merge(web::routes())
        .merge(stop::routes())
        .merge(letter::routes())
        .merge(logos)
        .route("/pages/{file}", get(pages::file))
        .route("/playground", get(playground::index))
        .route("/playground/", get(playground::index))
        .route("/playground/{*path}", get(playground::file))
        .merge(exports)
        .fallback(web::nowhere);
    if development {
        let letters =
            Router::new().route("/dev/mail", get(dev_mail::list)).route("/dev/mail/{name}", get(dev_mail::show));
        router = router.merge(letters.route_layer(middleware::from_fn(dev_mail::own_host)));
    }
    router.layer(middleware::from_fn_with_state(clock, layers::dress)).with_state(App {
        gate,
        hub,
        schema: graphql::schema(),
        timing,
        places: places::Places::new(),
        rates: rates::Rates::default(),
    })
}
