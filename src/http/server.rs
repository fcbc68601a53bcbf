//! The server loop: axum's own never gives up on half a request head, and drops nobody at the end.

use super::under_way::UnderWay;
use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
};
use tower::ServiceExt;

/// How long a request's head may take.
const HEAD: Duration = Duration::from_secs(10);
/// Connections at once; more wait in the kernel's queue.
const CONNECTIONS: usize = 2_048;
/// How long requests under way may take once the server is asked to stop.
const GRACE: Duration = Duration::from_secs(25);

/// Serves until `stop` changes, then finishes what is under way.
pub async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) {
    // HTTP/1.1 only: a server that guesses the version waits for a silent client without any limit, and the proxy in
    // front speaks HTTP/2 to browsers.
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD);
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
        let (builder, mut held) = (builder.clone(), under_way.clone());
        let under_way = under_way.clone();
        let router = router.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(under_way.clone());
            request.extensions_mut().insert(ConnectInfo(peer));
            request.map(Body::new)
        });
        tokio::spawn(async move {
            let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
            let mut connection = std::pin::pin!(connection.with_upgrades());
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                () = held.stopped() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended badly");
            }
            drop((place, held));
        });
    }
    drop((listener, under_way));
    if tokio::time::timeout(GRACE, all_done.wait()).await.is_err() {
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
