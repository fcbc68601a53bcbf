//! Accounts, invitations and people.

use super::{Row, long, moves};
use serde_json::{Value, json};

pub(super) fn accounts() -> Vec<Row> {
    let weak = || {
        vec![("/password", json!("short"), "password TOO_SHORT"), ("/token", json!("nonsense"), "token INVALID_TOKEN")]
    };
    let password = "three green harbours";
    vec![
        // First: whoever fails too often at anything waits.
        (
            "LoginInput",
            "login",
            "anonymous",
            json!({ "email": "contact@acme.example", "password": "a long enough password" }),
            vec![
                ("/password", json!("wrong"), " INVALID_CREDENTIALS"),
                ("/email", json!("nobody@nowhere.example"), " INVALID_CREDENTIALS"),
            ],
        ),
        (
            "AcceptInvitationInput",
            "acceptInvitation",
            "anonymous",
            json!({ "token": "$link", "password": password }),
            weak(),
        ),
        (
            "ResetPasswordInput",
            "resetPassword",
            "anonymous",
            json!({ "token": "$reset", "password": password }),
            weak(),
        ),
        (
            "ChangePasswordInput",
            "changePassword",
            "acme",
            json!({ "currentPassword": "a long enough password", "newPassword": password }),
            vec![
                ("/currentPassword", json!("wrong"), "currentPassword INVALID_CREDENTIALS"),
                ("/newPassword", json!("short"), "newPassword TOO_SHORT"),
                ("/newPassword", long(128), "newPassword TOO_LONG"),
            ],
        ),
        (
            "ChangeEmailInput",
            "changeEmail",
            "pending",
            json!({ "newEmail": "ada@elsewhere.example", "password": "a long enough password" }),
            vec![
                ("/newEmail", json!("nobody"), "newEmail INVALID"),
                ("/newEmail", json!("Contact@Pending.example"), "newEmail INVALID"),
                ("/password", json!("wrong"), "password INVALID_CREDENTIALS"),
            ],
        ),
        (
            "ConfirmEmailInput",
            "confirmEmail",
            "anonymous",
            json!({ "token": "nonsense" }),
            vec![("/token", json!(""), "token INVALID_TOKEN")],
        ),
        (
            "CompleteLoginInput",
            "completeLogin",
            "anonymous",
            json!({ "challenge": "nonsense", "code": "123456" }),
            vec![("/code", json!(""), "challenge INVALID_TOKEN")],
        ),
        (
            "ConfirmSecondFactorInput",
            "confirmSecondFactor",
            "acme",
            json!({ "code": "123456" }),
            vec![("/code", json!("nonsense"), " INVALID_STATE")],
        ),
        (
            "DisableSecondFactorInput",
            "disableSecondFactor",
            "acme",
            json!({ "password": "a long enough password" }),
            vec![("/password", json!("wrong"), "password INVALID_CREDENTIALS")],
        ),
        (
            "ReauthenticateInput",
            "reauthenticate",
            "admin",
            json!({ "password": "a long enough password" }),
            vec![("/password", json!("wrong"), "password INVALID_CREDENTIALS")],
        ),
        (
            "RequestPasswordResetInput",
            "requestPasswordReset",
            "anonymous",
            json!({ "email": "contact@acme.example" }),
            vec![("/email", json!("nonsense"), "email INVALID")],
        ),
        (
            "RevokeSessionInput",
            "revokeSession",
            "acme",
            json!({ "id": "$vendor" }),
            vec![("/id", json!("nonsense"), "NOT_FOUND")],
        ),
    ]
}

pub(super) fn invitations() -> Vec<Row> {
    let letter = |mut bad: Vec<(&'static str, Value, &'static str)>| {
        bad.push(("/message", long(5_000), "message TOO_LONG"));
        bad
    };
    let contact = || json!({ "name": "Acme", "primaryContact": { "name": "Ada", "email": "ada@new.example" } });
    let organisation = || {
        letter(vec![
            ("/name", json!("  "), "name BLANK"),
            ("/name", long(200), "name TOO_LONG"),
            ("/name", json!("a\nb"), "name INVALID"),
            ("/website", json!("http://acme.example"), "website INVALID"),
            ("/externalId", long(200), "externalId TOO_LONG"),
            ("/expiresInHours", json!(0), "expiresInHours INVALID"),
            ("/expiresInHours", json!(721), "expiresInHours INVALID"),
            ("/primaryContact/email", json!("contact@acme.example"), "primaryContact.email TAKEN"),
        ])
    };
    vec![
        ("CreatePartnerInput", "createPartner", "admin", contact(), organisation()),
        ("InvitePartnerInput", "invitePartner", "admin", contact(), organisation()),
        (
            "PrimaryContactInput",
            "createPartner",
            "admin",
            contact(),
            vec![
                ("/primaryContact/name", json!(""), "primaryContact.name BLANK"),
                ("/primaryContact/name", long(200), "primaryContact.name TOO_LONG"),
                ("/primaryContact/email", json!("nonsense"), "primaryContact.email INVALID"),
                ("/primaryContact/email", json!("a@b@c.example"), "primaryContact.email INVALID"),
            ],
        ),
        (
            "InviteUserInput",
            "inviteUser",
            "admin",
            json!({ "name": "Bo", "email": "bo@new.example" }),
            letter(vec![
                ("/name", json!(""), "name BLANK"),
                ("/email", json!("nonsense"), "email INVALID"),
                ("/email", json!("CONTACT@acme.example"), "email TAKEN"),
                ("/organizationId", json!("nonsense"), "NOT_FOUND"),
            ]),
        ),
        (
            "BulkInvitePartnersInput",
            "bulkInvitePartners",
            "admin",
            json!({ "rows": [contact()] }),
            vec![("/rows", json!([]), "rows INVALID")],
        ),
        (
            "CorrectInvitationEmailInput",
            "correctInvitationEmail",
            "admin",
            json!({ "id": "$invitation", "email": "right@new.example" }),
            vec![
                ("/id", json!("nonsense"), "NOT_FOUND"),
                ("/email", json!("nonsense"), "email INVALID"),
                ("/email", json!("contact@acme.example"), "email TAKEN"),
            ],
        ),
        moves("CreateInvitationLinkInput", "createInvitationLink", "$invitation"),
        moves("RevokeInvitationInput", "revokeInvitation", "$invitation"),
        (
            "ResendInvitationInput",
            "resendInvitation",
            "admin",
            json!({ "id": "$invitation" }),
            vec![("/id", json!("nonsense"), "NOT_FOUND"), ("/message", long(5_000), "message TOO_LONG")],
        ),
        (
            "DeclineInvitationInput",
            "declineInvitation",
            "anonymous",
            json!({ "token": "$link" }),
            vec![("/token", json!("nonsense"), "token INVALID_TOKEN"), ("/reason", long(5_000), "reason TOO_LONG")],
        ),
        // Whoever asks for a link learns nothing, and an address that is none is nobody's.
        (
            "RequestNewInvitationInput",
            "requestNewInvitation",
            "anonymous",
            json!({}),
            vec![("/token", json!("nonsense"), "")],
        ),
        (
            "ReportBounceInput",
            "reportBounce",
            "admin",
            json!({ "email": "x@nowhere.example" }),
            vec![("/email", json!("nonsense"), "email INVALID"), ("/reason", long(5_000), "reason TOO_LONG")],
        ),
    ]
}

pub(super) fn people() -> Vec<Row> {
    vec![
        moves("SetPrimaryContactInput", "setPrimaryContact", "$user"),
        moves("DisableUserInput", "disableUser", "$user"),
        moves("EnableUserInput", "enableUser", "$user"),
        moves("DeleteUserInput", "deleteUser", "$user"),
        moves("EndUserSessionsInput", "endUserSessions", "$user"),
        moves("ResetSecondFactorInput", "resetSecondFactor", "$user"),
        (
            "UpdateUserInput",
            "updateUser",
            "admin",
            json!({ "id": "$user", "name": "Ada" }),
            vec![
                ("/id", json!("nonsense"), "NOT_FOUND"),
                ("/name", json!(""), "name BLANK"),
                ("/name", long(200), "name TOO_LONG"),
                ("/expectedVersion", json!(99), "CONFLICT"),
            ],
        ),
        (
            "CreateApiKeyInput",
            "createApiKey",
            "admin",
            json!({ "name": "CRM", "scopes": ["PARTNERS_READ"] }),
            vec![
                ("/name", json!(" "), "name BLANK"),
                ("/name", long(200), "name TOO_LONG"),
                ("/scopes", json!([]), "scopes REQUIRED"),
                ("/expiresInDays", json!(0), "expiresInDays INVALID"),
                ("/expiresInDays", json!(366), "expiresInDays INVALID"),
            ],
        ),
        moves("RevokeApiKeyInput", "revokeApiKey", "$key"),
    ]
}
