//! Who is looking.

use super::{
    permission::{self, Permission},
    sessions::AccountSession,
};
use crate::{
    access::{Actor, Person, Role},
    domain::{account::session, api_key, partner, vendor},
    fault::Fault,
    graphql::{
        api_key::object::ApiKey,
        context::CurrentRequest,
        organization::Organization,
        scalar::{EmailAddress, Url},
        user::object::User,
    },
};
use async_graphql::{Context, Enum, Object, SimpleObject};
use std::sync::Arc;

/// The signed-in user.
#[derive(Clone, Debug)]
pub struct Viewer(Arc<Person>);

impl Viewer {
    /// The viewer of a session; `None` for nobody.
    pub fn of(actor: &Actor) -> Option<Self> {
        actor.person().cloned().map(Self)
    }
}

/// What the viewer may do, in the words of the product's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ViewerRole {
    /// Only what `onboardingStep` says: the partner is not approved yet, or a second factor is missing.
    Onboarding,
    /// Works for a partner.
    PartnerMember,
    /// Runs a partner.
    PartnerAdmin,
    /// Works for the vendor.
    VendorMember,
    /// Runs the hub.
    VendorAdmin,
}

/// What the viewer still has to do before the hub opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "partner::OnboardingStep")]
pub enum OnboardingStep {
    /// Set a password by the invitation's link. Where everybody begins; no answer says so, since there is no viewer before.
    SetPassword,
    /// Submit the Partner Form.
    PartnerForm,
    /// Wait until a vendor admin approves.
    AwaitingApproval,
    /// Set up a second factor, which the vendor asks of its own users.
    SecondFactor,
    /// Nothing.
    Done,
}

/// Whose hub it is: what the vendor shows to everybody whom it lets in, as its letters do.
#[derive(Debug, SimpleObject)]
pub struct Hub {
    /// The vendor's name.
    name: String,
    /// Its logo.
    logo_url: Option<Url>,
    /// Where it is asked for help.
    support_email: Option<EmailAddress>,
}

/// The signed-in user and what it may do.
#[Object]
impl Viewer {
    /// The user.
    async fn user(&self) -> User {
        self.0.user.clone().into()
    }

    /// The company that the user belongs to.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>, Fault> {
        let context = ctx.request();
        match partner::of_person(&context.access, &self.0).await? {
            Some(partner) => Ok(Some(Organization::Partner(partner.into()))),
            None => Ok(Some(Organization::Vendor(context.vendor().await?))),
        }
    }

    /// Whose hub it is. Everybody who is signed in may know, also before the hub opens.
    async fn hub(&self, ctx: &Context<'_>) -> Result<Hub, Fault> {
        let vendor = vendor::current(&ctx.request().access).await?;
        Ok(Hub {
            name: vendor.name,
            logo_url: vendor.logo_url.map(Url),
            support_email: vendor.support_email.map(EmailAddress),
        })
    }

    /// What the viewer may do.
    async fn role(&self) -> Result<ViewerRole, Fault> {
        match Actor::Person(self.0.clone()).role() {
            Role::Onboarding => Ok(ViewerRole::Onboarding),
            Role::PartnerMember => Ok(ViewerRole::PartnerMember),
            Role::PartnerAdmin => Ok(ViewerRole::PartnerAdmin),
            Role::VendorMember => Ok(ViewerRole::VendorMember),
            Role::VendorAdmin => Ok(ViewerRole::VendorAdmin),
            Role::Anonymous | Role::System => Err(Fault::Internal("a person has neither of these roles".into())),
        }
    }

    /// What the viewer may do at all; a page can leave out what leads nowhere. New ones may be added.
    async fn permissions(&self) -> Vec<Permission> {
        permission::of(&Actor::Person(self.0.clone()))
    }

    /// The API keys that the viewer has made, the newest first; at most 100, and all of them with `apiKeys`.
    async fn api_keys(&self, ctx: &Context<'_>) -> Result<Vec<ApiKey>, Fault> {
        let rows = api_key::made_by(&ctx.request().access, self.0.user.id).await?;
        Ok(rows.into_iter().map(ApiKey::from).collect())
    }

    /// Where the viewer is signed in, the last used first.
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Vec<AccountSession>, Fault> {
        let rows = session::of_person(&ctx.request().access, &self.0).await?;
        Ok(rows.into_iter().map(|row| (row.id == self.0.session_id, row)).map(AccountSession::of).collect())
    }

    /// What the viewer still has to do before the hub opens.
    async fn onboarding_step(&self) -> OnboardingStep {
        partner::onboarding_step(&self.0).into()
    }
}
