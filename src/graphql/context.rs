//! What a resolver gets: the actor's access, this request's loaders, and how the actor's credential travelled.

use super::{
    loaders::Loaders,
    total::{self, Total},
    vendor::Vendor,
};
use crate::{
    access::{Access, Action},
    domain::vendor as vendors,
    fault::Fault,
};
use entity::vendor;
use std::sync::{Mutex, PoisonError};
use tokio::sync::OnceCell;

/// Made once per request and never shared with another.
#[derive(Debug)]
pub struct Context {
    /// The only door to rows.
    pub access: Access,
    /// Batches of this request.
    pub loaders: Loaders,
    /// How the credential travelled.
    pub credential: Credential,
    vendor: OnceCell<vendor::Model>,
    /// Numbers of rows that are asked for below what is being loaded ahead.
    wanted: Mutex<Vec<Total>>,
}

/// How the credential of a request travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// There is none.
    None,
    /// In `Authorization: Bearer`.
    Bearer,
    /// In the cookie.
    Cookie,
}

impl Context {
    /// Puts the parts of one request together.
    pub fn new(access: Access, credential: Credential) -> Self {
        Self { loaders: Loaders::new(&access), access, credential, vendor: OnceCell::new(), wanted: Mutex::default() }
    }

    /// Notes numbers that will be asked for.
    pub(super) fn want(&self, totals: impl IntoIterator<Item = Total>) {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner).extend(totals);
    }

    /// Loads all the numbers that were noted, in one statement.
    pub(super) async fn count_wanted(&self) {
        let wanted = std::mem::take(&mut *self.wanted.lock().unwrap_or_else(PoisonError::into_inner));
        if !wanted.is_empty() {
            self.loaders.totals.prime_many(total::count(&self.access, &wanted).await).await;
        }
    }

    /// The vendor, read once however many of its staff name it as their organisation.
    pub async fn vendor(&self) -> Result<Vendor, Fault> {
        self.access.permit(Action::ReadVendor)?;
        let row = self.vendor.get_or_try_init(|| vendors::current(&self.access)).await?;
        Ok(row.clone().into())
    }
}

/// How a resolver gets the context of the request that it serves.
pub trait CurrentRequest<'a> {
    /// This request's context.
    fn request(&self) -> &'a Context;
}

impl<'a> CurrentRequest<'a> for async_graphql::Context<'a> {
    fn request(&self) -> &'a Context {
        self.data_unchecked::<Context>()
    }
}
