//! The levels: one statement each, and how its rows are written.

use bench_peers::{Failed, Link, write};
use futures_util::try_join;
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

/// The statements; their places in the list are the constants below. A child's first column says whose it is: the
/// place of its parent, from 1.
pub const STATEMENTS: [&str; 8] = [
    "SELECT id, name, status, primary_contact_id FROM partner ORDER BY created_at DESC, id DESC LIMIT $1",
    "SELECT id, name, status, primary_contact_id FROM partner WHERE id = $1",
    r#"SELECT n::int, u.id, u.name, u.email FROM unnest($1::uuid[]) WITH ORDINALITY AS p (id, n)
       JOIN "user" u ON u.id = p.id"#,
    r#"SELECT n::int, c.* FROM unnest($1::uuid[]) WITH ORDINALITY AS p (id, n) CROSS JOIN LATERAL
       (SELECT id, name, email FROM "user" WHERE partner_id = p.id ORDER BY id LIMIT 10) c"#,
    "SELECT n::int, c.* FROM unnest($1::uuid[]) WITH ORDINALITY AS p (id, n) CROSS JOIN LATERAL
       (SELECT id, name, status FROM integration WHERE partner_id = p.id ORDER BY id LIMIT 10) c",
    "SELECT n::int, c.* FROM unnest($1::uuid[]) WITH ORDINALITY AS p (id, n) CROSS JOIN LATERAL
       (SELECT id, name, paused FROM tenant WHERE integration_id = p.id ORDER BY id LIMIT 10) c",
    "SELECT count(*) FROM partner",
    r#"SELECT n::int, c.* FROM unnest($1::uuid[]) WITH ORDINALITY AS p (id, n) CROSS JOIN LATERAL
       (SELECT count(*) FROM "user" WHERE partner_id = p.id) c"#,
];
pub const PARTNERS: usize = 0;
pub const PARTNER: usize = 1;
const CONTACTS: usize = 2;
const USERS: usize = 3;
const INTEGRATIONS: usize = 4;
const TENANTS: usize = 5;
pub const TOTAL: usize = 6;
const USER_TOTALS: usize = 7;

/// The rows of one statement.
pub async fn rows(link: &Link, statement: usize, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Failed> {
    Ok(link.client.query(&link.prepared[statement], values).await?)
}

/// The rows of each parent.
fn by_parent(rows: &[Row], parents: usize) -> Vec<Vec<&Row>> {
    let mut of = vec![Vec::new(); parents];
    for row in rows {
        of[row.get::<_, i32>(0) as usize - 1].push(row);
    }
    of
}

/// `{"id":…,"name":…,"third":…`, from the column `at` on; not closed.
fn named(out: &mut String, row: &Row, at: usize, third: &str) {
    out.push_str(r#"{"id":"#);
    write::id(out, row.get(at));
    out.push_str(r#","name":"#);
    write::text(out, row.get(at + 1));
    out.push_str(",\"");
    out.push_str(third);
    out.push_str("\":");
    write::text(out, row.get(at + 2));
}

fn user(out: &mut String, row: &Row) {
    named(out, row, 1, "email");
    out.push('}');
}

fn tenant(out: &mut String, row: &Row) {
    out.push_str(r#"{"id":"#);
    write::id(out, row.get(1));
    out.push_str(r#","name":"#);
    write::text(out, row.get(2));
    out.push_str(if row.get(3) { r#","paused":true}"# } else { r#","paused":false}"# });
}

/// Partners with what is below them: levels that do not need each other travel together.
pub async fn nested(link: &Link, partners: &[Row], totals: bool, out: &mut String) -> Result<(), Failed> {
    let ids: Vec<Uuid> = partners.iter().map(|row| row.get(0)).collect();
    let contacts: Vec<Option<Uuid>> = partners.iter().map(|row| row.get(3)).collect();
    let counted = async { if totals { rows(link, USER_TOTALS, &[&ids]).await } else { Ok(Vec::new()) } };
    let below = async {
        let integrations = rows(link, INTEGRATIONS, &[&ids]).await?;
        let ids: Vec<Uuid> = integrations.iter().map(|row| row.get(1)).collect();
        let tenants = rows(link, TENANTS, &[&ids]).await?;
        Ok((integrations, tenants))
    };
    let values: [&(dyn ToSql + Sync); 2] = [&contacts, &ids];
    let (contacts, users, counted, (integrations, tenants)) =
        try_join!(rows(link, CONTACTS, &values[..1]), rows(link, USERS, &values[1..]), counted, below)?;

    let mut integrations_of = vec![Vec::new(); partners.len()];
    for (place, row) in integrations.iter().enumerate() {
        integrations_of[row.get::<_, i32>(0) as usize - 1].push(place);
    }
    let contacts = by_parent(&contacts, partners.len());
    let users = by_parent(&users, partners.len());
    let counted = by_parent(&counted, partners.len());
    let tenants = by_parent(&tenants, integrations.len());
    write::list(out, partners.iter().enumerate(), |out, (at, partner)| {
        named(out, partner, 0, "status");
        out.push_str(r#","primaryContact":"#);
        match contacts[at].first() {
            Some(row) => user(out, row),
            None => out.push_str("null"),
        }
        out.push_str(r#","users":{"#);
        if let Some(row) = counted[at].first() {
            out.push_str(&format!(r#""totalCount":{},"#, row.get::<_, i64>(1)));
        }
        out.push_str(r#""nodes":"#);
        write::list(out, &users[at], |out, row| user(out, row));
        out.push_str(r#"},"integrations":{"nodes":"#);
        write::list(out, &integrations_of[at], |out, place| {
            named(out, &integrations[*place], 1, "status");
            out.push_str(r#","tenants":{"nodes":"#);
            write::list(out, &tenants[*place], |out, row| tenant(out, row));
            out.push_str("}}");
        });
        out.push_str("}}");
    });
    Ok(())
}
