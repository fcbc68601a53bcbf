//! Accepting an invitation: the only thing that uses a link up.

use super::{Invited, find_open};
use crate::{
    access::Access,
    domain::{
        account::{hold, password, session},
        activity, form,
        partner::enter_without_form,
    },
    fault::{Fault, Reason, Refusal, UserError},
};
use entity::{
    form::FormKind,
    invitation::{self, InvitationStatus},
    partner,
    user::{self, UserStatus},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};
use secrecy::SecretString;

/// The account that a link opened.
#[derive(Debug)]
pub struct Acceptance {
    /// The user, active now.
    pub user: user::Model,
    /// The user's partner.
    pub partner: Option<partner::Model>,
    /// The first session, as far as the partner's status lets it reach.
    pub session: session::Opened,
}

/// Sets the password of the link's own user and opens the first session; whoever is signed in meanwhile stays as is.
#[expect(clippy::disallowed_methods, reason = "the row that the token granted, which is held")]
pub async fn accept(access: &Access, token: &str, password: &SecretString) -> Result<Acceptance, Refusal> {
    // A dead link costs no hashing; whether it is still alive when the hash is ready is decided below.
    let Some(invited) = find_open(access, token).await? else { return Err(dead_link()) };
    may_enter(&invited)?;
    let context = password::Context::of(access, &invited.user, invited.partner.as_ref()).await?;
    password::check("password", password, &context).await?;
    let hash = password::hash(access.hub(), password).await?;

    let tx = access.begin().await?;
    // The form before the partner, as whoever publishes one holds both.
    let asks = invited.partner.is_some() && form::asks(&tx, FormKind::Partner).await?;
    hold(&tx, invited.user.id, invited.user.partner_id).await?;
    let Some(invited) = find_open(&tx, token).await? else { return Err(dead_link()) };
    may_enter(&invited)?;
    use_up(&tx, &invited.invitation).await?;
    let version = invited.user.version + 1;
    let mut user = invited.user.into_active_model();
    user.status = Set(UserStatus::Active);
    user.password_hash = Set(Some(hash.into()));
    user.version = Set(version);
    user.updated_at = Set(tx.now());
    let user = user.update(tx.conn()).await?;
    activity::record_by::<invitation::Entity>(&tx, "invitation.accepted", &user, invited.invitation.id).await?;
    let partner = match invited.partner {
        Some(partner) if !asks => Some(enter_without_form(&tx, partner).await?),
        Some(partner) => Some(partner),
        None => None,
    };
    let session = session::open(&tx, &user, partner.as_ref()).await?;
    tx.commit().await?;
    Ok(Acceptance { user, partner, session })
}

/// A link of a partner that was shut out works again when the partner is let in. Nobody who was shut out by name comes
/// in by a link.
fn may_enter(invited: &Invited) -> Result<(), Refusal> {
    let awaited = invited.user.status == UserStatus::Invited;
    let lets_in = session::may_log_in(invited.partner.as_ref().map(|partner| partner.status));
    if awaited && lets_in { Ok(()) } else { Err(dead_link()) }
}

fn dead_link() -> Refusal {
    let sentence = "This link does not work, or no longer. If you have set a password already, log in; \
                    otherwise ask for a new invitation.";
    UserError::at("token", Reason::InvalidToken, sentence).into()
}

/// Of two people with the same link, one changes this row.
#[expect(clippy::disallowed_methods, reason = "one row that the token granted, guarded by its status")]
async fn use_up(tx: &Access<DatabaseTransaction>, invitation: &invitation::Model) -> Result<(), Refusal> {
    let used = invitation::Entity::update_many()
        .set(invitation::ActiveModel {
            status: Set(InvitationStatus::Accepted),
            accepted_at: Set(Some(tx.now())),
            next_reminder_at: Set(None),
            updated_at: Set(tx.now()),
            ..Default::default()
        })
        .filter(invitation::Column::Id.eq(invitation.id))
        .filter(invitation::Column::Status.eq(InvitationStatus::Pending))
        .filter(invitation::Column::TokenHash.eq(invitation.token_hash.clone()))
        .exec(tx.conn())
        .await?;
    if used.rows_affected == 1 { Ok(()) } else { Err(dead_link()) }
}

impl From<password::Busy> for Refusal {
    fn from(_: password::Busy) -> Self {
        Self::Fault(Fault::Busy)
    }
}
