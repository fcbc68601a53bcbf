//! One socket from its first message to its close.

use super::{
    end::{End, broken},
    message::{Close, PROTOCOL},
    operation,
    protocol::{OPERATIONS, Outcome, Protocol, Run, Step},
};
use crate::{
    access::Access,
    http::{App, credential, endpoint::live::Visitor, places::Place, under_way::UnderWay},
};
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Map, Value};
use std::{collections::HashMap, time::Duration};
use tokio::{
    sync::mpsc,
    task::{AbortHandle, JoinSet},
    time::{Instant, MissedTickBehavior, interval_at, sleep, timeout},
};
use tracing::Instrument;

/// How long a client may take to answer a close.
const FAREWELL: Duration = Duration::from_secs(2);

/// A socket and whose it is.
pub(super) struct Connection {
    app: App,
    socket: WebSocket,
    /// Who opened it, as far as its request said.
    access: Access,
    /// Who uses it, once the client is let in.
    visitor: Option<(Visitor, Place)>,
    protocol: Protocol,
    running: JoinSet<()>,
    handles: HashMap<Run, AbortHandle>,
}

impl Connection {
    pub(super) fn new(app: App, access: Access, socket: WebSocket) -> Self {
        let (protocol, running, handles) = (Protocol::default(), JoinSet::new(), HashMap::new());
        Self { app, socket, access, visitor: None, protocol, running, handles }
    }

    /// Serves it to its end. What still runs for it is ended with it; changes under way are finished.
    pub(super) async fn serve(mut self, under_way: UnderWay) {
        let end = match self.socket.protocol() {
            Some(protocol) if protocol == PROTOCOL => self.talk(under_way.clone()).await,
            _ => Close::PROTOCOL.into(),
        };
        self.running.abort_all();
        if let End::Close(Close(code, reason)) = end {
            tracing::debug!(code, %reason, "a socket is closed");
            let _ = self.send(Message::Close(Some(CloseFrame { code, reason: reason.as_ref().into() }))).await;
        }
        // Until the client has answered the close, or our answer to its own is sent.
        let _ = timeout(FAREWELL, async { while let Some(Ok(_)) = self.socket.recv().await {} }).await;
    }

    async fn talk(&mut self, mut under_way: UnderWay) -> End {
        let timing = self.app.timing;
        let (outbox, mut said) = mpsc::channel(OPERATIONS);
        let mut late = std::pin::pin!(sleep(timing.init));
        let mut tick = interval_at(Instant::now() + timing.ping, timing.ping);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard = true;
        loop {
            let step = tokio::select! {
                received = self.socket.recv() => {
                    heard = true;
                    match received {
                        Some(Ok(Message::Text(text))) => self.protocol.hear(text.as_str()),
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Step::Rest,
                        Some(Ok(Message::Binary(_))) => Step::Close(Close::INVALID),
                        Some(Ok(Message::Close(_))) | None => return End::Gone,
                        Some(Err(error)) => return broken(error),
                    }
                }
                Some((run, outcome)) = said.recv() => self.say(run, &outcome),
                () = &mut late, if !self.protocol.is_open() => Step::Close(Close::INIT_TIMEOUT),
                _ = tick.tick() => match self.look(heard).await {
                    Ok(()) => { heard = false; Step::Rest }
                    Err(end) => return end,
                },
                () = under_way.stopped() => Step::Close(Close::GOING_AWAY),
            };
            if let Err(end) = self.take(step, &outbox).await {
                return end;
            }
        }
    }

    async fn take(&mut self, step: Step, outbox: &operation::Outbox) -> Result<(), End> {
        match step {
            Step::Rest => {}
            Step::Say(text) => self.send(Message::text(text)).await?,
            Step::Greet(payload) => {
                self.visitor = Some(self.greet(payload).await?);
                let acknowledged = self.protocol.open();
                self.send(Message::text(acknowledged)).await?;
            }
            Step::Start(run, payload) => {
                let Some((visitor, _)) = &self.visitor else { return Err(Close::UNAUTHORIZED.into()) };
                // From this moment on nothing is missed.
                let watch = self.app.hub.changes.watch();
                let running = operation::run(visitor.clone(), watch, payload, run, outbox.clone());
                self.handles.insert(run, self.running.spawn(running.in_current_span()));
            }
            Step::Stop(run) => self.stop(run),
            Step::Close(close) => return Err(close.into()),
        }
        Ok(())
    }

    fn say(&mut self, run: Run, outcome: &Outcome) -> Step {
        if !matches!(outcome, Outcome::Next(_)) {
            self.stop(run);
        }
        self.protocol.say(run, outcome)
    }

    fn stop(&mut self, run: Run) {
        if let Some(handle) = self.handles.remove(&run) {
            handle.abort();
        }
        while self.running.try_join_next().is_some() {}
    }

    /// Whose socket it is: the token in the greeting says it, or the request that opened the socket did.
    async fn greet(&mut self, payload: Map<String, Value>) -> Result<(Visitor, Place), End> {
        let named = payload.get("authorization").or_else(|| payload.get("Authorization"));
        let access = match named {
            None => self.access.clone(),
            Some(value) => {
                let token = value.as_str().and_then(credential::token_of).ok_or(Close::FORBIDDEN)?;
                let conn = self.app.hub.any_connection();
                let actor = credential::bearer_of(&self.app.hub, &conn, &token).await.map_err(|_| Close::TRY_LATER)?;
                Access::new(self.app.hub.clone(), actor, self.access.origin().clone())
            }
        };
        let visitor = Visitor::of(&self.app, &access, OPERATIONS).ok_or(Close::FORBIDDEN)?;
        let place = self.app.places.of(visitor.who).map_err(|_| Close::TOO_MANY_SOCKETS)?;
        Ok((visitor, place))
    }

    /// Whether anybody is there, and still may be.
    async fn look(&mut self, heard: bool) -> Result<(), End> {
        if !heard {
            return Err(Close::SILENT.into());
        }
        if let Some((visitor, _)) = &self.visitor
            && visitor.access(false).await.map_err(|_| Close::TRY_LATER)?.is_none()
        {
            return Err(Close::FORBIDDEN.into());
        }
        self.send(Message::Ping(Default::default())).await
    }

    /// A client that does not read is gone.
    async fn send(&mut self, message: Message) -> Result<(), End> {
        match timeout(self.app.timing.ping, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }
}
