//! All final answers to a form as a file, whatever version they were given to.

use super::{Cell, Sheet, named, next};
use crate::{
    access::{Access, Action},
    db,
    fault::Fault,
};
use entity::{
    FormId,
    form::{self, FormKind},
    form_submission::{self, Answers},
    integration, partner, user,
};
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use std::collections::HashMap;
use uuid::Uuid;

/// The answers to one form.
#[derive(Debug)]
pub struct Submissions {
    access: Access,
    kind: FormKind,
    /// The versions that were published when the file was begun, with their numbers.
    versions: HashMap<FormId, i32>,
    /// The keys of all these versions, those of the newest first.
    keys: Vec<String>,
    after: Option<Uuid>,
}

impl Submissions {
    /// Begins at the oldest.
    pub async fn open(access: &Access, kind: FormKind) -> Result<Self, Fault> {
        access.permit(Action::Export)?;
        let forms = access.list::<form::Entity>()?.filter(form::Column::Kind.eq(kind));
        let forms = forms.order_by_desc(form::Column::Version).all(access.conn()).await?;
        let mut keys: Vec<String> = Vec::new();
        for question in forms.iter().flat_map(|form| &form.questions.0) {
            if !keys.contains(&question.key) {
                keys.push(question.key.clone());
            }
        }
        let versions = forms.iter().map(|form| (form.id, form.version)).collect();
        Ok(Self { access: access.clone(), kind, versions, keys, after: None })
    }
}

impl Sheet for Submissions {
    fn name(&self) -> String {
        format!("submissions-{}", self.kind.to_value().to_lowercase())
    }

    fn header(&self) -> Vec<String> {
        let columns = "id partner_id partner integration_id integration version submitted_at submitted_by";
        let columns = columns.split_whitespace().map(str::to_owned);
        columns.chain(self.keys.iter().map(|key| format!("answers.{key}"))).collect()
    }

    async fn page(&mut self) -> Result<Vec<Vec<Cell>>, Fault> {
        let forms: Vec<FormId> = self.versions.keys().copied().collect();
        let rows = self.access.list::<form_submission::Entity>()?;
        let rows = rows.filter(db::any_of(self.access.conn(), form_submission::Column::FormId, &forms));
        let rows = next(&self.access, rows, &mut self.after).await?;
        let partners = named::<partner::Entity>(&self.access, rows.iter().map(|row| row.partner_id)).await?;
        let integrations = named::<integration::Entity>(&self.access, rows.iter().map(|row| row.integration_id));
        let integrations = integrations.await?;
        let users = named::<user::Entity>(&self.access, rows.iter().map(|row| row.submitted_by_id)).await?;
        let line = |row: form_submission::Model| {
            let partner = row.partner_id.and_then(|id| partners.get(&id));
            let integration = row.integration_id.and_then(|id| integrations.get(&id));
            let user = row.submitted_by_id.and_then(|id| users.get(&id));
            let mut line = vec![
                Cell::id::<form_submission::Entity>(Some(row.id)),
                Cell::id::<partner::Entity>(row.partner_id),
                Cell::maybe(partner.map(|partner| partner.name.clone())),
                Cell::id::<integration::Entity>(row.integration_id),
                Cell::maybe(integration.map(|integration| integration.name.clone())),
                self.versions.get(&row.form_id).map_or(Cell::Empty, |version| Cell::Plain(version.to_string())),
                Cell::time(row.submitted_at),
                Cell::maybe(user.map(|user| user.email.clone())),
            ];
            line.extend(self.keys.iter().map(|key| answer(&row.answers, key)));
            line
        };
        Ok(rows.into_iter().map(line).collect())
    }
}

fn answer(answers: &Answers, key: &str) -> Cell {
    match answers.0.iter().find(|answer| answer.question == key).map(|answer| &answer.value) {
        None | Some(Value::Null) => Cell::Empty,
        Some(Value::String(text)) => Cell::text(text),
        Some(Value::Array(options)) => {
            Cell::Text(options.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "))
        }
        Some(other) => Cell::Plain(other.to_string()),
    }
}
