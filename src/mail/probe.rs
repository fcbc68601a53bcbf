//! Whether a mail server takes letters of this hub at all: a greeting of our own, as far as the sender's address.

use super::words;
use crate::config::Config;
use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Tls},
        commands::Mail,
        extension::ClientId,
    },
};
use std::time::Duration;
use url::Url;

/// How to greet a mail server.
#[derive(Clone)]
pub(super) struct Probe {
    host: String,
    port: u16,
    tls: Tls,
    hello: ClientId,
    log_in: Option<Credentials>,
    from: Address,
}

impl Probe {
    /// The server of a URL that begins with `smtp:` or `smtps:`.
    pub(super) fn new(url: &str, host: String, tls: Tls, hello: ClientId, config: &Config) -> Result<Self, String> {
        let url = Url::parse(url).map_err(|error| format!("SMTP_URL: {error}"))?;
        let port = url.port().unwrap_or(match &tls {
            Tls::Wrapper(_) => 465,
            Tls::None => 25,
            _ => 587,
        });
        let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        let log_in = url.password().map(|password| Credentials::new(decoded(url.username()), decoded(password)));
        Ok(Self { host, port, tls, hello, log_in, from: config.mail_from.email.clone() })
    }

    /// Goes as far as the sender's address, and says what was refused on the way.
    pub(super) async fn greet(&self) -> Result<(), String> {
        self.try_greeting().await.map_err(|error| words::about_us(&error))
    }

    async fn try_greeting(&self) -> Result<(), Error> {
        let wrapper = if let Tls::Wrapper(parameters) = &self.tls { Some(parameters.clone()) } else { None };
        let patience = Some(Duration::from_secs(5));
        let server = (self.host.as_str(), self.port);
        let mut server = AsyncSmtpConnection::connect_tokio1(server, patience, &self.hello, wrapper, None).await?;
        if let Tls::Required(parameters) = &self.tls {
            server.starttls(parameters.clone(), &self.hello).await?;
        }
        if let Some(log_in) = &self.log_in {
            server.auth(&[Mechanism::Plain, Mechanism::Login], log_in).await?;
        }
        server.command(Mail::new(Some(self.from.clone()), Vec::new())).await?;
        // What follows is no news: the server may say good-bye as it likes.
        let _ = server.quit().await;
        Ok(())
    }
}
