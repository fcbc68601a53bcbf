//! Every refusal of every mutation: a code, a sentence, and no row changed.

mod account;
mod devices;
mod email;
pub(crate) mod factor;
mod integrations;
mod lifecycle;
mod links;
mod odd;
mod partners;
mod passwords;
mod proofs;
mod review;
mod rotation;
mod rounds;
mod tenant_bulk;
mod tenant_life;
mod tenants;
mod throttles;
mod users;

use crate::support::{Answer, Client, TestApp};
use serde_json::Value;

/// A mutation that is refused at these fields with these codes, and changes nothing.
pub(crate) async fn refuses(app: &TestApp, who: &Client, mutation: &str, input: Value, expected: &[(&str, &str)]) {
    let before = app.rows().await;
    let answer: Answer = who.try_mutate(mutation, "", input.clone()).await;
    let expected: Vec<_> = expected.iter().map(|(field, code)| ((*field).to_owned(), (*code).to_owned())).collect();
    assert_eq!(answer.refusals(mutation), expected, "{mutation} {input:.300}");
    assert_eq!(app.rows().await, before, "{mutation} {input:.300}");
}

/// A mutation that ends in one top-level error with this code, and changes nothing.
pub(crate) async fn faults(app: &TestApp, who: &Client, mutation: &str, input: Value, code: &str) {
    let before = app.rows().await;
    let answer = who.try_mutate(mutation, "", input.clone()).await;
    assert_eq!(answer.codes(), [code], "{mutation} {input:.300} {:#}", answer.body);
    assert_eq!(app.rows().await, before, "{mutation} {input:.300}");
}
