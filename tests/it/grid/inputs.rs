//! Input fields that name a role, a status, rights or an organisation: who may use them.

use super::{
    ACTORS, World,
    cell::{Line, cell},
    schema::Types,
};

/// A document that uses each; `ACTOR` is another word for each actor.
const SAMPLES: &[(&str, &str)] = &[
    (
        "ActivityFilterInput.partnerId",
        "query($Partner: ID!) { activity(filter: {partnerId: $Partner}) { totalCount } }",
    ),
    (
        "CreateApiKeyInput.role",
        "mutation { createApiKey(input: {name: \"A\", role: ADMIN, scopes: [PARTNERS_READ]}) { userErrors { code } } }",
    ),
    (
        "CreateApiKeyInput.scopes",
        "mutation { createApiKey(input: {name: \"A\", scopes: [PARTNERS_WRITE]}) { userErrors { code } } }",
    ),
    ("DeliveryStatusFilter.in", "{ invitations(filter: {delivery: {in: [SENT]}}) { totalCount } }"),
    ("InvitationFilterInput.delivery", "{ invitations(filter: {delivery: {in: [SENT]}}) { totalCount } }"),
    (
        "InvitationFilterInput.partnerId",
        "query($Partner: ID!) { invitations(filter: {partnerId: $Partner}) { totalCount } }",
    ),
    ("InvitationFilterInput.status", "{ invitations(filter: {status: {in: [ACCEPTED]}}) { totalCount } }"),
    ("InvitationStatusFilter.in", "{ invitations(filter: {status: {in: [ACCEPTED]}}) { totalCount } }"),
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
        "UpdateUserInput.role",
        "mutation($spare: ID!) { updateUser(input: {id: $spare, role: ADMIN}) { userErrors { code } } }",
    ),
];

/// A line for each; one without a sample is named.
pub(super) async fn lines(world: &World, types: &Types) -> Vec<Line> {
    let inputs = types.iter().filter(|(_, kind)| kind.kind == "INPUT_OBJECT");
    let fields = inputs.flat_map(|(name, kind)| kind.fields.iter().map(move |field| (name, field)));
    let telling = fields.filter(|(_, field)| names_rights(&field.name, &field.of));
    let telling: Vec<_> = telling.map(|(name, field)| format!("{name}.{}", field.name)).collect();
    let without = telling.iter().filter(|name| !SAMPLES.iter().any(|(sample, _)| *sample == name.as_str()));
    let without: Vec<_> = without.collect();
    assert!(without.is_empty(), "the grid needs samples of the input fields {without:?}");
    let gone = SAMPLES.iter().filter(|(sample, _)| !telling.iter().any(|name| sample.starts_with(name.as_str())));
    assert_eq!(gone.count(), 0, "the grid has samples of input fields that are gone");
    let mut lines = Vec::new();
    for (name, document) in SAMPLES {
        let mut line = Line::new(*name);
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

/// Whether an input field is about who may do what: by its name, or by its type.
fn names_rights(name: &str, of: &str) -> bool {
    let name = name.to_lowercase();
    ["role", "status", "scope", "organi", "partnerid", "owner", "policy"].iter().any(|word| name.contains(word))
        || ["Role", "Status", "Scope", "Policy"].iter().any(|word| of.contains(word))
}
