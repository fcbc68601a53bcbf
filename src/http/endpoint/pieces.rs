//! A body in pieces: an answer of thousands of rows goes to the socket from where it was written.

use axum::body::HttpBody;
use hyper::body::{Bytes, Frame, SizeHint};
use std::{
    collections::VecDeque,
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

/// Shorter pieces are put together: a frame of its own costs more than a small copy.
const SHORT: usize = 4_096;

/// Pieces that are sent one behind the other.
#[derive(Debug, Default)]
pub(super) struct Pieces(VecDeque<Bytes>);

impl Pieces {
    /// Short ones that follow each other become one.
    pub(super) fn new(pieces: impl IntoIterator<Item = Bytes>) -> Self {
        let (mut all, mut short) = (VecDeque::new(), Vec::new());
        for piece in pieces {
            if piece.len() < SHORT {
                short.extend_from_slice(&piece);
            } else {
                all.extend([Bytes::from(std::mem::take(&mut short)), piece]);
            }
        }
        all.push_back(short.into());
        all.retain(|piece| !piece.is_empty());
        Self(all)
    }
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop_front().map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.iter().map(|piece| piece.len() as u64).sum())
    }
}
