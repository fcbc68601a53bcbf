//! Tokens that do not work, at every door that takes one.

use super::invited;
use crate::{
    mutations::factor::{challenge, set_up},
    support::{
        Answer, TestApp,
        people::{Kind, PASSWORD},
        socket::Socket,
        token_in, unlimited_invitations,
    },
};
use chrono::TimeDelta;
use partner_hub::secret::session_token;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const READS: &str = "{ partners(first: 1) { nodes { id } } }";

/// A way in by a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Door {
    Bearer,
    Cookie,
    Socket,
    Challenge,
    Mutation(&'static str),
}

impl Door {
    /// Whether the token opens it, and what was said.
    async fn opens(self, app: &TestApp, token: &str) -> (bool, String) {
        let client = app.anonymous();
        let answer = match self {
            Self::Bearer => client.with_token(token).send(READS, json!({})).await,
            Self::Cookie => {
                let request = client.http.post(&client.endpoint).json(&json!({ "query": READS }));
                let request = request.header("cookie", format!("sid={token}")).header("x-partner-csrf", "1");
                Answer::of(request.header("sec-fetch-site", "same-origin").send().await.unwrap()).await
            }
            Self::Socket => {
                let mut socket = Socket::silent(app).await;
                let payload = json!({ "authorization": format!("Bearer {token}") });
                socket.say(json!({ "type": "connection_init", "payload": payload })).await;
                let heard = socket.try_hear().await.map_or("closed".to_owned(), |message| message["type"].to_string());
                return (heard.contains("connection_ack"), heard);
            }
            Self::Challenge => {
                let input = json!({ "challenge": token, "code": "000000" });
                let answer = client.try_mutate("completeLogin", "", input).await;
                let refused = answer.refusals("completeLogin");
                // Whoever has the right one is asked for another code.
                return (refused[0].0 == "code", answer.body.to_string());
            }
            Self::Mutation(name) => {
                let answer = client.try_mutate(name, "", json!({ "token": token, "password": PASSWORD })).await;
                let done = answer.codes().is_empty() && answer.refusals(name).is_empty();
                return (done, answer.body.to_string());
            }
        };
        (answer.codes().is_empty(), format!("{} {}", answer.status, answer.body))
    }
}

/// A token with each of its characters changed in turn, in several ways; cut, doubled and under other names.
fn altered(token: &str) -> Vec<String> {
    let mut all = Vec::new();
    for at in 0..token.len() {
        let now = ALPHABET.iter().position(|letter| *letter == token.as_bytes()[at]).unwrap();
        for step in (1..ALPHABET.len()).step_by(2) {
            let mut bytes = token.as_bytes().to_vec();
            bytes[at] = ALPHABET[(now + step) % ALPHABET.len()];
            all.push(String::from_utf8(bytes).unwrap());
        }
        all.push(token[..at].to_owned());
        all.push(token[at + 1..].to_owned());
    }
    let body = token.split_once('_').unwrap().1;
    all.extend(["pses_", "pinv_", "prst_", "ppat_", ""].iter().map(|name| format!("{name}{body}")));
    all.extend([format!("{token}{token}"), format!("{token}A"), token.to_lowercase(), token.to_uppercase()]);
    all.retain(|other| other != token);
    all
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "20,000 tokens"]
async fn no_token_opens_anything_but_the_right_one() {
    let app = TestApp::with(unlimited_invitations).await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let two = app.partner(&admin, "Two", Kind::Created).await;
    set_up(&app, &two.user).await;
    let (accept, reset) = (Door::Mutation("acceptInvitation"), Door::Mutation("resetPassword"));
    let mut tried: Vec<(Door, String)> = Vec::new();
    // Used, ended, replaced, revoked and expired ones.
    for at in 0..30 {
        let session = app.login(&acme.email).await;
        session.data("mutation { logout { userErrors { code } } }", json!({})).await;
        let door = [Door::Bearer, Door::Cookie, Door::Socket][at % 3];
        tried.push((door, session.token.unwrap()));
        app.hub.clock.advance(TimeDelta::seconds(30));
    }
    let used = invited(&app, &admin, "used", 60).await;
    for token in &used {
        app.accept(token).await;
    }
    let dead = invited(&app, &admin, "dead", 60).await;
    app.hub.clock.advance(TimeDelta::minutes(2));
    let query = "{ invitations(first: 60, filter: { email: { startsWith: \"dead\" } }) { nodes { id } } }";
    let found = admin.data(query, json!({})).await["invitations"]["nodes"].as_array().unwrap().clone();
    for (at, invitation) in found.iter().enumerate() {
        let mutation = ["revokeInvitation", "resendInvitation"][at % 2];
        admin.mutate(mutation, "", invitation.clone()).await;
    }
    let expired = invited(&app, &admin, "expired", 500).await;
    for used in [true, false] {
        app.hub.clock.advance(TimeDelta::hours(1));
        app.anonymous().mutate("requestPasswordReset", "", json!({ "email": acme.email })).await;
        let link = token_in(&app.letter_to(&acme.email).await);
        if used {
            app.anonymous().mutate("resetPassword", "", json!({ "token": link, "password": PASSWORD })).await;
        }
        tried.push((reset, link));
    }
    let admin = app.login("admin@example.com").await;
    let (revoked, id) = crate::api_keys::program(&admin, "MEMBER", &["PARTNERS_READ"]).await;
    admin.mutate("revokeApiKey", "", json!({ "id": id })).await;
    let short = json!({ "name": "Short", "scopes": ["PARTNERS_READ"], "expiresInDays": 1 });
    let short = admin.mutate("createApiKey", "token", short).await["token"].as_str().unwrap().to_owned();
    let late = challenge(&app, &two.email).await;
    let idle = app.login(&acme.email).await.token.unwrap();
    app.hub.clock.advance(TimeDelta::days(8));
    tried.extend(used.into_iter().chain(dead).chain(expired).map(|token| (accept, token)));
    for key in [revoked.token.unwrap(), short] {
        tried.extend([(Door::Bearer, key.clone()), (Door::Socket, key.clone()), (Door::Cookie, key)]);
    }
    tried.extend([(Door::Bearer, idle), (Door::Challenge, late)]);
    // Altered ones of each kind that works now.
    let admin = app.login("admin@example.com").await;
    let (key, _) = crate::api_keys::program(&admin, "MEMBER", &["PARTNERS_READ"]).await;
    let open = invited(&app, &admin, "open", 1).await.remove(0);
    app.anonymous().mutate("requestPasswordReset", "", json!({ "email": acme.email })).await;
    let link = token_in(&app.letter_to(&acme.email).await);
    let session = admin.token.clone().unwrap();
    let asked = challenge(&app, &two.email).await;
    let right = [
        (Door::Bearer, session.clone()),
        (Door::Bearer, key.token.unwrap()),
        (Door::Cookie, session.clone()),
        (Door::Socket, session),
        (Door::Challenge, asked),
        (accept, open),
        (reset, link),
    ];
    for (door, token) in &right {
        tried.extend(altered(token).into_iter().map(|other| (*door, other)));
    }
    // Forged ones of the right shape.
    for at in tried.len()..20_000 {
        let (door, token) = &right[at % right.len()];
        let name = token.split_once('_').unwrap().0;
        let forged = session_token();
        tried.push((*door, format!("{name}_{}", forged.split_once('_').unwrap().1)));
    }
    let (mut accepted, mut said) = (Vec::new(), BTreeMap::<Door, BTreeSet<String>>::new());
    for (door, token) in &tried {
        let (opened, answer) = door.opens(&app, token).await;
        said.entry(*door).or_default().insert(answer);
        if opened {
            accepted.push((door, token));
        }
    }
    println!("{} tokens tried at {} doors, {} accepted", tried.len(), said.len(), accepted.len());
    assert!(tried.len() >= 20_000 && accepted.is_empty(), "{accepted:?}");
    for (door, answers) in said {
        assert_eq!(answers.len(), 1, "{door:?} says why: {answers:#?}");
    }
    for (door, token) in right {
        assert!(door.opens(&app, &token).await.0, "{door:?}: the right one");
    }
}
