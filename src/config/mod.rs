//! What an operator can set: flags over environment over file over defaults, each checked before anything starts.

mod check;
mod limits;
mod origins;
mod settings;

pub use limits::{LimitSettings, Limits};
pub use settings::Settings;

use ipnet::IpNet;
use secrecy::{ExposeSecret, SecretString};
use std::{
    collections::{BTreeMap, HashSet},
    net::SocketAddr,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};
use url::Url;

/// A setting that cannot be used; the sentence names the setting and says how to mend it.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError(pub String);
/// Checked settings.
#[derive(Debug)]
pub struct Config {
    /// Where the rows are.
    pub database: DatabaseUrl,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The base of every link, and the only origin a cookie is taken from.
    pub public_url: Url,
    /// The networks whose word about the client's address is taken.
    pub trusted_proxies: Vec<IpNet>,
    /// The origins of foreign pages that may call the graph.
    pub cors_origins: Vec<String>,
    /// Whether answers of the graph are compressed.
    pub compress_answers: bool,
    /// Where the key and, in development, letters are kept.
    pub data_dir: PathBuf,
    /// The key, or where to find it.
    pub secret_key: KeySource,
    /// How letters leave.
    pub mail: MailRoute,
    /// The hub's name in the greeting to the relay; its public host when not said.
    pub smtp_hello: Option<String>,
    /// Certificates (PEM) beside the public ones by which the relay may show who it is.
    pub smtp_authority: Option<Vec<u8>>,
    /// Ends every try to send a letter.
    pub smtp_timeout: Duration,
    /// Templates that take the place of the hub's own, by the name of their file.
    pub letters: BTreeMap<String, String>,
    /// The language of those templates.
    pub letters_language: String,
    /// The shortest password of an account without a second factor, in characters.
    pub password_min_length: usize,
    /// Passwords that nobody may choose, in lower case.
    pub blocked_passwords: Arc<HashSet<String>>,
    /// Who letters are from.
    pub mail_from: lettre::message::Mailbox,
    /// The first admin.
    pub admin_email: String,
    /// The vendor's name at the founding.
    pub vendor_name: String,
    /// With which monitoring reads the queue's figures; nobody does without.
    pub metrics_token: Option<SecretString>,
    /// How much a document may ask for.
    pub limits: Limits,
}

/// A database URL that does not print its password.
#[derive(Clone, Debug)]
pub struct DatabaseUrl(SecretString);

/// Where the server key comes from.
#[derive(Debug)]
pub enum KeySource {
    /// Given.
    Given(SecretString),
    /// Made at the first start and kept in this file (development only).
    Kept(PathBuf),
}

/// How letters leave.
#[derive(Debug)]
pub enum MailRoute {
    /// To a relay; the URL may hold a password.
    Smtp(SecretString),
    /// Into `.eml` files in this folder, shown at `/dev/mail`.
    Folder(PathBuf),
    /// Not at all: admins copy the links and hand them over.
    ByHand,
}

impl DatabaseUrl {
    /// Takes a `sqlite:` or `postgres:` URL.
    pub fn parse(url: &str) -> Result<Self, ConfigError> {
        let known = ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| url.starts_with(scheme));
        if known {
            Ok(Self(url.to_owned().into()))
        } else {
            Err(ConfigError("DATABASE_URL must begin with sqlite:// or postgres://.".into()))
        }
    }

    /// The URL with its password, for the driver.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The folder that a SQLite file stands in, if it names one.
    pub fn sqlite_folder(&self) -> Option<PathBuf> {
        let path = self.expose().strip_prefix("sqlite:")?.trim_start_matches("//").split('?').next()?;
        let folder = PathBuf::from(path).parent()?.to_owned();
        (path != ":memory:" && !folder.as_os_str().is_empty()).then_some(folder)
    }
}

impl Config {
    /// Whether this is somebody's own machine: a loopback PUBLIC_URL.
    pub fn is_development(&self) -> bool {
        check::is_loopback(&self.public_url)
    }

    /// A page of the hub under the public address; `fragment` never reaches a server or its logs.
    pub fn link(&self, path: &str, fragment: &str) -> String {
        let mut url = self.public_url.clone();
        url.set_path(path);
        url.set_fragment(Some(fragment));
        url.into()
    }
}
