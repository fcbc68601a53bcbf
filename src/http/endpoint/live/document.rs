//! One document that the gate has let pass, and one run of it.

use super::{Visitor, root};
use crate::{
    access::Access,
    fault::Fault,
    graphql::{
        context::{Context, Credential},
        subscription::Occasion,
    },
    http::endpoint::{TIME, gate, params::Params},
};
use async_graphql::{
    Error, ErrorExtensionValues, Request, Response as Executed, ServerError, Value,
    parser::types::{ExecutableDocument, OperationType},
};
use futures_util::StreamExt;
use tracing::Instrument;

/// The most errors of one answer.
const ERRORS: usize = 10;

/// A document that the gate has let pass.
pub(in crate::http::endpoint) struct Document {
    params: Params,
    parsed: ExecutableDocument,
    pub(in crate::http::endpoint) kind: OperationType,
}

impl Document {
    /// Through the same gate as by HTTP: the one place where long connections call it.
    pub(in crate::http::endpoint) fn admit(params: Params) -> Result<Self, Fault> {
        let admitted = gate::admit(&params.query, &params.variables)?;
        let (mut parsed, kind) = (admitted.document, admitted.kind);
        match kind {
            OperationType::Subscription => root::bring_up(&mut parsed, params.operation_name.as_deref())?,
            OperationType::Mutation => root::opens_no_session(&parsed)?,
            OperationType::Query => {}
        }
        Ok(Self { params, parsed, kind })
    }

    /// Runs it once. Nothing here opens a session, so that it does not matter how the credential travelled.
    pub(in crate::http::endpoint) async fn run(
        &self,
        visitor: &Visitor,
        access: Access,
        occasion: Option<Occasion>,
    ) -> Vec<Executed> {
        let Params { query, variables, operation_name } = &self.params;
        let mut request =
            Request::new(query.clone()).variables(variables.clone()).data(Context::new(access, Credential::Bearer));
        if let Some(occasion) = occasion {
            request = request.data(occasion);
        }
        if let Some(name) = operation_name {
            request = request.operation_name(name.clone());
        }
        request.set_parsed_query(self.parsed.clone());
        let answers = visitor.app.schema.execute_stream(request);
        // The permit goes with the task, so that starting and completing operations does not pile up work.
        let permit = visitor.running.clone().acquire_owned().await;
        let answers = async move { (answers.collect::<Vec<_>>().await, permit).0 }.in_current_span();
        // A task of its own: whoever hangs up must not cancel a transaction half-way, and a panic ends nothing else.
        let fault = match tokio::time::timeout(TIME, tokio::spawn(answers)).await {
            Ok(Ok(answers)) => return answers.into_iter().map(|answer| coded(answer, visitor)).collect(),
            Ok(Err(panic)) => Fault::Internal(format!("a resolver panicked: {panic}")),
            Err(_) => Fault::BadUserInput(
                "The answer took longer than 10 seconds. Ask for less; look before you repeat a change.".into(),
            ),
        };
        vec![coded(Executed::from_errors(vec![as_error(fault)]), visitor)]
    }
}

/// Every error carries a code, and ours the request under which the log tells more.
pub(super) fn coded(mut executed: Executed, visitor: &Visitor) -> Executed {
    executed.errors.truncate(ERRORS);
    for error in &mut executed.errors {
        let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
        if extensions.get("code").is_none() {
            extensions.set("code", "BAD_USER_INPUT");
        }
        if extensions.get("code") == Some(&"INTERNAL".into()) {
            extensions.set("requestId", visitor.request_id());
        }
    }
    executed
}

/// What an answer says of a fault around the engine.
pub(in crate::http::endpoint) fn as_error(fault: Fault) -> ServerError {
    let Error { message, extensions, .. } = fault.into();
    let mut error = ServerError::new(message, None);
    error.extensions = extensions;
    error
}

/// Whether a document was refused before anything ran: it has no data at all.
pub(in crate::http::endpoint) fn never_ran(executed: &Executed) -> bool {
    executed.data == Value::Null && !executed.errors.is_empty() && executed.errors.iter().all(|e| e.path.is_empty())
}
