//! What there is once, or not at all, beside each row of a level.

use super::answer;
use crate::{
    access::Access,
    domain::{form, integration as integrations, invitation as invitations, partner as partners},
    fault::Fault,
    graphql::{
        form::{
            object::{Form, FormSubmission},
            terms::OutstandingTerms,
        },
        invitation::object::Invitation,
        node::{self, Node},
        total::{self, Total},
    },
};
use async_graphql::ID;
use dataloader::BatchFn;
use entity::{FormId, UserId, form_submission, integration_revision};
use std::collections::HashMap;
use uuid::Uuid;

/// How many rows lists have.
pub struct Totals(pub(super) Access);

impl BatchFn<Total, Result<u64, Fault>> for Totals {
    /// All numbers of a document in one statement.
    async fn load(&mut self, totals: &[Total]) -> HashMap<Total, Result<u64, Fault>> {
        total::count(&self.0, totals).await
    }
}

/// The newest submitted answers of partners or of integrations, or the drafts of integrations.
pub struct Submissions(pub(super) Access, pub(super) Answered);

/// What was submitted.
#[derive(Clone, Copy)]
pub(super) enum Answered {
    /// The newest of partners.
    Partner,
    /// The newest of integrations.
    Integration,
    /// Drafts of integrations.
    Draft,
}

impl BatchFn<Uuid, Result<Option<FormSubmission>, Fault>> for Submissions {
    async fn load(&mut self, subjects: &[Uuid]) -> HashMap<Uuid, Result<Option<FormSubmission>, Fault>> {
        let rows: Result<HashMap<Uuid, form_submission::Model>, Fault> = match self.1 {
            Answered::Partner => partners::profiles(&self.0, subjects).await,
            Answered::Integration => integrations::submissions(&self.0, subjects).await,
            Answered::Draft => form::of_integrations(&self.0, subjects).await,
        };
        answer(subjects, rows, |rows, subject| rows.remove(subject).map(FormSubmission::from))
    }
}

/// What partners are asked to agree to anew.
pub struct Outstanding(pub(super) Access);

impl BatchFn<Uuid, Result<Option<OutstandingTerms>, Fault>> for Outstanding {
    async fn load(&mut self, partners: &[Uuid]) -> HashMap<Uuid, Result<Option<OutstandingTerms>, Fault>> {
        let found = form::outstanding(&self.0, partners).await;
        answer(partners, found, |found, partner| found.remove(partner).map(OutstandingTerms::from))
    }
}

/// The newest invitations of users.
pub struct NewestInvitations(pub(super) Access);

impl BatchFn<UserId, Result<Option<Invitation>, Fault>> for NewestInvitations {
    async fn load(&mut self, users: &[UserId]) -> HashMap<UserId, Result<Option<Invitation>, Fault>> {
        let found = invitations::newest(&self.0, users).await;
        answer(users, found, |found, user| found.remove(user).map(Invitation::from))
    }
}

/// What waits beside integrations that are live.
pub struct Revisions(pub(super) Access);

impl BatchFn<Uuid, Result<Option<integration_revision::Model>, Fault>> for Revisions {
    async fn load(&mut self, ids: &[Uuid]) -> HashMap<Uuid, Result<Option<integration_revision::Model>, Fault>> {
        let found = integrations::revisions(&self.0, ids).await;
        answer(ids, found, |found, id| found.remove(id))
    }
}

/// Form versions by id.
pub struct Forms(pub(super) Access);

impl BatchFn<FormId, Result<Option<Form>, Fault>> for Forms {
    async fn load(&mut self, ids: &[FormId]) -> HashMap<FormId, Result<Option<Form>, Fault>> {
        let rows = form::fetch_many(&self.0, ids).await;
        let rows = rows.map(|rows| rows.into_iter().map(|row| (row.id, row)).collect::<HashMap<_, _>>());
        answer(ids, rows, |rows, id| rows.remove(id).map(Form::from))
    }
}

/// Anything by its id.
pub struct Nodes(pub(super) Access);

impl BatchFn<ID, Result<Option<Node>, Fault>> for Nodes {
    /// One statement for each type.
    async fn load(&mut self, ids: &[ID]) -> HashMap<ID, Result<Option<Node>, Fault>> {
        match node::find(&self.0, ids).await {
            Ok(found) => ids.iter().cloned().zip(found.into_iter().map(Ok)).collect(),
            Err(fault) => ids.iter().map(|id| (id.clone(), Err(fault.clone()))).collect(),
        }
    }
}
