//! Users to be invited and changed.

use super::object::{User, UserRole};
use crate::{
    domain::user::{self, Invitee, Organization, UserChange},
    fault::{Fault, Refusal},
    graphql::{
        node,
        once::{answered, once},
        payload::{deletion_payload, payloads},
        scalar::EmailAddress,
        vendor::Vendor,
    },
};
use async_graphql::{Context, ID, InputObject, Object};
use entity::{partner, user::Entity};

/// Somebody to be invited.
#[derive(Debug, InputObject)]
pub struct InviteUserInput {
    /// A partner or the vendor; the viewer's own organisation when not said.
    organization_id: Option<ID>,
    /// As the person is called.
    name: String,
    /// The person's address; unique in the hub.
    email: EmailAddress,
    /// What the person may do in its organisation.
    #[graphql(default_with = "UserRole::Member")]
    role: UserRole,
    /// A personal line in the letter.
    message: Option<String>,
    /// How long the link in the letter works, 1 to 720 hours; the vendor's own rule when not said.
    expires_in_hours: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// What is to be changed. What is left out stays.
#[derive(Debug, InputObject)]
pub struct UpdateUserInput {
    /// The user.
    id: ID,
    /// As the person is called.
    name: Option<String>,
    /// What the person may do in its organisation; with another role all its sessions end.
    role: Option<UserRole>,
    /// The user's `version` that was edited; a stale one is a conflict.
    expected_version: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

macro_rules! inputs {
    ($($(#[$doc:meta])* $name:ident),+) => {$(
        $(#[$doc])*
        #[derive(Debug, InputObject)]
        pub struct $name {
            /// The user.
            id: ID,
            /// The user's `version` that was seen; a stale one is a conflict.
            expected_version: Option<i32>,
            /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same
            /// object.
            idempotency_key: Option<String>,
        }
    )+};
}

inputs!(
    /// Who is to be shut out.
    DisableUserInput,
    /// Who is to be let in again.
    EnableUserInput,
    /// Who is to be deleted.
    DeleteUserInput,
    /// Who has lost authenticator and recovery codes.
    ResetSecondFactorInput,
    /// Who is to be signed out.
    EndUserSessionsInput,
    /// Who is to be the primary contact of its organisation.
    SetPrimaryContactInput
);

payloads! {
    user: User, "The user; null if the change was refused.";
    /// What `inviteUser` did.
    InviteUserPayload,
    /// What `updateUser` did.
    UpdateUserPayload,
    /// What `disableUser` did.
    DisableUserPayload,
    /// What `enableUser` did.
    EnableUserPayload,
    /// What `resetSecondFactor` did.
    ResetSecondFactorPayload,
    /// What `endUserSessions` did.
    EndUserSessionsPayload,
    /// What `setPrimaryContact` did.
    SetPrimaryContactPayload,
}

deletion_payload! {
    user: User, "The user; null if the change was refused.";
    deleted_user_id;
    /// What `deleteUser` did.
    DeleteUserPayload
}

/// Mutations of users.
#[derive(Debug, Default)]
pub struct UserMutations;

/// Mutations of users.
#[Object]
impl UserMutations {
    /// Adds a user to an organisation and sends it its invitation.
    async fn invite_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The user.")] input: InviteUserInput,
    ) -> Result<InviteUserPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let organization = match &input.organization_id {
            None => Organization::Own,
            Some(id) => match node::parse_as::<uuid::Uuid>(Vendor::NAME, id) {
                Ok(_) => Organization::Vendor,
                Err(_) => Organization::Partner(node::parse::<partner::Entity>(id)?),
            },
        };
        let new = Invitee {
            organization,
            name: input.name,
            email: input.email.0,
            role: input.role.into(),
            message: input.message,
            expires_in_hours: input.expires_in_hours,
        };
        InviteUserPayload::of(answered::<Entity>(&access, user::invite(&access, new).await).await)
    }

    /// Changes name and role. Everybody may change its own name, also while onboarding.
    async fn update_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateUserInput,
    ) -> Result<UpdateUserPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let change =
            UserChange { name: input.name, role: input.role.map(Into::into), expected_version: input.expected_version };
        let id = node::parse::<Entity>(&input.id)?;
        let outcome = match user::update(&access, id, change).await {
            // Whoever is onboarding may see itself, and no users.
            Err(Refusal::Fault(Fault::Repeated(_))) if access.actor().user_id() == Some(id) => {
                Ok(access.person()?.user.clone())
            }
            outcome => outcome,
        };
        UpdateUserPayload::of(answered::<Entity>(&access, outcome).await)
    }

    /// Shuts a user out: its sessions end at once. The primary contact and the vendor's last admin stay.
    async fn disable_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The user.")] input: DisableUserInput,
    ) -> Result<DisableUserPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let outcome = user::disable(&access, node::parse::<Entity>(&input.id)?, input.expected_version).await;
        DisableUserPayload::of(answered::<Entity>(&access, outcome).await)
    }

    /// Lets a user in again. One who has never set a password is invited anew.
    async fn enable_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The user.")] input: EnableUserInput,
    ) -> Result<EnableUserPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let outcome = user::enable(&access, node::parse::<Entity>(&input.id)?, input.expected_version).await;
        EnableUserPayload::of(answered::<Entity>(&access, outcome).await)
    }

    /// Takes a user out of the hub for good: its sessions and links end, and its address is overwritten and free again.
    /// The name stays with what the user did, and in the record to which address its invitation went. The primary contact, the vendor's last admin and the viewer itself stay.
    async fn delete_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The user.")] input: DeleteUserInput,
    ) -> Result<DeleteUserPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let outcome = user::delete(&access, node::parse::<Entity>(&input.id)?, input.expected_version).await;
        DeleteUserPayload::of(answered::<Entity>(&access, outcome).await)
    }

    /// Takes a user's second factor away, when authenticator and recovery codes are lost: its sessions end, and it is told
    /// by letter. Nobody does it to itself.
    async fn reset_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The user.")] input: ResetSecondFactorInput,
    ) -> Result<ResetSecondFactorPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let outcome =
            user::reset_second_factor(&access, node::parse::<Entity>(&input.id)?, input.expected_version).await;
        ResetSecondFactorPayload::of(answered::<Entity>(&access, outcome).await)
    }

    /// Signs a user out everywhere, and forgets the browsers that have been in its account. Whoever knows the password comes
    /// in again.
    async fn end_user_sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The user.")] input: EndUserSessionsInput,
    ) -> Result<EndUserSessionsPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let outcome = user::end_sessions(&access, node::parse::<Entity>(&input.id)?, input.expected_version).await;
        EndUserSessionsPayload::of(answered::<Entity>(&access, outcome).await)
    }

    /// Makes a user the one of its organisation who is told of everything.
    async fn set_primary_contact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The user.")] input: SetPrimaryContactInput,
    ) -> Result<SetPrimaryContactPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let outcome =
            user::make_primary_contact(&access, node::parse::<Entity>(&input.id)?, input.expected_version).await;
        SetPrimaryContactPayload::of(answered::<Entity>(&access, outcome).await)
    }
}
