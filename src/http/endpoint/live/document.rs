//! One document that the gate has let pass, and one run of it.

use super::{Visitor, answer::Answer, answer::as_error, root};
use crate::{
    access::Access,
    fault::Fault,
    graphql::{
        context::{Context, Credential},
        subscription::Occasion,
    },
    http::endpoint::{Gate, Refused, TOO_SLOW, admit, gate::Admitted, params::Params, telling},
};
use async_graphql::{
    Request, Response as Executed,
    parser::types::{ExecutableDocument, OperationType},
};
use futures_util::StreamExt;
use tracing::Instrument;

/// A document that the gate has let pass.
pub(in crate::http::endpoint) struct Document {
    admitted: Admitted,
    parsed: ExecutableDocument,
}

impl Document {
    /// Through the same gate as by HTTP.
    pub(in crate::http::endpoint) fn admit(gate: &Gate, params: &Params) -> Result<Self, Refused> {
        Self::of(admit(gate, params)?, params)
    }

    /// What the gate has let pass, if it is fit for a long connection.
    pub(in crate::http::endpoint) fn of(admitted: Admitted, params: &Params) -> Result<Self, Refused> {
        let mut parsed = admitted.document();
        let fit = match admitted.kind() {
            OperationType::Subscription => root::bring_up(&mut parsed, params.operation_name.as_deref()),
            OperationType::Mutation => root::opens_no_session(&parsed),
            OperationType::Query => Ok(()),
        };
        fit.map_err(Refused::document)?;
        Ok(Self { admitted, parsed })
    }

    /// Objects that the answer can hold.
    pub(in crate::http::endpoint) fn cost(&self) -> u64 {
        self.admitted.cost
    }

    /// Query, mutation or subscription.
    pub(in crate::http::endpoint) fn kind(&self) -> OperationType {
        self.admitted.kind()
    }

    /// Runs it once. Nothing here opens a session, so that it does not matter how the credential travelled.
    pub(in crate::http::endpoint) async fn run(
        &self,
        visitor: &Visitor,
        access: Access,
        occasion: Option<Occasion>,
    ) -> Vec<Answer> {
        let reads = self.kind() != OperationType::Mutation;
        let access = if reads { access.keeping_one_connection() } else { access };
        let mut request =
            Request::new("").variables(self.admitted.variables.clone()).data(Context::new(access, Credential::Bearer));
        if let Some(occasion) = occasion {
            request = request.data(occasion);
        }
        if self.admitted.introspects() {
            match visitor.app.gate.introspect(&self.admitted) {
                Ok(introspected) => request = request.data(introspected),
                Err(complaint) => {
                    return vec![Answer::of(Executed::from_errors(vec![as_error(complaint)]), visitor, 0)];
                }
            }
        }
        request.set_parsed_query(self.parsed.clone());
        let answers = visitor.app.schema.execute_stream(request);
        // The permit goes with the task, so that starting and completing operations does not pile up work.
        let permit = visitor.running.clone().acquire_owned().await;
        let run = async move {
            let answers = answers.collect::<Vec<_>>().await;
            drop(permit);
            answers
        };
        // A task of its own: whoever hangs up must not cancel a transaction half-way, and a panic ends nothing else.
        let fault = match tokio::time::timeout(visitor.app.timing.answer, tokio::spawn(run.in_current_span())).await {
            Ok(Ok(answers)) => {
                let told = answers.into_iter().map(|answer| Answer::of(answer, visitor, self.admitted.cost));
                return told.inspect(|answer| telling::log(&self.admitted, &answer.errors)).collect();
            }
            Ok(Err(panic)) => Fault::Internal(format!("a resolver panicked: {panic}")),
            Err(_) => Fault::BadUserInput(TOO_SLOW.into()),
        };
        vec![Answer::of(Executed::from_errors(vec![as_error(fault)]), visitor, 0)]
    }
}
