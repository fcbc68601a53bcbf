//! A partner, or the vendor itself, starts an integration as a draft.

use super::content::{Content, NewIntegration};
use crate::{
    access::{Access, Action},
    domain::{activity, input::Check},
    fault::{Fault, Refusal},
};
use entity::{
    IntegrationId,
    integration::{self, IntegrationStatus},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, QueryFilter, QuerySelect};
use serde_json::json;

/// Makes a draft that belongs to the actor's own organisation.
pub async fn create(access: &Access, new: NewIntegration) -> Result<integration::Model, Refusal> {
    access.permit(Action::CreateIntegration)?;
    let mut check = Check::default();
    let content = Content::of(&mut check, &new);
    check.finish()?;

    let tx = access.begin().await?;
    let now = tx.now();
    let partner = tx.actor().organization()?;
    let slug = free_slug(&tx, &content.name, partner).await?;
    let integration = integration::ActiveModel {
        id: Set(tx.id::<IntegrationId>()),
        partner_id: Set(partner),
        kind: Set(new.kind),
        slug: Set(slug),
        status: Set(IntegrationStatus::Draft),
        status_reason: Set(None),
        submitted_at: Set(None),
        submitted_by_id: Set(None),
        published_at: Set(None),
        first_published_at: Set(None),
        archived_at: Set(None),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..content.into()
    }
    .insert(tx.conn())
    .await?;
    let data = json!({ "name": integration.name });
    activity::record::<integration::Entity>(&tx, "integration.created", partner, integration.id, data).await?;
    tx.commit().await?;
    Ok(integration)
}

/// The name in lower case with `-`, and a number behind it if the owner has it already.
async fn free_slug(
    tx: &Access<DatabaseTransaction>,
    name: &str,
    partner: Option<entity::PartnerId>,
) -> Result<String, Fault> {
    let base = slug(name);
    let owner = match partner {
        Some(partner) => integration::Column::PartnerId.eq(partner),
        None => integration::Column::PartnerId.is_null(),
    };
    let taken: Vec<String> = tx
        .list::<integration::Entity>()?
        .filter(owner)
        .filter(integration::Column::Slug.starts_with(&base))
        .select_only()
        .column(integration::Column::Slug)
        .into_tuple()
        .all(tx.conn())
        .await?;
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let mut free = std::iter::once(base.clone()).chain(numbered).filter(|slug| !taken.contains(slug));
    Ok(free.next().unwrap_or(base))
}

fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(60);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "integration".into() } else { slug.into() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn slugs_are_plain() {
        for (name, slug) in [("Acme  Sync!", "acme-sync"), ("Ümlaut", "mlaut"), ("!!!", "integration")] {
            assert_eq!(super::slug(name), slug);
        }
    }
}
