//! `rows`: plain rows and a good writer. One prepared statement per level, only the asked columns, rows read by
//! position, JSON written by hand: what a server for these questions can reach, without graph, log-in or scope.

mod level;

use axum::{Router, extract::Query, routing::any};
use bench_peers::{Failed, Link, Links, answer, serve, write};
use level::{PARTNER, PARTNERS, STATEMENTS, TOTAL, nested, rows};
use std::sync::Arc;
use uuid::Uuid;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(serde::Deserialize)]
struct Which {
    id: Uuid,
}

#[tokio::main]
async fn main() -> Result<(), Failed> {
    let links = Arc::new(Links::open(&STATEMENTS).await?);
    let (w1, w1b, w2) = (links.clone(), links.clone(), links);
    let routes = Router::new()
        .route("/w1", any(|| async move { answer(list(w1.next(), false).await) }))
        .route("/w1b", any(|| async move { answer(list(w1b.next(), true).await) }))
        .route("/w2", any(|Query(which): Query<Which>| async move { answer(one(w2.next(), which.id).await) }));
    serve(routes).await
}

async fn list(link: &Link, totals: bool) -> Result<String, Failed> {
    let mut partners = rows(link, PARTNERS, &[&21i64]).await?;
    let more = partners.len() > 20;
    partners.truncate(20);
    let mut out = String::with_capacity(128 * 1024);
    out.push_str(r#"{"data":{"partners":{"#);
    if totals {
        let total: i64 = rows(link, TOTAL, &[]).await?[0].get(0);
        out.push_str(&format!(r#""totalCount":{total},"#));
    }
    out.push_str(&format!(r#""pageInfo":{{"hasNextPage":{more},"endCursor":"#));
    match partners.last() {
        Some(last) => write::id(&mut out, last.get(0)),
        None => out.push_str("null"),
    }
    out.push_str(r#"},"nodes":"#);
    nested(link, &partners, totals, &mut out).await?;
    out.push_str("}}}");
    Ok(out)
}

async fn one(link: &Link, id: Uuid) -> Result<String, Failed> {
    let partner = rows(link, PARTNER, &[&id]).await?;
    let mut nodes = String::with_capacity(8 * 1024);
    nested(link, &partner, false, &mut nodes).await?;
    let node = &nodes[1..nodes.len() - 1];
    Ok(format!(r#"{{"data":{{"partner":{}}}}}"#, if node.is_empty() { "null" } else { node }))
}
