//! One prepared statement per level, only the asked columns, rows by position, JSON by hand.

use crate::Workload;
use std::collections::HashMap;
use tokio_postgres::{Client, Error, Row, Statement};
use uuid::Uuid;

pub struct Statements {
    page: Statement,
    flat: Statement,
    one: Statement,
    contacts: Statement,
    users: Statement,
    integrations: Statement,
    tenants: Statement,
    total: Statement,
    user_totals: Statement,
    integration_totals: Statement,
}

impl Statements {
    pub async fn prepare(client: &Client) -> Result<Self, Error> {
        let below = |columns: &str, table: &str, parent: &str| {
            format!(
                "SELECT p.p, c.* FROM unnest($1::uuid[]) AS p(p) CROSS JOIN LATERAL (SELECT {columns} FROM {table} \
                 WHERE {parent} = p.p ORDER BY id LIMIT 10) c"
            )
        };
        let totals = |table: &str| {
            format!("SELECT partner_id, count(*) FROM {table} WHERE partner_id = ANY($1) GROUP BY partner_id")
        };
        let partner = "SELECT id, name, status, primary_contact_id FROM partner";
        Ok(Self {
            page: client.prepare(&format!("{partner} ORDER BY created_at DESC, id DESC LIMIT 21")).await?,
            flat: client.prepare("SELECT id, name, status FROM partner ORDER BY created_at DESC, id DESC LIMIT 101").await?,
            one: client.prepare(&format!("{partner} WHERE id = $1")).await?,
            contacts: client.prepare("SELECT id, name, email FROM \"user\" WHERE id = ANY($1)").await?,
            users: client.prepare(&below("id, name, email", "\"user\"", "partner_id")).await?,
            integrations: client.prepare(&below("id, name, status", "integration", "partner_id")).await?,
            tenants: client.prepare(&below("id, name, paused", "tenant", "integration_id")).await?,
            total: client.prepare("SELECT count(*) FROM partner").await?,
            user_totals: client.prepare(&totals("\"user\"")).await?,
            integration_totals: client.prepare(&totals("integration")).await?,
        })
    }
}

fn text(json: &mut Vec<u8>, text: &str) {
    json.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => json.extend([b'\\', byte]),
            0..0x20 => json.extend(format!("\\u{byte:04x}").bytes()),
            byte => json.push(byte),
        }
    }
    json.push(b'"');
}

fn fields(json: &mut Vec<u8>, row: &Row, start: usize, names: [&str; 3]) {
    json.extend_from_slice(b"{\"id\":\"");
    let mut buffer = [0; 36];
    json.extend_from_slice(row.get::<_, Uuid>(start).hyphenated().encode_lower(&mut buffer).as_bytes());
    json.push(b'"');
    for (at, name) in names.iter().enumerate().skip(1) {
        json.extend_from_slice(b",\"");
        json.extend_from_slice(name.as_bytes());
        json.extend_from_slice(b"\":");
        match *name {
            "paused" => json.extend_from_slice(if row.get(start + at) { b"true" } else { b"false" }),
            _ => text(json, row.get(start + at)),
        }
    }
}

type Below = HashMap<Uuid, Vec<Row>>;

async fn below(client: &Client, statement: &Statement, parents: &[Uuid]) -> Result<Below, Error> {
    let mut found = Below::new();
    for row in client.query(statement, &[&parents]).await? {
        found.entry(row.get(0)).or_default().push(row);
    }
    Ok(found)
}

fn list<'a>(json: &mut Vec<u8>, rows: impl IntoIterator<Item = &'a Row>, mut each: impl FnMut(&mut Vec<u8>, &Row)) {
    json.extend_from_slice(b"\"nodes\":[");
    for (at, row) in rows.into_iter().enumerate() {
        if at > 0 {
            json.push(b',');
        }
        each(json, row);
    }
    json.extend_from_slice(b"]}");
}

pub async fn answer(client: &Client, statements: &Statements, workload: Workload) -> Result<Vec<u8>, Error> {
    let mut json = Vec::with_capacity(128 * 1024);
    if workload == Workload::W3 {
        let rows = client.query(&statements.flat, &[]).await?;
        json.extend_from_slice(b"{\"data\":{\"partners\":{");
        list(&mut json, rows.iter().take(100), |json, row| {
            fields(json, row, 0, ["id", "name", "status"]);
            json.push(b'}');
        });
        json.extend_from_slice(b"}}");
        return Ok(json);
    }
    let partners = match workload {
        Workload::W2(id) => client.query(&statements.one, &[&id]).await?,
        _ => client.query(&statements.page, &[]).await?,
    };
    let partners = &partners[..partners.len().min(20)];
    let ids: Vec<Uuid> = partners.iter().map(|row| row.get(0)).collect();
    let contacts: Vec<Uuid> = partners.iter().filter_map(|row| row.get(3)).collect();
    let contacts: HashMap<Uuid, Row> =
        client.query(&statements.contacts, &[&contacts]).await?.into_iter().map(|row| (row.get(0), row)).collect();
    let users = below(client, &statements.users, &ids).await?;
    let integrations = below(client, &statements.integrations, &ids).await?;
    let integration_ids: Vec<Uuid> = integrations.values().flatten().map(|row| row.get(1)).collect();
    let tenants = below(client, &statements.tenants, &integration_ids).await?;
    let mut totals: [HashMap<Uuid, i64>; 2] = Default::default();
    json.extend_from_slice(b"{\"data\":{");
    if workload == Workload::W1b {
        let total: i64 = client.query_one(&statements.total, &[]).await?.get(0);
        for (totals, statement) in totals.iter_mut().zip([&statements.user_totals, &statements.integration_totals]) {
            *totals = client.query(statement, &[&ids]).await?.into_iter().map(|row| (row.get(0), row.get(1))).collect();
        }
        json.extend_from_slice(format!("\"total\":{total},").as_bytes());
    }
    let count = |json: &mut Vec<u8>, totals: &HashMap<Uuid, i64>, id: &Uuid| {
        if workload == Workload::W1b {
            let total = totals.get(id).copied().unwrap_or_default();
            json.extend_from_slice(format!("\"totalCount\":{total},").as_bytes());
        }
    };
    json.extend_from_slice(b"\"partners\":{");
    list(&mut json, partners, |json, row| {
        let id: Uuid = row.get(0);
        fields(json, row, 0, ["id", "name", "status"]);
        json.extend_from_slice(b",\"primaryContact\":");
        match row.get::<_, Option<Uuid>>(3).and_then(|contact| contacts.get(&contact)) {
            Some(contact) => {
                fields(json, contact, 0, ["id", "name", "email"]);
                json.push(b'}');
            }
            None => json.extend_from_slice(b"null"),
        }
        json.extend_from_slice(b",\"users\":{");
        count(json, &totals[0], &id);
        list(json, users.get(&id).into_iter().flatten(), |json, row| {
            fields(json, row, 1, ["id", "name", "email"]);
            json.push(b'}');
        });
        json.extend_from_slice(b",\"integrations\":{");
        count(json, &totals[1], &id);
        list(json, integrations.get(&id).into_iter().flatten(), |json, row| {
            fields(json, row, 1, ["id", "name", "status"]);
            json.extend_from_slice(b",\"tenants\":{");
            list(json, tenants.get(&row.get::<_, Uuid>(1)).into_iter().flatten(), |json, row| {
                fields(json, row, 1, ["id", "name", "paused"]);
                json.push(b'}');
            });
            json.push(b'}');
        });
        json.push(b'}');
    });
    json.extend_from_slice(b"}}");
    Ok(json)
}
