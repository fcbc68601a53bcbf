//! The rules of graphql-transport-ws as a machine: a message in, what to do out. It waits for nothing and knows no
//! socket.

use super::message::{self, Close, Heard, Said};
use crate::{fault::Fault, http::endpoint::live};
use async_graphql::ServerError;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Operations under way on one socket.
pub(super) const OPERATIONS: usize = 10;

/// One run of an operation; its id may be used again once it is over.
pub(super) type Run = u64;

/// The state of one socket.
#[derive(Debug, Default)]
pub(super) struct Protocol {
    stage: Stage,
    runs: HashMap<String, Run>,
    last: Run,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Stage {
    /// Has not said who it is.
    #[default]
    Silent,
    /// Has, and it is being looked at.
    Greeting,
    /// Is let in.
    Open,
}

/// What a message leads to.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub(super) enum Step {
    /// Nothing.
    Rest,
    /// Send this.
    Say(String),
    /// Look at the credentials, then call [`Protocol::open`].
    Greet(Map<String, Value>),
    /// Run this document.
    Start(Run, Map<String, Value>),
    /// Run it no longer.
    Stop(Run),
    /// Close the socket.
    Close(Close),
}

/// What an operation has to say.
pub(super) enum Outcome {
    /// A result, finished JSON; more may follow.
    Next(String),
    /// It was refused.
    Refused(Vec<ServerError>),
    /// It is over.
    Done,
    /// The whole socket is over.
    Close(Close),
}

impl Protocol {
    /// What a text leads to.
    pub(super) fn hear(&mut self, text: &str) -> Step {
        match Heard::read(text) {
            None => Step::Close(Close::INVALID),
            Some(Heard::ConnectionInit { payload }) if self.stage == Stage::Silent => {
                self.stage = Stage::Greeting;
                Step::Greet(payload.unwrap_or_default())
            }
            Some(Heard::ConnectionInit { .. }) => Step::Close(Close::TOO_MANY_INITS),
            Some(Heard::Ping { payload }) => Step::Say(Said::Pong { payload }.write()),
            Some(Heard::Pong { .. }) => Step::Rest,
            Some(Heard::Subscribe { .. }) if self.stage != Stage::Open => Step::Close(Close::UNAUTHORIZED),
            Some(Heard::Subscribe { id, payload }) => self.start(id, payload),
            // Unknown ids are no error: it may have ended at the same moment.
            Some(Heard::Complete { id }) => self.runs.remove(&id).map_or(Step::Rest, Step::Stop),
        }
    }

    fn start(&mut self, id: String, payload: Map<String, Value>) -> Step {
        if self.runs.contains_key(&id) {
            return Step::Close(Close::under_way(&id));
        }
        if self.runs.len() >= OPERATIONS {
            let errors = [live::as_error(Fault::RateLimited)];
            return Step::Say(Said::Error { id: &id, payload: &errors }.write());
        }
        self.last += 1;
        self.runs.insert(id, self.last);
        Step::Start(self.last, payload)
    }

    /// The credentials work.
    pub(super) fn open(&mut self) -> String {
        self.stage = Stage::Open;
        Said::ConnectionAck.write()
    }

    /// Whether the client has been let in.
    pub(super) fn is_open(&self) -> bool {
        self.stage == Stage::Open
    }

    /// What to send of what an operation says: nothing once the client, or the operation, has completed it.
    pub(super) fn say(&mut self, run: Run, outcome: &Outcome) -> Step {
        if let Outcome::Close(close) = outcome {
            return Step::Close(close.clone());
        }
        let Some(id) = self.runs.iter().find_map(|(id, known)| (*known == run).then(|| id.clone())) else {
            return Step::Rest;
        };
        let said = match outcome {
            Outcome::Next(payload) => return Step::Say(message::next(&id, payload)),
            Outcome::Refused(errors) => Said::Error { id: &id, payload: errors }.write(),
            Outcome::Done => Said::Complete { id: &id }.write(),
            Outcome::Close(close) => return Step::Close(close.clone()),
        };
        self.runs.remove(&id);
        Step::Say(said)
    }
}

#[cfg(test)]
mod tests;
