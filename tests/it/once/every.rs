//! Every mutation of the schema: with a key or with a reason for none, repeated, and with a version that is not its own.

use super::{kept, keyed};
use crate::{
    activity::{Cases, cases},
    grid::schema::{Types, everything, types},
    support::{Client, TestApp},
};
use serde_json::{Value, json};

/// Mutations that take no key, each with the reason.
const WITHOUT: [(&str, &str); 4] = [
    ("login logout completeLogin reauthenticate", "opens or ends a session; nobody is handed the same one twice"),
    (
        "acceptInvitation declineInvitation requestNewInvitation requestPasswordReset resetPassword confirmEmail",
        "keys are the actor's, and nobody is signed in; a link works once by itself",
    ),
    (
        "changePassword changeEmail beginSecondFactor confirmSecondFactor disableSecondFactor renewRecoveryCodes revokeSession \
         revokeOtherSessions",
        "what it hands over is shown once, or doing it twice does no harm",
    ),
    ("savePartnerFormDraft saveIntegrationDraft", "the newest draft wins, as often as it is saved"),
];

/// Answers that are handed over once, or tell of what is gone.
const ONCE: [(&str, &str); 3] =
    [("createApiKey", "token"), ("submitPartnerForm", "session"), ("deleteIntegration", "integration")];

/// What a mutation answers, as far as it is answered alike to whoever repeats it.
fn fields(types: &Types, mutation: &str) -> String {
    let payload = types["Mutation"].fields.iter().find(|field| field.name == mutation).unwrap();
    let all = types[&payload.of].fields.iter().filter(|field| field.name != "userErrors");
    let alike = all.filter(|field| !ONCE.contains(&(mutation, field.name.as_str())));
    let depth = |field: &str| if field == "rows" { 2 } else { 0 };
    let asked = alike.map(|field| {
        format!("{} {}", field.name, everything(types, &field.of, depth(&field.name)).unwrap_or_default())
    });
    asked.collect()
}

/// Whether the input of a mutation has a field.
fn takes(types: &Types, mutation: &str, field: &str) -> bool {
    let mut input = format!("{mutation}Input");
    input[..1].make_ascii_uppercase();
    types.get(&input).is_some_and(|input| input.fields.iter().any(|one| one.name == field))
}

#[tokio::test]
async fn every_mutation_is_made_once_under_its_key_and_never_over_a_version_that_was_not_seen() {
    let Cases { app, cases } = cases().await;
    let types = types(&app.login("admin@example.com").await).await;
    let (mut without, mut keys) = (Vec::new(), 0);
    for (mutation, client, input) in cases {
        app.hub.clock.advance(chrono::TimeDelta::minutes(1));
        if takes(&types, mutation, "expectedVersion") {
            let mut stale = input.clone();
            stale["expectedVersion"] = json!(9_999);
            crate::mutations::faults(&app, &client, mutation, stale, "CONFLICT").await;
        }
        if !takes(&types, mutation, "idempotencyKey") {
            if !WITHOUT.iter().any(|(names, _)| names.split(' ').any(|name| name == mutation)) {
                without.push(mutation);
            }
            if input.is_null() {
                client.data(&format!("mutation {{ {mutation} {{ userErrors {{ code }} }} }}"), json!({})).await;
            } else {
                client.mutate(mutation, "", input).await;
            }
            continue;
        }
        repeat(&app, &client, mutation, &fields(&types, mutation), keyed(input, "one")).await;
        keys += 1;
    }
    assert!(without.is_empty(), "no key, and no reason: {without:?}");
    let kept = kept(&app).await;
    assert_eq!(kept.len(), keys);
    for row in kept {
        let text = row.result.to_string();
        assert!(!["pinv_", "pses_", "ppat_", "http"].iter().any(|secret| text.contains(secret)), "{text}");
    }
}

async fn repeat(app: &TestApp, client: &Client, mutation: &str, fields: &str, input: Value) {
    let first = client.mutate(mutation, fields, input.clone()).await;
    // Whoever was onboarding has another session now.
    let client = match mutation {
        "submitPartnerForm" => &app.login("contact@pending.example").await,
        _ => client,
    };
    let before = (app.rows().await, kept(app).await.len());
    assert_eq!(client.mutate(mutation, fields, input).await, first, "{mutation}");
    assert_eq!((app.rows().await, kept(app).await.len()), before, "{mutation}");
}
