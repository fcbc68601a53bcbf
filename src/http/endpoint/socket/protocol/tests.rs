//! The machine, message by message.

use super::*;

const INIT: &str = r#"{"type":"connection_init"}"#;

fn subscribe(id: &str) -> String {
    format!(r#"{{"id":"{id}","type":"subscribe","payload":{{"query":"{{ a }}"}}}}"#)
}

fn complete(id: &str) -> String {
    format!(r#"{{"id":"{id}","type":"complete"}}"#)
}

fn open() -> Protocol {
    let mut protocol = Protocol::default();
    assert_eq!(protocol.hear(INIT), Step::Greet(Map::new()));
    assert_eq!(protocol.open(), r#"{"type":"connection_ack"}"#);
    protocol
}

fn run(step: Step) -> Run {
    match step {
        Step::Start(run, _) => run,
        other => panic!("{other:?}"),
    }
}

fn said(step: Step) -> String {
    match step {
        Step::Say(text) => text,
        other => panic!("{other:?}"),
    }
}

fn next() -> Outcome {
    Outcome::Next(r#"{"data":null}"#.into())
}

#[test]
fn one_greeting_comes_first() {
    let mut protocol = Protocol::default();
    assert_eq!(protocol.hear(&subscribe("1")), Step::Close(Close::UNAUTHORIZED));
    assert!(matches!(protocol.hear(INIT), Step::Greet(_)));
    assert_eq!(protocol.hear(&subscribe("1")), Step::Close(Close::UNAUTHORIZED), "not before the acknowledgement");
    assert_eq!(protocol.hear(INIT), Step::Close(Close::TOO_MANY_INITS));
    assert_eq!(open().hear(INIT), Step::Close(Close::TOO_MANY_INITS));
}

#[test]
fn pings_are_answered_at_any_time() {
    for mut protocol in [Protocol::default(), open()] {
        assert_eq!(said(protocol.hear(r#"{"type":"ping"}"#)), r#"{"type":"pong"}"#);
        let echoed = r#"{"type":"pong","payload":{"x":1}}"#;
        assert_eq!(said(protocol.hear(r#"{"type":"ping","payload":{"x":1}}"#)), echoed);
        assert_eq!(protocol.hear(r#"{"type":"pong"}"#), Step::Rest);
    }
}

#[test]
fn an_id_is_used_once_at_a_time() {
    let mut protocol = open();
    let first = run(protocol.hear(&subscribe("1")));
    assert_eq!(protocol.hear(&subscribe("1")), Step::Close(Close(4409, "Subscriber for 1 already exists".into())));
    assert_eq!(protocol.hear(&complete("1")), Step::Stop(first));
    let second = run(protocol.hear(&subscribe("1")));
    assert_ne!(first, second);
    assert_eq!(protocol.say(first, &next()), Step::Rest, "the run before says nothing in the name of this one");
    assert!(said(protocol.say(second, &next())).contains(r#""id":"1""#));
}

#[test]
fn nothing_is_said_after_the_end() {
    for end in [Outcome::Done, Outcome::Refused(vec![ServerError::new("no", None)])] {
        let mut protocol = open();
        let run = run(protocol.hear(&subscribe("1")));
        let text = said(protocol.say(run, &end));
        assert!(text.contains(r#""type":"complete""#) || text.contains(r#""type":"error""#), "{text}");
        for late in [next(), Outcome::Done, Outcome::Refused(Vec::new())] {
            assert_eq!(protocol.say(run, &late), Step::Rest);
        }
        assert_eq!(protocol.hear(&complete("1")), Step::Rest, "an id that is over is no error");
    }
    let mut protocol = open();
    let run = run(protocol.hear(&subscribe("1")));
    assert_eq!(protocol.hear(&complete("1")), Step::Stop(run));
    for late in [next(), Outcome::Done, Outcome::Refused(Vec::new())] {
        assert_eq!(protocol.say(run, &late), Step::Rest);
    }
}

#[test]
fn one_operation_too_many_is_refused_and_the_others_go_on() {
    let mut protocol = open();
    let runs: Vec<_> = (0..OPERATIONS).map(|i| run(protocol.hear(&subscribe(&i.to_string())))).collect();
    let refused = said(protocol.hear(&subscribe("more")));
    assert!(refused.contains(r#""type":"error""#) && refused.contains("RATE_LIMITED"), "{refused}");
    said(protocol.say(runs[0], &Outcome::Done));
    run(protocol.hear(&subscribe("more")));
}

#[test]
fn every_reason_fits_into_a_frame() {
    assert!(Close::under_way(&"🌳".repeat(1_000)).1.len() <= 123);
}

#[test]
fn nonsense_closes_the_socket() {
    assert_eq!(open().hear("nonsense"), Step::Close(Close::INVALID));
    assert_eq!(Protocol::default().hear("{}"), Step::Close(Close::INVALID));
}

#[test]
fn an_operation_can_end_the_socket() {
    let mut protocol = open();
    let run = run(protocol.hear(&subscribe("1")));
    assert_eq!(protocol.say(run, &Outcome::Close(Close::FORBIDDEN)), Step::Close(Close::FORBIDDEN));
}
