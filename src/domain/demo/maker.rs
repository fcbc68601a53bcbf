//! The rows themselves: a function of their numbers and of a clock that starts on the same day.

use super::{Size, insert::Rows};
use crate::clock::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    IntegrationId, PartnerId, TenantId, UserId,
    integration::{self, IntegrationKind, IntegrationStatus},
    partner::{self, Labels, PartnerOrigin, PartnerStatus},
    tenant,
    user::{self, UserRole, UserStatus},
};
use sea_orm::ActiveValue::Set;

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

/// Makes rows.
pub(super) struct Maker {
    clock: Clock,
    hash: String,
}

impl Maker {
    /// Everybody gets the same password hash: hashing one per user would take hours.
    pub(super) fn new(hash: String) -> Self {
        Self { clock: Clock::manual(start()), hash }
    }

    pub(super) fn partners(&mut self, numbers: std::ops::Range<u32>, size: &Size, admin: UserId) -> Rows {
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

    pub(super) fn user(
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
            password_hash: Set(Some(self.hash.clone().into())),
            second_factor_at: Set(None),
            device_generation: Set(0),
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
            status_reason: Set(None),
            status: Set(IntegrationStatus::Published),
            description: Set(Some("Keeps both systems in step.".into())),
            categories: Set(Labels(vec![pick(&TRADE, number + place).to_lowercase()])),
            tags: Set(Labels::default()),
            landing_url: Set(external.then(|| format!("https://partner{number}.example/integrations/{place}"))),
            external_key: Set(external.then(|| format!("ext-{number}-{place}"))),
            repository_url: Set((!external).then(|| format!("https://git.partner{number}.example/sync-{place}"))),
            repository_branch: Set((!external).then(|| "main".into())),
            repository_path: Set(None),
            submitted_at: Set(Some(now)),
            submitted_by_id: Set(Some(by)),
            published_at: Set(Some(now)),
            first_published_at: Set(Some(now)),
            archived_at: Set(None),
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

/// A day far enough back for everything to have happened since.
fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_735_732_800, 0).unwrap_or_default()
}
