//! Two admins who do different things to one invitation, or send their organisation's last ones, at once.

use crate::support::{Client, TestApp, people::new_partner, token_in, unlimited_invitations};
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::task::JoinSet;

fn rounds() -> usize {
    std::env::var("ROUNDS_OF_LETTERS").ok().and_then(|text| text.parse().ok()).unwrap_or(200)
}

/// A second admin of the vendor.
async fn colleague(app: &TestApp, admin: &Client) -> Client {
    let input = json!({ "name": "Grace", "email": "grace@example.com", "role": "ADMIN" });
    admin.mutate("inviteUser", "user { id }", input).await;
    app.accept(&token_in(&app.letter_to("grace@example.com").await)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_admins_at_one_invitation_leave_one_link_for_each_address() {
    two_admins_at_one_invitation(8).await;
}

/// Run by `make test-long`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "hundreds of rounds"]
#[expect(clippy::print_stdout, reason = "the figures are what the run is for")]
async fn two_admins_at_one_invitation_hundreds_of_times() {
    println!("{} rounds: {:?}", rounds(), two_admins_at_one_invitation(rounds()).await);
}

/// In each round an invitation that is sent again, corrected, taken back and made anew, all at once. Answers how often
/// each of these was done.
async fn two_admins_at_one_invitation(rounds: usize) -> BTreeMap<&'static str, usize> {
    let app = TestApp::with(unlimited_invitations).await;
    let first = app.admin().await;
    let second = colleague(&app, &first).await;
    let mut done = BTreeMap::new();
    for round in 0..rounds {
        let (old, new) = (format!("ada{round}@acme.example"), format!("eve{round}@acme.example"));
        first.mutate("invitePartner", "partner { id }", new_partner("Acme", &old)).await;
        let list = "query($email: String) { invitations(filter: { email: { contains: $email } }) { nodes { id } } }";
        let id = first.data(list, json!({ "email": old })).await["invitations"]["nodes"][0]["id"].clone();
        let before = app.letters().await.len();
        app.hub.clock.advance(TimeDelta::seconds(61));
        let asked = [
            (&first, "resendInvitation", json!({ "id": id })),
            (&second, "correctInvitationEmail", json!({ "id": id, "email": new })),
            (&first, "revokeInvitation", json!({ "id": id })),
            (&second, "invitePartner", new_partner("Birch", &old)),
            (&second, "resendInvitation", json!({ "id": id })),
        ];
        let mut tries = JoinSet::new();
        for turn in 0..asked.len() {
            // Who comes first differs from round to round.
            let (who, mutation, input) = asked[(turn + round) % asked.len()].clone();
            let who = who.clone();
            tries.spawn(async move { (mutation, who.try_mutate(mutation, "", input).await) });
        }
        // The worker sends in between, as it does.
        let worker = app.worker.clone();
        let sending = tokio::spawn(async move { worker.drain().await.unwrap() });
        for (mutation, answer) in tries.join_all().await {
            let codes = answer.codes();
            if !codes.is_empty() {
                assert_eq!(codes, ["CONFLICT"], "{mutation}: {:#}", answer.body);
                continue;
            }
            let refusals = answer.refusals(mutation);
            let known = ["TOO_SOON", "INVALID_STATE", "ALREADY_INVITED", "TAKEN"];
            assert!(refusals.iter().all(|(_, code)| known.contains(&code.as_str())), "{mutation}: {refusals:?}");
            *done.entry(mutation).or_default() += usize::from(refusals.is_empty());
        }
        sending.await.unwrap();
        each_address_has_one_link(&app, &first, round, before).await;
    }
    for (mutation, event) in [
        ("resendInvitation", "invitation.resent"),
        ("correctInvitationEmail", "invitation.email_corrected"),
        ("revokeInvitation", "invitation.revoked"),
    ] {
        let sql = format!("SELECT event FROM activity WHERE event = '{event}'");
        assert_eq!(app.texts(&sql).await.len(), done.get(mutation).copied().unwrap_or_default(), "{mutation}");
    }
    done
}

/// Of all links that were sent in this round, those work that belong to an open invitation, each in one letter, to the
/// address that the invitation and its user have.
async fn each_address_has_one_link(app: &TestApp, admin: &Client, round: usize, before: usize) {
    let letters = app.letters().await.split_off(before.saturating_sub(1));
    let ours = |email: &str| email.ends_with(&format!("{round}@acme.example"));
    let mut working = Vec::new();
    for letter in letters.iter().filter(|letter| ours(&letter.to)) {
        let query = "query($token: Secret!) { invitationPreview(token: $token) { name } }";
        let token = json!({ "token": token_in(letter) });
        if !app.anonymous().data(query, token).await["invitationPreview"].is_null() {
            working.push(letter.to.clone());
        }
    }
    let query = "query($part: String) { invitations(filter: { email: { contains: $part } }) {
        nodes { email status user { email status } } } }";
    let seen = admin.data(query, json!({ "part": format!("{round}@acme") })).await;
    let rows: Vec<Value> = seen["invitations"]["nodes"].as_array().unwrap().clone();
    let open = rows.iter().filter(|row| row["status"] == "PENDING" && ours(row["email"].as_str().unwrap()));
    let mut open: Vec<_> = open
        .map(|row| {
            assert_eq!(row["email"], row["user"]["email"], "round {round}");
            row["email"].as_str().unwrap().to_owned()
        })
        .collect();
    open.sort();
    working.sort();
    assert_eq!(working, open, "round {round}: {rows:#?}");
    open.dedup();
    assert_eq!(working, open, "round {round}: one for each address");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_admins_at_the_days_last_invitations_send_no_more_than_those() {
    the_days_last_invitations(3).await;
}

/// Run by `make test-long`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "hundreds of days"]
async fn two_admins_at_the_days_last_invitations_hundreds_of_days() {
    the_days_last_invitations(rounds()).await;
}

/// On each day both admins invite more than the organisation may, all at once.
async fn the_days_last_invitations(days: usize) {
    const MOST: usize = 5;
    let app = TestApp::with(|settings| {
        unlimited_invitations(settings);
        settings.limits.invitations_a_day = Some(MOST);
    })
    .await;
    let admin = app.admin().await;
    colleague(&app, &admin).await;
    for day in 0..days {
        app.hub.clock.advance(TimeDelta::days(2));
        let admins = [app.login("admin@example.com").await, app.login("grace@example.com").await];
        let mut tries = JoinSet::new();
        for n in 0..2 * MOST {
            let who = admins[n % 2].clone();
            let input = new_partner("Acme", &format!("a{n}@day{day}.example"));
            tries.spawn(async move { who.try_mutate("invitePartner", "", input).await });
        }
        let (mut sent, mut conflicts) = (0, 0);
        for answer in tries.join_all().await {
            if !answer.codes().is_empty() {
                assert_eq!(answer.codes(), ["CONFLICT"], "{:#}", answer.body);
                conflicts += 1;
                continue;
            }
            match answer.refusals("invitePartner").as_slice() {
                [] => sent += 1,
                [(_, code)] if code == "LIMIT_REACHED" => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((sent, conflicts), (MOST, 0), "day {day}");
        let rows = app.texts(&format!("SELECT email FROM invitation WHERE email LIKE '%@day{day}.example'")).await;
        assert_eq!(rows.len(), MOST, "day {day}");
        let letters = app.letters().await;
        let to = letters.iter().filter(|letter| letter.to.ends_with(&format!("@day{day}.example"))).count();
        assert_eq!(to, MOST, "day {day}");
    }
}
