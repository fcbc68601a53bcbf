//! Which connections are let in: so many together, and so many from one network, lest one takes all places.

use super::shares::{Held, Shares};
use crate::{config::Config, domain::throttle};
use ipnet::IpNet;
use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};

/// Lets connections in.
#[derive(Debug)]
pub(super) struct Admission {
    places: Arc<Semaphore>,
    networks: Shares<String>,
    /// Everybody comes through them.
    proxies: Vec<IpNet>,
}

/// A connection that was let in. Its place is free again when dropped.
#[derive(Debug)]
pub(super) struct Admitted {
    pub(super) stream: TcpStream,
    pub(super) peer: SocketAddr,
    pub(super) place: Place,
}

/// A place among all, and one of its network's.
#[derive(Debug)]
pub(super) struct Place(
    #[expect(dead_code, reason = "held until the connection ends")] (OwnedSemaphorePermit, Option<Held<String>>),
);

impl Admission {
    pub(super) fn new(config: &Config) -> Self {
        let limits = &config.limits;
        Self {
            places: Arc::new(Semaphore::new(limits.connections)),
            networks: Shares::new(limits.connections_each),
            proxies: config.trusted_proxies.clone(),
        }
    }

    /// The next connection, once there is a place for it: until then it waits in the kernel's queue. One of a network
    /// that has its share is hung up on.
    pub(super) async fn next(&self, listener: &TcpListener) -> io::Result<Admitted> {
        let place = self.places.clone().acquire_owned().await.map_err(io::Error::other)?;
        loop {
            let (stream, peer) = listener.accept().await?;
            let ip = peer.ip().to_canonical();
            if self.is_proxy(ip) {
                return Ok(Admitted { stream, peer, place: Place((place, None)) });
            }
            if let Some(share) = self.networks.take(throttle::network_of(ip)) {
                return Ok(Admitted { stream, peer, place: Place((place, Some(share))) });
            }
            tracing::debug!("a network has as many connections as it may have");
        }
    }

    fn is_proxy(&self, ip: IpAddr) -> bool {
        self.proxies.iter().any(|network| network.contains(&ip))
    }
}
