//! Every root field as every actor: the grid of who may do what, as the front door answers.
//!
//! The schema names the root fields; one without a row here fails the test and is named.

use crate::support::{
    Answer, Client, TestApp,
    people::{Kind, PASSWORD, draft, integration_answers, new_integration, new_partner, partner_answers},
    token_in,
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use std::fmt::Write;

/// Who asks. `Stranger` is the admin of another partner; everything asked for belongs to Acme.
const ACTORS: [&str; 8] =
    ["Anonymous", "Disabled", "Onboarding", "PartnerMember", "PartnerAdmin", "Stranger", "VendorMember", "VendorAdmin"];

/// Acme with one of everything, and the actor.
struct World {
    _app: TestApp,
    actor: Client,
    variables: Value,
}

async fn world(actor: &str) -> World {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    admin.mutate("createPartner", "partner { id }", new_partner("Fresh", "ada@fresh.example")).await;
    let fresh = token_in(&app.letter_to("ada@fresh.example").await);
    let forms = admin.data("{ partnerForm { id } integrationForm { id } }", json!({})).await;
    let draft = draft(&acme.user, "Draft").await;
    let submitted = app.submitted(&acme.user, "Submitted").await;
    let published = app.published(&admin, &acme.user, "Published").await;
    let query = "{ invitations(filter: { email: { contains: \"contact@acme\" } }) { nodes { id } } }";
    let invitation = admin.data(query, json!({})).await["invitations"]["nodes"][0]["id"].clone();
    let query = "query($id: ID!) { partner(id: $id) { primaryContact { id } } }";
    let contact = admin.data(query, json!({ "id": acme.id })).await["partner"]["primaryContact"]["id"].clone();
    let mut variables = json!({
        "contact": contact,
        "newUser": { "name": "New", "email": "new@colleague.example", "role": "MEMBER" },
        "wrong": "not the right password",
        "invitation": invitation,
        "unknown": "pinv_nobody",
        "partner": acme.id,
        "fresh": fresh,
        "email": "contact@other.example",
        "password": PASSWORD,
        "newPartner": new_partner("New", "new@new.example"),
        "invited": new_partner("Invited", "new@invited.example"),
        "newIntegration": new_integration("New"),
        "partnerAnswers": { "formId": forms["partnerForm"]["id"], "answers": partner_answers() },
        "integrationAnswers": { "id": draft, "formId": forms["integrationForm"]["id"], "answers": integration_answers() },
        "submitted": submitted,
        "published": published,
    });
    // No front door leads to members and disabled users yet.
    let become_one = |sql: &'static str| app.hub.pools.reads.execute_unprepared(sql);
    let actor = match actor {
        "Anonymous" => app.anonymous(),
        "Disabled" => {
            become_one("UPDATE \"user\" SET status = 'DISABLED' WHERE email = 'contact@acme.example'").await.unwrap();
            acme.user
        }
        "Onboarding" => pending.user,
        "PartnerMember" => {
            become_one("UPDATE \"user\" SET role = 'MEMBER' WHERE email = 'contact@acme.example'").await.unwrap();
            acme.user
        }
        "PartnerAdmin" => acme.user,
        "Stranger" => other.user,
        "VendorMember" => {
            become_one("UPDATE \"user\" SET role = 'MEMBER' WHERE partner_id IS NULL").await.unwrap();
            admin
        }
        "VendorAdmin" => admin,
        unknown => panic!("{unknown}"),
    };
    variables["session"] = variables["partner"].clone();
    let viewer = actor.send("{ viewer { user { email } } }", json!({})).await;
    if let Some(email) = viewer.body["data"]["viewer"]["user"]["email"].as_str() {
        let elsewhere = app.login(email).await;
        let sessions = elsewhere.data("{ viewer { sessions { id current } } }", json!({})).await;
        let sessions = sessions["viewer"]["sessions"].as_array().unwrap();
        variables["session"] = sessions.iter().find(|session| session["current"] == true).unwrap()["id"].clone();
    }
    World { _app: app, actor, variables }
}

/// A document for each root field, in an order in which none spoils the next.
const SAMPLES: &[(&str, &str)] = &[
    ("viewer", "query { viewer { role } }"),
    ("node", "query($partner: ID!) { node(id: $partner) { id } }"),
    ("nodes", "query($submitted: ID!) { nodes(ids: [$submitted]) { id } }"),
    ("partner", "query($partner: ID!) { partner(id: $partner) { id } }"),
    ("partners", "query { partners { totalCount } }"),
    ("user", "query { user(id: \"nonsense\") { id } }"),
    ("users", "query { users { totalCount } }"),
    ("integration", "query($submitted: ID!) { integration(id: $submitted) { id } }"),
    ("integrations", "query { integrations { totalCount } }"),
    ("tenant", "query { tenant(id: \"nonsense\") { id } }"),
    ("tenants", "query { tenants { totalCount } }"),
    ("partnerForm", "query { partnerForm { id } }"),
    ("integrationForm", "query { integrationForm { id } }"),
    ("partnerChanged", "subscription($partner: ID!) { partnerChanged(id: $partner) { id } }"),
    ("integrationChanged", "subscription($submitted: ID!) { integrationChanged(id: $submitted) { id } }"),
    ("activityAdded", "subscription { activityAdded { id } }"),
    ("invitation", "query($invitation: ID!) { invitation(id: $invitation) { id } }"),
    ("invitations", "query { invitations { totalCount } }"),
    (
        "resendInvitation",
        "mutation($invitation: ID!) { resendInvitation(input: {id: $invitation}) { userErrors { code } } }",
    ),
    (
        "revokeInvitation",
        "mutation($invitation: ID!) { revokeInvitation(input: {id: $invitation}) { userErrors { code } } }",
    ),
    (
        "correctInvitationEmail",
        "mutation($invitation: ID!) { correctInvitationEmail(input: {id: $invitation, email: \"x@acme.example\"}) { userErrors { code } } }",
    ),
    (
        "createInvitationLink",
        "mutation($invitation: ID!) { createInvitationLink(input: {id: $invitation}) { userErrors { code } } }",
    ),
    ("activity", "query { activity { totalCount } }"),
    ("vendor", "query { vendor { id } }"),
    ("notificationSettings", "query { notificationSettings { event } }"),
    ("letterKinds", "query { letterKinds }"),
    ("previewLetter", "query { previewLetter(kind: \"invitation\") { subject } }"),
    ("updateVendor", "mutation { updateVendor(input: {brandColor: \"#123456\"}) { userErrors { code } } }"),
    (
        "updateNotificationSettings",
        "mutation { updateNotificationSettings(input: {settings: []}) { userErrors { code } } }",
    ),
    ("reportBounce", "mutation { reportBounce(input: {email: \"x@nowhere.example\"}) { userErrors { code } } }"),
    (
        "requestNewInvitation",
        "mutation($unknown: Secret!) { requestNewInvitation(input: {token: $unknown}) { userErrors { code } } }",
    ),
    (
        "declineInvitation",
        "mutation($unknown: Secret!) { declineInvitation(input: {token: $unknown}) { userErrors { code } } }",
    ),
    (
        "bulkInvitePartners",
        "mutation($invited: InvitePartnerInput!) { bulkInvitePartners(input: {rows: [$invited], dryRun: true}) { userErrors { code } } }",
    ),
    ("invitationPreview", "query($fresh: Secret!) { invitationPreview(token: $fresh) { name } }"),
    (
        "createPartner",
        "mutation($newPartner: CreatePartnerInput!) { createPartner(input: $newPartner) { userErrors { code } } }",
    ),
    (
        "invitePartner",
        "mutation($invited: InvitePartnerInput!) { invitePartner(input: $invited) { userErrors { code } } }",
    ),
    (
        "createIntegration",
        "mutation($newIntegration: CreateIntegrationInput!) { createIntegration(input: $newIntegration) { userErrors { code } } }",
    ),
    (
        "submitIntegration",
        "mutation($integrationAnswers: SubmitIntegrationInput!) { submitIntegration(input: $integrationAnswers) { userErrors { code } } }",
    ),
    (
        "publishIntegration",
        "mutation($submitted: ID!) { publishIntegration(input: {id: $submitted}) { userErrors { code } } }",
    ),
    (
        "createTenant",
        "mutation($published: ID!) { createTenant(input: {integrationId: $published, name: \"one\"}) { userErrors { code } } }",
    ),
    (
        "acceptInvitation",
        "mutation($fresh: Secret!, $password: Secret!) { acceptInvitation(input: {token: $fresh, password: $password}) { userErrors { code } } }",
    ),
    (
        "login",
        "mutation($email: EmailAddress!, $password: Secret!) { login(input: {email: $email, password: $password}) { userErrors { code } } }",
    ),
    ("inviteUser", "mutation($newUser: InviteUserInput!) { inviteUser(input: $newUser) { userErrors { code } } }"),
    (
        "updateUser",
        "mutation($contact: ID!) { updateUser(input: {id: $contact, name: \"Ada\"}) { userErrors { code } } }",
    ),
    (
        "setPrimaryContact",
        "mutation($contact: ID!) { setPrimaryContact(input: {id: $contact}) { userErrors { code } } }",
    ),
    ("disableUser", "mutation($contact: ID!) { disableUser(input: {id: $contact}) { userErrors { code } } }"),
    ("enableUser", "mutation($contact: ID!) { enableUser(input: {id: $contact}) { userErrors { code } } }"),
    (
        "requestPasswordReset",
        "mutation($email: EmailAddress!) { requestPasswordReset(input: {email: $email}) { userErrors { code } } }",
    ),
    (
        "resetPassword",
        "mutation($unknown: Secret!, $password: Secret!) { resetPassword(input: {token: $unknown, password: $password}) { userErrors { code } } }",
    ),
    (
        "changePassword",
        "mutation($wrong: Secret!, $password: Secret!) { changePassword(input: {currentPassword: $wrong, newPassword: $password}) { userErrors { code } } }",
    ),
    ("revokeSession", "mutation($session: ID!) { revokeSession(input: {id: $session}) { userErrors { code } } }"),
    ("revokeOtherSessions", "mutation { revokeOtherSessions { userErrors { code } } }"),
    (
        "submitPartnerForm",
        "mutation($partnerAnswers: SubmitPartnerFormInput!) { submitPartnerForm(input: $partnerAnswers) { userErrors { code } } }",
    ),
    (
        "updatePartner",
        "mutation($partner: ID!) { updatePartner(input: {id: $partner, name: \"Acme\"}) { userErrors { code } } }",
    ),
    (
        "suspendPartner",
        "mutation($partner: ID!) { suspendPartner(input: {id: $partner, reason: \"why\"}) { userErrors { code } } }",
    ),
    ("reinstatePartner", "mutation($partner: ID!) { reinstatePartner(input: {id: $partner}) { userErrors { code } } }"),
    ("archivePartner", "mutation($partner: ID!) { archivePartner(input: {id: $partner}) { userErrors { code } } }"),
    ("restorePartner", "mutation($partner: ID!) { restorePartner(input: {id: $partner}) { userErrors { code } } }"),
    ("approvePartner", "mutation($partner: ID!) { approvePartner(input: {id: $partner}) { userErrors { code } } }"),
    (
        "requestPartnerChanges",
        "mutation($partner: ID!) { requestPartnerChanges(input: {id: $partner, reason: \"why\"}) { userErrors { code } } }",
    ),
    (
        "rejectPartner",
        "mutation($partner: ID!) { rejectPartner(input: {id: $partner, reason: \"why\"}) { userErrors { code } } }",
    ),
    ("reopenPartner", "mutation($partner: ID!) { reopenPartner(input: {id: $partner}) { userErrors { code } } }"),
    ("logout", "mutation { logout { userErrors { code } } }"),
];

/// What a cell says: `yes`, nothing there, the number of rows, or the code of the refusal.
fn cell(field: &str, answer: &Answer) -> String {
    let codes = answer.codes();
    if !codes.is_empty() {
        return codes.join(" ");
    }
    let value = &answer.body["data"][field];
    match value {
        Value::Null => "nothing".into(),
        Value::Array(values) if values.iter().all(Value::is_null) => "nothing".into(),
        _ if value["totalCount"].is_u64() => format!("{} rows", value["totalCount"]),
        _ => match value["userErrors"][0]["code"].as_str() {
            Some(code) => code.to_owned(),
            None => "yes".into(),
        },
    }
}

#[tokio::test]
async fn every_root_field_as_every_actor_is_as_printed() {
    let mut table = format!("{:<21}", "");
    for actor in ACTORS {
        write!(table, "{actor:<22}").unwrap();
    }
    let mut rows: Vec<_> = SAMPLES.iter().map(|(field, _)| format!("{field:<20} ")).collect();
    for actor in ACTORS {
        let world = world(actor).await;
        for ((field, document), row) in SAMPLES.iter().zip(&mut rows) {
            let variables = used_by(document, &world.variables);
            let cell = match document.starts_with("subscription") {
                true => begun(&world.actor, document, variables).await,
                false => cell(field, &world.actor.send(document, variables).await),
            };
            write!(row, "{cell:<22}").unwrap();
        }
    }
    let lines: Vec<_> = [table].iter().chain(&rows).map(|line| line.trim_end().to_owned()).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

/// What the cell of a subscription says: `yes` if it begins, or the code of the refusal.
async fn begun(client: &Client, document: &str, variables: Value) -> String {
    let mut request = client.http.post(&client.endpoint).json(&json!({ "query": document, "variables": variables }));
    request = request.header("accept", "multipart/mixed;subscriptionSpec=1.0, application/json");
    if let Some(token) = &client.token {
        request = request.bearer_auth(token);
    }
    let response = request.send().await.unwrap();
    let begins = response.headers()["content-type"].to_str().unwrap().starts_with("multipart/mixed");
    if begins { "yes".into() } else { Answer::of(response).await.codes().join(" ") }
}

/// The variables that a document declares.
fn used_by(document: &str, variables: &Value) -> Value {
    let all = variables.as_object().unwrap().iter();
    all.filter(|(name, _)| document.contains(&format!("${name}:")))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

#[tokio::test]
async fn every_root_field_has_a_row() {
    let app = TestApp::start().await;
    let query = "{ __schema { queryType { fields { name } } mutationType { fields { name } }
        subscriptionType { fields { name } } } }";
    let schema = app.anonymous().data(query, json!({})).await;
    let mut missing = Vec::new();
    for root in ["queryType", "mutationType", "subscriptionType"] {
        for field in schema["__schema"][root]["fields"].as_array().unwrap() {
            let name = field["name"].as_str().unwrap();
            if !SAMPLES.iter().any(|(sample, _)| *sample == name) {
                missing.push(name.to_owned());
            }
        }
    }
    assert!(missing.is_empty(), "no row in the grid for {missing:?}");
}
