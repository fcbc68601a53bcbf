//! The schema as the server tells it, and a way from the root to each of its types.

use crate::support::Client;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};

/// Types that only a query with arguments leads to, the query, and the document around one of their fields.
const BY_ARGUMENT: [(&str, &str, &str); 2] = [
    ("InvitationPreview", "invitationPreview", "query($fresh: Secret!) { invitationPreview(token: $fresh) { FIELD } }"),
    ("LetterPreview", "previewLetter", "{ previewLetter(kind: \"invitation\") { FIELD } }"),
];

/// The schema about itself, as far as the grid asks.
const QUERY: &str = "{ __schema { types { kind name
    fields { name args { name defaultValue type { ...T } } type { ...T } }
    inputFields { name type { ...T } } interfaces { name } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// A field of an object or of an input.
pub(crate) struct Field {
    pub(crate) name: String,
    /// The name of its type, whatever lists and non-nulls are around it.
    pub(crate) of: String,
    /// Whether it has an argument that must be given.
    pub(crate) asks: bool,
    /// The type of its argument `filter`, if it is a list that can be filtered.
    pub(crate) filter: Option<String>,
}

/// A type that has fields.
pub(crate) struct Type {
    pub(crate) kind: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) interfaces: Vec<String>,
}

pub(crate) type Types = BTreeMap<String, Type>;

pub(crate) async fn types(client: &Client) -> Types {
    let schema = client.data(QUERY, json!({})).await;
    let types = schema["__schema"]["types"].as_array().unwrap().clone();
    let own = types.into_iter().filter(|kind| !kind["name"].as_str().unwrap().starts_with("__"));
    own.map(|kind| (text(&kind["name"]), read(&kind))).collect()
}

fn read(kind: &Value) -> Type {
    let list = |name: &str| kind[name].as_array().cloned().unwrap_or_default();
    let fields = list("fields").into_iter().chain(list("inputFields"));
    let asks = |arg: &Value| arg["type"]["kind"] == "NON_NULL" && arg["defaultValue"].is_null();
    Type {
        kind: text(&kind["kind"]),
        fields: fields
            .map(|field| Field {
                name: text(&field["name"]),
                of: named(&field["type"]),
                asks: arguments(&field).iter().any(asks),
                filter: arguments(&field).iter().find(|arg| arg["name"] == "filter").map(|arg| named(&arg["type"])),
            })
            .collect(),
        interfaces: list("interfaces").iter().map(|interface| text(&interface["name"])).collect(),
    }
}

fn arguments(field: &Value) -> Vec<Value> {
    field["args"].as_array().cloned().unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn named(of: &Value) -> String {
    of["name"].as_str().map_or_else(|| named(&of["ofType"]), str::to_owned)
}

/// The size of a page, small enough for pages in pages.
fn some(of: &str) -> &'static str {
    if of.ends_with("Connection") { "(first: 2)" } else { "" }
}

/// What can be asked below a field of this type without arguments, this many objects deep; `None` of a leaf.
pub(crate) fn everything(types: &Types, of: &str, depth: usize) -> Option<String> {
    let below = |field: &Field| {
        let some = some(&field.of);
        match everything(types, &field.of, depth.checked_sub(1)?) {
            Some(fields) => Some(format!("{}{some} {fields}", field.name)),
            None => types[&field.of].fields.is_empty().then(|| field.name.clone()),
        }
    };
    if types[of].fields.is_empty() || types[of].kind == "UNION" {
        return None;
    }
    // Of what is wrapped in a page, as much is asked as of what is not.
    let fields = types[of].fields.iter().filter(|field| !field.asks && field.name != "edges");
    let fields: Vec<_> = match of.ends_with("Connection") {
        true => fields
            .filter_map(|field| Some(format!("{} {}", field.name, everything(types, &field.of, depth)?)))
            .collect(),
        false => fields.filter_map(below).collect(),
    };
    Some(format!("{{ __typename {} }}", fields.join(" ")))
}

/// A way from the root to an object, of whose fields any can be asked.
#[derive(Clone)]
pub(crate) struct Way {
    /// The type whose object is named by its id, if any is.
    pub(crate) from: String,
    /// What stands before the field, and after it.
    around: (String, String),
    path: Vec<String>,
}

impl Way {
    /// By a field that has to be asked with something.
    fn by(field: &str, document: &str) -> Self {
        let (before, after) = document.split_once("FIELD").unwrap();
        let around = (before.to_owned(), after.to_owned());
        Self { from: String::new(), around, path: vec![field.to_owned()] }
    }

    /// To anything with an id: that of the variable with the type's name.
    fn to_node(name: &str) -> Self {
        let before = format!("query(${name}: ID!) {{ node(id: ${name}) {{ ... on {name} {{ ");
        Self { from: name.to_owned(), around: (before, " } } }".to_owned()), path: vec!["node".to_owned()] }
    }

    fn from_root(field: &str, some: &str) -> Self {
        Self {
            from: String::new(),
            around: (format!("{{ {field}{some} {{ "), " } }".to_owned()),
            path: vec![field.to_owned()],
        }
    }

    fn below(&self, field: &str) -> Self {
        let mut way = self.clone();
        way.around.0 += &format!("{field} {{ ");
        way.around.1.insert_str(0, " }");
        way.path.push(field.to_owned());
        way
    }

    /// The document that asks for one field and what is below it.
    pub(crate) fn ask_all(&self, field: &Field, types: &Types) -> String {
        let (before, after) = &self.around;
        let below = everything(types, &field.of, 2).map(|fields| format!("{} {fields}", some(&field.of)));
        let below = below.unwrap_or_default();
        format!("{before}{}{below}{after}", field.name)
    }

    /// The document that asks for one field, and where its value stands.
    pub(crate) fn ask(&self, field: &Field, types: &Types) -> (String, Vec<String>) {
        let below = if types[&field.of].fields.is_empty() { "" } else { " { __typename }" };
        let (before, after) = &self.around;
        let path = self.path.iter().cloned().chain([field.name.clone()]).collect();
        (format!("{before}{}{below}{after}", field.name), path)
    }
}

/// The shortest way to each object that queries lead to. Whatever has an id is come to by it.
pub(crate) fn ways(types: &Types) -> BTreeMap<String, Way> {
    let is_node = |kind: &Type| kind.kind == "OBJECT" && kind.interfaces.iter().any(|name| name == "Node");
    let nodes = types.iter().filter(|(_, kind)| is_node(kind)).map(|(name, _)| (name.clone(), Way::to_node(name)));
    let by_argument = BY_ARGUMENT.iter().map(|(name, field, document)| ((*name).to_owned(), Way::by(field, document)));
    let mut ways: BTreeMap<String, Way> = nodes.chain(by_argument).collect();
    let mut open: VecDeque<String> = ways.keys().cloned().collect();
    let roots = types["Query"].fields.iter().filter(|field| !field.asks && types[&field.of].kind == "OBJECT");
    for field in roots {
        if !ways.contains_key(&field.of) {
            ways.insert(field.of.clone(), Way::from_root(&field.name, some(&field.of)));
            open.push_back(field.of.clone());
        }
    }
    while let Some(name) = open.pop_front() {
        for field in types[&name].fields.iter().filter(|field| !field.asks && types[&field.of].kind == "OBJECT") {
            if !ways.contains_key(&field.of) {
                ways.insert(field.of.clone(), ways[&name].below(&field.name));
                open.push_back(field.of.clone());
            }
        }
    }
    ways
}
