//! Partners, forms, integrations, tenants and settings.

use super::{Row, by, decides, long, moves, must_say_why, versioned};
use serde_json::{Value, json};

pub(super) fn partners() -> Vec<Row> {
    vec![
        decides("ApprovePartnerInput", "approvePartner", "$pending"),
        must_say_why(decides("RequestPartnerChangesInput", "requestPartnerChanges", "$pending")),
        must_say_why(decides("RejectPartnerInput", "rejectPartner", "$pending")),
        decides("ReopenPartnerInput", "reopenPartner", "$pending"),
        must_say_why(decides("SuspendPartnerInput", "suspendPartner", "$partner")),
        decides("ReinstatePartnerInput", "reinstatePartner", "$partner"),
        decides("ArchivePartnerInput", "archivePartner", "$partner"),
        decides("RestorePartnerInput", "restorePartner", "$partner"),
        (
            "UpdatePartnerInput",
            "updatePartner",
            "admin",
            json!({ "id": "$partner", "name": "Acme" }),
            vec![
                ("/id", json!("nonsense"), "NOT_FOUND"),
                ("/name", json!(""), "name BLANK"),
                ("/website", json!("javascript:alert(1)"), "website INVALID"),
                ("/externalId", long(200), "externalId TOO_LONG"),
                ("/labels", json!([""]), "labels.0 BLANK"),
                ("/labels", json!([long(50)]), "labels.0 TOO_LONG"),
                ("/expectedVersion", json!(99), "CONFLICT"),
            ],
        ),
    ]
}

pub(super) fn forms() -> Vec<Row> {
    let asks = |question: Value| json!({ "kind": "INTEGRATION", "expectedVersion": 1, "questions": [question] });
    let question = || json!({ "key": "about", "kind": "TEXT", "label": "About" });
    let answers = || json!([{ "question": "summary", "value": "Short." }]);
    vec![
        (
            "PublishFormInput",
            "publishForm",
            "admin",
            asks(question()),
            vec![
                ("/questions", json!([question(), question()]), "questions.1.key TAKEN"),
                ("/questions", Value::Array(vec![question(); 101]), "questions TOO_LONG"),
                ("/expectedVersion", json!(99), "CONFLICT"),
            ],
        ),
        (
            "QuestionInput",
            "publishForm",
            "admin",
            asks(question()),
            vec![
                ("/questions/0/key", json!("No Key"), "questions.0.key INVALID"),
                ("/questions/0/label", json!(""), "questions.0.label BLANK"),
                ("/questions/0/label", long(200), "questions.0.label TOO_LONG"),
                ("/questions/0/description", long(1_000), "questions.0.description TOO_LONG"),
                ("/questions/0/options", json!(["a"]), "questions.0.options INVALID"),
                ("/questions/0/termsUrl", json!("https://a.example"), "questions.0.termsUrl INVALID"),
                ("/questions/0/earliest", json!("2026-01-01"), "questions.0.earliest INVALID"),
                ("/questions/0/min", json!(-1), "questions.0.min INVALID"),
            ],
        ),
        (
            "SavePartnerFormDraftInput",
            "savePartnerFormDraft",
            "pending",
            json!({ "formId": "$partnerForm", "answers": [] }),
            vec![
                ("/formId", json!("nonsense"), "NOT_FOUND"),
                ("/answers", json!([{ "question": "nothing", "value": 1 }]), "answers.0.question UNKNOWN_QUESTION"),
                ("/expectedVersion", json!(99), "CONFLICT"),
            ],
        ),
        (
            "SubmitPartnerFormInput",
            "submitPartnerForm",
            "pending",
            json!({ "formId": "$partnerForm", "answers": crate::support::people::partner_answers() }),
            vec![
                ("/formId", json!("nonsense"), "NOT_FOUND"),
                ("/answers/0/value", json!(""), "answers.company_description REQUIRED"),
            ],
        ),
        (
            "SaveIntegrationDraftInput",
            "saveIntegrationDraft",
            "acme",
            json!({ "id": "$draft", "formId": "$form", "answers": answers() }),
            vec![
                ("/id", json!("nonsense"), "NOT_FOUND"),
                ("/formId", json!("nonsense"), "NOT_FOUND"),
                ("/expectedVersion", json!(99), "CONFLICT"),
            ],
        ),
        (
            "AnswerInput",
            "saveIntegrationDraft",
            "acme",
            json!({ "id": "$draft", "formId": "$form", "answers": answers() }),
            vec![
                ("/answers/0/question", json!("nothing"), "answers.0.question UNKNOWN_QUESTION"),
                ("/answers/0/value", json!({ "a": 1 }), "answers.summary INVALID"),
            ],
        ),
        (
            "AcceptTermsInput",
            "acceptTerms",
            "acme",
            json!({ "formId": "$partnerForm", "questions": ["terms"] }),
            vec![
                ("/formId", json!("nonsense"), "NOT_FOUND"),
                ("/questions", json!(["nothing"]), "questions.0 UNKNOWN_QUESTION"),
            ],
        ),
    ]
}

pub(super) fn integrations() -> Vec<Row> {
    let external =
        || json!({ "name": "Sync", "type": "EXTERNAL", "landingUrl": "https://a.example", "externalKey": "k" });
    let internal = || json!({ "name": "Sync", "type": "INTERNAL", "repository": { "url": "https://git.example" } });
    vec![
        (
            "CreateIntegrationInput",
            "createIntegration",
            "acme",
            external(),
            vec![
                ("/name", json!(""), "name BLANK"),
                ("/name", long(200), "name TOO_LONG"),
                ("/description", long(5_000), "description TOO_LONG"),
                ("/landingUrl", json!("nonsense"), "landingUrl INVALID"),
                ("/landingUrl", Value::Null, "landingUrl REQUIRED"),
                ("/externalKey", long(200), "externalKey TOO_LONG"),
            ],
        ),
        (
            "RepositoryInput",
            "createIntegration",
            "acme",
            internal(),
            vec![
                ("/repository/url", json!("ftp://git.example"), "repository.url INVALID"),
                ("/repository/branch", long(200), "repository.branch TOO_LONG"),
                ("/repository/branch", json!("a\nb"), "repository.branch INVALID"),
                ("/repository/path", long(500), "repository.path TOO_LONG"),
                ("/repository", Value::Null, "repository.url REQUIRED"),
            ],
        ),
        (
            "UpdateIntegrationInput",
            "updateIntegration",
            "acme",
            json!({ "id": "$draft", "name": "New" }),
            vec![
                ("/id", json!("nonsense"), "NOT_FOUND"),
                ("/name", json!(" "), "name BLANK"),
                ("/description", long(5_000), "description TOO_LONG"),
                ("/landingUrl", json!("http://a.example"), "landingUrl INVALID"),
                ("/expectedVersion", json!(99), "CONFLICT"),
            ],
        ),
        (
            "SubmitIntegrationInput",
            "submitIntegration",
            "acme",
            json!({ "id": "$draft", "formId": "$form", "answers": [] }),
            vec![("/id", json!("nonsense"), "NOT_FOUND"), ("/expectedVersion", json!(99), "CONFLICT")],
        ),
        by("acme", versioned(moves("WithdrawIntegrationInput", "withdrawIntegration", "$submitted"))),
        versioned(moves("DeleteIntegrationInput", "deleteIntegration", "$draft")),
        versioned(moves("PublishIntegrationInput", "publishIntegration", "$submitted")),
        versioned(moves("ArchiveIntegrationInput", "archiveIntegration", "$published")),
        decides("UnpublishIntegrationInput", "unpublishIntegration", "$published"),
        must_say_why(decides("RequestIntegrationChangesInput", "requestIntegrationChanges", "$submitted")),
        (
            "ReviewCommentInput",
            "requestIntegrationChanges",
            "admin",
            json!({ "id": "$submitted", "reason": "Because.", "comments": [{ "text": "Hm." }] }),
            vec![
                ("/comments/0/text", json!(""), "comments.0.text BLANK"),
                ("/comments/0/text", long(5_000), "comments.0.text TOO_LONG"),
                ("/comments/0/field", json!("No Field"), "comments.0.field INVALID"),
            ],
        ),
        (
            "AddReviewCommentInput",
            "addReviewComment",
            "admin",
            json!({ "integrationId": "$submitted", "text": "Hm." }),
            vec![
                ("/integrationId", json!("nonsense"), "NOT_FOUND"),
                ("/text", json!(" "), "text BLANK"),
                ("/text", long(5_000), "text TOO_LONG"),
                ("/field", json!("No Field"), "field INVALID"),
            ],
        ),
        moves("ResolveReviewCommentInput", "resolveReviewComment", "$comment"),
    ]
}

pub(super) fn tenants() -> Vec<Row> {
    let new = || json!({ "integrationId": "$published", "name": "new" });
    let told = || {
        vec![
            ("/name", json!("Upper"), "name INVALID"),
            ("/name", json!("-a"), "name INVALID"),
            ("/name", long(63), "name TOO_LONG"),
            ("/customerReference", long(200), "customerReference TOO_LONG"),
            ("/source", long(200), "source TOO_LONG"),
            ("/schedule", json!("never"), "schedule INVALID"),
            ("/configuration", json!([]), "configuration INVALID"),
            ("/configuration", json!({ "a": "x".repeat(17_000) }), "configuration TOO_LONG"),
        ]
    };
    let mut create = told();
    create.extend([
        ("/integrationId", json!("nonsense"), "NOT_FOUND"),
        ("/integrationId", json!("$draft"), "integrationId INVALID_STATE"),
        ("/name", json!("taken"), "name TAKEN"),
    ]);
    let mut update = told();
    update.extend([("/id", json!("nonsense"), "NOT_FOUND"), ("/expectedVersion", json!(99), "CONFLICT")]);
    vec![
        ("CreateTenantInput", "createTenant", "acme", new(), create),
        ("UpdateTenantInput", "updateTenant", "acme", json!({ "id": "$tenant", "name": "new" }), update),
        (
            "BulkCreateTenantsInput",
            "bulkCreateTenants",
            "acme",
            json!({ "rows": [new()] }),
            vec![("/rows", json!([]), "rows INVALID")],
        ),
        versioned(moves("PauseTenantInput", "pauseTenant", "$tenant")),
        versioned(moves("ResumeTenantInput", "resumeTenant", "$tenant")),
        versioned(moves("ArchiveTenantInput", "archiveTenant", "$tenant")),
        versioned(moves("RestoreTenantInput", "restoreTenant", "$tenant")),
    ]
}

pub(super) fn settings() -> Vec<Row> {
    vec![
        (
            "UpdateVendorInput",
            "updateVendor",
            "admin",
            json!({ "name": "Harbour" }),
            vec![
                ("/name", json!(""), "name BLANK"),
                ("/name", long(200), "name TOO_LONG"),
                ("/website", json!("nonsense"), "website INVALID"),
                ("/logoUrl", json!("http://a.example/a.png"), "logoUrl INVALID"),
                ("/brandColor", json!("red"), "brandColor INVALID"),
                ("/invitationLifetimeHours", json!(0), "invitationLifetimeHours INVALID"),
                ("/invitationLifetimeHours", json!(721), "invitationLifetimeHours INVALID"),
                ("/reminderDays", json!([0]), "reminderDays INVALID"),
                ("/reminderDays", json!([3, 3]), "reminderDays INVALID"),
                ("/expectedVersion", json!(99), "CONFLICT"),
            ],
        ),
        (
            "UpdateNotificationSettingsInput",
            "updateNotificationSettings",
            "admin",
            json!({ "settings": [] }),
            vec![("/expectedVersion", json!(99), "CONFLICT")],
        ),
        (
            "NotificationSettingInput",
            "updateNotificationSettings",
            "admin",
            json!({ "settings": [{ "event": "PARTNER_APPROVED", "addresses": ["a@b.example"] }] }),
            vec![
                ("/settings/0/addresses", json!(["nonsense"]), "settings.0.addresses.0 INVALID"),
                ("/settings/0/addresses", json!(vec!["a@b.example"; 21]), "settings.0.addresses TOO_LONG"),
            ],
        ),
    ]
}
