//! The body of an answer, which tells the pulse of its connection that somebody takes it.

use super::pulse::Beat;
use axum::body::{Body, HttpBody};
use hyper::body::{Bytes, Frame, SizeHint};
use std::{
    pin::Pin,
    task::{Context, Poll},
};

/// The body of an answer; the request is under way until it is dropped.
pub(super) struct Beating {
    body: Body,
    beat: Beat,
}

impl Beating {
    pub(super) fn new(body: Body, beat: Beat) -> Self {
        Self { body, beat }
    }
}

impl HttpBody for Beating {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.beat.lives();
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
