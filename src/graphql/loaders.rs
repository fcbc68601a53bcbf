//! Nested relations in one statement per level, whatever the number of parents.
//!
//! Loaders live one request and carry its access, so that a batch never mixes two actors. Their values are total:
//! every key is answered, with a fault if need be, because a dropped batch could not be told from a missing row.
//! They remember what they have loaded, so that a level can be loaded ahead; between two changes they forget it.

use super::{
    activity::Activity,
    api_key::object::ApiKey,
    below::{FoundOf, PartOf, Parts},
    form::{
        object::{Form, FormSubmission},
        terms::{OutstandingTerms, TermsAcceptance},
    },
    integration::{object::Integration, review::ReviewComment},
    invitation::object::Invitation,
    node::{self, Node},
    object::Shown,
    partner::object::Partner,
    tenant::object::Tenant,
    total::{self, Total},
    user::object::User,
};
use crate::{
    access::{Access, Scoped},
    domain::{
        form, integration as integrations, invitation as invitations,
        page::{self, Asked, ChildOf, Page},
        partner as partners,
    },
    fault::Fault,
};
use async_graphql::ID;
use dataloader::{BatchFn, cached::Loader};
use entity::{FormId, UserId, form_submission, integration, integration_revision, partner};
use std::{
    collections::HashMap,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    sync::Arc,
};
use uuid::Uuid;

/// More than the crate's 200, so that a page of 100 × 20 rows is one batch.
const BATCH: usize = 10_000;

/// Rows by id.
pub struct ById<T>(Access, PhantomData<fn() -> T>);

impl<T> ById<T> {
    pub(super) fn new(access: &Access) -> Self {
        Self(access.clone(), PhantomData)
    }
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RowKey {
    /// Which.
    pub id: Uuid,
    /// Which of its columns.
    pub asked: Asked,
}

impl<T: Shown> BatchFn<RowKey, Result<Option<T>, Fault>> for ById<T>
where
    T::Table: Scoped,
{
    /// A level asks for the same columns, so that it is one statement; aliases may ask for others.
    async fn load(&mut self, keys: &[RowKey]) -> HashMap<RowKey, Result<Option<T>, Fault>> {
        let mut shapes: HashMap<Asked, Vec<Uuid>> = HashMap::new();
        for key in keys {
            shapes.entry(key.asked).or_default().push(key.id);
        }
        let mut answers = HashMap::with_capacity(keys.len());
        for (asked, mut ids) in shapes {
            // A level that is loaded ahead names the same row many times.
            ids.sort_unstable();
            ids.dedup();
            let typed: Vec<_> = ids.iter().map(|id| <T::Table as Scoped>::Id::from(*id)).collect();
            let rows = page::by_ids::<T::Table>(&self.0, &typed, asked).await;
            let rows = rows.map(|rows| {
                let rows = rows.into_iter().map(T::from);
                rows.filter_map(|row| Some((row.key()?, row))).collect::<HashMap<_, _>>()
            });
            for (id, row) in answer(&ids, rows, |rows, id| rows.remove(id)) {
                answers.insert(RowKey { id, asked }, row);
            }
        }
        answers
    }
}

/// One page of children: parent, size, position.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ChildPage {
    /// The parent.
    pub parent: Uuid,
    /// How many children.
    pub first: u64,
    /// After which child.
    pub after: Option<Uuid>,
    /// Which of their columns.
    pub asked: Asked,
}

impl Hash for ChildPage {
    /// The parent tells almost all pages of a request apart, and there are hundreds of them.
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(self.parent.as_u128());
    }
}

impl fmt::Debug for ChildPage {
    /// The loader writes a key's text with every load, for an error that it hardly ever has.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChildPage")
    }
}

/// Pages of children.
pub struct Children<P, T>(Access, PhantomData<fn() -> (P, T)>);

impl<P, T> Children<P, T> {
    pub(super) fn new(access: &Access) -> Self {
        Self(access.clone(), PhantomData)
    }
}

impl<P: Scoped, T: Shown> BatchFn<ChildPage, PageOf<T>> for Children<P, T>
where
    T::Table: ChildOf<P>,
{
    /// Siblings ask for the same size and position, so that a level is one statement; aliases may ask for others.
    async fn load(&mut self, pages: &[ChildPage]) -> HashMap<ChildPage, PageOf<T>> {
        let mut shapes: Vec<(_, Vec<Uuid>)> = Vec::new();
        for page in pages {
            let shape = (page.first, page.after, page.asked);
            match shapes.iter_mut().find(|(other, _)| *other == shape) {
                Some((_, parents)) => parents.push(page.parent),
                None => shapes.push((shape, vec![page.parent])),
            }
        }
        let mut answers = HashMap::with_capacity(pages.len());
        for ((first, after, asked), parents) in shapes {
            let found = page::children::<P, T::Table, T>(&self.0, &parents, first, after, asked).await;
            let found = answer(&parents, found, |pages, parent| pages.remove(parent));
            for (parent, page) in found {
                let page = page.map(|page| Arc::new(page.unwrap_or_else(Page::empty)));
                answers.insert(ChildPage { parent, first, after, asked }, page);
            }
        }
        answers
    }
}

/// How many rows lists have.
pub struct Totals(Access);

impl BatchFn<Total, Result<u64, Fault>> for Totals {
    /// All numbers of a document in one statement.
    async fn load(&mut self, totals: &[Total]) -> HashMap<Total, Result<u64, Fault>> {
        total::count(&self.0, totals).await
    }
}

/// The newest submitted answers of partners or of integrations, or the drafts of integrations.
pub struct Submissions(Access, Answered);

/// What was submitted.
#[derive(Clone, Copy)]
enum Answered {
    Partner,
    Integration,
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
pub struct Outstanding(Access);

impl BatchFn<Uuid, Result<Option<OutstandingTerms>, Fault>> for Outstanding {
    async fn load(&mut self, partners: &[Uuid]) -> HashMap<Uuid, Result<Option<OutstandingTerms>, Fault>> {
        let found = form::outstanding(&self.0, partners).await;
        answer(partners, found, |found, partner| found.remove(partner).map(OutstandingTerms::from))
    }
}

/// The newest invitations of users.
pub struct NewestInvitations(Access);

impl BatchFn<UserId, Result<Option<Invitation>, Fault>> for NewestInvitations {
    async fn load(&mut self, users: &[UserId]) -> HashMap<UserId, Result<Option<Invitation>, Fault>> {
        let found = invitations::newest(&self.0, users).await;
        answer(users, found, |found, user| found.remove(user).map(Invitation::from))
    }
}

/// What waits beside integrations that are live.
pub struct Revisions(Access);

impl BatchFn<Uuid, Result<Option<integration_revision::Model>, Fault>> for Revisions {
    async fn load(&mut self, ids: &[Uuid]) -> HashMap<Uuid, Result<Option<integration_revision::Model>, Fault>> {
        let found = integrations::revisions(&self.0, ids).await;
        answer(ids, found, |found, id| found.remove(id))
    }
}

/// Form versions by id.
pub struct Forms(Access);

impl BatchFn<FormId, Result<Option<Form>, Fault>> for Forms {
    async fn load(&mut self, ids: &[FormId]) -> HashMap<FormId, Result<Option<Form>, Fault>> {
        let rows = form::fetch_many(&self.0, ids).await;
        let rows = rows.map(|rows| rows.into_iter().map(|row| (row.id, row)).collect::<HashMap<_, _>>());
        answer(ids, rows, |rows, id| rows.remove(id).map(Form::from))
    }
}

/// Anything by its id.
pub struct Nodes(Access);

impl BatchFn<ID, Result<Option<Node>, Fault>> for Nodes {
    /// One statement for each type.
    async fn load(&mut self, ids: &[ID]) -> HashMap<ID, Result<Option<Node>, Fault>> {
        match node::find(&self.0, ids).await {
            Ok(found) => ids.iter().cloned().zip(found.into_iter().map(Ok)).collect(),
            Err(fault) => ids.iter().map(|id| (id.clone(), Err(fault.clone()))).collect(),
        }
    }
}

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

/// A loader of rows by id.
pub type Rows<T> = Loader<RowKey, Result<Option<T>, Fault>, ById<T>>;
type PageOf<T> = Result<Arc<Page<T>>, Fault>;

/// Loaders of pages of children.
pub struct Pages<P: Scoped, T: Shown<Table: ChildOf<P>>> {
    /// In their own order, from the beginning or behind a row.
    pub plain: Loader<ChildPage, PageOf<T>, Children<P, T>>,
    /// Filtered, ordered, or from another place.
    pub narrowed: Loader<PartOf<T>, FoundOf<T>, Parts<P, T>>,
}

impl<P: Scoped, T: Shown<Table: ChildOf<P>>> Pages<P, T> {
    fn new(access: &Access) -> Self {
        Self {
            plain: Loader::new(Children::new(access)).with_max_batch_size(BATCH),
            narrowed: Loader::new(Parts::new(access)).with_max_batch_size(BATCH),
        }
    }

    async fn forget(&self) {
        self.plain.clear_all().await;
        self.narrowed.clear_all().await;
    }
}

impl<P: Scoped, T: Shown<Table: ChildOf<P>>> fmt::Debug for Pages<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
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
