//! The flags, their environment variables, and the file that fills in what they leave open.

use super::{ConfigError, LimitSettings};
use clap::Args;
use std::path::PathBuf;

/// The flags of every command, with their environment variables; see `--help`.
#[derive(Args, Clone, Default, serde::Deserialize)]
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

    /// Where people reach the hub; goes into links. A loopback address means development (default: where it listens).
    #[arg(long, env = "PUBLIC_URL", global = true)]
    pub public_url: Option<String>,

    /// Networks whose X-Forwarded-For is believed, like 10.0.0.0/8,::1/128 (default: none).
    #[arg(long, env = "TRUSTED_PROXIES", global = true)]
    pub trusted_proxies: Option<String>,

    /// Origins whose pages may call /graphql with a bearer token, like `https://portal.example.com` (default: none).
    #[arg(long, env = "CORS_ORIGINS", global = true)]
    pub cors_origins: Option<String>,

    /// Whether answers of /graphql are compressed, if the proxy does not do it (default: false).
    #[arg(long, env = "COMPRESS_ANSWERS", global = true)]
    pub compress_answers: Option<bool>,

    /// Folder for what the hub keeps beside the database: its key, and letters in development (default: data).
    #[arg(long, env = "DATA_DIR", global = true)]
    pub data_dir: Option<PathBuf>,

    /// Key that links are derived from, at least 32 characters. Development makes its own in DATA_DIR.
    #[arg(long, env = "SECRET_KEY", global = true, hide_env_values = true)]
    pub secret_key: Option<String>,

    /// File that holds the key instead.
    #[arg(long, env = "SECRET_KEY_FILE", global = true)]
    pub secret_key_file: Option<PathBuf>,

    /// The key before it, while the hub moves to another: it opens what is there and makes nothing new (default: none).
    #[arg(long, env = "SECRET_KEY_OLD", global = true, hide_env_values = true)]
    pub secret_key_old: Option<String>,

    /// File that holds that key instead.
    #[arg(long, env = "SECRET_KEY_OLD_FILE", global = true)]
    pub secret_key_old_file: Option<PathBuf>,

    /// Relay for letters: smtp://HOST:PORT (plain, loopback only), smtp+starttls://USER:PASSWORD@HOST or smtps://….
    /// Without it, development writes letters to DATA_DIR/mail.
    #[arg(long, env = "SMTP_URL", global = true, hide_env_values = true)]
    pub smtp_url: Option<String>,

    /// The hub's name in its greeting (EHLO) to the relay (default: the host of PUBLIC_URL).
    #[arg(long, env = "SMTP_HELLO", global = true)]
    pub smtp_hello: Option<String>,

    /// File with the certificate (PEM) of a private authority that the relay's own is signed by.
    #[arg(long, env = "SMTP_CA_FILE", global = true)]
    pub smtp_ca_file: Option<PathBuf>,

    /// Seconds after which a try to send a letter ends, 1 to 100 (default: 30).
    #[arg(long, env = "SMTP_TIMEOUT", global = true)]
    pub smtp_timeout: Option<u64>,

    /// true: no letters are sent, and admins copy the links and hand them over. Lets production start without SMTP_URL.
    #[arg(long, env = "LINKS_BY_HAND", global = true)]
    pub links_by_hand: Option<bool>,

    /// Folder with templates that take the place of the hub's own, like invitation.txt or layout.html.
    #[arg(long, env = "LETTERS_DIR", global = true)]
    pub letters_dir: Option<PathBuf>,

    /// Language of the templates in LETTERS_DIR, like de or pt-BR (default: en).
    #[arg(long, env = "LETTERS_LANGUAGE", global = true)]
    pub letters_language: Option<String>,

    /// The shortest password of an account without a second factor, in characters, 8 to 64 (default: 12).
    #[arg(long, env = "PASSWORD_MIN_LENGTH", global = true)]
    pub password_min_length: Option<usize>,

    /// File with passwords that nobody may choose, one in a line.
    #[arg(long, env = "PASSWORD_BLOCK_LIST", global = true)]
    pub password_block_list: Option<PathBuf>,

    /// Sender of letters, like Acme <partners@acme.example>; development has its own.
    #[arg(long, env = "MAIL_FROM", global = true)]
    pub mail_from: Option<String>,

    /// Address of the first admin, invited when there is no user yet (default: admin@example.com).
    #[arg(long, env = "ADMIN_EMAIL", global = true)]
    pub admin_email: Option<String>,

    /// The vendor's name, used when the hub is founded (default: Partner Hub).
    #[arg(long, env = "VENDOR_NAME", global = true)]
    pub vendor_name: Option<String>,

    /// Token with which monitoring reads /metrics, at least 32 characters (default: none, and no such page).
    #[arg(long, env = "METRICS_TOKEN", global = true, hide_env_values = true)]
    pub metrics_token: Option<String>,

    /// How much a document may ask for: the table `limits` of the file.
    #[command(flatten)]
    pub limits: LimitSettings,
}

impl Settings {
    /// Fills what is not set from the file, if one is named.
    pub(super) fn over_file(self) -> Result<Self, ConfigError> {
        let Some(path) = &self.config_file else { return Ok(self) };
        let name = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| ConfigError(format!("CONFIG_FILE {name} cannot be read: {error}")))?;
        let file: Self =
            toml::from_str(&text).map_err(|error| ConfigError(format!("CONFIG_FILE {name}: {}", error.message())))?;
        Ok(Self {
            config_file: None,
            database_url: self.database_url.or(file.database_url),
            listen: self.listen.or(file.listen),
            public_url: self.public_url.or(file.public_url),
            trusted_proxies: self.trusted_proxies.or(file.trusted_proxies),
            cors_origins: self.cors_origins.or(file.cors_origins),
            compress_answers: self.compress_answers.or(file.compress_answers),
            data_dir: self.data_dir.or(file.data_dir),
            secret_key: self.secret_key.or(file.secret_key),
            secret_key_file: self.secret_key_file.or(file.secret_key_file),
            secret_key_old: self.secret_key_old.or(file.secret_key_old),
            secret_key_old_file: self.secret_key_old_file.or(file.secret_key_old_file),
            smtp_url: self.smtp_url.or(file.smtp_url),
            smtp_hello: self.smtp_hello.or(file.smtp_hello),
            smtp_ca_file: self.smtp_ca_file.or(file.smtp_ca_file),
            smtp_timeout: self.smtp_timeout.or(file.smtp_timeout),
            links_by_hand: self.links_by_hand.or(file.links_by_hand),
            letters_dir: self.letters_dir.or(file.letters_dir),
            letters_language: self.letters_language.or(file.letters_language),
            password_min_length: self.password_min_length.or(file.password_min_length),
            password_block_list: self.password_block_list.or(file.password_block_list),
            mail_from: self.mail_from.or(file.mail_from),
            admin_email: self.admin_email.or(file.admin_email),
            vendor_name: self.vendor_name.or(file.vendor_name),
            metrics_token: self.metrics_token.or(file.metrics_token),
            limits: self.limits.over(file.limits),
        })
    }
}

impl std::fmt::Debug for Settings {
    /// Some of them are secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Settings(…)")
    }
}
