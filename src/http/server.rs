//! The server loop: axum's own never gives up on half a request head, and drops nobody at the end.

use super::{connection, timing::Timing, under_way::UnderWay};
use axum::Router;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
};

/// Connections at once; more wait in the kernel's queue.
const CONNECTIONS: usize = 2_048;

/// Serves until `stop` changes, then finishes what is under way.
pub async fn serve(listener: TcpListener, router: Router, stop: watch::Receiver<bool>) {
    serve_with(listener, router, stop, Timing::default()).await;
}

/// The same with the patience of a test.
pub async fn serve_with(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>, timing: Timing) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let (under_way, all_done) = UnderWay::new(stop.clone());
    loop {
        let (place, stream, peer) = tokio::select! {
            accepted = accept(&listener, &places) => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, most likely: waiting helps, spinning does not.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            _ = stop.changed() => break,
        };
        let _ = stream.set_nodelay(true);
        let (router, held) = (router.clone(), under_way.clone());
        tokio::spawn(async move {
            connection::serve(stream, peer, router, &timing, held).await;
            drop(place);
        });
    }
    drop((listener, under_way));
    if tokio::time::timeout(timing.grace, all_done.wait()).await.is_err() {
        tracing::warn!("requests were still under way when the server stopped");
    }
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> std::io::Result<(OwnedSemaphorePermit, TcpStream, SocketAddr)> {
    let place = places.clone().acquire_owned().await.map_err(std::io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((place, stream, peer))
}
