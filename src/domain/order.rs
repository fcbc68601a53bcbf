//! What lists can be ordered by, beside their ids.

use super::page::ordering;

ordering! {
    /// What partners can be ordered by.
    PartnerOrder of partner {
        /// By name.
        Name = "name",
        /// By status.
        Status = "status",
        /// By when they were made.
        CreatedAt = "created",
        /// By when they last changed.
        UpdatedAt = "updated",
        /// By when they were last approved.
        ApprovedAt = "approved",
        /// By when they were suspended.
        SuspendedAt = "suspended",
        /// By when they were archived.
        ArchivedAt = "archived",
    }
}

ordering! {
    /// What users can be ordered by.
    UserOrder of user {
        /// By name.
        Name = "name",
        /// By address.
        Email = "email",
        /// By when they were added.
        CreatedAt = "created",
        /// By when they last logged in.
        LastLoginAt = "login",
    }
}

ordering! {
    /// What integrations can be ordered by.
    IntegrationOrder of integration {
        /// By name.
        Name = "name",
        /// By status.
        Status = "status",
        /// By when they were made.
        CreatedAt = "created",
        /// By when they last changed.
        UpdatedAt = "updated",
        /// By when they were last submitted.
        SubmittedAt = "submitted",
        /// By when they were published.
        PublishedAt = "published",
    }
}

ordering! {
    /// What tenants can be ordered by.
    TenantOrder of tenant {
        /// By name.
        Name = "name",
        /// By when they were made.
        CreatedAt = "created",
        /// By when they last changed.
        UpdatedAt = "updated",
        /// By when they were archived.
        ArchivedAt = "archived",
    }
}

ordering! {
    /// What invitations can be ordered by.
    InvitationOrder of invitation {
        /// By when they were made.
        CreatedAt = "created",
        /// By when the link ends.
        ExpiresAt = "expires",
        /// By address.
        Email = "email",
    }
}

ordering! {
    /// What API keys can be ordered by.
    ApiKeyOrder of api_key {
        /// By name.
        Name = "name",
        /// By when they were made.
        CreatedAt = "created",
        /// By when they end.
        ExpiresAt = "expires",
    }
}

ordering! {
    /// What the record can be ordered by.
    ActivityOrder of activity {
        /// By when it was done.
        At = "at",
    }
}

ordering! {
    /// What versions of a form can be ordered by.
    FormOrder of form {
        /// By when they were published.
        PublishedAt = "published",
    }
}

ordering! {
    /// What remarks can be ordered by.
    ReviewCommentOrder of review_comment {
        /// By when they were written.
        CreatedAt = "created",
        /// By when they were ticked off.
        ResolvedAt = "resolved",
    }
}

ordering! {
    /// What agreements to terms can be ordered by.
    TermsAcceptanceOrder of terms_acceptance {
        /// By when somebody agreed.
        AcceptedAt = "accepted",
    }
}
