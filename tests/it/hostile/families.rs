//! Documents that nobody sends by mistake. Each family grows by one number and has a limit that stops it.

use super::askers::ASKERS;
use serde_json::json;

/// One way to make a small request cost much.
pub(super) struct Family {
    pub(super) name: &'static str,
    /// The least size that is too much.
    pub(super) over: usize,
    /// What the refusal speaks of, just over the limit.
    pub(super) says: &'static str,
    /// The body of a request of this size.
    pub(super) body: fn(usize) -> String,
}

pub(super) const fn family(name: &'static str, over: usize, says: &'static str, body: fn(usize) -> String) -> Family {
    Family { name, over, says, body }
}

pub(super) fn document(text: String) -> String {
    json!({ "query": text }).to_string()
}

/// `open` so many times, `core`, `close` as often.
pub(super) fn nested(before: &str, open: &str, core: &str, close: &str, after: &str, size: usize) -> String {
    document(format!("{before}{}{core}{}{after}", open.repeat(size), close.repeat(size)))
}

/// Something for each number below `size`.
pub(super) fn each(size: usize, make: impl Fn(usize) -> String) -> String {
    (0..size).map(make).collect()
}

pub(super) const BRACKETS: &str = "brackets inside brackets";
pub(super) const LONG: &str = "is longer than 16384 bytes";

/// Those that are odd.
pub(super) const FAMILIES: [Family; 38] = [
    family("nested lists", 31, BRACKETS, |n| nested("{ node(id: ", "[", "1", "]", ") { id } }", n)),
    family("lists that never close", 31, BRACKETS, |n| nested("{ node(id: ", "[", "", "", "", n)),
    family("nested objects", 31, BRACKETS, |n| nested("{ node(id: ", "{a:", "1", "}", ") { id } }", n)),
    family("nested list types", 32, BRACKETS, |n| nested("query Q($v: ", "[", "Int", "]", ") { viewer { role } }", n)),
    family("nested selections", 13, "fields below fields", |n| nested("", "{ node ", "{ id }", "}", "", n - 1)),
    family("nested inline fragments", 31, BRACKETS, |n| nested("{", "... { ", "viewer { role }", "}", "}", n)),
    family("fragment chains", 21, "too many fragments", |n| {
        let chain = each(n - 1, |i| format!("fragment f{i} on Query {{ ...f{} }} ", i + 1));
        document(format!("{{ ...f0 }} {chain} fragment f{} on Query {{ viewer {{ role }} }}", n - 1))
    }),
    family("fragment chains that double", 10, "fields once fragments", |n| {
        let chain = each(n, |i| format!("fragment f{i} on Query {{ ...f{0} ...f{0} }} ", i + 1));
        document(format!("{{ ...f0 }} {chain} fragment f{n} on Query {{ viewer {{ role }} }}"))
    }),
    family("wide fragments", 20, "fields once fragments", |n| {
        document(format!("{{ {} }} fragment f on Query {{ {} }}", "...f ".repeat(n), "viewer { role } ".repeat(50)))
    }),
    family("fragment cycles", 1, "spreads itself", |n| {
        document(format!("{{ ...f0 }} {}", each(n, |i| format!("fragment f{i} on Query {{ ...f{} }} ", (i + 1) % n))))
    }),
    family("unknown fragments", 1, "no fragment", |n| document(format!("{{ {} }}", each(n, |i| format!("...f{i} "))))),
    family("aliases", 16, "aliases", |n| {
        document(format!("{{ {} }}", each(n, |i| format!("a{i}: viewer {{ role }} "))))
    }),
    family("directives on one field", 4, "directives at one place", |n| {
        document(format!("{{ viewer {} {{ role }} }}", "@include(if: true) ".repeat(n)))
    }),
    family("unknown directives on one field", 4, "directives at one place", |n| {
        document(format!("{{ viewer {} {{ role }} }}", "@a".repeat(n)))
    }),
    family("directives over the document", 11, "too many directives", |n| {
        document(format!("{{ {} }}", "viewer @include(if: true) { role } ".repeat(n)))
    }),
    family("duplicate fields", 1996, "tokens", |n| document(format!("{{viewer{{{}}}}}", "role ".repeat(n)))),
    family("fields that do not exist", 1, "field", |n| {
        document(format!("{{ {} }}", each(n, |i| format!("field{i} "))))
    }),
    family("duplicate arguments", 2, "argument", |n| {
        document(format!("{{ node({}) {{ id }} }}", "id: \"x\" ".repeat(n)))
    }),
    family("duplicate variables", 2, "variable", |n| {
        document(format!("query Q({}) {{ node(id: $a) {{ id }} }}", "$a: ID! ".repeat(n)))
    }),
    family("lists in variables", 501, "more than 500 entries", |n| {
        let query = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        json!({ "query": query, "variables": { "ids": vec!["x"; n] } }).to_string()
    }),
    family("deep variables", 10, "deeper than 10 levels", |n| {
        // As text: a value this deep would end the test instead.
        let (open, close) = ("[".repeat(n), "]".repeat(n));
        format!(r#"{{"query":"query Q($id: ID!) {{ node(id: $id) {{ id }} }}","variables":{{"id":{open}{close}}}}}"#)
    }),
    family("introspection loops", 4, "asks", |n| {
        nested("{ __type(name: \"User\") {", "fields { type {", "name", "} }", "} }", n)
    }),
    family("long names", 16_381, LONG, |n| document(format!("{{ {} }}", "x".repeat(n)))),
    family("long strings", 16_362, LONG, |n| document(format!("{{ node(id: \"{}\") {{ id }} }}", "x".repeat(n)))),
    family("long block strings", 16_358, LONG, |n| {
        document(format!("{{ node(id: \"\"\"{}\"\"\") {{ id }} }}", "\" ".repeat(n / 2)))
    }),
    family("comments", 8_183, LONG, |n| document(format!("{{ viewer {{ role }} {}}}", "#\n".repeat(n)))),
    family("commas", 16_366, LONG, |n| document(format!("{{ viewer {{ role }} {}}}", ",".repeat(n)))),
    family("unicode escapes", 2_728, LONG, |n| {
        document(format!(r#"{{ node(id: "{}") {{ id }} }}"#, r"\u0041".repeat(n)))
    }),
    family("brackets behind half a string", 1, "does not parse", |n| {
        // Whoever takes the string to go on does not see them.
        nested("{ node(id: \"\r", "[", "1", "]", "\") { id } }", n)
    }),
    family("long numbers", 11, "32-bit", |n| {
        document(format!("{{ partners(first: {}) {{ totalCount }} }}", "9".repeat(n)))
    }),
    family("fields that conflict", 2, "conflict", |n| {
        document(format!("{{ {} }}", each(n, |i| format!("node(id: \"{i}\") {{ id }} "))))
    }),
    family("fragments that conflict", 2, "conflict", |n| {
        let fragment = |i| format!("fragment f{i} on Query {{ node(id: \"{i}\") {{ id }} }} ");
        document(format!("{{ {} }} {}", each(n, |i| format!("...f{i} ")), each(n, fragment)))
    }),
    family("arguments that do not exist", 1, "argument", |n| {
        document(format!("{{ node(id: \"x\" {}) {{ id }} }}", each(n, |i| format!("a{i}: 1 "))))
    }),
    family("types that do not exist", 1, "type", |n| {
        document(format!("{{ {} }}", each(n, |i| format!("... on T{i} {{ id }} "))))
    }),
    family("variables that nobody uses", 1, "unused variable", |n| {
        document(format!("query Q({}) {{ viewer {{ role }} }}", each(n, |i| format!("$a{i}: Int = {i} "))))
    }),
    family("variables that nobody declares", 1, "not defined", |n| {
        document(format!("{{ {} }}", each(n, |i| format!("node(id: $a{i}) {{ id }} "))))
    }),
    family("wide variables", 1, "not of the type", |n| {
        let query = "query Q($id: ID!) { node(id: $id) { id } }";
        format!(r#"{{"query":"{query}","variables":{{"id":{{{}"z":0}}}}}}"#, each(n, |i| format!(r#""k{i}":{i},"#)))
    }),
    family("operations", 2, "one operation", |n| document(each(n, |i| format!("query Q{i} {{ viewer {{ role }} }} ")))),
];

/// All of them.
pub(super) fn families() -> impl Iterator<Item = &'static Family> {
    FAMILIES.iter().chain(&ASKERS)
}

impl Family {
    /// The greatest body of this family within so many bytes.
    pub(super) fn filling(&self, bytes: usize) -> String {
        let fits = |size: usize| (self.body)(size).len() <= bytes;
        let (mut small, mut great) = (1, bytes + 1);
        while great - small > 1 {
            let middle = usize::midpoint(small, great);
            if fits(middle) { small = middle } else { great = middle }
        }
        (self.body)(small)
    }
}
