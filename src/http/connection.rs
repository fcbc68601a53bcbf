//! One connection, from its first byte to its end: HTTP/1.1, or HTTP/2 with prior knowledge.

use super::{
    beating::Beating,
    pulse::{Overdue, Pulse},
    timing::Timing,
    under_way::UnderWay,
};
use axum::{Router, body::Body, extract::ConnectInfo, response::Response};
use hyper::{
    Request,
    body::Incoming,
    server::conn::{http1, http2},
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{io, net::SocketAddr, pin::pin};
use tokio::{
    io::{AsyncReadExt, join},
    net::TcpStream,
    time::timeout,
};
use tokio_util::io::InspectReader;
use tower::ServiceExt;

/// How every connection of HTTP/2 begins, and none of HTTP/1.1.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// Bytes that a head may have.
const HEAD: usize = 32 * 1024;
/// Requests at once on one connection.
const STREAMS: u32 = 100;

/// Serves one connection to its end. Its requests carry `under_way`, for those that go on when it has ended.
pub(super) async fn serve(
    mut stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    timing: &Timing,
    under_way: UnderWay,
) {
    let mut held = under_way.clone();
    let mut stopped = pin!(held.stopped());
    // hyper-util's own guess of the version waits for a silent client without any limit.
    let begun = tokio::select! {
        begun = timeout(timing.head, first_bytes(&mut stream)) => begun,
        () = stopped.as_mut() => return,
    };
    let Ok(Ok(begun)) = begun else { return };
    let is_http2 = begun == PREFACE;
    let pulse = Pulse::new();
    let (read, write) = stream.into_split();
    let read = io::Cursor::new(begun).chain(read);

    let requests = pulse.clone();
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(under_way.clone());
        request.extensions_mut().insert(ConnectInfo(peer));
        request.map(Body::new)
    });
    let service = tower::service_fn(move |request| {
        let beat = requests.begin();
        let answer = service.clone().oneshot(request);
        async move { answer.await.map(|answer: Response| answer.map(|body| Beating::new(body, beat))) }
    });
    let service = TowerToHyperService::new(service);

    // Two types with the same methods and no trait in common.
    macro_rules! drive {
        ($connection:expr) => {{
            let mut connection = pin!($connection);
            let ended = tokio::select! {
                ended = connection.as_mut() => Some(ended),
                () = stopped => {
                    connection.as_mut().graceful_shutdown();
                    // hyper waits for the rest of half a head, and for whom it says goodbye to in HTTP/2.
                    tokio::select! {
                        ended = connection => Some(ended),
                        () = pulse.rested(timing.head) => None,
                    }
                }
                overdue = pulse.overdue(timing) => match overdue {
                    Overdue::Head => None,
                    Overdue::Idle => {
                        connection.as_mut().graceful_shutdown();
                        timeout(timing.head, connection).await.ok()
                    }
                },
            };
            if let Some(Err(error)) = ended {
                tracing::debug!(%error, "a connection ended badly");
            }
        }};
    }
    if is_http2 {
        pulse.rest();
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .keep_alive_interval(timing.probe)
            .keep_alive_timeout(timing.head)
            .max_concurrent_streams(STREAMS)
            .max_header_list_size(HEAD as u32)
            .max_pending_accept_reset_streams(20)
            .max_local_error_reset_streams(100);
        drive!(builder.serve_connection(TokioIo::new(join(read, write)), service));
    } else {
        // A frame of HTTP/2 need not be the beginning of a head; what comes on a silent HTTP/1.1 connection is.
        let heard = pulse.clone();
        let read = InspectReader::new(read, move |bytes: &[u8]| {
            if !bytes.is_empty() {
                heard.bytes();
            }
        });
        let mut builder = http1::Builder::new();
        builder.header_read_timeout(None).max_buf_size(HEAD);
        drive!(builder.serve_connection(TokioIo::new(join(read, write)), service).with_upgrades());
    }
}

/// Reads until it is clear which version is spoken.
async fn first_bytes(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut begun = Vec::with_capacity(PREFACE.len());
    while begun.len() < PREFACE.len() && PREFACE.starts_with(&begun) {
        // Never more than the preface: what follows it is read by whom it concerns.
        let read = (&mut *stream).take((PREFACE.len() - begun.len()) as u64).read_buf(&mut begun).await?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(begun)
}
