//! `json`: PostgreSQL builds the whole answer, in one statement; the server passes it on.

use axum::{Router, extract::Query, routing::any};
use bench_peers::{Failed, Link, Links, answer, serve};
use std::sync::Arc;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A partner `p` with what is below it.
const PARTNER: &str = r#"json_build_object('id', p.id, 'name', p.name, 'status', p.status,
  'primaryContact', (SELECT json_build_object('id', u.id, 'name', u.name, 'email', u.email) FROM "user" u
    WHERE u.id = p.primary_contact_id),
  'users', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.name,
    'email', u.email) ORDER BY u.id), '[]') FROM (SELECT id, name, email FROM "user" WHERE partner_id = p.id
    ORDER BY id LIMIT 10) u)),
  'integrations', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object('id', i.id, 'name', i.name,
    'status', i.status, 'tenants', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object('id', t.id,
      'name', t.name, 'paused', t.paused) ORDER BY t.id), '[]') FROM (SELECT id, name, paused FROM tenant
      WHERE integration_id = i.id ORDER BY id LIMIT 10) t))) ORDER BY i.id), '[]')
    FROM (SELECT id, name, status FROM integration WHERE partner_id = p.id ORDER BY id LIMIT 10) i)))"#;

#[derive(serde::Deserialize)]
struct Which {
    id: Uuid,
}

#[tokio::main]
async fn main() -> Result<(), Failed> {
    let w1 = format!(
        "WITH page AS MATERIALIZED (SELECT id, name, status, primary_contact_id, created_at FROM partner
           ORDER BY created_at DESC, id DESC LIMIT 21),
         shown AS (SELECT * FROM page ORDER BY created_at DESC, id DESC LIMIT 20)
         SELECT json_build_object('data', json_build_object('partners', json_build_object('pageInfo',
           json_build_object('hasNextPage', (SELECT count(*) > 20 FROM page),
             'endCursor', (SELECT id FROM shown ORDER BY created_at, id LIMIT 1)),
           'nodes', (SELECT coalesce(json_agg({PARTNER} ORDER BY p.created_at DESC, p.id DESC), '[]')
             FROM shown p))))::text"
    );
    let w2 = format!(
        "SELECT json_build_object('data', json_build_object('partner',
           (SELECT {PARTNER} FROM partner p WHERE p.id = $1)))::text"
    );
    let w3 = "SELECT json_build_object('data', json_build_object('partners', json_build_object('nodes',
           (SELECT coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'status', p.status,
             'statusReason', p.status_reason, 'origin', p.origin, 'website', p.website, 'externalId', p.external_id,
             'version', p.version, 'approvedAt', p.approved_at, 'createdAt', p.created_at, 'updatedAt', p.updated_at)
             ORDER BY p.created_at DESC, p.id DESC), '[]')
            FROM (SELECT * FROM partner ORDER BY created_at DESC, id DESC LIMIT 100) p)
           )))::text";
    let links = Arc::new(Links::open(&[&w1, &w2, w3]).await?);
    let (w1, w2, w3) = (links.clone(), links.clone(), links);
    let routes = Router::new()
        .route("/w1", any(|| async move { answer(built(w1.next(), 0, &[]).await) }))
        .route("/w2", any(|Query(which): Query<Which>| async move { answer(built(w2.next(), 1, &[&which.id]).await) }))
        .route("/w3", any(|| async move { answer(built(w3.next(), 2, &[]).await) }));
    serve(routes).await
}

async fn built(link: &Link, statement: usize, values: &[&(dyn ToSql + Sync)]) -> Result<String, Failed> {
    Ok(link.client.query_one(&link.prepared[statement], values).await?.get(0))
}
