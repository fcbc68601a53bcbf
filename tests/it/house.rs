//! The rooms of the house: each knows only those below it.

use std::{collections::BTreeSet, fs, path::Path};

/// From the ground up; rooms of one line may know each other's ground but not each other.
const FLOORS: [&[&str]; 13] = [
    &["clock", "fault", "secret"],
    &["config"],
    &["db"],
    &["changes"],
    &["hub"],
    &["outbox"],
    &["access"],
    &["domain"],
    &["mail"],
    &["graphql"],
    &["worker"],
    &["http"],
    &["cli"],
];

/// Libraries that belong to one floor and the ones above it.
const LIBRARIES: [(&str, &str); 3] = [("async_graphql", "graphql"), ("axum", "http"), ("lettre::", "mail")];

fn floor(room: &str) -> usize {
    FLOORS.iter().position(|rooms| rooms.contains(&room)).unwrap_or_else(|| panic!("the room {room} has no floor"))
}

/// All files below a folder whose names end like that, but for what packages bring.
pub(crate) fn files(folder: &Path, ending: &str, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
}

/// The first names behind `crate::`, also those of a nested `use crate::{a::b, c::{d, e}}`.
fn rooms_named(text: &str) -> BTreeSet<String> {
    let code: Vec<_> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut rooms = BTreeSet::new();
    for rest in code.join("\n").split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => rooms.extend(first_names(list)),
            None => drop(rooms.insert(word(rest))),
        }
    }
    rooms
}

/// The first name of each entry of a list that ends with its closing brace.
fn first_names(list: &str) -> Vec<String> {
    let (mut names, mut depth, mut begins) = (Vec::new(), 0, true);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && !c.is_whitespace() => {
                names.push(word(&list[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn each_room_knows_only_those_below_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&src, "rs", &mut found);
    let mut wrong = Vec::new();
    for path in found {
        let inside = path.strip_prefix(&src).unwrap();
        let room = inside.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
        if room == "lib" || room == "main" {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for other in rooms_named(&text) {
            let known = FLOORS.iter().any(|rooms| rooms.contains(&other.as_str()));
            if known && other != room && floor(&other) >= floor(&room) {
                wrong.push(format!("{} knows {other}", inside.display()));
            }
        }
        for (library, from) in LIBRARIES {
            // The configuration checks the sender's address with the library that will use it.
            if text.contains(library) && floor(&room) < floor(from) && room != "config" {
                wrong.push(format!("{} names {library}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Letters are rows of the outbox: nobody but the worker hands them over, and the command that tries the mail server.
#[test]
fn the_worker_alone_sends_letters() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&src, "rs", &mut found);
    let (mut senders, mut libraries) = (BTreeSet::new(), BTreeSet::new());
    for path in found {
        let room = path.strip_prefix(&src).unwrap().components().next().unwrap();
        let room = room.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).unwrap();
        if text.contains("Mailer") {
            senders.insert(room.clone());
        }
        if text.contains("lettre::") {
            libraries.insert(room);
        }
    }
    assert_eq!(Vec::from_iter(senders), ["cli", "mail", "worker"]);
    // The configuration checks the sender's address.
    assert_eq!(Vec::from_iter(libraries), ["config", "mail"]);
}

#[test]
fn the_reader_of_rooms_reads() {
    let text = "use crate::{\n access::{Access, Action},\n fault::Fault,\n domain::{activity, form},\n};\ncrate::db::x();\n// crate::http";
    let rooms: Vec<_> = rooms_named(text).into_iter().collect();
    assert_eq!(rooms, ["access", "db", "domain", "fault"]);
}

/// Whether a text is the name of something that happened, as `partner.created`.
fn is_event(text: &str) -> bool {
    const SUBJECTS: [&str; 10] =
        ["api_key", "export", "form", "integration", "invitation", "partner", "tenant", "terms", "user", "vendor"];
    let plain = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    text.split_once('.').is_some_and(|(subject, verb)| SUBJECTS.contains(&subject) && plain(verb))
}

/// What stands between quotes on any line.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('"').skip(1).step_by(2))
}

#[test]
fn everything_that_is_recorded_has_a_sentence_in_the_web_app() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    files(&root.join("src"), "rs", &mut found);
    let texts: Vec<_> = found.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let recorded: BTreeSet<&str> = texts.iter().flat_map(|text| quoted(text)).filter(|text| is_event(text)).collect();
    let said = fs::read_to_string(root.join("web/app/words/activity.ts")).unwrap();
    let sentences: BTreeSet<&str> = quoted(&said).filter(|text| is_event(text)).collect();
    assert_eq!(recorded, sentences);
}

/// Where SQL is written by hand: it passes the door by, so that each place is known and looked at.
const BY_HAND: [&str; 6] = [
    "src/changes/listener.rs",
    "src/db/",
    "src/domain/account/session/resolve.rs",
    "src/domain/logo/rebase.rs",
    "src/domain/page/totals.rs",
    "src/domain/throttle/mod.rs",
];

#[test]
fn sql_by_hand_stands_in_a_few_places() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    files(&root.join("src"), "rs", &mut found);
    let raw = ["execute_raw(", "execute_unprepared(", "query_one_raw(", "query_all_raw(", "find_by_statement("];
    let mut used = BTreeSet::new();
    for file in found {
        let text = fs::read_to_string(&file).unwrap();
        if raw.iter().any(|call| text.contains(call)) {
            let name = file.strip_prefix(root).unwrap().display().to_string();
            let place = BY_HAND.iter().find(|place| name.starts_with(**place));
            used.insert(*place.unwrap_or_else(|| panic!("{name} writes SQL by hand: say so here, or use the door")));
        }
    }
    let idle: Vec<_> = BY_HAND.iter().filter(|place| !used.contains(**place)).collect();
    assert!(idle.is_empty(), "no SQL by hand any more in {idle:?}");
}
