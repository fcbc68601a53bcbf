//! A mail server and the connections to it that are used again.

use super::{TransportError, probe::Probe, words};
use crate::config::Config;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{
        AsyncSmtpTransportBuilder,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, timeout_at};
use url::Url;

type Connections = AsyncSmtpTransport<Tokio1Executor>;

/// How long idle connections are given to say good-bye.
const FAREWELL: Duration = Duration::from_secs(1);

/// A mail server; cheap to clone.
#[derive(Clone)]
pub(super) struct Relay {
    builder: AsyncSmtpTransportBuilder,
    connections: Arc<Mutex<Connections>>,
    probe: Probe,
}

/// Why a letter did not leave.
struct Refused {
    error: TransportError,
    /// The server may have refused the hub and not the letter.
    doubtful: bool,
}

impl Relay {
    /// `smtp+starttls:` is our word for what lettre writes as a parameter; plain `smtp:` has been checked to be loopback.
    pub(super) fn new(url: &str, config: &Config) -> Result<Self, String> {
        let wrong = |error: &dyn std::fmt::Display| format!("SMTP_URL: {error}");
        let (plain, url) = match url.strip_prefix("smtp+starttls:") {
            Some(rest) => (format!("smtp:{rest}"), format!("smtp:{}?tls=required", rest.trim_end_matches('/'))),
            None => (url.to_owned(), url.to_owned()),
        };
        let host = Url::parse(&plain).map_err(|error| wrong(&error))?;
        let host = host.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let tls = match (url.starts_with("smtps:"), url.ends_with("?tls=required")) {
            (true, _) => Tls::Wrapper(parameters(&host, config)?),
            (_, true) => Tls::Required(parameters(&host, config)?),
            _ => Tls::None,
        };
        let builder = Connections::from_url(&url).map_err(|error| wrong(&error))?.tls(tls.clone());
        let hello = config.smtp_hello.clone().or_else(|| config.public_url.host_str().map(str::to_owned));
        let hello = hello.map_or_else(ClientId::default, ClientId::Domain);
        let patience = config.smtp_timeout.min(Duration::from_secs(10));
        let builder = builder.hello_name(hello.clone()).timeout(Some(patience));
        let probe = Probe::new(&plain, host, tls, hello, config)?;
        Ok(Self { connections: Arc::new(Mutex::new(builder.clone().build())), builder, probe })
    }

    /// Hands one letter over, or says why not, within `patience`.
    pub(super) async fn send(&self, message: Message, patience: Duration) -> Result<(), TransportError> {
        let now = Instant::now();
        // The last quarter is for finding out whether it is the letter or the server.
        let Err(refused) = self.try_until(message, now + patience.mul_f64(0.75), patience).await else { return Ok(()) };
        if !refused.doubtful || matches!(refused.error, TransportError::Unreachable(_)) {
            return Err(refused.error);
        }
        Err(match timeout_at(now + patience, self.probe.greet()).await {
            Ok(Ok(())) => refused.error,
            Ok(Err(why)) => TransportError::Unreachable(why),
            Err(_) => TransportError::Unreachable("The mail server does not answer.".into()),
        })
    }

    async fn try_until(&self, message: Message, until: Instant, patience: Duration) -> Result<(), Refused> {
        loop {
            let connections = self.lock().clone();
            let mut sending = std::pin::pin!(connections.send(message.clone()));
            match timeout_at(until, &mut sending).await {
                Ok(Ok(_)) => return Ok(()),
                // Another letter's time was over; this one has not begun.
                Ok(Err(error)) if error.is_transport_shutdown() => {}
                Ok(Err(error)) => {
                    return Err(Refused { doubtful: words::is_doubtful(&error), error: words::classify(&error) });
                }
                Err(_) => {
                    // lettre would use the connection again, in the middle of its dialogue: the next letter would hang
                    // too, or take this one's answer for its own. Nothing of it is used again.
                    *self.lock() = self.builder.clone().build();
                    let _ = tokio::time::timeout(FAREWELL, connections.shutdown()).await;
                    let error = TransportError::Temporary(format!(
                        "The mail server did not answer within {} seconds; the hub tries again by itself.",
                        patience.as_secs()
                    ));
                    return Err(Refused { error, doubtful: true });
                }
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Connections> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How the server has to show who it is: by the public authorities, or by the operator's own.
fn parameters(host: &str, config: &Config) -> Result<TlsParameters, String> {
    let mut parameters = TlsParameters::builder(host.to_owned());
    if let Some(pem) = &config.smtp_authority {
        let authority = Certificate::from_pem(pem).map_err(|error| format!("SMTP_CA_FILE: {error}"))?;
        parameters = parameters.add_root_certificate(authority);
    }
    parameters.build().map_err(|error| format!("SMTP_URL: {error}"))
}
