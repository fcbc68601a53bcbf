//! Nested relations in one statement per level, whatever the number of parents.
//!
//! Loaders live one request and carry its access, so that a batch never mixes two actors. Their values are total:
//! every key is answered, with a fault if need be, because a dropped batch could not be told from a missing row.
//! They remember what they have loaded, so that a level can be loaded ahead; between two changes they forget it.

mod children;
mod rows;
mod single;

use super::{
    activity::Activity,
    api_key::object::ApiKey,
    form::{
        object::{Form, FormSubmission},
        terms::{OutstandingTerms, TermsAcceptance},
    },
    integration::{object::Integration, review::ReviewComment},
    invitation::object::Invitation,
    node::Node,
    object::Shown,
    partner::object::Partner,
    tenant::object::Tenant,
    total::Total,
    user::object::User,
};
use crate::{
    access::{Access, Scoped},
    fault::Fault,
};
use async_graphql::ID;
use dataloader::cached::Loader;
use entity::{FormId, UserId, form_submission, integration, integration_revision, partner};
use single::{Answered, Forms, NewestInvitations, Nodes, Outstanding, Revisions, Submissions, Totals};
use std::{collections::HashMap, fmt, hash::Hash};
use uuid::Uuid;

pub use children::{ChildPage, Children, Pages};
pub use rows::{ById, RowKey, Rows};

/// More than the crate's 200, so that a page of 100 × 20 rows is one batch.
const BATCH: usize = 10_000;

/// Answers every key of a batch: from the rows, or all with the batch's fault.
fn answer<K: Copy + Eq + Hash, T, R>(
    keys: &[K],
    rows: Result<R, Fault>,
    take: impl Fn(&mut R, &K) -> Option<T>,
) -> HashMap<K, Result<Option<T>, Fault>> {
    match rows {
        Ok(mut rows) => keys.iter().map(|key| (*key, Ok(take(&mut rows, key)))).collect(),
        Err(fault) => keys.iter().map(|key| (*key, Err(fault.clone()))).collect(),
    }
}

type Answers = Loader<Uuid, Result<Option<FormSubmission>, Fault>, Submissions>;

/// The loaders of one request.
pub struct Loaders {
    /// Users by id.
    pub users: Rows<User>,
    /// API keys by id.
    pub api_keys: Rows<ApiKey>,
    /// Partners by id.
    pub partners: Rows<Partner>,
    /// Integrations by id.
    pub integrations: Rows<Integration>,
    /// Form versions by id.
    pub forms: Loader<FormId, Result<Option<Form>, Fault>, Forms>,
    /// Partner Form answers by partner.
    pub profiles: Answers,
    /// Integration Form answers by integration.
    pub submissions: Answers,
    /// Drafts of Integration Form answers by integration.
    pub drafts: Answers,
    /// What the Partner Form asks anew by partner.
    pub outstanding: Loader<Uuid, Result<Option<OutstandingTerms>, Fault>, Outstanding>,
    /// Users of partners.
    pub partner_users: Pages<partner::Entity, User>,
    /// Invitations of partners' users.
    pub partner_invitations: Pages<partner::Entity, Invitation>,
    /// Integrations of partners.
    pub partner_integrations: Pages<partner::Entity, Integration>,
    /// Tenants of partners.
    pub partner_tenants: Pages<partner::Entity, Tenant>,
    /// Lines of the record about partners.
    pub partner_activity: Pages<partner::Entity, Activity>,
    /// Tenants of integrations.
    pub integration_tenants: Pages<integration::Entity, Tenant>,
    /// Remarks about integrations.
    pub integration_comments: Pages<integration::Entity, ReviewComment>,
    /// What waits beside integrations that are live.
    pub revisions: Loader<Uuid, Result<Option<integration_revision::Model>, Fault>, Revisions>,
    /// What partners have agreed to.
    pub partner_terms: Pages<partner::Entity, TermsAcceptance>,
    /// What submissions have agreed to.
    pub submission_terms: Pages<form_submission::Entity, TermsAcceptance>,
    /// Anything by its id.
    pub nodes: Loader<ID, Result<Option<Node>, Fault>, Nodes>,
    /// The newest invitations by user.
    pub newest_invitations: Loader<UserId, Result<Option<Invitation>, Fault>, NewestInvitations>,
    /// Numbers of rows.
    pub totals: Loader<Total, Result<u64, Fault>, Totals>,
}

impl fmt::Debug for Loaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Loaders")
    }
}

impl Loaders {
    /// New loaders for one request.
    pub fn new(access: &Access) -> Self {
        fn rows<T: Shown>(access: &Access) -> Rows<T>
        where
            T::Table: Scoped,
        {
            Loader::new(ById::new(access)).with_max_batch_size(BATCH)
        }
        let answers = |of| Loader::new(Submissions(access.clone(), of)).with_max_batch_size(BATCH);
        Self {
            users: rows(access),
            api_keys: rows(access),
            partners: rows(access),
            integrations: rows(access),
            forms: Loader::new(Forms(access.clone())).with_max_batch_size(BATCH),
            profiles: answers(Answered::Partner),
            submissions: answers(Answered::Integration),
            drafts: answers(Answered::Draft),
            outstanding: Loader::new(Outstanding(access.clone())).with_max_batch_size(BATCH),
            partner_users: Pages::new(access),
            partner_invitations: Pages::new(access),
            partner_integrations: Pages::new(access),
            partner_tenants: Pages::new(access),
            partner_activity: Pages::new(access),
            integration_tenants: Pages::new(access),
            integration_comments: Pages::new(access),
            revisions: Loader::new(Revisions(access.clone())).with_max_batch_size(BATCH),
            partner_terms: Pages::new(access),
            submission_terms: Pages::new(access),
            nodes: Loader::new(Nodes(access.clone())).with_max_batch_size(BATCH),
            newest_invitations: Loader::new(NewestInvitations(access.clone())).with_max_batch_size(BATCH),
            totals: Loader::new(Totals(access.clone())).with_max_batch_size(BATCH),
        }
    }

    /// Forgets everything: another change of the same document may have changed it.
    pub async fn forget(&self) {
        self.users.clear_all().await;
        self.api_keys.clear_all().await;
        self.partners.clear_all().await;
        self.integrations.clear_all().await;
        self.forms.clear_all().await;
        self.profiles.clear_all().await;
        self.submissions.clear_all().await;
        self.drafts.clear_all().await;
        self.outstanding.clear_all().await;
        self.nodes.clear_all().await;
        self.partner_users.forget().await;
        self.partner_invitations.forget().await;
        self.partner_integrations.forget().await;
        self.partner_tenants.forget().await;
        self.partner_activity.forget().await;
        self.integration_tenants.forget().await;
        self.integration_comments.forget().await;
        self.revisions.clear_all().await;
        self.partner_terms.forget().await;
        self.submission_terms.forget().await;
        self.newest_invitations.clear_all().await;
        self.totals.clear_all().await;
    }
}

/// What a loader answered; a batch that was dropped half-way is tried once more.
macro_rules! load {
    ($loader:expr, $key:expr) => {{
        let (loader, key) = (&$loader, $key);
        match loader.try_load(Clone::clone(&key)).await {
            Ok(loaded) => loaded,
            Err(_) => match loader.try_load(key).await {
                Ok(loaded) => loaded,
                Err(error) => Err($crate::fault::Fault::Internal(format!("loader: {error}"))),
            },
        }
    }};
}

pub(crate) use load;
