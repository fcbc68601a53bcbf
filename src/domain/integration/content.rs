//! What an integration says of itself, checked the same way whether it is new or edited.

use crate::{
    domain::input::{Check, TEXT},
    fault::Reason,
};
use entity::{
    integration::{self, IntegrationKind},
    integration_revision,
    partner::Labels,
};
use sea_orm::ActiveValue::Set;

/// The most categories of an integration.
const CATEGORIES: usize = 5;
/// The most tags of an integration.
const TAGS: usize = 20;

/// What its owner says of an integration.
#[derive(Clone, Debug)]
pub struct NewIntegration {
    /// Its name.
    pub name: String,
    /// What it is made of.
    pub kind: IntegrationKind,
    /// What it does.
    pub description: Option<String>,
    /// What it is about.
    pub categories: Vec<String>,
    /// Words by which it is found.
    pub tags: Vec<String>,
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

/// The same, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) categories: Labels,
    pub(super) tags: Labels,
    pub(super) landing_url: Option<String>,
    pub(super) external_key: Option<String>,
    pub(super) repository_url: Option<String>,
    pub(super) repository_branch: Option<String>,
    pub(super) repository_path: Option<String>,
}

impl Content {
    /// Checks each field, and what the kind needs and what it has no use for.
    pub(super) fn of(check: &mut Check, new: &NewIntegration) -> Self {
        let repository = new.repository.as_ref();
        let content = Self {
            name: check.name("name", &new.name),
            description: check.optional_text("description", new.description.as_deref(), TEXT),
            categories: Labels(check.labels("categories", &new.categories, CATEGORIES)),
            tags: Labels(check.labels("tags", &new.tags, TAGS)),
            landing_url: check.optional_url("landingUrl", new.landing_url.as_deref()),
            external_key: check.optional_line("externalKey", new.external_key.as_deref(), 200),
            repository_url: check.optional_url("repository.url", repository.map(|at| at.url.as_str())),
            repository_branch: check.optional_line(
                "repository.branch",
                repository.and_then(|at| at.branch.as_deref()),
                200,
            ),
            repository_path: check.optional_line("repository.path", repository.and_then(|at| at.path.as_deref()), 500),
        };
        content.fit(check, new.kind);
        content
    }

    /// What waits beside a row, or what the row says itself.
    pub(super) fn of_shown(row: &integration::Model, waiting: Option<integration_revision::Model>) -> Self {
        waiting.map_or_else(|| row.clone().into(), Self::from)
    }

    fn fit(&self, check: &mut Check, kind: IntegrationKind) {
        match kind {
            IntegrationKind::Internal => {
                if self.repository_url.is_none() {
                    check.fail("repository.url", Reason::Required, "Enter the web address of its repository.");
                }
                for (field, value) in [("landingUrl", &self.landing_url), ("externalKey", &self.external_key)] {
                    if value.is_some() {
                        let sentence = "Landing URL and external key belong to EXTERNAL integrations.";
                        check.fail(field, Reason::Invalid, sentence);
                    }
                }
            }
            IntegrationKind::External => {
                if self.landing_url.is_none() {
                    check.fail("landingUrl", Reason::Required, "Enter the web address of the page that describes it.");
                }
                if self.repository_url.is_some() || self.repository_branch.is_some() || self.repository_path.is_some() {
                    check.fail("repository", Reason::Invalid, "A repository belongs to INTERNAL integrations.");
                }
            }
        }
    }
}

impl From<Content> for integration::ActiveModel {
    fn from(content: Content) -> Self {
        Self {
            name: Set(content.name),
            description: Set(content.description),
            categories: Set(content.categories),
            tags: Set(content.tags),
            landing_url: Set(content.landing_url),
            external_key: Set(content.external_key),
            repository_url: Set(content.repository_url),
            repository_branch: Set(content.repository_branch),
            repository_path: Set(content.repository_path),
            ..Default::default()
        }
    }
}

macro_rules! content_from {
    ($($row:ident),+) => {$(
        impl From<$row::Model> for Content {
            fn from(row: $row::Model) -> Self {
                Self {
                    name: row.name,
                    description: row.description,
                    categories: row.categories,
                    tags: row.tags,
                    landing_url: row.landing_url,
                    external_key: row.external_key,
                    repository_url: row.repository_url,
                    repository_branch: row.repository_branch,
                    repository_path: row.repository_path,
                }
            }
        }
    )+};
}

content_from!(integration, integration_revision);

macro_rules! said {
    ($row:expr, $kind:expr) => {
        NewIntegration {
            name: $row.name.clone(),
            kind: $kind,
            description: $row.description.clone(),
            categories: $row.categories.0.clone(),
            tags: $row.tags.0.clone(),
            landing_url: $row.landing_url.clone(),
            external_key: $row.external_key.clone(),
            repository: $row.repository_url.clone().map(|url| Repository {
                url,
                branch: $row.repository_branch.clone(),
                path: $row.repository_path.clone(),
            }),
        }
    };
}

/// What an integration says of itself now.
pub(super) fn of_row(row: &integration::Model) -> NewIntegration {
    said!(row, row.kind)
}

/// What a revision wants it to say.
pub(super) fn of_revision(row: &integration_revision::Model, kind: IntegrationKind) -> NewIntegration {
    said!(row, kind)
}
