//! Global ids, and finding anything by one.

use super::{
    activity::Activity,
    api_key::object::ApiKey,
    form::{
        object::{Form, FormSubmission},
        terms::TermsAcceptance,
    },
    integration::{object::Integration, review::ReviewComment},
    invitation::object::Invitation,
    object::Shown,
    partner::object::Partner,
    tenant::object::Tenant,
    user::object::User,
    vendor::Vendor,
};
use crate::{
    access::{Access, Action, Scoped},
    domain::{
        form,
        global_id::{self, decode},
        page::{self, Asked, Sparse},
        vendor,
    },
    fault::Fault,
};
use async_graphql::{ID, Interface};
use entity::{
    FormId, activity, api_key, form_submission, integration, invitation, partner, review_comment, tenant,
    terms_acceptance, user,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Anything that can be found by its id.
#[derive(Clone, Debug, Interface)]
#[graphql(
    crate = "async_graphql::abstracted",
    field(name = "id", ty = "ID", desc = "Opaque id, unique in the whole graph.")
)]
pub enum Node {
    /// The vendor.
    Vendor(Vendor),
    /// A partner.
    Partner(Partner),
    /// A user.
    User(User),
    /// An integration.
    Integration(Integration),
    /// A remark about an integration.
    ReviewComment(ReviewComment),
    /// A tenant.
    Tenant(Tenant),
    /// A form version.
    Form(Form),
    /// A form submission.
    FormSubmission(FormSubmission),
    /// A text that was agreed to.
    TermsAcceptance(TermsAcceptance),
    /// A line of the record.
    Activity(Activity),
    /// An invitation.
    Invitation(Invitation),
    /// An API key.
    ApiKey(ApiKey),
}

async_graphql::concrete!(
    Node: Vendor, Partner, User, Integration, ReviewComment, Tenant, Form, FormSubmission, TermsAcceptance, Activity,
    Invitation, ApiKey
);

/// The id that the graph shows for a row.
pub fn encode(name: &str, id: impl Into<Uuid>) -> ID {
    ID(global_id::encode(name, id))
}

/// The typed id of an argument. Nonsense, and an id of another type, are answered like an id that does not exist.
pub fn parse<E: Scoped>(id: &ID) -> Result<E::Id, Fault> {
    parse_as(E::NAME, id)
}

/// [`parse`] for types that are nobody's rows.
pub fn parse_as<T: From<Uuid>>(name: &str, id: &ID) -> Result<T, Fault> {
    decode(id).filter(|(found, _)| found == name).map(|(_, key)| key.into()).ok_or(Fault::NotFound)
}

/// One row by its id, and of its columns those asked for; `None` if there is none that the actor may see.
pub async fn read<E: Scoped>(access: &Access, id: &ID, asked: Asked) -> Result<Option<Sparse<E>>, Fault> {
    match parse::<E>(id) {
        Ok(id) => Ok(page::by_ids::<E>(access, &[id], asked).await?.pop()),
        // Who may not read such things at all is told so whatever the id.
        Err(_) => access.permit(E::READ).map(|()| None),
    }
}

/// Things by their ids, in the same order: `None` for nonsense and for what the actor may not see. One statement per
/// type, however many ids.
pub async fn find(access: &Access, ids: &[ID]) -> Result<Vec<Option<Node>>, Fault> {
    let keys: Vec<_> = ids.iter().map(|id| decode(id)).collect();
    let of = |name: &str| -> Vec<Uuid> {
        keys.iter().flatten().filter(|(found, _)| found == name).map(|(_, key)| *key).collect()
    };
    let mut found = HashMap::new();
    rows::<partner::Entity, Partner>(access, &of(partner::Entity::NAME), &mut found).await?;
    rows::<user::Entity, User>(access, &of(user::Entity::NAME), &mut found).await?;
    rows::<integration::Entity, Integration>(access, &of(integration::Entity::NAME), &mut found).await?;
    rows::<review_comment::Entity, ReviewComment>(access, &of(review_comment::Entity::NAME), &mut found).await?;
    rows::<tenant::Entity, Tenant>(access, &of(tenant::Entity::NAME), &mut found).await?;
    rows::<form_submission::Entity, FormSubmission>(access, &of(form_submission::Entity::NAME), &mut found).await?;
    rows::<terms_acceptance::Entity, TermsAcceptance>(access, &of(terms_acceptance::Entity::NAME), &mut found).await?;
    rows::<activity::Entity, Activity>(access, &of(activity::Entity::NAME), &mut found).await?;
    rows::<api_key::Entity, ApiKey>(access, &of(api_key::Entity::NAME), &mut found).await?;
    rows::<invitation::Entity, Invitation>(access, &of(invitation::Entity::NAME), &mut found).await?;
    if !of(Vendor::NAME).is_empty() && visible(access.permit(Action::ReadVendor))? {
        let vendor = vendor::current(access).await?;
        found.insert((Vendor::NAME, vendor.id.0), Node::Vendor(vendor.into()));
    }
    let forms: Vec<FormId> = of(Form::NAME).into_iter().map(FormId).collect();
    if !forms.is_empty() {
        for form in form::fetch_many(access, &forms).await? {
            if visible(access.permit(form.kind.into()))? {
                found.insert((Form::NAME, form.id.0), Node::Form(form.into()));
            }
        }
    }
    let node = |key: &Option<(String, Uuid)>| {
        let (name, key) = key.as_ref()?;
        found.iter().find(|((found, id), _)| found == name && id == key).map(|(_, node)| node.clone())
    };
    Ok(keys.iter().map(node).collect())
}

async fn rows<E: Scoped, T: Shown<Table = E> + Into<Node>>(
    access: &Access,
    keys: &[Uuid],
    found: &mut HashMap<(&'static str, Uuid), Node>,
) -> Result<(), Fault> {
    if keys.is_empty() || !visible(access.permit(E::READ))? {
        return Ok(());
    }
    let ids: Vec<E::Id> = keys.iter().map(|key| E::Id::from(*key)).collect();
    for row in page::by_ids::<E>(access, &ids, Asked::ALL).await? {
        let row = T::from(row);
        found.extend(row.key().map(|id| ((E::NAME, id), row.into())));
    }
    Ok(())
}

/// What one may not see does not exist; whoever could see more after logging in or onboarding is told so.
fn visible(permitted: Result<(), Fault>) -> Result<bool, Fault> {
    match permitted {
        Ok(()) => Ok(true),
        Err(Fault::Forbidden) => Ok(false),
        Err(fault) => Err(fault),
    }
}
