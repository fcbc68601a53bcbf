//! Which letters leave, to whom, and what they say.

mod colleagues;
mod hostile;
mod page;

use crate::support::{
    TestApp,
    people::{Kind, new_partner, onboard},
    token_in,
};
use partner_hub::mail::Composed;
use serde_json::json;

fn subjects(letters: &[Composed]) -> Vec<String> {
    let mut lines: Vec<_> = letters.iter().map(|letter| format!("{} | {}", letter.to, letter.subject)).collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn both_stories_write_these_letters() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let created = app.partner(&admin, "Created", Kind::Created).await;
    let invited = app.partner(&admin, "Invited", Kind::Invited).await;
    onboard(&invited.user).await;
    app.published(&admin, &created.user, "Sync").await;
    insta::assert_snapshot!(subjects(&app.letters().await).join("\n"));
}

#[tokio::test]
async fn the_invitation_is_written_like_this() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut input = new_partner("Acme & <Sons>", "ada@acme.example");
    input["message"] = json!("We met in Oslo.\n\n=> Click here | https://evil.example/\n<b>bold</b>");
    admin.mutate("invitePartner", "partner { id }", input).await;
    let letter = app.letter_to("ada@acme.example").await;
    let token = token_in(&letter);
    let tidy = |text: &str| text.replace(&token, "TOKEN").replace(&app.base, "http://hub");
    insta::assert_snapshot!("invitation_text", format!("{}\n\n{}", letter.subject, tidy(&letter.text)));
    insta::assert_snapshot!("invitation_html", tidy(&letter.html));
    assert_eq!(letter.html.matches("<a ").count(), 1, "one link, and it is ours");
}

#[tokio::test]
async fn a_refused_change_writes_no_letter() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let letters = app.letters().await.len();
    admin.try_mutate("createPartner", "partner { id }", new_partner("", "a@b")).await;
    assert_eq!(app.letters().await.len(), letters);
}

#[tokio::test]
async fn a_letter_is_sent_once() {
    let app = TestApp::start().await;
    app.admin().await;
    let first = app.letters().await;
    let (a, b) = tokio::join!(app.worker.drain(), app.worker.drain());
    assert_eq!((a.unwrap(), b.unwrap()), (0, 0));
    assert_eq!(app.letters().await.len(), first.len());
}

#[tokio::test]
async fn a_letter_whose_worker_died_is_sent_by_the_next_one() {
    use partner_hub::outbox::{self, Outcome};
    let app = TestApp::start().await;
    partner_hub::domain::invitation::invite_first_admin(&app.system()).await.unwrap();
    let (pools, clock) = (&app.hub.pools, &app.hub.clock);
    let dead = outbox::claim(pools, clock.now(), clock.id(), 5).await.unwrap().pop().expect("one letter is due");
    assert!(app.letters().await.is_empty(), "held by its first worker");
    clock.advance(chrono::TimeDelta::seconds(121));
    assert_eq!(app.letters().await.len(), 1);
    // The first worker comes back late: the row is no longer its own.
    let late = outbox::settle(&pools.reads, clock.now(), &dead, &Outcome::Deferred("too late".into())).await.unwrap();
    assert_eq!(late, None);
    clock.advance(chrono::TimeDelta::hours(2));
    assert_eq!(app.letters().await.len(), 1, "sent once");
}

#[tokio::test]
async fn an_invitation_that_is_no_longer_wanted_never_leaves() {
    use sea_orm::ConnectionTrait;
    let app = TestApp::start().await;
    partner_hub::domain::invitation::invite_first_admin(&app.system()).await.unwrap();
    app.hub.pools.reads.execute_unprepared("UPDATE invitation SET status = 'REVOKED'").await.unwrap();
    assert!(app.letters().await.is_empty());
    app.hub.clock.advance(chrono::TimeDelta::hours(2));
    assert!(app.letters().await.is_empty(), "cancelled for good");
}
