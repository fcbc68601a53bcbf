//! Documents on connections that stay open: a subscription's events, and queries and mutations by socket.
//!
//! A subscription is run once to learn what it is interested in, and then anew for each change of interest: with the
//! rights of that moment, with loaders of its own, and in a task of its own.

mod answer;
mod document;
mod root;
mod visitor;

pub(super) use answer::{Answer, as_error, as_errors};
pub(super) use document::Document;
pub(super) use visitor::Visitor;

use crate::{
    access::Access,
    changes::{News, Watch},
    fault::Fault,
    graphql::subscription::{Interest, Occasion, Wish},
};
use async_graphql::Response as Executed;

/// A subscription under way.
pub(super) struct Live {
    visitor: Visitor,
    document: Document,
    interest: Interest,
    watch: Watch,
}

/// What a subscription comes to next.
pub(super) enum Turn {
    /// An event.
    Event(Box<Answer>),
    /// The session has ended.
    SessionOver,
    /// Events may have been missed; the client has to load everything anew.
    Missed,
}

impl Live {
    /// Begins a subscription; `Err` if it is refused. `watch` is from before, so that nothing falls between.
    pub(super) async fn open(
        visitor: &Visitor,
        access: Access,
        document: Document,
        watch: Watch,
    ) -> Result<Self, Box<Answer>> {
        let wish = Wish::default();
        let refused = document.run(visitor, access, Some(Occasion::Opening(wish.clone()))).await.pop();
        match (refused, wish.interest()) {
            (None, Some(interest)) => Ok(Self { visitor: visitor.clone(), document, interest, watch }),
            (Some(refused), _) => Err(Box::new(refused)),
            (None, None) => {
                let fault = Fault::Internal("a subscription said nothing of what it wants".into());
                Err(Box::new(Answer::of(Executed::from_errors(vec![as_error(fault)]), visitor, 0)))
            }
        }
    }

    /// Waits for the next event. Not to be cancelled and called again: an event would be lost.
    pub(super) async fn next(&mut self) -> Turn {
        loop {
            let change = match self.watch.next().await {
                Some(News::Changed(change)) if self.interest.matches(change) && self.visitor.may_reach(change) => {
                    change
                }
                Some(News::Changed(_)) => continue,
                Some(News::Missed) | None => return Turn::Missed,
            };
            let access = match self.visitor.access(false).await {
                Ok(Some(access)) => access,
                Ok(None) => return Turn::SessionOver,
                Err(fault) => {
                    tracing::error!(?fault, "a subscriber's session cannot be looked up");
                    return Turn::Missed;
                }
            };
            let event = self.document.run(&self.visitor, access, Some(Occasion::Happened(change))).await.pop();
            if let Some(event) = event {
                return Turn::Event(Box::new(event));
            }
        }
    }
}
