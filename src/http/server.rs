//! The server loop: axum's own never gives up on half a request head, and drops nobody at the end.

use super::{
    admission::{Admission, Admitted},
    connection,
    timing::Timing,
    under_way::UnderWay,
};
use crate::config::Config;
use axum::Router;
use std::time::Duration;
use tokio::{net::TcpListener, sync::watch};

/// Serves until `stop` changes, then finishes what is under way.
pub async fn serve(listener: TcpListener, router: Router, config: &Config, stop: watch::Receiver<bool>) {
    serve_with(listener, router, config, stop, Timing::default()).await;
}

/// The same with the patience of a test.
pub async fn serve_with(
    listener: TcpListener,
    router: Router,
    config: &Config,
    mut stop: watch::Receiver<bool>,
    timing: Timing,
) {
    let admission = Admission::new(config);
    let (under_way, all_done) = UnderWay::new(stop.clone());
    loop {
        let Admitted { stream, peer, place } = tokio::select! {
            accepted = admission.next(&listener) => match accepted {
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
