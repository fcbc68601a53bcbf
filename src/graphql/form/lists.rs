//! Which versions of a form and which agreements to its terms, and in which order.

use crate::graphql::{
    comparator::{DateTimeFilter, IntFilter, TextFilter},
    filter::filter,
    order::order_by,
};

order_by! {
    /// What versions of a form can be ordered by.
    FormOrderBy of FormOrderField as FormOrder {
        /// By when they were published.
        PublishedAt,
    }
}

filter! {
    /// Which versions of a form; what is left out says nothing.
    FormFilterInput of form
    columns {
        /// By number.
        version: IntFilter = Version;
        /// By when they were published.
        published_at: DateTimeFilter = PublishedAt;
    }
    ids {
        /// Published by these users.
        published_by_id: "User" = PublishedById;
    }
}

order_by! {
    /// What agreements to terms can be ordered by.
    TermsAcceptanceOrderBy of TermsAcceptanceOrderField as TermsAcceptanceOrder {
        /// By when somebody agreed.
        AcceptedAt,
    }
}

filter! {
    /// Which agreements to terms; what is left out says nothing.
    TermsAcceptanceFilterInput of terms_acceptance
    columns {
        /// By the question's key.
        question: TextFilter = Question;
        /// By where the text was.
        url: TextFilter = Url;
        /// By the number of the version that asked.
        form_version: IntFilter = FormVersion;
        /// By when somebody agreed.
        accepted_at: DateTimeFilter = AcceptedAt;
    }
    ids {
        /// Agreed to by these users.
        accepted_by_id: "User" = AcceptedById;
    }
}
