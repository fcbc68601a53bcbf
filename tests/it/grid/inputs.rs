//! Input fields that name a role, a status, rights or an organisation: who may use them.

use super::{
    ACTORS, World,
    cell::{Line, cell},
    schema::Types,
};

/// A document that uses each; `ACTOR` is another word for each actor. Those of filters are written by the grid itself.
const SAMPLES: &[(&str, &str)] = &[
    (
        "CreateApiKeyInput.role",
        "mutation { createApiKey(input: {name: \"A\", role: ADMIN, scopes: [PARTNERS_READ]}) { userErrors { code } } }",
    ),
    (
        "CreateApiKeyInput.scopes",
        "mutation { createApiKey(input: {name: \"A\", scopes: [PARTNERS_WRITE]}) { userErrors { code } } }",
    ),
    (
        "InviteUserInput.organizationId",
        "mutation($Vendor: ID!) { inviteUser(input: {organizationId: $Vendor, name: \"A\", email: \"v@ACTOR.example\"}) { userErrors { code } } }",
    ),
    (
        "InviteUserInput.organizationId (Acme)",
        "mutation($Partner: ID!) { inviteUser(input: {organizationId: $Partner, name: \"A\", email: \"p@ACTOR.example\"}) { userErrors { code } } }",
    ),
    (
        "InviteUserInput.role",
        "mutation { inviteUser(input: {name: \"A\", email: \"r@ACTOR.example\", role: ADMIN}) { userErrors { code } } }",
    ),
    (
        "CreatePartnerInput.externalId",
        "mutation { createPartner(input: {name: \"A\", primaryContact: {name: \"A\", email: \"e@ACTOR.example\"}, externalId: \"ACTOR\"}) { userErrors { code } } }",
    ),
    (
        "InvitePartnerInput.externalId",
        "mutation { invitePartner(input: {name: \"A\", primaryContact: {name: \"A\", email: \"i@ACTOR.example\"}, externalId: \"i ACTOR\"}) { userErrors { code } } }",
    ),
    (
        "InvitePartnerRow.externalId",
        "mutation { bulkInvitePartners(input: {rows: [{name: \"A\", primaryContact: {name: \"A\", email: \"l@ACTOR.example\"}, externalId: \"l ACTOR\"}]}) { userErrors { code } } }",
    ),
    (
        "UpdatePartnerInput.externalId",
        "mutation($Partner: ID!) { updatePartner(input: {id: $Partner, externalId: \"ACTOR\"}) { userErrors { code } } }",
    ),
    (
        "UpdatePartnerInput.labels",
        "mutation($Partner: ID!) { updatePartner(input: {id: $Partner, labels: [\"ACTOR\"]}) { userErrors { code } } }",
    ),
    (
        "UpdateVendorInput.requireSecondFactor",
        "mutation { updateVendor(input: {requireSecondFactor: false}) { userErrors { code } } }",
    ),
    (
        "UpdateVendorInput.approvalPolicy",
        "mutation { updateVendor(input: {approvalPolicy: AUTOMATIC}) { userErrors { code } } }",
    ),
    (
        "UpdateUserInput.role",
        "mutation($spare: ID!) { updateUser(input: {id: $spare, role: ADMIN}) { userErrors { code } } }",
    ),
];

/// A line for each; one without a sample is named.
pub(super) async fn lines(world: &World, types: &Types) -> Vec<Line> {
    let filters: Vec<_> = filters(types).collect();
    let inputs = types.iter().filter(|(_, kind)| kind.kind == "INPUT_OBJECT");
    // What compares one column is used by the filters that have such a column.
    let inputs = inputs.filter(|(name, _)| !name.ends_with("Filter"));
    let fields = inputs.flat_map(|(name, kind)| kind.fields.iter().map(move |field| (name, field)));
    let telling = fields.filter(|(_, field)| names_rights(&field.name, &field.of));
    let telling: Vec<_> = telling.map(|(name, field)| format!("{name}.{}", field.name)).collect();
    let mut samples = SAMPLES.iter().map(|(name, document)| ((*name).to_owned(), (*document).to_owned()));
    let samples: Vec<_> = samples.by_ref().chain(filters).collect();
    let without = telling.iter().filter(|name| !samples.iter().any(|(sample, _)| sample == *name));
    let without: Vec<_> = without.collect();
    assert!(without.is_empty(), "the grid needs samples of the input fields {without:?}");
    let gone = samples.iter().filter(|(sample, _)| !telling.iter().any(|name| sample.starts_with(name.as_str())));
    assert_eq!(gone.count(), 0, "the grid has samples of input fields that are gone");
    let mut lines = Vec::new();
    for (name, document) in samples {
        let mut line = Line::new(name);
        for actor in ACTORS {
            let document = document.replace("ACTOR", &actor.to_lowercase());
            let variables = super::used_by(&document, &world.variables);
            let answer = world.clients[actor].send(&document, variables).await;
            let field = answer.body["data"].as_object().and_then(|data| data.keys().next().cloned());
            line.cells.push(cell(&answer, &[field.unwrap_or_default()]));
        }
        lines.push(line);
    }
    lines
}

/// A document for each field of a filter that is about rights: whose rows it lets through, where it names Acme.
fn filters(types: &Types) -> impl Iterator<Item = (String, String)> {
    let lists = types["Query"].fields.iter().filter_map(|list| Some((list, list.filter.clone()?)));
    lists.flat_map(move |(list, of)| {
        let about = types[&of].fields.iter().filter(|field| names_rights(&field.name, &field.of));
        let document = |field: &super::schema::Field| {
            let (head, value) = match field.of.as_str() {
                "IdFilter" => ("query($Partner: ID!) ", "{eq: $Partner}"),
                _ => ("", "{}"),
            };
            format!("{head}{{ {}(filter: {{{}: {value}}}) {{ totalCount }} }}", list.name, field.name)
        };
        about.map(|field| (format!("{of}.{}", field.name), document(field))).collect::<Vec<_>>()
    })
}

/// Whether an input field is about who may do what: by its name, or by its type.
fn names_rights(name: &str, of: &str) -> bool {
    let name = name.to_lowercase();
    let words =
        ["role", "status", "scope", "organi", "partnerid", "owner", "policy", "requiresecond", "labels", "externalid"];
    words.iter().any(|word| name.contains(word))
        || ["Role", "Status", "Scope", "Policy"].iter().any(|word| of.contains(word))
}
