//! Seaography on our tables: the schema is made from SeaORM's entities.

mod tables;

use async_graphql_axum::GraphQL;
use axum::{Router, routing::post_service};
use bench_peers::{CONNECTIONS, Failed, serve};
use sea_orm::{ConnectOptions, Database};
use seaography::{Builder, BuilderContext};
use std::sync::LazyLock;
use tables::{integration, partner, tenant, user};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

static CONTEXT: LazyLock<BuilderContext> = LazyLock::new(BuilderContext::default);

#[tokio::main]
async fn main() -> Result<(), Failed> {
    let mut options = ConnectOptions::new(std::env::var("DATABASE_URL")?);
    options.max_connections(u32::try_from(CONNECTIONS)?).test_before_acquire(false).sqlx_logging(false);
    let database = Database::connect(options).await?;
    let mut builder = Builder::new(&CONTEXT, database.clone());
    seaography::register_entities!(builder, [partner, user, integration, tenant]);
    let schema = builder.schema_builder().data(database).finish()?;
    serve(Router::new().route("/graphql", post_service(GraphQL::new(schema)))).await
}
