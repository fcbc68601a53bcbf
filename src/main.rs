//! Parses arguments and runs one command.

use clap::Parser;
use std::{io::IsTerminal, process::ExitCode};
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let quiet = EnvFilter::new("info,sea_orm_migration=warn,sqlx::postgres::notice=warn");
    let filter = EnvFilter::try_from_default_env().unwrap_or(quiet);
    tracing_subscriber::registry()
        .with(filter)
        .with(fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal()))
        .init();
    match partner_hub::cli::Cli::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(stopped) => {
            say(&stopped.0);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "the last word to the operator")]
fn say(sentence: &str) {
    eprintln!("partner-hub: {sentence}");
}
