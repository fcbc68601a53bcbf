//! The people of a hub, brought in through the front door.

use super::{Client, TestApp, token_in};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use partner_hub::domain::invitation;
use serde_json::{Value, json};

/// Everybody's password in tests.
pub(crate) const PASSWORD: &str = "a long enough password";

/// A partner with a signed-in admin.
pub(crate) struct Partner {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) user: Client,
}

/// Which kind of partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Created,
    Invited,
}

impl TestApp {
    /// The first vendor admin, signed in by the printed link.
    pub(crate) async fn admin(&self) -> Client {
        let link = invitation::invite_first_admin(&self.system()).await.unwrap().expect("a link is printed");
        let token = link.split("#t=").nth(1).unwrap().to_owned();
        self.accept(&token).await
    }

    /// Sets a password by a link and signs in.
    pub(crate) async fn accept(&self, token: &str) -> Client {
        let input = json!({ "token": token, "password": PASSWORD });
        let payload = self.anonymous().mutate("acceptInvitation", "session { token }", input).await;
        self.anonymous().with_token(payload["session"]["token"].as_str().unwrap())
    }

    pub(crate) async fn login(&self, email: &str) -> Client {
        let input = json!({ "email": email, "password": PASSWORD });
        let payload = self.anonymous().mutate("login", "session { token }", input).await;
        self.anonymous().with_token(payload["session"]["token"].as_str().unwrap())
    }

    /// Everybody's password, hashed with the parameters of long ago.
    pub(crate) async fn date_password(&self, email: &str) {
        let dated = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8_192, 1, 1, None).unwrap());
        let dated = dated.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
        self.texts(&format!("UPDATE \"user\" SET password_hash = '{dated}' WHERE email = '{email}' RETURNING email"))
            .await;
    }

    /// A partner whose primary contact has set a password: approved if created, onboarding if invited.
    pub(crate) async fn partner(&self, admin: &Client, name: &str, kind: Kind) -> Partner {
        let email = format!("contact@{}.example", name.to_lowercase());
        let mutation = match kind {
            Kind::Created => "createPartner",
            Kind::Invited => "invitePartner",
        };
        let payload = admin.mutate(mutation, "partner { id }", new_partner(name, &email)).await;
        let token = token_in(&self.letter_to(&email).await);
        let user = self.accept(&token).await;
        Partner { id: payload["partner"]["id"].as_str().unwrap().to_owned(), email, user }
    }

    /// An integration in review, and its id.
    pub(crate) async fn submitted(&self, user: &Client, name: &str) -> String {
        let id = draft(user, name).await;
        let form = user.data("{ integrationForm { id } }", json!({})).await;
        let input = json!({ "id": id, "formId": form["integrationForm"]["id"], "answers": integration_answers() });
        user.mutate("submitIntegration", "integration { status }", input).await;
        id
    }

    /// A published integration, and its id.
    pub(crate) async fn published(&self, admin: &Client, user: &Client, name: &str) -> String {
        let id = self.submitted(user, name).await;
        admin.mutate("publishIntegration", "integration { status }", json!({ "id": id })).await;
        id
    }
}

pub(crate) async fn draft(user: &Client, name: &str) -> String {
    let payload = user.mutate("createIntegration", "integration { id }", new_integration(name)).await;
    payload["integration"]["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn tenant(user: &Client, integration: &str, name: &str) -> String {
    let input = json!({ "integrationId": integration, "name": name });
    let payload = user.mutate("createTenant", "tenant { id }", input).await;
    payload["tenant"]["id"].as_str().unwrap().to_owned()
}

/// Submits the Partner Form and answers the client with its full session.
pub(crate) async fn onboard(user: &Client) -> Client {
    let form = user.data("{ partnerForm { id } }", json!({})).await;
    let input = json!({ "formId": form["partnerForm"]["id"], "answers": partner_answers() });
    let payload = user.mutate("submitPartnerForm", "partner { status } session { token }", input).await;
    user.with_token(payload["session"]["token"].as_str().unwrap())
}

pub(crate) fn new_partner(name: &str, email: &str) -> Value {
    json!({ "name": name, "primaryContact": { "name": "Ada Lovelace", "email": email } })
}

pub(crate) fn new_integration(name: &str) -> Value {
    json!({ "name": name, "type": "EXTERNAL", "landingUrl": "https://example.com/sync", "externalKey": "sync-1" })
}

pub(crate) fn partner_answers() -> Value {
    json!([
        { "question": "company_description", "value": "We move boxes." },
        { "question": "website", "value": "https://acme.example" },
        { "question": "company_size", "value": "11–50" },
        { "question": "integration_idea", "value": "Orders become shipments." },
        { "question": "technical_contact", "value": "tech@acme.example" },
    ])
}

pub(crate) fn integration_answers() -> Value {
    json!([
        { "question": "summary", "value": "Turns orders into shipments." },
        { "question": "documentation_url", "value": "https://docs.acme.example" },
        { "question": "data_handled", "value": "Orders and addresses." },
        { "question": "support_email", "value": "help@acme.example" },
    ])
}
