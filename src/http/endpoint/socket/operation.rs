//! One operation on a socket: a subscription until it ends, or a query or mutation with its one answer.

use super::{
    message::Close,
    protocol::{Outcome, Run},
};
use crate::{
    changes::Watch,
    http::endpoint::{
        live::{self, Answer, Document, Live, Turn, Visitor},
        params::Params,
    },
};
use async_graphql::parser::types::OperationType;
use serde_json::{Map, Value};
use tokio::sync::mpsc;

/// Where operations say what they have to say; whoever finds it full waits.
pub(super) type Outbox = mpsc::Sender<(Run, Outcome)>;

/// Runs it to its end, or until the socket is gone.
pub(super) async fn run(visitor: Visitor, watch: Watch, payload: Map<String, Value>, run: Run, outbox: Outbox) {
    let last = answer(&visitor, watch, payload, run, &outbox).await;
    // An error means that the socket is gone.
    let _ = outbox.send((run, last)).await;
}

/// Answers the last word.
async fn answer(visitor: &Visitor, watch: Watch, payload: Map<String, Value>, run: Run, outbox: &Outbox) -> Outcome {
    let gate = &visitor.app.gate;
    let params = Params::from_json(Value::Object(payload), gate.limits());
    let admitted = params.and_then(|params| Document::admit(gate, &params));
    let document = match admitted {
        Ok(document) => document,
        Err(refused) => return Outcome::Refused(live::as_errors(refused)),
    };
    let access = match visitor.access(true).await {
        Ok(Some(access)) => access,
        Ok(None) => return Outcome::Close(Close::FORBIDDEN),
        Err(fault) => return Outcome::Refused(vec![live::as_error(fault)]),
    };
    if let Err(fault) = visitor.app.rates.take(&access, document.cost()) {
        return Outcome::Refused(vec![live::as_error(fault)]);
    }
    if document.kind() != OperationType::Subscription {
        for answer in document.run(visitor, access, None).await {
            if !answer.ran {
                return Outcome::Refused(answer.errors);
            }
            if say(run, outbox, answer).await.is_err() {
                break;
            }
        }
        return Outcome::Done;
    }
    let mut live = match Live::open(visitor, access, document, watch).await {
        Ok(live) => live,
        Err(refused) => return Outcome::Refused(refused.errors),
    };
    loop {
        match live.next().await {
            Turn::Event(event) => {
                if say(run, outbox, *event).await.is_err() {
                    return Outcome::Done;
                }
            }
            Turn::SessionOver => return Outcome::Close(Close::FORBIDDEN),
            Turn::Missed => return Outcome::Close(Close::MISSED),
        }
    }
}

async fn say(run: Run, outbox: &Outbox, answer: Answer) -> Result<(), mpsc::error::SendError<(Run, Outcome)>> {
    outbox.send((run, Outcome::Next(answer.json))).await
}
