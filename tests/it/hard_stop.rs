//! PostgreSQL stopped hard under load: what was acknowledged is there, and the hub goes on by itself.

use crate::support::{Client, TestApp, people::new_partner, unlimited_invitations};
use tokio::{process::Command, sync::watch};

const STOPS: usize = 20;
const WRITERS: usize = 8;
/// Changes that are acknowledged between two stops.
const BETWEEN: usize = 40;

#[tokio::test]
#[ignore = "takes minutes; TEST_DATABASE_RESTART stops the server hard and starts it anew"]
#[expect(clippy::print_stdout, reason = "the figures are what it is for")]
async fn nothing_acknowledged_is_lost() {
    let Ok(restart) = std::env::var("TEST_DATABASE_RESTART") else { return };
    let app = TestApp::with(unlimited_invitations).await;
    let admin = app.admin().await;
    let (count, mut acknowledged) = watch::channel((0, true));
    let writers: Vec<_> =
        (0..WRITERS).map(|writer| tokio::spawn(write(admin.clone(), writer, count.clone()))).collect();
    for _ in 0..STOPS {
        let from = acknowledged.borrow().0;
        acknowledged.wait_for(|(count, _)| *count >= from + BETWEEN).await.unwrap();
        assert!(Command::new(&restart).status().await.unwrap().success());
    }
    count.send_modify(|(_, goes_on)| *goes_on = false);
    let (mut names, mut refused) = (Vec::new(), 0);
    for writer in writers {
        let (written, others) = writer.await.unwrap();
        names.extend(written);
        refused += others;
    }
    let kept: std::collections::HashSet<_> = app.texts("SELECT name FROM partner").await.into_iter().collect();
    let lost: Vec<_> = names.iter().filter(|name| !kept.contains(*name)).collect();
    println!("{STOPS} stops: {} changes acknowledged, {refused} refused, {} lost", names.len(), lost.len());
    assert!(lost.is_empty(), "{lost:?}");
    let left = "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'";
    assert_eq!(app.texts(left).await, [""; 0], "no connection is left in a transaction");
}

/// Creates partners until it is told to stop; answers those that were acknowledged, and how many were not.
async fn write(admin: Client, writer: usize, count: watch::Sender<(usize, bool)>) -> (Vec<String>, usize) {
    let (mut names, mut refused) = (Vec::new(), 0);
    while count.borrow().1 {
        let name = format!("Partner {writer} {} {refused}", names.len());
        let email = format!("p{writer}.{}.{refused}@acme.example", names.len());
        let answer = admin.try_mutate("createPartner", "partner { id }", new_partner(&name, &email)).await;
        if answer.body["data"]["createPartner"]["partner"]["id"].is_string() {
            names.push(name);
            count.send_modify(|(count, _)| *count += 1);
        } else {
            let coded = answer
                .codes()
                .iter()
                .all(|code| ["UNAVAILABLE", "INTERNAL", "CONFLICT", "BAD_USER_INPUT"].contains(code));
            assert!(coded && !answer.codes().is_empty(), "{}", answer.body);
            refused += 1;
        }
    }
    (names, refused)
}
