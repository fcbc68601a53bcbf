//! Who may make which change, as the product's table says: the grid as it was meant, beside the grid as it is.

use super::{ACTORS, cell::Line, samples::SAMPLES};

/// Refusals that come of who asks, and not of what is asked.
const SHUT: [&str; 4] = ["log in", "onboard", "forbidden", "not found"];

/// Who may, and what. Acme's own are `Member` and `Admin`; everything asked for is Acme's unless it is made anew, or the
/// asker's own.
const RULES: [(&[&str], &[&str]); 11] = [
    // Whoever has an address and a password, or a link.
    (
        &ACTORS,
        &[
            "login",
            "completeLogin",
            "requestPasswordReset",
            "resetPassword",
            "confirmEmail",
            "acceptInvitation",
            "declineInvitation",
            "requestNewInvitation",
        ],
    ),
    // One's own account: whoever is signed in as a person.
    (
        &["Onboarding", "Member", "Admin", "Stranger", "Staff", "VendorAdmin"],
        &[
            "logout",
            "reauthenticate",
            "changePassword",
            "changeEmail",
            "revokeSession",
            "revokeOtherSessions",
            "beginSecondFactor",
            "confirmSecondFactor",
            "renewRecoveryCodes",
            "disableSecondFactor",
        ],
    ),
    (&["Onboarding"], &["savePartnerFormDraft", "submitPartnerForm"]),
    // An integration of one's own organisation, made anew; and many tenants, each row of which is answered by itself.
    (&["Member", "Admin", "Stranger", "VendorAdmin", "KeyAdmin"], &["createIntegration", "bulkCreateTenants"]),
    // Acme's integrations, as their owner.
    (
        &["Member", "Admin"],
        &["submitIntegration", "updateIntegration", "saveIntegrationDraft", "withdrawIntegration", "deleteIntegration"],
    ),
    // Tenants of Acme's: its own people, and who manages everything.
    (
        &["Member", "Admin", "VendorAdmin", "KeyAdmin"],
        &["createTenant", "updateTenant", "pauseTenant", "resumeTenant", "archiveTenant", "restoreTenant"],
    ),
    (&["Admin", "Stranger"], &["acceptTerms"]),
    // Acme's users; and new ones of the asker's own organisation.
    (
        &["Admin", "VendorAdmin"],
        &[
            "updateUser",
            "disableUser",
            "enableUser",
            "deleteUser",
            "setPrimaryContact",
            "resetSecondFactor",
            "endUserSessions",
            "resendInvitation",
            "revokeInvitation",
            "correctInvitationEmail",
        ],
    ),
    (
        &["Staff", "VendorAdmin", "KeyMember", "KeyAdmin"],
        &["publishIntegration", "requestIntegrationChanges", "unpublishIntegration"],
    ),
    // What an admin's key may do as well: make partners, decide about them, and tell of letters.
    (
        &["VendorAdmin", "KeyAdmin"],
        &[
            "createPartner",
            "invitePartner",
            "bulkInvitePartners",
            "reportBounce",
            "approvePartner",
            "requestPartnerChanges",
            "rejectPartner",
            "reopenPartner",
            "suspendPartner",
            "reinstatePartner",
            "archivePartner",
            "restorePartner",
        ],
    ),
    (
        &["VendorAdmin"],
        &[
            "createInvitationLink",
            "publishForm",
            "updateVendor",
            "updateNotificationSettings",
            "createApiKey",
            "revokeApiKey",
        ],
    ),
];

/// Mutations with a rule of their own.
const ALONE: [(&str, &[&str]); 5] = [
    ("inviteUser", &["Admin", "Stranger", "VendorAdmin"]),
    ("updatePartner", &["Admin", "VendorAdmin", "KeyAdmin"]),
    ("archiveIntegration", &["Member", "Admin", "Staff", "VendorAdmin", "KeyMember", "KeyAdmin"]),
    ("addReviewComment", &["Member", "Admin", "Staff", "VendorAdmin", "KeyMember", "KeyAdmin"]),
    ("resolveReviewComment", &["Member", "Admin", "Staff", "VendorAdmin", "KeyMember", "KeyAdmin"]),
];

/// Whoever is let in and should not be, or the other way round; and mutations without a rule.
pub(super) fn wrong(roots: &[Line]) -> Vec<String> {
    let mutations: Vec<_> =
        SAMPLES.iter().filter(|(_, document)| document.starts_with("mutation")).map(|(name, _)| *name).collect();
    let ruled = |name: &str| {
        let many = RULES.iter().find(|(_, names)| names.contains(&name)).map(|(who, _)| *who);
        many.or_else(|| ALONE.iter().find(|(one, _)| *one == name).map(|(_, who)| *who))
    };
    let mut wrong = Vec::new();
    for line in roots.iter().filter(|line| mutations.contains(&line.name.as_str())) {
        let Some(who) = ruled(&line.name) else {
            wrong.push(format!("{} needs a rule: who may do it?", line.name));
            continue;
        };
        let differs = ACTORS.iter().filter(|actor| SHUT.contains(&line.of(actor)) == who.contains(actor));
        wrong.extend(differs.map(|actor| format!("{}: {actor} is answered {}", line.name, line.of(actor))));
    }
    let names = RULES.iter().flat_map(|(_, names)| names.iter()).chain(ALONE.iter().map(|(name, _)| name));
    wrong.extend(names.filter(|name| !mutations.contains(*name)).map(|name| format!("{name} is gone")));
    wrong
}
