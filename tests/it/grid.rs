//! Every root field, every field of every object, and every input field about rights, as every actor: the grid of who
//! may do what, as the front door answers.
//!
//! The schema names them all; one that the grid does not know how to ask fails the test and is named.

mod cell;
mod fields;
mod inputs;
pub(crate) mod schema;

use crate::{
    api_keys::{SCOPES, program},
    forms::{publish, question, with},
    support::{
        Answer, Client, TestApp,
        people::{Kind, PASSWORD, draft, integration_answers, new_integration, new_partner, tenant},
        token_in,
    },
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Who asks. `Stranger` is the admin of another partner; everything asked for belongs to Acme. Keys have every scope.
pub(crate) const ACTORS: [&str; 10] = [
    "Anonymous",
    "Disabled",
    "Onboarding",
    "Member",
    "Admin",
    "Stranger",
    "Staff",
    "VendorAdmin",
    "KeyMember",
    "KeyAdmin",
];

/// Acme with one of everything, and actors.
pub(crate) struct World {
    pub(crate) app: TestApp,
    pub(crate) clients: HashMap<&'static str, Client>,
    pub(crate) variables: Value,
}

/// A world for one actor, or for all that only read.
pub(crate) async fn world(actors: &[&'static str]) -> World {
    // Whoever listens answers no ping while it looks at other things.
    let patient = partner_hub::http::Timing { ping: std::time::Duration::from_secs(600), ..Default::default() };
    let app = TestApp::timed(patient).await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    admin.mutate("createPartner", "partner { id }", new_partner("Fresh", "ada@fresh.example")).await;
    let fresh = token_in(&app.letter_to("ada@fresh.example").await);
    // One text that Acme has agreed to, and one that it has not.
    let terms = ["terms", "privacy"].map(|key| with(question(key, "TERMS"), json!({ "askAgain": true })));
    let form = publish(&admin, "PARTNER", json!(terms)).await;
    acme.user.mutate("acceptTerms", "", json!({ "formId": form, "questions": ["terms"] })).await;
    let asked =
        [("summary", "TEXT"), ("documentation_url", "URL"), ("data_handled", "LONG_TEXT"), ("support_email", "EMAIL")];
    let mut asked: Vec<Value> = asked.iter().map(|(key, kind)| question(key, kind)).collect();
    asked.push(question("terms", "TERMS"));
    publish(&admin, "INTEGRATION", json!(asked)).await;
    let ticks = ["terms", "privacy"].map(|key| json!({ "question": key, "value": true }));
    let forms = admin.data("{ partnerForm { id } integrationForm { id } }", json!({})).await;
    let changed = draft(&acme.user, "Changed").await;
    let draft = draft(&acme.user, "Draft").await;
    let submitted = app.submitted(&acme.user, "Submitted").await;
    let published = published(&admin, &acme.user, &forms["integrationForm"]["id"]).await;
    let installed = tenant(&acme.user, &published, "first").await;
    acme.user.mutate("updateIntegration", "", json!({ "id": published, "name": "Published anew" })).await;
    let comment = json!({ "integrationId": published, "field": "name", "text": "Why anew?" });
    let comment = acme.user.mutate("addReviewComment", "comment { id }", comment).await["comment"]["id"].clone();
    let (waiting, reviewed) = (app.submitted(&acme.user, "Waiting").await, app.submitted(&acme.user, "Reviewed").await);
    let live = app.published(&admin, &acme.user, "Live").await;
    let (shelved, scrap) = (
        crate::support::people::draft(&acme.user, "Shelved").await,
        crate::support::people::draft(&acme.user, "Scrap").await,
    );
    let query = "{ invitations(filter: { email: { contains: \"contact@acme\" } }) { nodes { id } } }";
    let invitation = admin.data(query, json!({})).await["invitations"]["nodes"][0]["id"].clone();
    let query = "query($id: ID!) { partner(id: $id) { primaryContact { id } } }";
    let contact = admin.data(query, json!({ "id": acme.id })).await["partner"]["primaryContact"]["id"].clone();
    let (_, key) = crate::api_keys::program(&admin, "MEMBER", &["PARTNERS_READ"]).await;
    let mut variables = json!({
        "key": key,
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
        "partnerAnswers": { "formId": forms["partnerForm"]["id"], "answers": ticks },
        "integrationAnswers": { "id": draft, "formId": forms["integrationForm"]["id"], "answers": integration_answers() },
        "draft": { "formId": forms["partnerForm"]["id"], "answers": [] },
        "sketch": { "id": changed, "formId": forms["integrationForm"]["id"], "answers": [] },
        "terms": { "formId": forms["partnerForm"]["id"], "questions": ["terms"] },
        "edited": changed,
        "waiting": waiting,
        "reviewed": reviewed,
        "live": live,
        "shelved": shelved,
        "scrap": scrap,
        "comment": comment,
        "submitted": submitted,
        "published": published,
        "tenant": installed,
    });
    let spare = colleague(&app, &acme.user, "spare@acme.example").await.1;
    variables["spare"] = json!(spare);
    for (name, id) in one_of_each(&admin, &variables).await {
        variables[name] = id;
    }
    let mut clients = HashMap::new();
    for actor in actors {
        let client = match *actor {
            "Anonymous" => app.anonymous(),
            "Disabled" => {
                let (client, id) = colleague(&app, &acme.user, "disabled@acme.example").await;
                acme.user.mutate("disableUser", "", json!({ "id": id })).await;
                client
            }
            "Onboarding" => pending.user.clone(),
            "Member" => colleague(&app, &acme.user, "member@acme.example").await.0,
            "Admin" => acme.user.clone(),
            "Stranger" => other.user.clone(),
            "Staff" => colleague(&app, &admin, "staff@vendor.example").await.0,
            "VendorAdmin" => admin.clone(),
            "KeyMember" => program(&admin, "MEMBER", &SCOPES).await.0,
            "KeyAdmin" => program(&admin, "ADMIN", &SCOPES).await.0,
            unknown => panic!("{unknown}"),
        };
        clients.insert(*actor, client);
    }
    variables["session"] = variables["partner"].clone();
    if let [actor] = actors {
        let viewer = clients[actor].send("{ viewer { user { email } } }", json!({})).await;
        if let Some(email) = viewer.body["data"]["viewer"]["user"]["email"].as_str() {
            let elsewhere = app.login(email).await;
            let sessions = elsewhere.data("{ viewer { sessions { id current } } }", json!({})).await;
            let sessions = sessions["viewer"]["sessions"].as_array().unwrap();
            variables["session"] = sessions.iter().find(|session| session["current"] == true).unwrap()["id"].clone();
        }
    }
    World { app, clients, variables }
}

/// Somebody else of the same organisation, signed in, and its id.
async fn colleague(app: &TestApp, admin: &Client, email: &str) -> (Client, String) {
    let input = json!({ "name": "Grace Hopper", "email": email, "role": "MEMBER" });
    let user = admin.mutate("inviteUser", "user { id }", input).await["user"]["id"].as_str().unwrap().to_owned();
    (app.accept(&token_in(&app.letter_to(email).await)).await, user)
}

/// A published integration that shows a repository, and its id.
async fn published(admin: &Client, user: &Client, form: &Value) -> String {
    let repository = json!({ "url": "https://git.acme.example", "branch": "main", "path": "sync" });
    let new = json!({ "name": "Published", "type": "INTERNAL", "repository": repository });
    let id = user.mutate("createIntegration", "integration { id }", new).await["integration"]["id"].clone();
    let mut answers = integration_answers();
    answers.as_array_mut().unwrap().push(json!({ "question": "terms", "value": true }));
    let answers = json!({ "id": id, "formId": form, "answers": answers });
    user.mutate("submitIntegration", "integration { id }", answers).await;
    admin.mutate("publishIntegration", "integration { id }", json!({ "id": id })).await;
    id.as_str().unwrap().to_owned()
}

/// The id of an object of each type that has one, Acme's where it is anybody's.
async fn one_of_each(admin: &Client, variables: &Value) -> Vec<(&'static str, Value)> {
    let query = "query($partner: ID!, $published: ID!) { vendor { id } integrationForm { id }
        partner(id: $partner) { id primaryContact { id } termsAcceptances { nodes { id } } }
        node(id: $published) { ... on Integration { submission { id } tenants { nodes { id } } } }
        activity(first: 1, filter: { partnerId: { eq: $partner } }) { nodes { id } } }";
    let of = admin.data(query, used_by(query, variables)).await;
    vec![
        ("Partner", of["partner"]["id"].clone()),
        ("User", of["partner"]["primaryContact"]["id"].clone()),
        ("Vendor", of["vendor"]["id"].clone()),
        ("Form", of["integrationForm"]["id"].clone()),
        ("Integration", variables["published"].clone()),
        ("ReviewComment", variables["comment"].clone()),
        ("FormSubmission", of["node"]["submission"]["id"].clone()),
        ("TermsAcceptance", of["partner"]["termsAcceptances"]["nodes"][0]["id"].clone()),
        ("Tenant", of["node"]["tenants"]["nodes"][0]["id"].clone()),
        ("Activity", of["activity"]["nodes"][0]["id"].clone()),
        ("Invitation", variables["invitation"].clone()),
        ("ApiKey", variables["key"].clone()),
    ]
}

/// A document for each root field, in an order in which none spoils the next.
pub(crate) const SAMPLES: &[(&str, &str)] = &[
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
    ("partnerFormDraft", "query { partnerFormDraft { id } }"),
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
    (
        "bulkCreateTenants",
        "mutation($published: ID!) { bulkCreateTenants(input: {rows: [{integrationId: $published, name: \"many\"}], dryRun: true}) { userErrors { code } } }",
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
        "updateTenant",
        "mutation($tenant: ID!) { updateTenant(input: {id: $tenant, source: \"crm\"}) { userErrors { code } } }",
    ),
    ("resumeTenant", "mutation($tenant: ID!) { resumeTenant(input: {id: $tenant}) { userErrors { code } } }"),
    ("pauseTenant", "mutation($tenant: ID!) { pauseTenant(input: {id: $tenant}) { userErrors { code } } }"),
    ("archiveTenant", "mutation($tenant: ID!) { archiveTenant(input: {id: $tenant}) { userErrors { code } } }"),
    ("restoreTenant", "mutation($tenant: ID!) { restoreTenant(input: {id: $tenant}) { userErrors { code } } }"),
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
        "resetSecondFactor",
        "mutation($contact: ID!) { resetSecondFactor(input: {id: $contact}) { userErrors { code } } }",
    ),
    (
        "completeLogin",
        "mutation($unknown: Secret!) { completeLogin(input: {challenge: $unknown, code: $unknown}) { userErrors { code } } }",
    ),
    ("beginSecondFactor", "mutation { beginSecondFactor { userErrors { code } } }"),
    (
        "confirmSecondFactor",
        "mutation($wrong: Secret!) { confirmSecondFactor(input: {code: $wrong}) { userErrors { code } } }",
    ),
    ("renewRecoveryCodes", "mutation { renewRecoveryCodes { userErrors { code } } }"),
    (
        "disableSecondFactor",
        "mutation($wrong: Secret!) { disableSecondFactor(input: {password: $wrong}) { userErrors { code } } }",
    ),
    (
        "reauthenticate",
        "mutation($wrong: Secret!) { reauthenticate(input: {password: $wrong}) { userErrors { code } } }",
    ),
    (
        "updateIntegration",
        "mutation($edited: ID!) { updateIntegration(input: {id: $edited, name: \"New\"}) { userErrors { code } } }",
    ),
    (
        "withdrawIntegration",
        "mutation($waiting: ID!) { withdrawIntegration(input: {id: $waiting}) { userErrors { code } } }",
    ),
    (
        "requestIntegrationChanges",
        "mutation($reviewed: ID!) { requestIntegrationChanges(input: {id: $reviewed, reason: \"why\"}) { userErrors { code } } }",
    ),
    (
        "unpublishIntegration",
        "mutation($live: ID!) { unpublishIntegration(input: {id: $live}) { userErrors { code } } }",
    ),
    (
        "archiveIntegration",
        "mutation($shelved: ID!) { archiveIntegration(input: {id: $shelved}) { userErrors { code } } }",
    ),
    (
        "addReviewComment",
        "mutation($published: ID!) { addReviewComment(input: {integrationId: $published, text: \"Hm\"}) { userErrors { code } } }",
    ),
    (
        "resolveReviewComment",
        "mutation($comment: ID!) { resolveReviewComment(input: {id: $comment}) { userErrors { code } } }",
    ),
    ("deleteIntegration", "mutation($scrap: ID!) { deleteIntegration(input: {id: $scrap}) { userErrors { code } } }"),
    ("deleteUser", "mutation($contact: ID!) { deleteUser(input: {id: $contact}) { userErrors { code } } }"),
    ("apiKeys", "query { apiKeys { totalCount } }"),
    (
        "createApiKey",
        "mutation { createApiKey(input: {name: \"CRM\", scopes: [PARTNERS_READ]}) { userErrors { code } } }",
    ),
    ("revokeApiKey", "mutation($key: ID!) { revokeApiKey(input: {id: $key}) { userErrors { code } } }"),
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
        "savePartnerFormDraft",
        "mutation($draft: SavePartnerFormDraftInput!) { savePartnerFormDraft(input: $draft) { userErrors { code } } }",
    ),
    (
        "saveIntegrationDraft",
        "mutation($sketch: SaveIntegrationDraftInput!) { saveIntegrationDraft(input: $sketch) { userErrors { code } } }",
    ),
    ("acceptTerms", "mutation($terms: AcceptTermsInput!) { acceptTerms(input: $terms) { userErrors { code } } }"),
    (
        "publishForm",
        "mutation { publishForm(input: {kind: INTEGRATION, questions: [], expectedVersion: 9}) { userErrors { code } } }",
    ),
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

#[tokio::test]
async fn the_grid_is_as_printed() {
    let (roots, (fields, inputs, handed)) = tokio::join!(roots(), async {
        let world = world(&ACTORS).await;
        let types = schema::types(&world.clients["VendorAdmin"]).await;
        let fields = fields::lines(&world, &types).await;
        (fields, inputs::lines(&world, &types).await, fields::handed_over(&types))
    });
    let lines = || roots.iter().chain(&fields).chain(&inputs);
    let wrong: Vec<_> = lines().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let cells = lines().count() * ACTORS.len();
    let mut grid = vec![cell::head()];
    for (title, lines) in
        [("Root fields", &roots), ("Fields of objects", &fields), ("Input fields about rights", &inputs)]
    {
        grid.push(format!("\n{title}"));
        grid.extend(lines.iter().map(cell::Line::print));
    }
    grid.push("\nAnswered by mutations alone, to those for whom their lines say yes".into());
    grid.extend(handed.iter().map(|(name, fields)| format!("{name}: {fields}")));
    grid.push(format!("\n{cells} cells, {} wrong", wrong.len()));
    insta::assert_snapshot!(grid.join("\n"));
}

/// What is wrong with a line, whatever it is about.
fn wrong(line: &cell::Line) -> Option<String> {
    let more = [("Member", "Admin"), ("Staff", "VendorAdmin"), ("KeyMember", "KeyAdmin"), ("KeyMember", "Staff")];
    let more = more.into_iter().chain([("KeyAdmin", "VendorAdmin")]);
    // Whoever is more gets no less. What has no account of its own is told so where an account is asked for.
    let less: Vec<_> = more.filter(|(less, more)| line.gives(less) && !line.gives(more)).collect();
    let differs = line.of("Anonymous") != line.of("Disabled");
    (differs || !less.is_empty()).then(|| format!("{} {less:?}", line.print()))
}

/// A line for each root field, each actor in a world of its own.
async fn roots() -> Vec<cell::Line> {
    let mut lines: Vec<_> = SAMPLES.iter().map(|(field, _)| cell::Line::new(*field)).collect();
    for actor in ACTORS {
        let world = world(&[actor]).await;
        let client = &world.clients[actor];
        for ((field, document), line) in SAMPLES.iter().zip(&mut lines) {
            let variables = used_by(document, &world.variables);
            line.cells.push(match document.starts_with("subscription") {
                true => begun(client, document, variables).await,
                false => cell::cell(&client.send(document, variables).await, &[(*field).to_owned()]),
            });
        }
    }
    lines
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
    if begins { "yes".into() } else { Answer::of(response).await.codes().into_iter().map(cell::word).collect() }
}

/// The variables that a document declares.
pub(crate) fn used_by(document: &str, variables: &Value) -> Value {
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
