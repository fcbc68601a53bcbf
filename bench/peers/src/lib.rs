//! What the two peers share: connections with prepared statements, a listener, and a writer of JSON.

pub mod write;

use axum::{
    Router,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio_postgres::{Client, NoTls, Statement};

/// Whatever goes wrong in a peer ends it, or one answer.
pub type Failed = Box<dyn std::error::Error + Send + Sync>;

/// As many connections as the hub has on two cores.
pub const CONNECTIONS: usize = 6;

/// One connection and its prepared statements, in the order in which they were given.
pub struct Link {
    /// Sends statements; many at a time, since the connection pipelines them.
    pub client: Client,
    /// The prepared statements.
    pub prepared: Vec<Statement>,
}

/// Connections, taken in turns.
pub struct Links {
    links: Vec<Link>,
    next: AtomicUsize,
}

impl Links {
    /// Connects to `DATABASE_URL` and prepares each statement on every connection.
    pub async fn open(statements: &[&str]) -> Result<Self, Failed> {
        let url = std::env::var("DATABASE_URL")?;
        let mut links = Vec::new();
        for _ in 0..CONNECTIONS {
            let (client, connection) = tokio_postgres::connect(&url, NoTls).await?;
            tokio::spawn(connection);
            let mut prepared = Vec::new();
            for statement in statements {
                prepared.push(client.prepare(statement).await?);
            }
            links.push(Link { client, prepared });
        }
        Ok(Self { links, next: AtomicUsize::new(0) })
    }

    /// The connection whose turn it is.
    pub fn next(&self) -> &Link {
        &self.links[self.next.fetch_add(1, Ordering::Relaxed) % self.links.len()]
    }
}

/// Serves on the loopback address at `PORT`, and says "ready" before.
pub async fn serve(routes: Router) -> Result<(), Failed> {
    let port: u16 = std::env::var("PORT")?.parse()?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("ready");
    Ok(axum::serve(listener, routes).await?)
}

/// An answer of JSON, or 500 with the reason.
pub fn answer(outcome: Result<String, Failed>) -> Response {
    match outcome {
        Ok(json) => ([(CONTENT_TYPE, "application/json")], json).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
