//! Two partners, each with a marker in every text: whoever must not see it gets it by no field, mutation, error, letter,
//! event or line of the log.

mod asked;
mod rows;

use crate::{
    api_keys::program,
    grid::{
        SAMPLES, World,
        schema::{self, Types, everything, ways},
        used_by, world,
    },
    support::{Client, logs::Logs, people::draft, socket::Socket},
};
use rows::{ACME, OTHER, VENDOR, mark, mark_keys};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Who sees nothing of Acme's: nobody, one of Acme's who is shut out, and people of two other partners.
const OTHERS: [&str; 4] = ["Anonymous", "Disabled", "Onboarding", "Stranger"];

/// Texts that the graph shows to nobody: what is kept of letters.
const UNSEEN: [&str; 3] = ["zebra.outbox.recipient", "zebra.outbox.params", "zebra.outbox.last-error"];

async fn marked(actors: &[&'static str]) -> (World, Types, Vec<String>) {
    let mut world = world(actors).await;
    let types = schema::types(&world.clients["VendorAdmin"]).await;
    // A program of the vendor's has done something to Acme.
    let (key, _) = program(&world.clients["VendorAdmin"], "ADMIN", &["PARTNERS_WRITE"]).await;
    key.mutate("updatePartner", "", json!({ "id": world.variables["partner"], "labels": ["by a program"] })).await;
    assert_eq!(mark_keys(&world.app).await.len(), 1, "keys have one text");
    let marks = mark(&world.app, "Acme", ACME).await;
    for table in [
        "partner",
        "user",
        "invitation",
        "form-submission",
        "integration",
        "integration-revision",
        "review-comment",
        "tenant",
        "terms-acceptance",
        "activity",
        "session",
        "outbox",
    ] {
        assert!(marks.iter().any(|mark| mark.contains(&format!(".{table}."))), "Acme has nothing of {table}");
    }
    assert!(mark(&world.app, "Other", OTHER).await.len() > 10);
    // Somebody who asks for what Acme has already is told no more than that.
    world.variables["newUser"]["email"] = json!("contact@acme.example.zebra.user.email");
    (world, types, marks)
}

/// Asks for every field that there is a way to, with Acme's ids; answers all that was said.
async fn sweep(world: &World, types: &Types, client: &Client) -> Vec<(String, String)> {
    let (ways, mut said) = (ways(types), Vec::new());
    for (name, way) in &ways {
        for field in types[name].fields.iter().filter(|field| !field.asks) {
            let document = way.ask_all(field, types);
            let answer = client.send(&document, used_by(&document, &world.variables)).await;
            assert!(!answer.codes().contains(&"BAD_USER_INPUT"), "{document} {:#}", answer.body);
            said.push((document, answer.body.to_string()));
        }
    }
    said
}

/// Sends every sample of the grid, with everything that it can answer.
async fn mutate(world: &World, types: &Types, client: &Client) -> Vec<(String, String)> {
    let mut said = Vec::new();
    // To log out comes last.
    let (last, first): (Vec<_>, Vec<_>) = SAMPLES.iter().partition(|(name, _)| *name == "logout");
    let asked = first.into_iter().chain(last).filter(|(_, document)| !document.starts_with("subscription"));
    for (name, document) in asked {
        let mut roots = types["Query"].fields.iter().chain(&types["Mutation"].fields);
        let field = roots.find(|field| field.name == *name).unwrap();
        let document = match everything(types, &field.of, 2) {
            Some(all) => with_all(document, name, &all),
            None => (*document).to_owned(),
        };
        let answer = client.send(&document, used_by(&document, &world.variables)).await;
        assert!(!answer.codes().contains(&"BAD_USER_INPUT"), "{document} {:#}", answer.body);
        said.push((document, answer.body.to_string()));
    }
    said
}

/// A document whose root field asks for everything: its own selection is what the last braces but one hold.
fn with_all(document: &str, name: &str, all: &str) -> String {
    let field = document.rfind(&format!("{name}(")).or_else(|| document.rfind(name)).unwrap();
    let (mut depth, mut begin) = (0_i32, field);
    for (at, c) in document[field..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '{' if depth == 0 => {
                begin = field + at;
                break;
            }
            _ => {}
        }
    }
    format!("{} {all} }}", &document[..begin])
}

fn clean(said: &[(String, String)], marker: &str, who: &str) {
    // Whoever knows address and password is let in.
    for (document, answer) in said.iter().filter(|(document, _)| marker == ACME || !document.contains("login(")) {
        assert!(!answer.contains(marker), "{who} is told of it\n{document}\n{answer}");
    }
}

#[tokio::test]
async fn nothing_of_another_partner_reaches_anybody() {
    let logs = Logs::listen();
    let (world, types, marks) =
        marked(&["Anonymous", "Disabled", "Onboarding", "Stranger", "Staff", "VendorAdmin", "Admin", "Member"]).await;
    // What the vendor sees, and Acme of its own, shows that the sweep looks everywhere.
    let mut said = sweep(&world, &types, &world.clients["VendorAdmin"]).await;
    assert!(said.iter().any(|(_, answer)| answer.contains(VENDOR)), "the vendor sees its keys");
    said.extend(sweep(&world, &types, &world.clients["Admin"]).await);
    let seen = |mark: &String| said.iter().any(|(_, answer)| answer.contains(mark.as_str()));
    let unseen: Vec<_> = marks.iter().filter(|mark| !seen(mark)).collect();
    assert_eq!(unseen, UNSEEN, "texts that the sweep does not come to");
    let mut socket = Socket::of(&world.app, &world.clients["Stranger"]).await;
    for root in &types["Subscription"].fields {
        let all = everything(&types, &root.of, 2).unwrap();
        socket.subscribe(&root.name, &format!("subscription {{ {} {all} }}", root.name), json!({})).await;
    }
    for actor in OTHERS {
        let said = sweep(&world, &types, &world.clients[actor]).await;
        clean(&said, ACME, actor);
        clean(&said, VENDOR, actor);
        assert_eq!(said.iter().any(|(_, answer)| answer.contains(OTHER)), actor == "Stranger", "{actor}");
    }
    for actor in ["Admin", "Member"] {
        let said = sweep(&world, &types, &world.clients[actor]).await;
        clean(&said, OTHER, actor);
        clean(&said, VENDOR, actor);
        assert!(said.iter().any(|(_, answer)| answer.contains(ACME)), "{actor}");
    }
    // Acme and the vendor change what they can, and others try to.
    for actor in ["Member", "Admin"] {
        let said = mutate(&world, &types, &world.clients[actor]).await;
        clean(&said, OTHER, actor);
        clean(&said, VENDOR, actor);
    }
    // Last, because it shuts Acme out in the end.
    mutate(&world, &types, &world.clients["VendorAdmin"]).await;
    draft(&world.clients["Stranger"], "Canary").await;
    let mut heard = BTreeSet::new();
    while heard.len() < 2 {
        let event = socket.hear().await;
        assert!(!event.to_string().contains(ACME) && !event.to_string().contains(VENDOR), "{event:#}");
        if event.to_string().contains("Canary") {
            heard.insert(event["id"].to_string());
        }
    }
    for actor in OTHERS {
        let said = mutate(&world, &types, &world.clients[actor]).await;
        clean(&said, ACME, actor);
        clean(&said, VENDOR, actor);
    }
    let letters = world.app.letters().await;
    assert!(letters.iter().any(|letter| letter.text.contains(ACME)), "some letters are about Acme");
    for letter in letters {
        let staff = ["admin@example.com", "staff@vendor.example"].contains(&letter.to.as_str());
        let text = format!("{letter:?} {} {}", letter.text, letter.html);
        for marker in [ACME, OTHER, VENDOR] {
            let may_know = staff || letter.to.contains(marker);
            assert!(may_know || !text.contains(marker), "{} is written to of it\n{text}", letter.to);
        }
    }
    let logs = logs.text();
    assert!(logs.contains("DEBUG") && logs.len() > 10_000, "the log is heard");
    let lines: Vec<_> =
        logs.lines().filter(|line| [ACME, OTHER, VENDOR].iter().any(|marker| line.contains(marker))).take(5).collect();
    assert!(lines.is_empty(), "{lines:#?}");
}

#[tokio::test]
async fn a_key_is_told_of_what_its_scopes_say() {
    let (world, types, _) = marked(&["VendorAdmin"]).await;
    for (scope, tables) in [
        ("PARTNERS_READ", &["partner"][..]),
        ("USERS_READ", &["user", "invitation"]),
        ("FORMS_READ", &["form-submission", "terms-acceptance"]),
        ("INTEGRATIONS_READ", &["integration", "review-comment"]),
        ("TENANTS_READ", &["tenant"]),
        ("ACTIVITY_READ", &["activity"]),
        ("SETTINGS_READ", &[]),
    ] {
        let (client, _) = program(&world.clients["VendorAdmin"], "ADMIN", &[scope]).await;
        let said = sweep(&world, &types, &client).await;
        let mark = format!("{ACME}.");
        for (document, answer) in &said {
            let marks = answer.split(&mark).skip(1);
            let foreign: Vec<_> = marks.filter(|mark| !tables.iter().any(|table| mark.starts_with(table))).collect();
            assert!(foreign.is_empty(), "{scope} shows {document}\n{answer}");
        }
        let shown: Value = said.iter().any(|(_, answer)| answer.contains(ACME)).into();
        assert_eq!(shown, json!(!tables.is_empty()), "{scope}");
    }
}
