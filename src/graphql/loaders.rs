//! Nested relations in one statement per level, whatever the number of parents.
//!
//! Loaders live one request and carry its access, so that a batch never mixes two actors. Their values are total:
//! every key is answered, with a fault if need be, because a dropped batch could not be told from a missing row.

use crate::{
    access::{Access, Scoped},
    domain::{
        form, integration as integrations,
        page::{self, ChildOf, Page},
        partner as partners,
    },
    fault::Fault,
};
use dataloader::{BatchFn, non_cached::Loader};
use entity::{FormId, form as forms, form_submission, integration, partner, tenant, user};
use std::{collections::HashMap, fmt, hash::Hash, marker::PhantomData, sync::Arc};
use uuid::Uuid;

/// More than the crate's 200, so that a page of 100 × 20 rows is one batch.
const BATCH: usize = 10_000;

/// A value of a batch; cheap to hand to everyone who asked for it.
type Loaded<T> = Result<Arc<T>, Fault>;

/// Rows by id.
pub struct ById<E>(Access, PhantomData<fn() -> E>);

impl<E: Scoped> BatchFn<E::Id, Loaded<Option<E::Model>>> for ById<E>
where
    E::Model: Send + Sync,
{
    async fn load(&mut self, ids: &[E::Id]) -> HashMap<E::Id, Loaded<Option<E::Model>>> {
        let rows = self.0.fetch_many::<E>(ids).await;
        answer(ids, rows, |rows, id| rows.remove(id))
    }
}

/// One page of children: parent, size, position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChildPage {
    /// The parent.
    pub parent: Uuid,
    /// How many children.
    pub first: u64,
    /// After which child.
    pub after: Option<Uuid>,
}

/// Pages of children.
pub struct Children<P, E>(Access, PhantomData<fn() -> (P, E)>);

impl<P: Scoped, E: ChildOf<P>> BatchFn<ChildPage, Loaded<Page<E::Model>>> for Children<P, E>
where
    E::Model: Send + Sync,
{
    /// Siblings ask for the same size and position, so that a level is one statement; aliases may ask for others.
    async fn load(&mut self, pages: &[ChildPage]) -> HashMap<ChildPage, Loaded<Page<E::Model>>> {
        let mut shapes: HashMap<(u64, Option<Uuid>), Vec<Uuid>> = HashMap::new();
        for page in pages {
            shapes.entry((page.first, page.after)).or_default().push(page.parent);
        }
        let mut answers = HashMap::with_capacity(pages.len());
        for ((first, after), parents) in shapes {
            let found = page::children::<P, E>(&self.0, &parents, first, after).await;
            let found = answer(&parents, found, |pages, parent| pages.remove(parent));
            for (parent, page) in found {
                let page = page.map(|page| Arc::new(Arc::unwrap_or_clone(page).unwrap_or_else(Page::empty)));
                answers.insert(ChildPage { parent, first, after }, page);
            }
        }
        answers
    }
}

/// How many children.
pub struct Counts<P, E>(Access, PhantomData<fn() -> (P, E)>);

impl<P: Scoped, E: ChildOf<P>> BatchFn<Uuid, Result<u64, Fault>> for Counts<P, E> {
    async fn load(&mut self, parents: &[Uuid]) -> HashMap<Uuid, Result<u64, Fault>> {
        let counts = page::counts::<P, E>(&self.0, parents).await;
        let count = |parent| match &counts {
            Ok(counts) => Ok(counts.get(&parent).copied().unwrap_or_default()),
            Err(fault) => Err(fault.clone()),
        };
        parents.iter().map(|parent| (*parent, count(*parent))).collect()
    }
}

/// The newest submitted answers of partners or of integrations.
pub struct Submissions(Access, Answered);

/// What was submitted.
#[derive(Clone, Copy)]
enum Answered {
    Partner,
    Integration,
}

impl BatchFn<Uuid, Loaded<Option<form_submission::Model>>> for Submissions {
    async fn load(&mut self, subjects: &[Uuid]) -> HashMap<Uuid, Loaded<Option<form_submission::Model>>> {
        let rows = match self.1 {
            Answered::Partner => partners::profiles(&self.0, subjects).await,
            Answered::Integration => integrations::submissions(&self.0, subjects).await,
        };
        answer(subjects, rows, |rows, subject| rows.remove(subject))
    }
}

/// Form versions by id.
pub struct Forms(Access);

impl BatchFn<FormId, Loaded<Option<forms::Model>>> for Forms {
    async fn load(&mut self, ids: &[FormId]) -> HashMap<FormId, Loaded<Option<forms::Model>>> {
        let rows = form::fetch_many(&self.0, ids).await;
        let rows = rows.map(|rows| rows.into_iter().map(|row| (row.id, row)).collect::<HashMap<_, _>>());
        answer(ids, rows, |rows, id| rows.remove(id))
    }
}

/// Answers every key of a batch: from the rows, or all with the batch's fault.
fn answer<K: Copy + Eq + Hash, T, R>(
    keys: &[K],
    rows: Result<R, Fault>,
    take: impl Fn(&mut R, &K) -> Option<T>,
) -> HashMap<K, Loaded<Option<T>>> {
    match rows {
        Ok(mut rows) => keys.iter().map(|key| (*key, Ok(Arc::new(take(&mut rows, key))))).collect(),
        Err(fault) => keys.iter().map(|key| (*key, Err(fault.clone()))).collect(),
    }
}

type Rows<E> = Loader<<E as Scoped>::Id, Loaded<Option<<E as sea_orm::EntityTrait>::Model>>, ById<E>>;
type Pages<P, E> = Loader<ChildPage, Loaded<Page<<E as sea_orm::EntityTrait>::Model>>, Children<P, E>>;
type Numbers<P, E> = Loader<Uuid, Result<u64, Fault>, Counts<P, E>>;
type Answers = Loader<Uuid, Loaded<Option<form_submission::Model>>, Submissions>;

/// The loaders of one request.
pub struct Loaders {
    /// Users by id.
    pub users: Rows<user::Entity>,
    /// Partners by id.
    pub partners: Rows<partner::Entity>,
    /// Integrations by id.
    pub integrations: Rows<integration::Entity>,
    /// Form versions by id.
    pub forms: Loader<FormId, Loaded<Option<forms::Model>>, Forms>,
    /// Partner Form answers by partner.
    pub profiles: Answers,
    /// Integration Form answers by integration.
    pub submissions: Answers,
    /// Users of partners.
    pub partner_users: Pages<partner::Entity, user::Entity>,
    /// Integrations of partners.
    pub partner_integrations: Pages<partner::Entity, integration::Entity>,
    /// Tenants of partners.
    pub partner_tenants: Pages<partner::Entity, tenant::Entity>,
    /// Tenants of integrations.
    pub integration_tenants: Pages<integration::Entity, tenant::Entity>,
    /// Numbers of users of partners.
    pub partner_user_counts: Numbers<partner::Entity, user::Entity>,
    /// Numbers of integrations of partners.
    pub partner_integration_counts: Numbers<partner::Entity, integration::Entity>,
    /// Numbers of tenants of partners.
    pub partner_tenant_counts: Numbers<partner::Entity, tenant::Entity>,
    /// Numbers of tenants of integrations.
    pub integration_tenant_counts: Numbers<integration::Entity, tenant::Entity>,
}

impl fmt::Debug for Loaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Loaders")
    }
}

impl Loaders {
    /// New loaders for one request.
    pub fn new(access: &Access) -> Self {
        fn rows<E: Scoped>(access: &Access) -> Rows<E>
        where
            E::Model: Send + Sync,
        {
            Loader::new(ById(access.clone(), PhantomData)).with_max_batch_size(BATCH)
        }
        fn pages<P: Scoped, E: ChildOf<P>>(access: &Access) -> Pages<P, E>
        where
            E::Model: Send + Sync,
        {
            Loader::new(Children(access.clone(), PhantomData)).with_max_batch_size(BATCH)
        }
        fn counts<P: Scoped, E: ChildOf<P>>(access: &Access) -> Numbers<P, E> {
            Loader::new(Counts(access.clone(), PhantomData)).with_max_batch_size(BATCH)
        }
        let answers = |of| Loader::new(Submissions(access.clone(), of)).with_max_batch_size(BATCH);
        Self {
            users: rows(access),
            partners: rows(access),
            integrations: rows(access),
            forms: Loader::new(Forms(access.clone())).with_max_batch_size(BATCH),
            profiles: answers(Answered::Partner),
            submissions: answers(Answered::Integration),
            partner_users: pages(access),
            partner_integrations: pages(access),
            partner_tenants: pages(access),
            integration_tenants: pages(access),
            partner_user_counts: counts(access),
            partner_integration_counts: counts(access),
            partner_tenant_counts: counts(access),
            integration_tenant_counts: counts(access),
        }
    }
}

/// What a loader answered; a batch that was dropped half-way is tried once more.
macro_rules! load {
    ($loader:expr, $key:expr) => {{
        let (loader, key) = (&$loader, $key);
        match loader.try_load(key).await {
            Ok(loaded) => loaded,
            Err(_) => match loader.try_load(key).await {
                Ok(loaded) => loaded,
                Err(error) => Err($crate::fault::Fault::Internal(format!("loader: {error}"))),
            },
        }
    }};
}

pub(crate) use load;
