//! What a document weighs, for whoever writes one: the same gate as before `/graphql`, without a server.

use super::gate::Gate;
use crate::config::Limits;
use apollo_compiler::response::JsonMap;
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// How often a kept document is asked about: enough that a clock's own cost is lost in it.
const TIMES: u32 = 10_000;

/// What a document can hold against its limit, and what checking it costs at first and once it is kept; or everything
/// that is wrong with it, a sentence each.
pub fn weigh(sdl: &str, limits: Limits, document: &str, variables: &JsonMap) -> Result<String, Vec<String>> {
    let most = limits.objects;
    let gate = Gate::new(sdl, limits);
    let began = Instant::now();
    let admitted = gate.admit(document, variables, None);
    let first = began.elapsed();
    let objects = admitted
        .map_err(|complaints| complaints.iter().map(|it| it.fault.message().to_owned()).collect::<Vec<_>>())?
        .cost;
    let began = Instant::now();
    for _ in 0..TIMES {
        drop(black_box(gate.admit(black_box(document), black_box(variables), None)));
    }
    let again = began.elapsed() / TIMES;
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    Ok(format!(
        "{objects} objects at most, of {most} that a request may ask for.\nChecked in {:.0} µs at first, in {:.2} µs once it is kept.\n",
        micros(first),
        micros(again)
    ))
}
