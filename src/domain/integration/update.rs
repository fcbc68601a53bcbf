//! Editing an integration: freely while it is being written; as a revision once a partner's is live.

use super::{
    content::{Content, Repository, of_revision, of_row},
    lifecycle, revision,
    submit::tell_vendor,
};
use crate::{
    access::{Access, Action, Scoped},
    domain::{
        activity::{self, Changes},
        input::Check,
    },
    fault::{Fault, Refusal},
};
use entity::{
    IntegrationId,
    integration::{self, IntegrationStatus, Model},
};
use serde_json::Value;

/// What is to be changed; nothing said changes nothing, an empty text clears.
#[derive(Clone, Debug, Default)]
pub struct IntegrationChange {
    /// Its name.
    pub name: Option<String>,
    /// What it does.
    pub description: Option<String>,
    /// What it is about.
    pub categories: Option<Vec<String>>,
    /// Words by which it is found.
    pub tags: Option<Vec<String>>,
    /// `EXTERNAL`: where it is described.
    pub landing_url: Option<String>,
    /// `EXTERNAL`: its key in the vendor's listing.
    pub external_key: Option<String>,
    /// `INTERNAL`: where its source is.
    pub repository: Option<Repository>,
    /// The version that was edited.
    pub expected_version: Option<i32>,
}

/// Changes an integration of the actor's own organisation. What a partner has live stays as it is until the vendor
/// publishes the change.
pub async fn update(access: &Access, id: IntegrationId, change: IntegrationChange) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let row = tx.fetch::<integration::Entity>(Action::EditIntegration, id).await?;
    let row = row.as_seen(change.expected_version)?.into_inner();
    if row.partner_id != tx.actor().organization()? {
        return Err(Fault::Forbidden.into());
    }
    let live = row.partner_id.filter(|_| row.status == IntegrationStatus::Published);
    if !lifecycle::may_edit(row.status) {
        return Err(lifecycle::refused(row.status));
    }
    let waiting = revision::find(&tx, id).await?;
    let mut said = waiting.as_ref().map_or_else(|| of_row(&row), |waiting| of_revision(waiting, row.kind));
    if let Some(name) = change.name {
        said.name = name;
    }
    for (now, new) in [
        (&mut said.description, change.description),
        (&mut said.landing_url, change.landing_url),
        (&mut said.external_key, change.external_key),
    ] {
        if new.is_some() {
            *now = new;
        }
    }
    if change.repository.is_some() {
        said.repository = change.repository;
    }
    for (now, new) in [(&mut said.categories, change.categories), (&mut said.tags, change.tags)] {
        if let Some(new) = new {
            *now = new;
        }
    }
    let mut check = Check::default();
    let content = Content::of(&mut check, &said);
    check.finish()?;
    let in_review = waiting.as_ref().is_some_and(|waiting| waiting.status == IntegrationStatus::InReview);
    if live.is_some() && (in_review || waiting.is_none()) && content == Content::of_shown(&row, waiting) {
        // Nothing differs from what is live or waits already: nobody has anything new to look at.
        tx.led_to(<integration::Entity as Scoped>::NAME, id.0);
        tx.commit().await?;
        return Ok(row);
    }
    let data = changes(&row, &content);
    let after = match live {
        None => revision::save(&tx, &row, content.into()).await?,
        Some(owner) => {
            revision::replace(&tx, id, owner, content).await?;
            let after = revision::save(&tx, &row, integration::ActiveModel::default()).await?;
            // One letter for each change that waits, however often it is touched before somebody looks at it.
            if !in_review {
                tell_vendor(&tx, owner, &after).await?;
            }
            after
        }
    };
    let event = if live.is_some() { "integration.revised" } else { "integration.updated" };
    activity::record::<integration::Entity>(&tx, event, row.partner_id, id, data).await?;
    tx.commit().await?;
    Ok(after)
}

fn changes(before: &Model, after: &Content) -> Value {
    let changes = Changes::default()
        .note("name", &before.name, &after.name)
        .note("description", &before.description, &after.description)
        .note("categories", &before.categories, &after.categories)
        .note("tags", &before.tags, &after.tags)
        .note("landingUrl", &before.landing_url, &after.landing_url)
        .note("externalKey", &before.external_key, &after.external_key)
        .note("repositoryUrl", &before.repository_url, &after.repository_url)
        .note("repositoryBranch", &before.repository_branch, &after.repository_branch)
        .note("repositoryPath", &before.repository_path, &after.repository_path);
    changes.into()
}
