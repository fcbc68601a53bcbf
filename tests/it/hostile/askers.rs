//! Documents that ask for too much without being odd, and what surrounds a document in a request.

use super::families::{BRACKETS, Family, LONG, document, each, family, nested};
use serde_json::json;

const WIDE: &str = "{ nodes { users(first: 100) { nodes { id } } } }";
const SIZES: &str = "page sizes";
const UNPARSED: &str = "does not parse";

/// The second half of the families.
pub(super) const ASKERS: [Family; 30] = [
    family("page sizes", 100, SIZES, |n| document(format!("{{ partners(first: {n}) {WIDE} }}"))),
    family("page sizes from the end", 100, SIZES, |n| {
        document(format!("{{ partners(first: null, last: {n}) {WIDE} }}"))
    }),
    family("pages in pages in pages", 99, SIZES, |n| {
        let tenants = format!("tenants(first: {n}) {{ nodes {{ id }} }}");
        let integrations = format!("integrations(first: 10) {{ nodes {{ {tenants} }} }}");
        document(format!("{{ partners(first: 10) {{ nodes {{ {integrations} }} }} }}"))
    }),
    family("page sizes in variables", 100, SIZES, |n| {
        let query = format!("query Q($n: Int) {{ partners(first: $n) {WIDE} }}");
        json!({ "query": query, "variables": { "n": n } }).to_string()
    }),
    family("page sizes in defaults", 100, SIZES, |n| {
        document(format!("query Q($n: Int = {n}) {{ partners(first: $n) {WIDE} }}"))
    }),
    family("pages below ids", 100, SIZES, |n| {
        let below = "... on Partner { users(first: 100) { nodes { id } } }";
        document(format!("{{ nodes(ids: [{}]) {{ {below} }} }}", "\"x\" ".repeat(n)))
    }),
    family("pages below ids in variables", 100, SIZES, |n| {
        let below = "... on Partner { users(first: 100) { nodes { id } } }";
        let query = format!("query Q($ids: [ID!]!) {{ nodes(ids: $ids) {{ {below} }} }}");
        json!({ "query": query, "variables": { "ids": vec!["x"; n] } }).to_string()
    }),
    family("histories", 100, SIZES, |n| {
        document(format!("{{ invitations(first: {n}) {{ nodes {{ history {{ id }} }} }} }}"))
    }),
    family("lists of requests", 1, "one JSON object", |n| {
        format!("[{}]", vec![document("{ viewer { role } }".into()); n].join(","))
    }),
    family("names of operations", 1, "no operation of that name", |n| {
        json!({ "query": "query Q { viewer { role } }", "operationName": "x".repeat(n) }).to_string()
    }),
    family("hashes", 1, "64 hexadecimal digits", |n| {
        json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "z".repeat(n) } } }).to_string()
    }),
    family("deep extensions", 10, "nested too deep", |n| {
        let (open, close) = ("[".repeat(n), "]".repeat(n));
        format!(r#"{{"query":"{{ viewer {{ role }} }}","extensions":{{"a":{open}{close}}}}}"#)
    }),
    family("lists in extensions", 501, "nested too deep", |n| {
        json!({ "query": "{ viewer { role } }", "extensions": { "a": vec![1; n] } }).to_string()
    }),
    family("aliases in fragments", 16, "aliases", |n| {
        document(format!("{{ ...F }} fragment F on Query {{ {} }}", each(n, |i| format!("a{i}: viewer {{ role }} "))))
    }),
    family("inline fragments side by side", 286, "tokens", |n| {
        document(format!("{{{}}}", "...{viewer{role}}".repeat(n)))
    }),
    family("root fields of mutations", 6, "root fields in a mutation", |n| {
        document(format!("mutation {{ {} }}", each(n, |i| format!("a{i}: logout {{ userErrors {{ code }} }} "))))
    }),
    family("guesses", 2, "one link or password", |n| {
        let guesses = each(n, |i| format!("a{i}: login(input: $i) {{ userErrors {{ code }} }} "));
        let input = json!({ "email": "a@b.example", "password": "x" });
        let query = format!("mutation M($i: LoginInput!) {{ {guesses} }}");
        json!({ "query": query, "variables": { "i": input } }).to_string()
    }),
    family("root fields of subscriptions", 2, "root field", |n| {
        document(format!("subscription {{ {} }}", each(n, |i| format!("a{i}: activityAdded {{ id }} "))))
    }),
    family("long names of operations", 16_359, LONG, |n| {
        document(format!("query {} {{ viewer {{ role }} }}", "x".repeat(n)))
    }),
    family("enum values that do not exist", 1, "PartnerOrderField", |n| {
        document(format!("{{ partners(orderBy: [{{ field: {} }}]) {{ totalCount }} }}", "X".repeat(n)))
    }),
    family("nested filters", 30, BRACKETS, |n| {
        nested("{ partners(filter: ", "{not:", "{}", "}", ") { totalCount } }", n)
    }),
    family("deep defaults", 31, BRACKETS, |n| {
        let rest = ") { partners(filter: $f) { totalCount } }";
        nested("query Q($f: PartnerFilterInput = ", "{not:", "{}", "}", rest, n)
    }),
    family("strings before a document", 1, UNPARSED, |n| {
        document(format!("{} {{ viewer {{ role }} }}", "\"x\" ".repeat(n)))
    }),
    family("definitions of types", 1, UNPARSED, |n| {
        document(format!("{{ viewer {{ role }} }} {}", each(n, |i| format!("type T{i} {{ a: Int }} "))))
    }),
    family("control characters", 1, UNPARSED, |n| document(format!("{{ viewer {{ role }} }} {}", "\u{1}".repeat(n)))),
    family("passwords written out", 1, "in variables", |n| {
        let input = format!("{{email: \"a@b.example\", password: \"{}\"}}", "x".repeat(n));
        document(format!("mutation {{ login(input: {input}) {{ userErrors {{ code }} }} }}"))
    }),
    family("repeated input fields", 2, "only one input field", |n| {
        document(format!("{{ partners(orderBy: [{{ {} }}]) {{ totalCount }} }}", "field: NAME ".repeat(n)))
    }),
    family("fragments that nobody spreads", 1, "must be used", |n| {
        let fragment = |i| format!("fragment f{i} on Query {{ viewer {{ role }} }} ");
        document(format!("{{ viewer {{ role }} }} {}", each(n, fragment)))
    }),
    family("variables that are no object", 1, "is an object", |n| {
        json!({ "query": "{ viewer { role } }", "variables": vec!["x"; n] }).to_string()
    }),
    family("types of variables that do not exist", 1, "type", |n| {
        document(format!("query Q({}) {{ viewer {{ role }} }}", each(n, |i| format!("$a{i}: T{i} "))))
    }),
];
