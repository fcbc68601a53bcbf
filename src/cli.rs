//! The commands.

use crate::{
    access::Access,
    changes::Listener,
    clock::Clock,
    config::{Config, KeySource, Settings},
    db,
    domain::{demo, invitation, logo, vendor},
    fault::{Fault, Refusal},
    graphql, http,
    hub::Hub,
    mail::{self, Composed, Mailer},
    secret::{self, ServerKey},
    worker::Worker,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use clap::{Parser, Subcommand};
use secrecy::ExposeSecret;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{net::TcpListener, sync::watch};

/// A GraphQL backend with which a software vendor runs its integration partners.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Migrate, then serve the graph and send letters (the default).
    Serve,
    /// Bring the tables up to date and found the hub, then stop.
    Migrate,
    /// Print the graph's schema, sorted.
    Schema,
    /// Say how many objects a GraphQL document can ask for, and what checking it costs. Needs no database.
    Weigh {
        /// The file with the document.
        file: PathBuf,
        /// Its variables, a JSON object.
        #[arg(long, default_value = "{}")]
        variables: String,
    },
    /// Invite a vendor admin and print the link.
    InviteAdmin {
        /// The admin's e-mail address.
        email: String,
    },
    /// Send one letter and print what the mail server said. Needs no database.
    MailTest {
        /// Where to send it.
        address: String,
    },
    /// Fill an empty hub with partners, users, integrations and tenants, always the same.
    Demo(demo::Size),
}

/// Why a command ended early: a sentence for the operator.
#[derive(Debug)]
pub struct Stopped(pub String);

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Self(fault.hidden().unwrap_or_else(|| fault.message()).to_owned())
    }
}

impl From<Refusal> for Stopped {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Fault(fault) => fault.into(),
            Refusal::Mend(errors) => Self(errors.into_iter().map(|error| error.message).collect::<Vec<_>>().join(" ")),
        }
    }
}

impl Cli {
    /// Runs one command to its end.
    pub async fn run(self) -> Result<(), Stopped> {
        if let Some(Command::Schema) = self.command {
            print(&graphql::sdl());
            return Ok(());
        }
        let config = self.settings.check().map_err(|error| Stopped(error.0))?;
        if let Some(Command::MailTest { address }) = &self.command {
            print(&mail_test(&config, address).await?);
            return Ok(());
        }
        if let Some(Command::Weigh { file, variables }) = &self.command {
            print(&weigh(config, file, variables)?);
            return Ok(());
        }
        let hub = open(config).await?;
        let system = Access::system(hub.clone());
        match self.command.unwrap_or(Command::Serve) {
            Command::Serve => serve(hub).await,
            Command::Migrate | Command::Schema | Command::MailTest { .. } | Command::Weigh { .. } => {
                print("The database is up to date.\n");
                Ok(())
            }
            Command::InviteAdmin { email } => {
                let link = invitation::invite_admin(&system, &email).await?;
                print(&format!("Invited {email}. The link, which also goes out by e-mail:\n{link}\n"));
                Ok(())
            }
            Command::Demo(size) => {
                let made = demo::fill(&system, &size).await?;
                print(&made);
                Ok(())
            }
        }
    }
}

/// Connects, migrates and founds; afterwards the hub can be served.
pub async fn open(config: Config) -> Result<Arc<Hub>, Stopped> {
    let key = server_key(&config)?;
    let unreachable = |error: sea_orm::DbErr| Stopped(format!("DATABASE_URL: the database cannot be used: {error}"));
    let pools = db::connect(&config.database).await.map_err(unreachable)?;
    db::migrate(&pools.writes).await.map_err(unreachable)?;
    let hub = Hub::new(pools, Clock::system(), config, key);
    vendor::found(&Access::system(hub.clone())).await?;
    Ok(hub)
}

async fn mail_test(config: &Config, address: &str) -> Result<String, Stopped> {
    let clock = Clock::system();
    let letter = Composed::test(config, address, clock.id(), clock.now());
    let mailer = Mailer::new(config).map_err(Stopped)?;
    match mailer.send(&letter).await {
        Ok(()) => Ok(format!("Sent to {address} {}. Its Message-ID is {}.\n", mailer.way(), letter.message_id)),
        Err(error) => Err(Stopped(format!("The letter did not leave. {}", error.into_words()))),
    }
}

fn weigh(config: Config, file: &Path, variables: &str) -> Result<String, Stopped> {
    let unread = |error| Stopped(format!("{} cannot be read: {error}", file.display()));
    let document = std::fs::read_to_string(file).map_err(unread)?;
    let variables = serde_json::from_str(variables)
        .map_err(|error| Stopped(format!("--variables must be a JSON object: {error}")))?;
    http::weigh(&graphql::sdl(), config.limits, &document, &variables).map_err(|wrong| Stopped(wrong.join("\n")))
}

async fn serve(hub: Arc<Hub>) -> Result<(), Stopped> {
    let config = &hub.config;
    mail::check_templates(config).map_err(Stopped)?;
    let english = mail::untranslated(config);
    if !english.is_empty() {
        tracing::warn!(letters = english.join(", "), "LETTERS_DIR lacks letters, which stay English");
    }
    let mailer = Mailer::new(config).map_err(Stopped)?;
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| Stopped(format!("LISTEN: {} cannot be listened on: {error}", config.listen)))?;
    logo::rebase(&Access::system(hub.clone())).await?;
    let first = invitation::invite_first_admin(&Access::system(hub.clone())).await?;
    print(&welcome(&hub, first.as_deref()));

    let (stop, stopped) = watch::channel(false);
    let others = Listener::open(&config.database, &hub.changes, &hub.bell)
        .await
        .map_err(|error| Stopped(format!("DATABASE_URL: changes of other servers cannot be heard: {error}")))?;
    if let Some(others) = others {
        tokio::spawn(others.run(stopped.clone()));
    }
    let worker = tokio::spawn(Worker::new(hub.clone(), mailer).run(stopped.clone()));
    tokio::spawn(async move {
        signal().await;
        tracing::info!("stopping");
        let _ = stop.send(true);
    });
    http::serve(listener, http::router(hub.clone()), config, stopped).await;
    let _ = worker.await;
    hub.keeper.clear();
    let _ = hub.pools.reads.clone().close().await;
    let _ = hub.pools.writes.clone().close().await;
    Ok(())
}

fn welcome(hub: &Hub, first_admin: Option<&str>) -> String {
    let at = hub.config.public_url.as_str().trim_end_matches('/');
    let mut text = format!("Partner Hub serves {at}\n  graph       {at}/graphql\n  playground  {at}/playground\n");
    if hub.config.is_development() {
        text += &format!("  letters     {at}/dev/mail\n");
    }
    if let Some(link) = first_admin {
        text += &format!("\nThe first admin sets a password here:\n{link}\n");
    }
    text
}

/// Waits for Ctrl-C or for the service manager.
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

fn server_key(config: &Config) -> Result<ServerKey, Stopped> {
    let bytes = match &config.secret_key {
        KeySource::Given(key) => key.expose_secret().as_bytes().to_vec(),
        KeySource::Kept(file) => kept_key(file)
            .map_err(|error| Stopped(format!("DATA_DIR: the key {} cannot be kept: {error}", file.display())))?,
    };
    config.keys(bytes).ok_or_else(|| Stopped("SECRET_KEY must have at least 32 characters.".into()))
}

/// Development's own key, made once, readable by its owner only.
fn kept_key(file: &Path) -> std::io::Result<Vec<u8>> {
    use std::{fs, io::Write, os::unix::fs::OpenOptionsExt};
    match fs::read(file) {
        Ok(key) => Ok(key),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if let Some(folder) = file.parent() {
                secret::private_folder(folder)?;
            }
            let key = STANDARD.encode(secret::random::<48>()).into_bytes();
            fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?.write_all(&key)?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}

#[expect(clippy::print_stdout, reason = "what the operator asked for; logs go to standard error")]
fn print(text: &str) {
    print!("{text}");
}
