//! Odd input by the front door: what is too long, what hides, what looks alike, and fields that nobody asked for.

use super::{faults, refuses};
use crate::{
    grid::{SAMPLES, schema::types, used_by, world},
    support::{
        TestApp,
        people::{Kind, PASSWORD},
    },
};
use serde_json::{Value, json};

#[tokio::test]
async fn passwords_of_any_length_and_letters_are_answered() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let before = app.rows().await;
    let huge = "x".repeat(100_000);
    let answer = app.anonymous().try_mutate("login", "", json!({ "email": acme.email, "password": huge })).await;
    assert_eq!((answer.status.as_u16(), answer.codes()), (413, vec!["BAD_USER_INPUT"]), "beyond the body's limit");
    let long = "x".repeat(60_000);
    let wrong = json!({ "email": acme.email, "password": long });
    refuses(&app, &app.anonymous(), "login", wrong, &[("", "INVALID_CREDENTIALS")]).await;
    let with = |new: &str| json!({ "currentPassword": PASSWORD, "newPassword": new });
    refuses(&app, &acme.user, "changePassword", with(&long), &[("newPassword", "TOO_LONG")]).await;
    assert_eq!(app.rows().await, before);
    // Any character counts, also one that ends texts elsewhere: what follows it is part of the password.
    let odd = "seven lanterns\0over Tromso";
    acme.user.mutate("changePassword", "", with(odd)).await;
    let cut = json!({ "email": acme.email, "password": "seven lanterns" });
    refuses(&app, &app.anonymous(), "login", cut, &[("", "INVALID_CREDENTIALS")]).await;
    app.anonymous().mutate("login", "", json!({ "email": acme.email, "password": odd })).await;
}

#[tokio::test]
async fn twins_of_an_address_are_one_and_look_alikes_are_none() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let invitee = |email: &str| json!({ "name": "Ada", "email": email, "role": "MEMBER" });
    admin.mutate("inviteUser", "", invitee("ada@m\u{fc}nchen.example")).await;
    for twin in [
        "ada@xn--mnchen-3ya.example",
        "ADA@M\u{dc}NCHEN.example",
        "ada@mu\u{308}nchen.example",
        " ada@m\u{fc}nchen.EXAMPLE ",
    ] {
        refuses(&app, &admin, "inviteUser", invitee(twin), &[("email", "ALREADY_INVITED")]).await;
    }
    for odd in [
        "\u{430}da@acme.example",
        "ada\u{200b}@acme.example",
        "ada\u{202e}@acme.example",
        "ada@acme.example\r\nBcc: eve@evil.example",
        "ada@acme\0.example",
        "\"ada\"@acme.example",
        "ada@[127.0.0.1]",
        "-oQx@acme.example",
        "ada@acme",
    ] {
        refuses(&app, &admin, "inviteUser", invitee(odd), &[("email", "INVALID")]).await;
    }
}

/// Whoever adds a field to an input, to be given a role or a status, gets nothing at all.
#[tokio::test]
async fn no_input_takes_a_field_that_it_does_not_name() {
    let world = world(&["VendorAdmin", "Admin"]).await;
    let types = types(&world.clients["VendorAdmin"]).await;
    for (name, _) in SAMPLES.iter().filter(|(_, document)| document.starts_with("mutation")) {
        let mut input = format!("{name}Input");
        input[..1].make_ascii_uppercase();
        let Some(kind) = types.get(&input) else { continue };
        for extra in ["status", "role", "partnerId", "isAdmin", "passwordHash", "__proto__"] {
            if kind.fields.iter().any(|field| field.name == extra) {
                continue;
            }
            faults(&world.app, &world.clients["VendorAdmin"], name, json!({ extra: "ADMIN" }), "BAD_USER_INPUT").await;
        }
    }
    // Also where everything else is in order.
    let (_, document) = SAMPLES.iter().find(|(name, _)| *name == "createPartner").unwrap();
    let mut variables: Value = used_by(document, &world.variables);
    variables["newPartner"]["status"] = json!("APPROVED");
    let before = world.app.rows().await;
    let answer = world.clients["VendorAdmin"].send(document, variables).await;
    assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
    assert_eq!(world.app.rows().await, before);
}
