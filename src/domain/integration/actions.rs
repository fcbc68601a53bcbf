//! What somebody can do to an integration as it stands; the changes themselves decide by the same tables.

use super::lifecycle::{self, Event};
use crate::access::{Access, Action};
use entity::{PartnerId, integration::IntegrationStatus};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Change what it says.
    Update,
    /// Hand it in.
    Submit,
    /// Take it back.
    Withdraw,
    /// Throw the draft away.
    Delete,
    /// Send it back.
    RequestChanges,
    /// Make it live.
    Publish,
    /// Take it down.
    Unpublish,
    /// Put it away.
    Archive,
    /// Say something about it.
    Comment,
}

impl Act {
    /// Every one, in the order in which they are offered.
    const ALL: [Self; 9] = [
        Self::Update,
        Self::Submit,
        Self::Withdraw,
        Self::Publish,
        Self::RequestChanges,
        Self::Unpublish,
        Self::Comment,
        Self::Archive,
        Self::Delete,
    ];

    fn action(self) -> Action {
        match self {
            Self::Update | Self::Delete => Action::EditIntegration,
            Self::Submit | Self::Withdraw => Action::SubmitIntegration,
            Self::RequestChanges | Self::Publish | Self::Unpublish => Action::ReviewIntegration,
            Self::Archive => Action::ArchiveIntegration,
            Self::Comment => Action::CommentIntegration,
        }
    }
}

/// What is known of an integration that decides.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// Where it stands.
    pub status: IntegrationStatus,
    /// Whose it is.
    pub owner: Option<PartnerId>,
    /// Whether it was ever handed in or live.
    pub ever_shown: bool,
    /// Where the change of one that is live stands, if there is one.
    pub revision: Option<IntegrationStatus>,
}

/// What the actor can do to an integration that stands like this.
pub fn open_acts(access: &Access, standing: Standing) -> Vec<Act> {
    let own = access.actor().organization().is_ok_and(|organization| organization == standing.owner);
    let reviews = access.permit(Action::ReviewIntegration).is_ok();
    let leads = |event| lifecycle::next(standing.status, event).is_ok();
    let (live, revision) = (standing.status == IntegrationStatus::Published, standing.revision);
    let fits = |act: &Act| match act {
        Act::Update => own && lifecycle::may_edit(standing.status),
        Act::Submit => own && leads(Event::Submitted),
        Act::Withdraw => own && if live { revision.is_some() } else { leads(Event::Withdrawn) },
        Act::Delete => own && standing.status == IntegrationStatus::Draft && !standing.ever_shown,
        Act::RequestChanges | Act::Publish if live => revision == Some(IntegrationStatus::InReview),
        Act::RequestChanges => leads(Event::ChangesRequested),
        Act::Publish => leads(Event::Published { own: standing.owner.is_none() }),
        Act::Unpublish => leads(Event::Unpublished),
        Act::Archive => (reviews || (own && !live)) && leads(Event::Archived),
        Act::Comment => standing.status != IntegrationStatus::Archived,
    };
    Act::ALL.into_iter().filter(|act| access.permit(act.action()).is_ok() && fits(act)).collect()
}
