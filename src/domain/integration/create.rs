//! A partner, or the vendor itself, starts an integration as a draft.

use crate::{
    access::{Access, Action},
    domain::{
        activity,
        input::{Check, TEXT},
    },
    fault::{Fault, Reason, Refusal},
};
use entity::{
    IntegrationId,
    integration::{self, IntegrationKind, IntegrationStatus},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, QueryFilter, QuerySelect};
use serde_json::json;

/// What its owner says of a new integration.
#[derive(Clone, Debug)]
pub struct NewIntegration {
    /// Its name.
    pub name: String,
    /// What it is made of.
    pub kind: IntegrationKind,
    /// What it does.
    pub description: Option<String>,
    /// `EXTERNAL`: where it is described.
    pub landing_url: Option<String>,
    /// `EXTERNAL`: its key in the vendor's listing.
    pub external_key: Option<String>,
    /// `INTERNAL`: where its source is.
    pub repository: Option<Repository>,
}

/// Where the source of an `INTERNAL` integration is.
#[derive(Clone, Debug)]
pub struct Repository {
    /// Its `https:` address.
    pub url: String,
    /// Which branch; the repository's default otherwise.
    pub branch: Option<String>,
    /// Which folder; the root otherwise.
    pub path: Option<String>,
}

/// Makes a draft that belongs to the actor's own organisation.
pub async fn create(access: &Access, new: NewIntegration) -> Result<integration::Model, Refusal> {
    access.permit(Action::CreateIntegration)?;
    let mut check = Check::default();
    let name = check.name("name", &new.name);
    let description = check.optional_text("description", new.description.as_deref(), TEXT);
    let landing_url = check.optional_url("landingUrl", new.landing_url.as_deref());
    let external_key = check.optional_line("externalKey", new.external_key.as_deref(), 200);
    let repository = new.repository.as_ref();
    let repository_url = check.optional_url("repository.url", repository.map(|at| at.url.as_str()));
    let branch = check.optional_line("repository.branch", repository.and_then(|at| at.branch.as_deref()), 200);
    let path = check.optional_line("repository.path", repository.and_then(|at| at.path.as_deref()), 500);
    match new.kind {
        IntegrationKind::Internal => {
            if repository_url.is_none() {
                check.fail("repository.url", Reason::Required, "An INTERNAL integration needs its repository.");
            }
            if landing_url.is_some() || external_key.is_some() {
                check.fail("type", Reason::Invalid, "Landing URL and external key belong to EXTERNAL integrations.");
            }
        }
        IntegrationKind::External => {
            if landing_url.is_none() {
                check.fail("landingUrl", Reason::Required, "An EXTERNAL integration needs its landing URL.");
            }
            if repository.is_some() {
                check.fail("type", Reason::Invalid, "A repository belongs to INTERNAL integrations.");
            }
        }
    }
    check.finish()?;

    let tx = access.begin().await?;
    let now = tx.now();
    let partner = tx.actor().organization()?;
    let slug = free_slug(&tx, &name, partner).await?;
    let integration = integration::ActiveModel {
        id: Set(tx.id::<IntegrationId>()),
        partner_id: Set(partner),
        kind: Set(new.kind),
        name: Set(name),
        slug: Set(slug),
        status: Set(IntegrationStatus::Draft),
        description: Set(description),
        landing_url: Set(landing_url),
        external_key: Set(external_key),
        repository_url: Set(repository_url),
        repository_branch: Set(branch),
        repository_path: Set(path),
        submitted_at: Set(None),
        submitted_by_id: Set(None),
        published_at: Set(None),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
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
