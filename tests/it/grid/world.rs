//! Acme with one of everything, and everybody who asks.

use crate::{
    api_keys::{READING, SCOPES, program},
    forms::{publish, question, with},
    support::{
        Client, TestApp,
        people::{Kind, PASSWORD, draft as sketch, integration_answers, new_integration, new_partner, tenant},
        token_in,
    },
};
use serde_json::{Value, json};
use std::collections::HashMap;

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
    let changed = sketch(&acme.user, "Changed").await;
    let draft = sketch(&acme.user, "Draft").await;
    let submitted = app.submitted(&acme.user, "Submitted").await;
    let published = published(&admin, &acme.user, &forms["integrationForm"]["id"]).await;
    let installed = tenant(&acme.user, &published, "first").await;
    acme.user.mutate("updateIntegration", "", json!({ "id": published, "name": "Published anew" })).await;
    let comment = json!({ "integrationId": published, "field": "name", "text": "Why anew?" });
    let comment = acme.user.mutate("addReviewComment", "comment { id }", comment).await["comment"]["id"].clone();
    let (waiting, reviewed) = (app.submitted(&acme.user, "Waiting").await, app.submitted(&acme.user, "Reviewed").await);
    let live = app.published(&admin, &acme.user, "Live").await;
    let (shelved, scrap) = (sketch(&acme.user, "Shelved").await, sketch(&acme.user, "Scrap").await);
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
        "email": "second@other.example",
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
    // Whom everybody logs in as: nobody who asks.
    colleague(&app, &other.user, "second@other.example").await;
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
            "KeyReader" => program(&admin, "ADMIN", &READING).await.0,
            unknown => panic!("{unknown}"),
        };
        clients.insert(*actor, client);
    }
    variables["session"] = variables["partner"].clone();
    if let [actor] = actors {
        let viewer = clients[actor].send("{ viewer { user { email } } }", json!({})).await;
        if let Some(email) = viewer.body["data"]["viewer"]["user"]["email"].as_str() {
            clients.insert("elsewhere", app.login(email).await);
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
    let of = admin.data(query, super::used_by(query, variables)).await;
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
