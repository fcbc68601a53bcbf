//! Are these settings sound: each error names its setting.

use super::{Config, ConfigError, DatabaseUrl, KeySource, MailRoute, Settings, origins::origins};
use ipnet::IpNet;
use secrecy::SecretString;
use std::net::{IpAddr, SocketAddr};
use unicode_normalization::UnicodeNormalization;
use url::Url;

impl Settings {
    /// Fills what is not set from the file, then checks everything.
    pub fn check(self) -> Result<Config, ConfigError> {
        let settings = self.over_file()?;
        let listen: SocketAddr = settings
            .listen
            .as_deref()
            .unwrap_or("127.0.0.1:8080")
            .parse()
            .map_err(|_| ConfigError("LISTEN must be an address and a port, such as 127.0.0.1:8080.".into()))?;
        let public_url = match &settings.public_url {
            Some(url) => public_url(url)?,
            None if listen.ip().is_loopback() => public_url(&format!("http://{listen}"))?,
            None => {
                return Err(ConfigError(
                    "PUBLIC_URL must be set when LISTEN is not a loopback address: people reach the hub by it.".into(),
                ));
            }
        };
        let development = is_loopback(&public_url);
        if !development && public_url.scheme() != "https" {
            return Err(ConfigError(
                "PUBLIC_URL must begin with https:// unless it is a loopback address; put a TLS proxy in front.".into(),
            ));
        }
        if development && !listen.ip().is_loopback() {
            return Err(ConfigError(
                "PUBLIC_URL must be no loopback address when LISTEN is none: development shows every letter at /dev/mail."
                    .into(),
            ));
        }
        let data_dir = settings.data_dir.clone().unwrap_or_else(|| "data".into());
        Ok(Config {
            database: DatabaseUrl::parse(settings.database_url.as_deref().unwrap_or("sqlite://data/partner-hub.db"))?,
            listen,
            trusted_proxies: networks(settings.trusted_proxies.as_deref().unwrap_or_default())?,
            cors_origins: origins(settings.cors_origins.as_deref().unwrap_or_default(), development)?,
            compress_answers: settings.compress_answers.unwrap_or(false),
            secret_key: settings.key_source(development, &data_dir)?,
            secret_key_old: given(
                "SECRET_KEY_OLD",
                settings.secret_key_old.as_deref(),
                settings.secret_key_old_file.as_deref(),
            )?,
            mail: settings.mail_route(development, &data_dir)?,
            smtp_hello: settings.smtp_hello.as_deref().map(smtp_hello).transpose()?,
            smtp_authority: settings.smtp_ca_file.as_deref().map(smtp_authority).transpose()?,
            smtp_timeout: smtp_timeout(settings.smtp_timeout)?,
            letters: settings.letters_dir.as_deref().map(letters).transpose()?.unwrap_or_default(),
            letters_language: language(settings.letters_language.as_deref().unwrap_or("en"))?,
            password_min_length: password_min_length(settings.password_min_length)?,
            blocked_passwords: settings
                .password_block_list
                .as_deref()
                .map(blocked_passwords)
                .transpose()?
                .unwrap_or_default()
                .into(),
            mail_from: settings
                .mail_from
                .as_deref()
                .or((development || settings.links_by_hand == Some(true))
                    .then_some("Partner Hub <hub@localhost.localdomain>"))
                .and_then(|sender| sender.parse().ok())
                .ok_or_else(|| {
                    ConfigError("MAIL_FROM must be set to a sender like Acme <partners@acme.example>.".into())
                })?,
            admin_email: admin_email(settings.admin_email.unwrap_or_else(|| "admin@example.com".into()))?,
            vendor_name: settings.vendor_name.unwrap_or_else(|| "Partner Hub".into()),
            metrics_token: settings.metrics_token.map(metrics_token).transpose()?,
            limits: settings.limits.check()?,
            public_url,
            data_dir,
        })
    }

    fn mail_route(&self, development: bool, data_dir: &std::path::Path) -> Result<MailRoute, ConfigError> {
        match &self.smtp_url {
            Some(_) if self.links_by_hand == Some(true) => {
                Err(ConfigError("LINKS_BY_HAND and SMTP_URL contradict each other; set one of them.".into()))
            }
            Some(url) => Ok(MailRoute::Smtp(smtp_url(url)?)),
            None if self.links_by_hand == Some(true) => Ok(MailRoute::ByHand),
            None if development => Ok(MailRoute::Folder(data_dir.join("mail"))),
            None => Err(ConfigError(
                "SMTP_URL must be set outside development, for example smtp+starttls://user:password@mail.example.com; \
                 or set LINKS_BY_HAND=true, and admins copy the links of invitations."
                    .into(),
            )),
        }
    }

    fn key_source(&self, development: bool, data_dir: &std::path::Path) -> Result<KeySource, ConfigError> {
        match given("SECRET_KEY", self.secret_key.as_deref(), self.secret_key_file.as_deref())? {
            Some(key) => Ok(KeySource::Given(key)),
            None if development => Ok(KeySource::Kept(data_dir.join("secret.key"))),
            None => Err(ConfigError(
                "SECRET_KEY must be set outside development; `openssl rand -base64 48` makes one.".into(),
            )),
        }
    }
}

/// A key that was given, or the file that it stands in.
fn given(name: &str, key: Option<&str>, file: Option<&std::path::Path>) -> Result<Option<SecretString>, ConfigError> {
    let key = match (key, file) {
        (None, None) => return Ok(None),
        (Some(key), None) => key.to_owned(),
        (None, Some(path)) => std::fs::read_to_string(path)
            .map_err(|error| ConfigError(format!("{name}_FILE {} cannot be read: {error}", path.display())))?
            .trim()
            .to_owned(),
        (Some(_), Some(_)) => return Err(ConfigError(format!("Set {name} or {name}_FILE, not both."))),
    };
    if key.len() < crate::secret::KEY_BYTES {
        return Err(ConfigError(format!("{name} must have at least 32 characters.")));
    }
    Ok(Some(key.into()))
}

fn networks(text: &str) -> Result<Vec<IpNet>, ConfigError> {
    let network = |part: &str| part.parse().or_else(|_| part.parse::<IpAddr>().map(IpNet::from));
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(network).collect::<Result<_, _>>().map_err(|_| {
        ConfigError("TRUSTED_PROXIES must be addresses or networks, such as 10.0.0.7,192.168.0.0/16.".into())
    })
}

fn public_url(url: &str) -> Result<Url, ConfigError> {
    let wrong = || ConfigError("PUBLIC_URL must be like https://partners.example.com, without a path.".into());
    let url = Url::parse(url).map_err(|_| wrong())?;
    let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.has_host();
    if plain && matches!(url.scheme(), "http" | "https") { Ok(url) } else { Err(wrong()) }
}

pub(super) fn is_loopback(url: &Url) -> bool {
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

/// Nobody's guess: the page takes as many as are made.
fn metrics_token(token: String) -> Result<SecretString, ConfigError> {
    if token.len() >= 32 && token.bytes().all(|b| b.is_ascii_graphic()) {
        return Ok(token.into());
    }
    let mend = "`openssl rand -hex 32` makes one";
    Err(ConfigError(format!("METRICS_TOKEN must have at least 32 characters and no space; {mend}.")))
}

/// Never fewer than is enough beside a second factor, and never so many that nobody remembers one.
fn password_min_length(characters: Option<usize>) -> Result<usize, ConfigError> {
    match characters.unwrap_or(12) {
        characters @ 8..=64 => Ok(characters),
        _ => Err(ConfigError("PASSWORD_MIN_LENGTH must be 8 to 64 characters.".into())),
    }
}

/// The lines of a file, in the form in which passwords are compared with them.
fn blocked_passwords(path: &std::path::Path) -> Result<std::collections::HashSet<String>, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| ConfigError(format!("PASSWORD_BLOCK_LIST: {} cannot be read: {error}.", path.display())))?;
    Ok(text.lines().map(|line| line.nfc().collect::<String>().to_lowercase()).filter(|line| !line.is_empty()).collect())
}

/// A language tag (BCP 47) of the plain kind.
fn language(tag: &str) -> Result<String, ConfigError> {
    let mut parts = tag.split('-');
    let primary =
        parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_lowercase()));
    if primary && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())) {
        return Ok(tag.to_owned());
    }
    Err(ConfigError(format!("LETTERS_LANGUAGE must be a language like de or pt-BR, not {tag}.")))
}

/// The files of an operator's templates; whether each stands for a letter is known where letters are written.
fn letters(folder: &std::path::Path) -> Result<std::collections::BTreeMap<String, String>, ConfigError> {
    let wrong =
        |error: std::io::Error| ConfigError(format!("LETTERS_DIR {} cannot be read: {error}", folder.display()));
    let mut letters = std::collections::BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if let (Some("txt" | "html"), Some(name)) = (ending, path.file_name().and_then(|name| name.to_str())) {
            letters.insert(name.to_owned(), std::fs::read_to_string(&path).map_err(wrong)?);
        }
    }
    Ok(letters)
}

/// What may stand behind EHLO.
fn smtp_hello(text: &str) -> Result<String, ConfigError> {
    let fits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-[]:".contains(&b));
    if fits {
        Ok(text.to_owned())
    } else {
        Err(ConfigError("SMTP_HELLO must be a host's name, like hub.example.com.".into()))
    }
}

fn smtp_authority(file: &std::path::Path) -> Result<Vec<u8>, ConfigError> {
    let wrong = |why: &str| ConfigError(format!("SMTP_CA_FILE {}: {why}.", file.display()));
    let pem = std::fs::read(file).map_err(|error| wrong(&error.to_string()))?;
    if !String::from_utf8_lossy(&pem).contains("-----BEGIN CERTIFICATE-----") {
        return Err(wrong("holds no certificate in PEM"));
    }
    Ok(pem)
}

/// Shorter than a lease, so that no letter is sent by two workers.
fn smtp_timeout(seconds: Option<u64>) -> Result<std::time::Duration, ConfigError> {
    match seconds.unwrap_or(30) {
        seconds @ 1..=100 => Ok(std::time::Duration::from_secs(seconds)),
        _ => Err(ConfigError("SMTP_TIMEOUT must be 1 to 100 seconds.".into())),
    }
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
    fn links_lead_to_where_the_hub_listens_unless_another_address_is_said() {
        let link = |config: Result<Config, String>| config.map(|config| config.link("/accept", "t=x"));
        let elsewhere = with(|s| s.listen = Some("[::1]:9000".into()));
        assert_eq!(link(elsewhere).as_deref(), Ok("http://[::1]:9000/accept#t=x"));
        let said = with(|s| {
            s.listen = Some("127.0.0.1:9000".into());
            s.public_url = Some("http://localhost:8080".into());
        });
        assert_eq!(link(said).as_deref(), Ok("http://localhost:8080/accept#t=x"));
    }

    #[test]
    fn wrong_settings_are_named() {
        type Change = fn(&mut Settings);
        let cases: [(&str, Change); 14] = [
            ("DATABASE_URL", |s| s.database_url = Some("mysql://x".into())),
            ("LISTEN", |s| s.listen = Some("8080".into())),
            ("PUBLIC_URL", |s| s.listen = Some("0.0.0.0:8080".into())),
            ("PUBLIC_URL", |s| {
                s.listen = Some("0.0.0.0:8080".into());
                s.public_url = Some("http://127.0.0.1:8080".into());
            }),
            ("PUBLIC_URL", |s| s.public_url = Some("http://partners.example.com".into())),
            ("PUBLIC_URL", |s| s.public_url = Some("https://partners.example.com/hub".into())),
            ("SMTP_URL", |s| s.smtp_url = Some("smtp://mail.example.com".into())),
            ("SECRET_KEY", |s| s.public_url = Some("https://partners.example.com".into())),
            ("SECRET_KEY_OLD", |s| s.secret_key_old = Some("short".into())),
            ("TRUSTED_PROXIES", |s| s.trusted_proxies = Some("10.0.0.0/33".into())),
            ("MAIL_FROM", |s| s.mail_from = Some("nobody".into())),
            ("PASSWORD_MIN_LENGTH", |s| s.password_min_length = Some(7)),
            ("CORS_ORIGINS", |s| s.cors_origins = Some("*".into())),
            ("METRICS_TOKEN", |s| s.metrics_token = Some("short".into())),
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
            s.metrics_token = Some("marker-marker-marker-marker-marker".into());
            s.secret_key = Some("marker-marker-marker-marker-marker".into());
            s.secret_key_old = Some("old-marker-old-marker-old-marker-old".into());
        });
        assert!(!format!("{:?}", config.expect("sound")).contains("marker"));
    }
}
