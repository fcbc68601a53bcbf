//! Pages of the rows below others.

use super::{BATCH, answer};
use crate::{
    access::{Access, Scoped},
    domain::page::{self, Asked, ChildOf, Page},
    fault::Fault,
    graphql::{
        below::{FoundOf, PartOf, Parts},
        object::Shown,
    },
};
use dataloader::{BatchFn, cached::Loader};
use std::{
    collections::HashMap,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    sync::Arc,
};
use uuid::Uuid;

type PageOf<T> = Result<Arc<Page<T>>, Fault>;

/// Loaders of pages of children.
pub struct Pages<P: Scoped, T: Shown<Table: ChildOf<P>>> {
    /// In their own order, from the beginning or behind a row.
    pub plain: Loader<ChildPage, PageOf<T>, Children<P, T>>,
    /// Filtered, ordered, or from another place.
    pub narrowed: Loader<PartOf<T>, FoundOf<T>, Parts<P, T>>,
}

impl<P: Scoped, T: Shown<Table: ChildOf<P>>> Pages<P, T> {
    pub(in crate::graphql) fn new(access: &Access) -> Self {
        Self {
            plain: Loader::new(Children::new(access)).with_max_batch_size(BATCH),
            narrowed: Loader::new(Parts::new(access)).with_max_batch_size(BATCH),
        }
    }

    pub(super) async fn forget(&self) {
        self.plain.clear_all().await;
        self.narrowed.clear_all().await;
    }
}

impl<P: Scoped, T: Shown<Table: ChildOf<P>>> fmt::Debug for Pages<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
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
    pub(in crate::graphql) fn new(access: &Access) -> Self {
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
