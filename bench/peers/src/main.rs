//! Two peers that answer the benchmark's questions as fast as we know how, without GraphQL, log-in or scope.
//!
//! `bench-peers rows`: one prepared statement per level, JSON by hand. `bench-peers json`: one statement that builds the
//! whole answer. Environment: `DATABASE_URL`, `PORT`. Any method on `/w1`, `/w1b`, `/w2?uuid` and `/w3`.

mod json;
mod rows;

use axum::{Router, extract::RawQuery, http::header, response::IntoResponse, routing::any};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio_postgres::{Client, NoTls};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Workload {
    W1,
    W1b,
    W2(uuid::Uuid),
    W3,
}

enum Peer {
    Rows(rows::Statements),
    Json(json::Statements),
}

struct Pool {
    peers: Vec<(Client, Peer)>,
    next: AtomicUsize,
}

impl Pool {
    async fn answer(&self, workload: Workload) -> Vec<u8> {
        let (client, peer) = &self.peers[self.next.fetch_add(1, Ordering::Relaxed) % self.peers.len()];
        match peer {
            Peer::Rows(statements) => rows::answer(client, statements, workload).await,
            Peer::Json(statements) => json::answer(client, statements, workload).await,
        }
        .expect("the database answers")
    }
}

#[tokio::main]
async fn main() {
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL");
    let port = std::env::var("PORT").expect("PORT");
    let plain_rows = std::env::args().nth(1).as_deref() == Some("rows");
    let mut peers = Vec::new();
    for _ in 0..6 {
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await.expect("the database is there");
        tokio::spawn(connection);
        let peer = match plain_rows {
            true => Peer::Rows(rows::Statements::prepare(&client).await.expect("statements")),
            false => Peer::Json(json::Statements::prepare(&client).await.expect("statements")),
        };
        peers.push((client, peer));
    }
    let pool = Arc::new(Pool { peers, next: AtomicUsize::new(0) });
    let route = |workload: fn(Option<String>) -> Workload| {
        let pool = pool.clone();
        any(move |RawQuery(query): RawQuery| async move {
            ([(header::CONTENT_TYPE, "application/json")], pool.answer(workload(query)).await).into_response()
        })
    };
    let router = Router::new()
        .route("/w1", route(|_| Workload::W1))
        .route("/w1b", route(|_| Workload::W1b))
        .route("/w2", route(|id| Workload::W2(id.expect("an id").parse().expect("a UUID"))))
        .route("/w3", route(|_| Workload::W3));
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await.expect("a free port");
    println!("ready");
    axum::serve(listener, router).await.expect("serving");
}
