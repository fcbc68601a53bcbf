//! Logos stand under the public address; when that is another one, so are they.

use super::stem;
use crate::{access::Access, fault::Fault};
use sea_orm::{ConnectionTrait, Statement};

/// Brings the addresses of all logos that the hub keeps under its public address; done at each start.
pub async fn rebase(access: &Access) -> Result<(), Fault> {
    const WRONG: &str = "substr(logo_url, 1, length($1)) <> $1";
    let tables = [
        format!(
            "UPDATE partner SET logo_url = $1 || (SELECT name FROM logo WHERE logo.partner_id = partner.id) || '.png' \
             WHERE id IN (SELECT partner_id FROM logo WHERE partner_id IS NOT NULL) AND {WRONG}"
        ),
        format!(
            "UPDATE vendor SET logo_url = $1 || (SELECT name FROM logo WHERE partner_id IS NULL) || '.png' \
             WHERE EXISTS (SELECT 1 FROM logo WHERE partner_id IS NULL) AND {WRONG}"
        ),
    ];
    let stem = stem(&access.hub().config);
    let tx = access.begin().await?;
    for sql in tables {
        let backend = tx.conn().get_database_backend();
        tx.conn().execute_raw(Statement::from_sql_and_values(backend, sql, [stem.as_str().into()])).await?;
    }
    tx.finish().await
}
