//! Which remarks about an integration, and in which order.

use crate::graphql::{
    comparator::{DateTimeFilter, TextFilter},
    filter::filter,
    order::order_by,
};

order_by! {
    /// What remarks can be ordered by.
    ReviewCommentOrderBy of ReviewCommentOrderField as ReviewCommentOrder {
        /// By when they were written.
        CreatedAt,
        /// By when they were ticked off; those that are open count as earliest.
        ResolvedAt,
    }
}

filter! {
    /// Which remarks; what is left out says nothing.
    ReviewCommentFilterInput of review_comment
    columns {
        /// By the field that they are pinned to; `isNull` for those about the whole.
        field: TextFilter = Field;
        /// By when they were written.
        created_at: DateTimeFilter = CreatedAt;
        /// By when they were ticked off; `isNull` for those that are open.
        resolved_at: DateTimeFilter = ResolvedAt;
    }
    ids {
        /// Written by these users.
        author_id: "User" = AuthorId;
    }
}
