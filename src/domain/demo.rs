//! Fills an empty hub with believable rows, always the same, for demonstrations and for the benchmark.

use crate::{
    access::Access,
    clock::Clock,
    domain::{account::password, vendor},
    fault::{Fault, Reason, Refusal, UserError},
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    IntegrationId, PartnerId, TenantId, UserId,
    integration::{self, IntegrationKind, IntegrationStatus},
    partner::{self, Labels, PartnerOrigin, PartnerStatus},
    tenant,
    user::{self, UserRole, UserStatus},
};
use indicatif::{ProgressBar, ProgressStyle};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ConnectionTrait, EntityTrait, IntoActiveModel,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

/// How much.
#[derive(Clone, Debug, clap::Args)]
pub struct Size {
    /// How many partners.
    #[arg(long, default_value_t = 50)]
    pub partners: u32,
    /// How many users each partner has.
    #[arg(long, default_value_t = 3)]
    pub users: u32,
    /// How many integrations each partner has.
    #[arg(long, default_value_t = 2)]
    pub integrations: u32,
    /// How many tenants each integration has.
    #[arg(long, default_value_t = 3)]
    pub tenants: u32,
}

/// Everybody's password in a demonstration.
pub const PASSWORD: &str = "three-green-harbours";
/// The demonstration's admin.
pub const ADMIN: &str = "admin@demo.example";
/// Rows of one INSERT: below SQLite's 32,766 parameters for the widest table.
const ROWS: usize = 1_000;
/// Rows of one transaction.
const PARTNERS_AT_ONCE: u32 = 500;

const FIRST: [&str; 16] = [
    "Ada", "Bram", "Chen", "Dilara", "Emeka", "Freya", "Goran", "Hana", "Ines", "Jonas", "Keiko", "Liam", "Mira",
    "Noor", "Otto", "Priya",
];
const LAST: [&str; 14] = [
    "Abel",
    "Bauer",
    "Costa",
    "Dahl",
    "Evans",
    "Fischer",
    "Garcia",
    "Haddad",
    "Ito",
    "Jensen",
    "Kowalski",
    "Lindqvist",
    "Moreau",
    "Novak",
];
const COMPANY: [&str; 16] = [
    "Acorn",
    "Beacon",
    "Cobalt",
    "Delta",
    "Ember",
    "Fjord",
    "Granite",
    "Harbour",
    "Indigo",
    "Juniper",
    "Kestrel",
    "Lumen",
    "Meridian",
    "Northwind",
    "Orchard",
    "Pioneer",
];
const TRADE: [&str; 12] = [
    "Analytics",
    "Billing",
    "Commerce",
    "Data",
    "Exports",
    "Freight",
    "Growth",
    "Health",
    "Insights",
    "Logistics",
    "Payments",
    "Systems",
];
const PRODUCT: [&str; 10] =
    ["Sync", "Connector", "Importer", "Bridge", "Webhooks", "Reports", "Catalogue", "Ledger", "Inbox", "Tracker"];

/// Fills the hub and says what was made.
pub async fn fill(access: &Access, size: &Size) -> Result<String, Refusal> {
    if !is_empty(access).await? {
        let sentence = "The hub is not empty; a demonstration needs a database of its own.";
        return Err(UserError::general(Reason::InvalidState, sentence).into());
    }
    let hash = password::hash(access.hub(), &PASSWORD.into()).await?;
    let mut maker = Maker { clock: Clock::manual(start()), hash };
    let admin = add_admin(access, &mut maker).await?;
    let bar = ProgressBar::new(size.partners.into());
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} partners, {elapsed}, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut from = 0;
    while from < size.partners {
        let to = Ord::min(size.partners, from + PARTNERS_AT_ONCE);
        let rows = maker.partners(from..to, size, admin);
        rows.insert(access).await?;
        bar.inc(u64::from(to - from));
        from = to;
    }
    bar.finish_and_clear();
    let (partners, users) = (size.partners, size.partners * size.users);
    let integrations = size.partners * size.integrations;
    let tenants = integrations * size.tenants;
    Ok(format!(
        "Made {partners} partners, {users} users, {integrations} integrations and {tenants} tenants.\n\
         Log in as {ADMIN}, or as any user, with the password {PASSWORD}\n"
    ))
}

/// A day far enough back for everything to have happened since.
fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_735_732_800, 0).unwrap_or_default()
}

#[expect(clippy::disallowed_methods, reason = "asks whether there is anything at all, as the hub itself")]
async fn is_empty(access: &Access) -> Result<bool, Fault> {
    Ok(user::Entity::find().one(access.conn()).await?.is_none())
}

async fn add_admin(access: &Access, maker: &mut Maker) -> Result<UserId, Fault> {
    let tx = access.begin().await?;
    let admin = maker.user(None, 0, 0, ADMIN.to_owned(), "Robin Admin".to_owned());
    let id = admin.insert(tx.conn()).await?.id;
    let mut vendor = vendor::current(&tx).await?.into_active_model();
    vendor.primary_contact_id = Set(Some(id));
    vendor.update(tx.conn()).await?;
    tx.finish().await?;
    Ok(id)
}

struct Maker {
    clock: Clock,
    hash: String,
}

/// The rows of some partners, to be written together.
#[derive(Default)]
struct Rows {
    partners: Vec<partner::ActiveModel>,
    contacts: Vec<(PartnerId, UserId)>,
    users: Vec<user::ActiveModel>,
    integrations: Vec<integration::ActiveModel>,
    tenants: Vec<tenant::ActiveModel>,
}

impl Maker {
    fn partners(&mut self, numbers: std::ops::Range<u32>, size: &Size, admin: UserId) -> Rows {
        let mut rows = Rows::default();
        for number in numbers {
            self.clock.advance(TimeDelta::minutes(7));
            let partner = self.partner(number);
            let id = partner.id.clone().unwrap();
            let mut contact = None;
            for place in 0..size.users {
                let name = format!("{} {}", pick(&FIRST, number + place * 5), pick(&LAST, number * 3 + place));
                let user = self.user(Some(id), number, place, format!("user{place}@partner{number}.example"), name);
                contact = contact.or(Some(user.id.clone().unwrap()));
                rows.users.push(user);
            }
            rows.contacts.extend(contact.map(|contact| (id, contact)));
            for place in 0..size.integrations {
                let integration = self.integration(id, number, place, contact.unwrap_or(admin));
                let of = integration.id.clone().unwrap();
                rows.tenants.extend((0..size.tenants).map(|place| self.tenant(id, of, place)));
                rows.integrations.push(integration);
            }
            rows.partners.push(partner);
        }
        rows
    }

    fn partner(&self, number: u32) -> partner::ActiveModel {
        let now = self.clock.now();
        let suspended = number % 10 == 9;
        let round = number / u32::try_from(COMPANY.len() * TRADE.len()).unwrap_or(1);
        let suffix = if round == 0 { String::new() } else { format!(" {}", round + 1) };
        let name = format!("{} {}{suffix}", pick(&COMPANY, number), pick(&TRADE, number / 16 + number));
        partner::ActiveModel {
            id: Set(self.clock.id()),
            name: Set(name),
            status: Set(if suspended { PartnerStatus::Suspended } else { PartnerStatus::Approved }),
            status_reason: Set(suspended.then(|| "Contract under review.".into())),
            origin: Set(if number.is_multiple_of(2) { PartnerOrigin::Created } else { PartnerOrigin::Invited }),
            website: Set(Some(format!("https://partner{number}.example/"))),
            logo_url: Set(None),
            external_id: Set(Some(format!("P-{number:05}"))),
            labels: Set(Labels(vec![pick(&TRADE, number).to_lowercase()])),
            primary_contact_id: Set(None),
            form_submitted_at: Set(None),
            approved_at: Set(Some(now)),
            suspended_at: Set(suspended.then_some(now)),
            archived_at: Set(None),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        }
    }

    fn user(
        &self,
        partner: Option<PartnerId>,
        number: u32,
        place: u32,
        email: String,
        name: String,
    ) -> user::ActiveModel {
        let now = self.clock.now();
        user::ActiveModel {
            id: Set(self.clock.id()),
            partner_id: Set(partner),
            email_key: Set(email.clone()),
            email: Set(email),
            name: Set(name),
            role: Set(if place == 0 { UserRole::Admin } else { UserRole::Member }),
            status: Set(UserStatus::Active),
            password_hash: Set(Some(self.hash.clone())),
            last_login_at: Set((number.is_multiple_of(3)).then_some(now)),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        }
    }

    fn integration(&self, partner: PartnerId, number: u32, place: u32, by: UserId) -> integration::ActiveModel {
        let now = self.clock.now();
        let name = format!("{} {}", pick(&TRADE, number + place), pick(&PRODUCT, place));
        let external = place.is_multiple_of(2);
        integration::ActiveModel {
            id: Set(self.clock.id()),
            partner_id: Set(Some(partner)),
            kind: Set(if external { IntegrationKind::External } else { IntegrationKind::Internal }),
            slug: Set(format!("{}-{place}", name.to_lowercase().replace(' ', "-"))),
            name: Set(name),
            status: Set(IntegrationStatus::Published),
            description: Set(Some("Keeps both systems in step.".into())),
            landing_url: Set(external.then(|| format!("https://partner{number}.example/integrations/{place}"))),
            external_key: Set(external.then(|| format!("ext-{number}-{place}"))),
            repository_url: Set((!external).then(|| format!("https://git.partner{number}.example/sync-{place}"))),
            repository_branch: Set((!external).then(|| "main".into())),
            repository_path: Set(None),
            submitted_at: Set(Some(now)),
            submitted_by_id: Set(Some(by)),
            published_at: Set(Some(now)),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        }
    }

    fn tenant(&self, partner: PartnerId, integration: IntegrationId, place: u32) -> tenant::ActiveModel {
        let now = self.clock.now();
        tenant::ActiveModel {
            id: Set(self.clock.id::<TenantId>()),
            integration_id: Set(integration),
            partner_id: Set(Some(partner)),
            name: Set(format!("customer-{place}")),
            customer_reference: Set(Some(format!("C-{place:04}"))),
            paused: Set(place.is_multiple_of(3)),
            archived_at: Set(None),
            schedule: Set((place.is_multiple_of(2)).then(|| "15 3 * * *".into())),
            configuration: Set(serde_json::json!({ "region": if place.is_multiple_of(2) { "eu" } else { "us" } })),
            source: Set(Some("demo".into())),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        }
    }
}

fn pick<'a>(words: &[&'a str], number: u32) -> &'a str {
    words[number as usize % words.len()]
}

impl Rows {
    async fn insert(self, access: &Access) -> Result<(), Fault> {
        let tx = access.begin().await?;
        insert_all(tx.conn(), self.partners).await?;
        insert_all(tx.conn(), self.users).await?;
        name_contacts(tx.conn(), &self.contacts).await?;
        insert_all(tx.conn(), self.integrations).await?;
        insert_all(tx.conn(), self.tenants).await?;
        tx.finish().await
    }
}

async fn insert_all<A: ActiveModelTrait + Send>(tx: &impl ConnectionTrait, mut rows: Vec<A>) -> Result<(), Fault> {
    while !rows.is_empty() {
        let some: Vec<A> = rows.drain(..rows.len().min(ROWS)).collect();
        A::Entity::insert_many(some).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// `UPDATE partner SET primary_contact_id = (its first user)`, in one statement.
async fn name_contacts(tx: &impl ConnectionTrait, contacts: &[(PartnerId, UserId)]) -> Result<(), Fault> {
    let first = Query::select()
        .expr(Expr::col((user::Entity, user::Column::Id)))
        .from(user::Entity)
        .and_where(
            Expr::col((user::Entity, user::Column::PartnerId)).eq(Expr::col((partner::Entity, partner::Column::Id))),
        )
        .order_by((user::Entity, user::Column::Id), sea_orm::Order::Asc)
        .limit(1)
        .to_owned();
    let update = Query::update()
        .table(partner::Entity)
        .value(Alias::new("primary_contact_id"), Expr::SubQuery(None, Box::new(first.into())))
        .and_where(
            Expr::col((partner::Entity, partner::Column::Id)).is_in(contacts.iter().map(|(partner, _)| partner.0)),
        )
        .to_owned();
    tx.execute(&update).await?;
    Ok(())
}
