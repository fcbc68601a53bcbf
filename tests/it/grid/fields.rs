//! Every field of every object, as every actor.

use super::{
    ACTORS, World,
    cell::{Line, cell},
    schema::{Types, Way, ways},
    used_by,
};
use std::collections::BTreeMap;

/// What is a partner's: nobody of another partner gets any of it.
const OWNED: [&str; 9] = [
    "Partner",
    "User",
    "Invitation",
    "FormSubmission",
    "TermsAcceptance",
    "Integration",
    "ReviewComment",
    "Tenant",
    "Activity",
];

/// A line for each field; what the grid does not know how to ask is named.
pub(super) async fn lines(world: &World, types: &Types) -> Vec<Line> {
    let (ways, handed) = (ways(types), handed_over(types));
    let (mut lines, mut missing) = (Vec::new(), Vec::new());
    for (name, kind) in types.iter().filter(|(name, kind)| kind.kind == "OBJECT" && !is_root(name)) {
        let Some(way) = ways.get(name) else {
            if !handed.contains_key(name) {
                missing.push(format!("a way to the type {name}"));
            }
            continue;
        };
        if !way.from.is_empty() && world.variables[&way.from].is_null() {
            missing.push(format!("an object of the type {}", way.from));
            continue;
        }
        for field in &kind.fields {
            if field.asks {
                missing.push(format!("the arguments of {name}.{}", field.name));
                continue;
            }
            let (document, path) = way.ask(field, types);
            let line = line(world, format!("{name}.{}", field.name), way, &document, &path).await;
            if line.cells.iter().all(|cell| cell != "yes" && cell != "null") {
                missing.push(format!("an object of which somebody may see {name}.{}", field.name));
            }
            lines.push(line);
        }
    }
    assert!(missing.is_empty(), "the grid needs {missing:#?}");
    lines
}

fn is_root(name: &str) -> bool {
    ["Query", "Mutation", "Subscription"].contains(&name)
}

async fn line(world: &World, name: String, way: &Way, document: &str, path: &[String]) -> Line {
    let mut line = Line::new(name);
    for actor in ACTORS {
        let answer = world.clients[actor].send(document, used_by(document, &world.variables)).await;
        line.cells.push(cell(&answer, path));
    }
    if OWNED.contains(&way.from.as_str()) {
        assert!(!line.gives("Stranger"), "a stranger is given {}", line.print());
    }
    line
}

/// What only mutations answer, to those for whom their own lines say so: the types, and their fields.
pub(super) fn handed_over(types: &Types) -> BTreeMap<String, String> {
    let mut open: Vec<&str> = types["Mutation"].fields.iter().map(|field| field.of.as_str()).collect();
    let (known, mut handed) = (ways(types), BTreeMap::new());
    while let Some(name) = open.pop() {
        if types[name].kind != "OBJECT" || known.contains_key(name) || handed.contains_key(name) {
            continue;
        }
        let fields: Vec<_> = types[name].fields.iter().map(|field| field.name.as_str()).collect();
        handed.insert(name.to_owned(), fields.join(" "));
        open.extend(types[name].fields.iter().map(|field| field.of.as_str()));
    }
    handed
}
