//! The vendor in the graph.

use super::{
    below::{self, Narrowing},
    connection::{Connection, Total},
    context::CurrentRequest,
    form::object::Form,
    integration::{
        object::Integration,
        queries::{IntegrationFilterInput, IntegrationOrderBy},
    },
    list::Paging,
    object::object,
    scalar::{EmailAddress, Url},
    user::{
        object::User,
        queries::{UserFilterInput, UserOrderBy},
    },
};
use crate::{
    domain::{form, integration as integrations, user as users},
    fault::Fault,
};
use async_graphql::{Context, Enum};
use entity::{form::FormKind, vendor};

impl Vendor {
    /// The type's name inside ids.
    pub const NAME: &str = "Vendor";
}

/// Who lets in partners that have submitted the Partner Form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "vendor::ApprovalPolicy")]
pub enum ApprovalPolicy {
    /// They are approved at once.
    Automatic,
    /// They wait until a vendor admin approves them.
    Manual,
}

async_graphql::enum_leaves!(ApprovalPolicy);

object! {
    /// The company that runs the hub.
    Vendor(vendor)
    columns {
        /// As shown in letters and on pages.
        name: &str = name |it| it;
        /// The vendor's website.
        website: Option<Url> = website |it| it.clone().map(Url);
        /// The vendor's logo.
        logo_url: Option<Url> = logo_url |it| it.clone().map(Url);
        /// The colour of buttons in letters; null for the hub's own.
        brand_color: Option<&str> = brand_color |it| it.as_deref();
        /// Where partners ask for help: below letters.
        support_email: Option<EmailAddress> = support_email |it| it.clone().map(EmailAddress);
        /// The address of the terms: below letters, and shown to invitees.
        terms_url: Option<Url> = terms_url |it| it.clone().map(Url);
        /// The address of what the vendor does with what it knows of people: below letters, and shown to invitees.
        privacy_url: Option<Url> = privacy_url |it| it.clone().map(Url);
        /// How long links of invitations live, in hours, where nothing else is said.
        invitation_lifetime_hours: i32 = invitation_lifetime_hours |it| *it;
        /// After how many days without an answer invitees are reminded.
        reminder_days: &[i32] = reminder_days |it| &it.0;
        /// Whether partners that submit the Partner Form are let in at once.
        approval_policy: ApprovalPolicy = approval_policy |it| (*it).into();
        /// Whether the vendor's own users must have a second factor.
        require_second_factor: bool = require_second_factor |it| *it;
        /// Counts the edits: a greater one means that somebody has changed it.
        version: i32 = version |it| *it;
    }
    one {
        /// The vendor user who is told of everything.
        primary_contact: User = users by primary_contact_id;
    }
    resolvers {
        /// The vendor's staff, oldest first.
        #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
        pub async fn users(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the beginning, or behind `after`: 1 to 100; 50 when nothing is said.")]
            first: Option<i32>,
            #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
            #[graphql(desc = "How many from the end, or before `before`: 1 to 100.")] last: Option<i32>,
            #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
            #[graphql(desc = "Behind how many rows the page begins: 0 to 10,000; beyond them page with `after`.")]
            offset: Option<i32>,
            #[graphql(desc = "Which of them; all when nothing is said.")] filter: Option<UserFilterInput>,
            #[graphql(desc = "The order; ties are broken by id.")] order_by: Option<Vec<UserOrderBy>>,
        ) -> Result<Option<Connection<User>>, Fault> {
            let narrowing = Narrowing::<User>::new(Paging { first, after, last, before, offset });
            let narrowing = narrowing.filtered(filter)?.ordered(order_by)?;
            below::of_one(ctx, users::staff(&ctx.request().access)?, Some(Total::Staff), narrowing).await.map(Some)
        }

        /// The vendor's own integrations, oldest first.
        #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
        pub async fn integrations(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the beginning, or behind `after`: 1 to 100; 50 when nothing is said.")]
            first: Option<i32>,
            #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
            #[graphql(desc = "How many from the end, or before `before`: 1 to 100.")] last: Option<i32>,
            #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
            #[graphql(desc = "Behind how many rows the page begins: 0 to 10,000; beyond them page with `after`.")]
            offset: Option<i32>,
            #[graphql(desc = "Which of them; all when nothing is said.")] filter: Option<IntegrationFilterInput>,
            #[graphql(desc = "The order; ties are broken by id.")] order_by: Option<Vec<IntegrationOrderBy>>,
        ) -> Result<Option<Connection<Integration>>, Fault> {
            let narrowing = Narrowing::<Integration>::new(Paging { first, after, last, before, offset });
            let narrowing = narrowing.filtered(filter)?.ordered(order_by)?;
            let own = integrations::of_vendor(&ctx.request().access)?;
            below::of_one(ctx, own, Some(Total::VendorIntegrations), narrowing).await.map(Some)
        }

        /// The newest version of the Partner Form, also if it asks nothing any more.
        pub async fn partner_form(&self, ctx: &Context<'_>) -> Result<Option<Form>, Fault> {
            Ok(form::read_newest(&ctx.request().access, FormKind::Partner).await?.map(Form::from))
        }

        /// The newest version of the Integration Form, also if it asks nothing any more.
        pub async fn integration_form(&self, ctx: &Context<'_>) -> Result<Option<Form>, Fault> {
            Ok(form::read_newest(&ctx.request().access, FormKind::Integration).await?.map(Form::from))
        }
    }
}
