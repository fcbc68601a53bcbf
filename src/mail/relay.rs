//! A mail server and the connections to it that are used again.

use super::{TransportError, words};
use crate::config::Config;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{AsyncSmtpTransportBuilder, extension::ClientId},
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

type Connections = AsyncSmtpTransport<Tokio1Executor>;

/// How long idle connections are given to say good-bye.
const FAREWELL: Duration = Duration::from_secs(1);

/// A mail server; cheap to clone.
#[derive(Clone)]
pub(super) struct Relay {
    builder: AsyncSmtpTransportBuilder,
    connections: Arc<Mutex<Connections>>,
}

impl Relay {
    /// `smtp+starttls:` is our word for what lettre writes as a parameter; plain `smtp:` has been checked to be loopback.
    pub(super) fn new(url: &str, config: &Config) -> Result<Self, String> {
        let url = match url.strip_prefix("smtp+starttls:") {
            Some(rest) => format!("smtp:{}?tls=required", rest.trim_end_matches('/')),
            None => url.to_owned(),
        };
        let builder = Connections::from_url(&url).map_err(|error| format!("SMTP_URL: {error}"))?;
        let hello = config.smtp_hello.clone().or_else(|| config.public_url.host_str().map(str::to_owned));
        let builder = hello.into_iter().fold(builder, |builder, name| builder.hello_name(ClientId::Domain(name)));
        let builder = builder.timeout(Some(config.smtp_timeout.min(Duration::from_secs(10))));
        Ok(Self { connections: Arc::new(Mutex::new(builder.clone().build())), builder })
    }

    /// Hands one letter over, or says why not, within `patience`.
    pub(super) async fn send(&self, message: Message, patience: Duration) -> Result<(), TransportError> {
        let until = tokio::time::Instant::now() + patience;
        loop {
            let connections = self.lock().clone();
            let mut sending = std::pin::pin!(connections.send(message.clone()));
            match tokio::time::timeout_at(until, &mut sending).await {
                Ok(Ok(_)) => return Ok(()),
                // Another letter's time was over; this one has not begun.
                Ok(Err(error)) if error.is_transport_shutdown() => {}
                Ok(Err(error)) => return Err(words::classify(&error)),
                Err(_) => {
                    // lettre would use the connection again, in the middle of its dialogue: the next letter would hang
                    // too, or take this one's answer for its own. Nothing of it is used again.
                    *self.lock() = self.builder.clone().build();
                    let _ = tokio::time::timeout(FAREWELL, connections.shutdown()).await;
                    return Err(TransportError::Temporary(format!(
                        "The mail server did not answer within {} seconds; the hub tries again by itself.",
                        patience.as_secs()
                    )));
                }
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Connections> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
