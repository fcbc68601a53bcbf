//! A document for each root field.

/// A document for each root field, in an order in which none spoils the next.
pub(crate) const SAMPLES: &[(&str, &str)] = &[
    ("viewer", "query { viewer { role } }"),
    ("node", "query($partner: ID!) { node(id: $partner) { id } }"),
    ("nodes", "query($submitted: ID!) { nodes(ids: [$submitted]) { id } }"),
    ("partner", "query($partner: ID!) { partner(id: $partner) { id } }"),
    ("partners", "query { partners(first: 10) { totalCount } }"),
    ("partnersOverTime", "query { partnersOverTime(months: 1) { approved } }"),
    ("user", "query($User: ID!) { user(id: $User) { id } }"),
    ("users", "query { users { totalCount } }"),
    ("integration", "query($submitted: ID!) { integration(id: $submitted) { id } }"),
    ("integrations", "query { integrations { totalCount } }"),
    ("tenant", "query($Tenant: ID!) { tenant(id: $Tenant) { id } }"),
    ("tenants", "query { tenants { totalCount } }"),
    ("partnerForm", "query { partnerForm { id } }"),
    ("partnerFormDraft", "query { partnerFormDraft { id } }"),
    ("integrationForm", "query { integrationForm { id } }"),
    ("partnerChanged", "subscription($partner: ID!) { partnerChanged(id: $partner) { id } }"),
    ("integrationChanged", "subscription($submitted: ID!) { integrationChanged(id: $submitted) { id } }"),
    ("activityAdded", "subscription { activityAdded { id } }"),
    ("invitation", "query($invitation: ID!) { invitation(id: $invitation) { id } }"),
    ("invitations", "query { invitations(first: 10) { totalCount } }"),
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
    // Asked with another session of the same person.
    ("logout", "mutation { logout { userErrors { code } } }"),
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
        "mutation($invited: InvitePartnerRow!) { bulkInvitePartners(input: {rows: [$invited], dryRun: true}) { userErrors { code } } }",
    ),
    (
        "bulkCreateTenants",
        "mutation($published: ID!) { bulkCreateTenants(input: {rows: [{integrationId: $published, name: \"many\"}], dryRun: true}) { userErrors { code } } }",
    ),
    ("passwordRules", "query { passwordRules { minLength } }"),
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
    ("endUserSessions", "mutation($spare: ID!) { endUserSessions(input: {id: $spare}) { userErrors { code } } }"),
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
    (
        "changeEmail",
        "mutation($email: EmailAddress!, $wrong: Secret!) { changeEmail(input: {newEmail: $email, password: $wrong}) { userErrors { code } } }",
    ),
    ("confirmEmail", "mutation($unknown: Secret!) { confirmEmail(input: {token: $unknown}) { userErrors { code } } }"),
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
    // What it leads to ends the session that everything above was asked with.
    (
        "submitPartnerForm",
        "mutation($partnerAnswers: SubmitPartnerFormInput!) { submitPartnerForm(input: $partnerAnswers) { userErrors { code } } }",
    ),
];
