//! One statement that builds the whole answer.

use crate::Workload;
use tokio_postgres::{Client, Error, Statement};

pub struct Statements {
    nested: Statement,
    one: Statement,
    flat: Statement,
}

const PARTNER: &str = "json_build_object('id', p.id, 'name', p.name, 'status', p.status,
  'primaryContact', (SELECT json_build_object('id', u.id, 'name', u.name, 'email', u.email)
    FROM \"user\" u WHERE u.id = p.primary_contact_id),
  'users', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.name, 'email', u.email)), '[]')
    FROM (SELECT id, name, email FROM \"user\" WHERE partner_id = p.id ORDER BY id LIMIT 10) u)),
  'integrations', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object('id', i.id, 'name', i.name, 'status', i.status,
    'tenants', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'paused', t.paused)), '[]')
      FROM (SELECT id, name, paused FROM tenant WHERE integration_id = i.id ORDER BY id LIMIT 10) t)))), '[]')
    FROM (SELECT id, name, status FROM integration WHERE partner_id = p.id ORDER BY id LIMIT 10) i)))";

impl Statements {
    pub async fn prepare(client: &Client) -> Result<Self, Error> {
        let list = |object: &str, columns: &str, first: u32| {
            format!(
                "SELECT json_build_object('data', json_build_object('partners', json_build_object('nodes', json_agg({object}))))::text
                 FROM (SELECT {columns} FROM partner ORDER BY created_at DESC, id DESC LIMIT {first}) p"
            )
        };
        let flat = "json_build_object('id', p.id, 'name', p.name, 'status', p.status)";
        let one = format!("SELECT json_build_object('data', json_build_object('partner', {PARTNER}))::text FROM partner p WHERE id = $1");
        Ok(Self {
            nested: client.prepare(&list(PARTNER, "id, name, status, primary_contact_id", 20)).await?,
            one: client.prepare(&one).await?,
            flat: client.prepare(&list(flat, "id, name, status", 100)).await?,
        })
    }
}

pub async fn answer(client: &Client, statements: &Statements, workload: Workload) -> Result<Vec<u8>, Error> {
    let row = match workload {
        Workload::W2(id) => client.query_one(&statements.one, &[&id]).await?,
        Workload::W3 => client.query_one(&statements.flat, &[]).await?,
        Workload::W1 | Workload::W1b => client.query_one(&statements.nested, &[]).await?,
    };
    Ok(row.get::<_, String>(0).into_bytes())
}
