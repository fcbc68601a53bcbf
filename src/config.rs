//! What an operator can set: flags over environment over file over defaults, each checked before anything starts.

use clap::Args;
use secrecy::{ExposeSecret, SecretString};
use std::{net::SocketAddr, path::PathBuf};
use url::Url;

/// A setting that cannot be used; the sentence names the setting and says how to mend it.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError(pub String);

/// The flags of every command, with their environment variables; see `--help`.
#[derive(Args, Clone, Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// TOML file with any of the settings below, in snake_case.
    #[arg(long, env = "CONFIG_FILE", global = true)]
    #[serde(skip)]
    pub config_file: Option<PathBuf>,

    /// Database: sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME (default: sqlite://data/partner-hub.db).
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,

    /// Address to listen on (default: 127.0.0.1:8080).
    #[arg(long, env = "LISTEN", global = true)]
    pub listen: Option<String>,

    /// Where people reach the hub; goes into links. A loopback address means development (default: http://127.0.0.1:8080).
    #[arg(long, env = "PUBLIC_URL", global = true)]
    pub public_url: Option<String>,

    /// Folder for what the hub keeps beside the database: its key, and letters in development (default: data).
    #[arg(long, env = "DATA_DIR", global = true)]
    pub data_dir: Option<PathBuf>,

    /// Key that links are derived from, at least 32 characters. Development makes its own in DATA_DIR.
    #[arg(long, env = "SECRET_KEY", global = true, hide_env_values = true)]
    pub secret_key: Option<String>,

    /// File that holds the key instead.
    #[arg(long, env = "SECRET_KEY_FILE", global = true)]
    pub secret_key_file: Option<PathBuf>,

    /// Relay for letters: smtp://HOST:PORT (plain, loopback only), smtp+starttls://USER:PASSWORD@HOST or smtps://….
    /// Without it, development writes letters to DATA_DIR/mail.
    #[arg(long, env = "SMTP_URL", global = true, hide_env_values = true)]
    pub smtp_url: Option<String>,

    /// Sender of letters, like Acme <partners@acme.example>; development has its own.
    #[arg(long, env = "MAIL_FROM", global = true)]
    pub mail_from: Option<String>,

    /// Address of the first admin, invited when there is no user yet (default: admin@example.com).
    #[arg(long, env = "ADMIN_EMAIL", global = true)]
    pub admin_email: Option<String>,

    /// The vendor's name, used when the hub is founded (default: Partner Hub).
    #[arg(long, env = "VENDOR_NAME", global = true)]
    pub vendor_name: Option<String>,
}

/// Checked settings.
#[derive(Debug)]
pub struct Config {
    /// Where the rows are.
    pub database: DatabaseUrl,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The base of every link, and the only origin a cookie is taken from.
    pub public_url: Url,
    /// Where the key and, in development, letters are kept.
    pub data_dir: PathBuf,
    /// The key, or where to find it.
    pub secret_key: KeySource,
    /// How letters leave.
    pub mail: MailRoute,
    /// Who letters are from.
    pub mail_from: lettre::message::Mailbox,
    /// The first admin.
    pub admin_email: String,
    /// The vendor's name at the founding.
    pub vendor_name: String,
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

impl Settings {
    /// Fills what is not set from the file, then checks everything.
    pub fn check(self) -> Result<Config, ConfigError> {
        let settings = self.over_file()?;
        let public_url = public_url(settings.public_url.as_deref().unwrap_or("http://127.0.0.1:8080"))?;
        let development = is_loopback(&public_url);
        if !development && public_url.scheme() != "https" {
            return Err(ConfigError(
                "PUBLIC_URL must begin with https:// unless it is a loopback address; put a TLS proxy in front.".into(),
            ));
        }
        let listen: SocketAddr = settings
            .listen
            .as_deref()
            .unwrap_or("127.0.0.1:8080")
            .parse()
            .map_err(|_| ConfigError("LISTEN must be an address and a port, such as 127.0.0.1:8080.".into()))?;
        if development && !listen.ip().is_loopback() {
            return Err(ConfigError(
                "PUBLIC_URL must be set when LISTEN is not a loopback address: development shows every letter at /dev/mail."
                    .into(),
            ));
        }
        let data_dir = settings.data_dir.clone().unwrap_or_else(|| "data".into());
        Ok(Config {
            database: DatabaseUrl::parse(settings.database_url.as_deref().unwrap_or("sqlite://data/partner-hub.db"))?,
            listen,
            secret_key: settings.key_source(development, &data_dir)?,
            mail: match &settings.smtp_url {
                Some(url) => MailRoute::Smtp(smtp_url(url)?),
                None if development => MailRoute::Folder(data_dir.join("mail")),
                None => {
                    return Err(ConfigError(
                        "SMTP_URL must be set outside development, for example smtp+starttls://user:password@mail.example.com."
                            .into(),
                    ));
                }
            },
            mail_from: settings
                .mail_from
                .as_deref()
                .or(development.then_some("Partner Hub <hub@localhost.localdomain>"))
                .and_then(|sender| sender.parse().ok())
                .ok_or_else(|| {
                    ConfigError("MAIL_FROM must be set to a sender like Acme <partners@acme.example>.".into())
                })?,
            admin_email: admin_email(settings.admin_email.unwrap_or_else(|| "admin@example.com".into()))?,
            vendor_name: settings.vendor_name.unwrap_or_else(|| "Partner Hub".into()),
            public_url,
            data_dir,
        })
    }

    fn over_file(self) -> Result<Self, ConfigError> {
        let Some(path) = &self.config_file else { return Ok(self) };
        let name = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| ConfigError(format!("CONFIG_FILE {name} cannot be read: {error}")))?;
        let file: Self = toml::from_str(&text).map_err(|error| ConfigError(format!("CONFIG_FILE {name}: {error}")))?;
        Ok(Self {
            config_file: None,
            database_url: self.database_url.or(file.database_url),
            listen: self.listen.or(file.listen),
            public_url: self.public_url.or(file.public_url),
            data_dir: self.data_dir.or(file.data_dir),
            secret_key: self.secret_key.or(file.secret_key),
            secret_key_file: self.secret_key_file.or(file.secret_key_file),
            smtp_url: self.smtp_url.or(file.smtp_url),
            mail_from: self.mail_from.or(file.mail_from),
            admin_email: self.admin_email.or(file.admin_email),
            vendor_name: self.vendor_name.or(file.vendor_name),
        })
    }

    fn key_source(&self, development: bool, data_dir: &std::path::Path) -> Result<KeySource, ConfigError> {
        let given = match (&self.secret_key, &self.secret_key_file) {
            (Some(key), None) => key.clone(),
            (None, Some(path)) => std::fs::read_to_string(path)
                .map_err(|error| ConfigError(format!("SECRET_KEY_FILE {} cannot be read: {error}", path.display())))?
                .trim()
                .to_owned(),
            (Some(_), Some(_)) => {
                return Err(ConfigError("Set SECRET_KEY or SECRET_KEY_FILE, not both.".into()));
            }
            (None, None) if development => return Ok(KeySource::Kept(data_dir.join("secret.key"))),
            (None, None) => {
                return Err(ConfigError(
                    "SECRET_KEY must be set outside development; `openssl rand -base64 48` makes one.".into(),
                ));
            }
        };
        if given.len() < crate::secret::KEY_BYTES {
            return Err(ConfigError("SECRET_KEY must have at least 32 characters.".into()));
        }
        Ok(KeySource::Given(given.into()))
    }
}

impl Config {
    /// Whether this is somebody's own machine: a loopback PUBLIC_URL.
    pub fn is_development(&self) -> bool {
        is_loopback(&self.public_url)
    }

    /// A page of the hub under the public address; `fragment` never reaches a server or its logs.
    pub fn link(&self, path: &str, fragment: &str) -> String {
        let mut url = self.public_url.clone();
        url.set_path(path);
        url.set_fragment(Some(fragment));
        url.into()
    }
}

fn public_url(url: &str) -> Result<Url, ConfigError> {
    let wrong = || ConfigError("PUBLIC_URL must be like https://partners.example.com, without a path.".into());
    let url = Url::parse(url).map_err(|_| wrong())?;
    let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.has_host();
    if plain && matches!(url.scheme(), "http" | "https") { Ok(url) } else { Err(wrong()) }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// A rough look; the invitation looks closely.
fn admin_email(email: String) -> Result<String, ConfigError> {
    let fits = email.parse::<lettre::Address>().is_ok_and(|address| address.domain().contains('.'));
    if fits { Ok(email) } else { Err(ConfigError("ADMIN_EMAIL must be an address that can receive mail.".into())) }
}

fn smtp_url(text: &str) -> Result<SecretString, ConfigError> {
    let wrong = |why: &str| ConfigError(format!("SMTP_URL {why}, for example smtp+starttls://user:password@host:587."));
    let url = Url::parse(text).map_err(|_| wrong("is not a URL"))?;
    match url.scheme() {
        "smtps" | "smtp+starttls" => {}
        "smtp" if is_loopback_host(&url) => {}
        "smtp" => return Err(wrong("would send passwords and letters in clear; use smtp+starttls or smtps")),
        _ => return Err(wrong("must begin with smtp+starttls://, smtps:// or, on loopback, smtp://")),
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(wrong("names no host"));
    }
    Ok(text.to_owned().into())
}

/// A host of a scheme that the URL standard does not know is kept as text.
fn is_loopback_host(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    host == "localhost" || host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: impl FnOnce(&mut Settings)) -> Result<Config, String> {
        let mut settings = Settings::default();
        change(&mut settings);
        settings.check().map_err(|error| error.0)
    }

    #[test]
    fn nothing_set_means_development_on_sqlite() {
        let config = with(|_| {}).expect("the defaults are sound");
        assert!(config.is_development());
        assert_eq!(config.link("/accept", "t=x"), "http://127.0.0.1:8080/accept#t=x");
        assert_eq!(config.database.sqlite_folder(), Some("data".into()));
        assert!(matches!(config.mail, MailRoute::Folder(_)));
    }

    #[test]
    fn wrong_settings_are_named() {
        type Change = fn(&mut Settings);
        let cases: [(&str, Change); 8] = [
            ("DATABASE_URL", |s| s.database_url = Some("mysql://x".into())),
            ("LISTEN", |s| s.listen = Some("8080".into())),
            ("PUBLIC_URL", |s| s.listen = Some("0.0.0.0:8080".into())),
            ("PUBLIC_URL", |s| s.public_url = Some("http://partners.example.com".into())),
            ("PUBLIC_URL", |s| s.public_url = Some("https://partners.example.com/hub".into())),
            ("SMTP_URL", |s| s.smtp_url = Some("smtp://mail.example.com".into())),
            ("SECRET_KEY", |s| s.public_url = Some("https://partners.example.com".into())),
            ("MAIL_FROM", |s| s.mail_from = Some("nobody".into())),
        ];
        for (name, change) in cases {
            let error = with(change).expect_err(name);
            assert!(error.starts_with(name), "{error}");
        }
    }

    #[test]
    fn secrets_do_not_show_in_debug_output() {
        let config = with(|s| {
            s.database_url = Some("postgres://u:marker@h/d".into());
            s.smtp_url = Some("smtps://u:marker@h".into());
            s.secret_key = Some("marker-marker-marker-marker-marker".into());
        });
        assert!(!format!("{:?}", config.expect("sound")).contains("marker"));
    }
}
