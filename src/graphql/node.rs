//! Global ids, and finding anything by one.

use super::{
    context::Context,
    form::object::{Form, FormSubmission},
    integration::object::Integration,
    partner::object::Partner,
    tenant::object::Tenant,
    user::object::User,
    vendor::Vendor,
};
use crate::{
    access::{Access, Action, Scoped},
    domain::{form, vendor},
    fault::Fault,
};
use async_graphql::{ID, Interface};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{form_submission, integration, partner, tenant, user};
use uuid::Uuid;

/// Anything that can be found by its id.
#[derive(Clone, Debug, Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque id, unique in the whole graph."))]
pub enum Node {
    /// The vendor.
    Vendor(Vendor),
    /// A partner.
    Partner(Partner),
    /// A user.
    User(User),
    /// An integration.
    Integration(Integration),
    /// A tenant.
    Tenant(Tenant),
    /// A form version.
    Form(Form),
    /// A form submission.
    FormSubmission(FormSubmission),
}

/// The id that the graph shows for a row.
pub fn encode(name: &str, id: impl Into<Uuid>) -> ID {
    ID(URL_SAFE_NO_PAD.encode(format!("{name}:{}", id.into().simple())))
}

/// Type and key inside an id; `None` for nonsense.
fn decode(id: &ID) -> Option<(String, Uuid)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id.as_str()).ok()?).ok()?;
    let (name, key) = text.split_once(':')?;
    Some((name.to_owned(), key.parse().ok()?))
}

/// The typed id of an argument. Nonsense, and an id of another type, are answered like an id that does not exist.
pub fn parse<E: Scoped>(id: &ID) -> Result<E::Id, Fault> {
    parse_as(E::NAME, id)
}

/// [`parse`] for types that are nobody's rows.
pub fn parse_as<T: From<Uuid>>(name: &str, id: &ID) -> Result<T, Fault> {
    decode(id).filter(|(found, _)| found == name).map(|(_, key)| key.into()).ok_or(Fault::NotFound)
}

/// One row by its id for reading; `None` if there is none that the actor may see.
pub async fn read<E: Scoped>(access: &Access, id: &ID) -> Result<Option<E::Model>, Fault> {
    let Ok(id) = parse::<E>(id) else {
        // Who may not read such things at all is told so whatever the id.
        return access.permit(E::READ).map(|()| None);
    };
    match access.fetch::<E>(E::READ, id).await {
        Ok(row) => Ok(Some(row.into_inner())),
        Err(Fault::NotFound) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Anything by its id; `None` for nonsense and for what the actor may not see.
pub async fn find(context: &Context, id: &ID) -> Result<Option<Node>, Fault> {
    let access = &context.access;
    let Some((name, key)) = decode(id) else { return Ok(None) };
    let found = match name.as_str() {
        partner::Entity::NAME => read::<partner::Entity>(access, id).await?.map(|row| Node::Partner(row.into())),
        user::Entity::NAME => read::<user::Entity>(access, id).await?.map(|row| Node::User(row.into())),
        integration::Entity::NAME => {
            read::<integration::Entity>(access, id).await?.map(|row| Node::Integration(row.into()))
        }
        tenant::Entity::NAME => read::<tenant::Entity>(access, id).await?.map(|row| Node::Tenant(row.into())),
        form_submission::Entity::NAME => {
            read::<form_submission::Entity>(access, id).await?.map(|row| Node::FormSubmission(row.into()))
        }
        Vendor::NAME => {
            access.permit(Action::ReadVendor)?;
            let vendor = vendor::current(access).await?;
            (vendor.id.0 == key).then(|| Node::Vendor(vendor.into()))
        }
        Form::NAME => {
            let form = form::fetch_many(access, &[key.into()]).await?.pop();
            match form {
                Some(form) => {
                    access.permit(form.kind.into())?;
                    Some(Node::Form(form.into()))
                }
                None => None,
            }
        }
        _ => None,
    };
    Ok(found)
}
