//! The type Subscription. Its events are not one long request: whoever serves a subscription first asks what it is
//! interested in, and then runs its document anew for each change that matters, with that moment's rights and loaders.

use super::{
    activity::Activity, context::CurrentRequest, integration::object::Integration, node, partner::object::Partner,
};
use crate::{access::Scoped, changes::Change, fault::Fault};
use async_graphql::{Context, ID, Subscription as Root};
use entity::{IntegrationId, PartnerId, activity, integration, partner};
use futures_util::{Stream, stream};
use std::sync::{Arc, OnceLock};

/// Why a subscription's document is run; comes with the request, as its context does.
#[derive(Debug)]
pub enum Occasion {
    /// To learn what it is interested in. Answers nothing, unless it is refused.
    Opening(Wish),
    /// This happened.
    Happened(Change),
}

/// Where the root field of a subscription notes its interest; a clone is the same note.
#[derive(Clone, Debug, Default)]
pub struct Wish(Arc<OnceLock<Interest>>);

impl Wish {
    /// What was noted, once the document has been run.
    pub fn interest(&self) -> Option<Interest> {
        self.0.get().copied()
    }

    fn note<T>(&self, interest: Interest) -> Option<T> {
        let _ = self.0.set(interest);
        None
    }
}

/// Which changes a subscription wants to hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    /// Of one partner, or of any.
    Partners(Option<PartnerId>),
    /// Of one integration, or of any.
    Integrations(Option<IntegrationId>),
    /// Of lines of the record about one partner, or of any.
    Activity(Option<PartnerId>),
}

impl Interest {
    /// Whether a change is one of these. Whether one may see it is asked when its row is read.
    pub fn matches(self, change: Change) -> bool {
        match (self, change) {
            (Self::Partners(wanted), Change::Partner(id)) => wanted.is_none_or(|wanted| wanted == id),
            (Self::Integrations(wanted), Change::Integration(id, _)) => wanted.is_none_or(|wanted| wanted == id),
            (Self::Activity(wanted), Change::Activity(_, about)) => wanted.is_none() || wanted == about,
            _ => false,
        }
    }
}

/// What one can be told of while it happens. A subscription has one root field. It is told of what its viewer may see
/// at that moment, and it ends with the viewer's session.
#[derive(Debug, Default)]
pub struct Subscription;

/// What one can be told of while it happens. A subscription has one root field. It is told of what its viewer may see
/// at that moment, and it ends with the viewer's session.
#[Root]
impl Subscription {
    /// A partner as it is after each change of it: made, edited, or moved to another status.
    pub async fn partner_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this partner; any that the viewer may see when nothing is said.")] id: Option<ID>,
    ) -> Result<impl Stream<Item = Partner> + use<>, Fault> {
        let row = match occasion(ctx) {
            Occasion::Opening(wish) => wish.note(Interest::Partners(only::<partner::Entity>(ctx, id).await?)),
            Occasion::Happened(Change::Partner(id)) => row::<partner::Entity>(ctx, *id).await?,
            Occasion::Happened(_) => None,
        };
        Ok(stream::iter(row.map(Partner::from)))
    }

    /// An integration as it is after each change of it: made, edited, or moved to another status.
    pub async fn integration_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this integration; any that the viewer may see when nothing is said.")] id: Option<ID>,
    ) -> Result<impl Stream<Item = Integration> + use<>, Fault> {
        let row = match occasion(ctx) {
            Occasion::Opening(wish) => wish.note(Interest::Integrations(only::<integration::Entity>(ctx, id).await?)),
            Occasion::Happened(Change::Integration(id, _)) => row::<integration::Entity>(ctx, *id).await?,
            Occasion::Happened(_) => None,
        };
        Ok(stream::iter(row.map(Integration::from)))
    }

    /// Each line as it is added to the record of who did what.
    pub async fn activity_added(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only about this partner; about anything that the viewer may see when nothing is said.")]
        partner_id: Option<ID>,
    ) -> Result<impl Stream<Item = Activity> + use<>, Fault> {
        let row = match occasion(ctx) {
            Occasion::Opening(wish) => {
                ctx.request().access.permit(activity::Entity::READ)?;
                wish.note(Interest::Activity(only::<partner::Entity>(ctx, partner_id).await?))
            }
            Occasion::Happened(Change::Activity(id, _)) => row::<activity::Entity>(ctx, *id).await?,
            Occasion::Happened(_) => None,
        };
        Ok(stream::iter(row.map(Activity::from)))
    }
}

fn occasion<'a>(ctx: &Context<'a>) -> &'a Occasion {
    ctx.data_unchecked::<Occasion>()
}

/// The id that a subscription is narrowed to, which the viewer must be able to see when it begins.
async fn only<E: Scoped>(ctx: &Context<'_>, id: Option<ID>) -> Result<Option<E::Id>, Fault> {
    let access = &ctx.request().access;
    access.permit(E::READ)?;
    let Some(id) = id else { return Ok(None) };
    let id = node::parse::<E>(&id)?;
    access.fetch::<E>(E::READ, id).await?;
    Ok(Some(id))
}

/// The row that changed, if it is still there and the viewer may see it.
async fn row<E: Scoped>(ctx: &Context<'_>, id: E::Id) -> Result<Option<E::Model>, Fault> {
    match ctx.request().access.fetch::<E>(E::READ, id).await {
        Ok(row) => Ok(Some(row.into_inner())),
        Err(Fault::NotFound | Fault::Forbidden) => Ok(None),
        Err(fault) => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::ActivityId;
    use uuid::Uuid;

    #[test]
    fn only_what_was_asked_for_is_of_interest() {
        let (one, two) = (PartnerId(Uuid::from_u128(1)), PartnerId(Uuid::from_u128(2)));
        let activity = |about| Change::Activity(ActivityId(Uuid::from_u128(9)), about);
        assert!(Interest::Partners(None).matches(Change::Partner(one)));
        assert!(Interest::Partners(Some(one)).matches(Change::Partner(one)));
        assert!(!Interest::Partners(Some(one)).matches(Change::Partner(two)));
        assert!(!Interest::Partners(None).matches(activity(Some(one))));
        assert!(Interest::Integrations(None).matches(Change::Integration(IntegrationId(Uuid::nil()), None)));
        assert!(!Interest::Integrations(None).matches(Change::Partner(one)));
        assert!(Interest::Activity(None).matches(activity(None)));
        assert!(Interest::Activity(Some(one)).matches(activity(Some(one))));
        assert!(!Interest::Activity(Some(one)).matches(activity(None)));
    }
}
