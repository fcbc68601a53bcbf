//! Which rows of each table belong to one partner, and which action reading them is.

use super::{actor::Reach, policy::Action};
use entity::*;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Iterable, PrimaryKeyToColumn, QuerySelect, Select,
    sea_query::{Expr, IntoCondition},
};
use std::sync::LazyLock;
use uuid::Uuid;

/// A table whose rows belong to somebody.
pub trait Scoped: EntityTrait {
    /// Its typed id.
    type Id: Copy + Eq + std::hash::Hash + From<Uuid> + Into<Uuid> + Send + Sync + std::fmt::Debug;
    /// What seeing a row is called in the policy.
    const READ: Action;
    /// The type's name in the graph.
    const NAME: &'static str;
    /// The column that names the partner.
    const PARTNER: Self::Column;

    /// A statement about the table that selects nothing yet: naming all columns takes longer than all the rest.
    fn bare() -> Select<Self>;

    /// The row's id.
    fn id_of(model: &Self::Model) -> Self::Id;

    /// The primary key's column.
    fn id_column() -> Self::Column {
        Self::PrimaryKey::iter().next().expect("every table has a primary key").into_column()
    }

    /// Which rows there are at all for whoever looks; what is not final yet has doors of its own.
    fn visible() -> Condition {
        Condition::all()
    }

    /// Which of the visible rows lists show. The others are found by what names them alone.
    fn listed() -> Condition {
        Condition::all()
    }

    /// The condition that every statement about the table carries.
    fn scope(reach: Reach) -> Condition {
        match reach {
            Reach::Everything => Self::visible(),
            Reach::Partner(partner) => Self::visible().add(Self::PARTNER.eq(partner)),
            Reach::Nothing => Expr::cust("1 = 0").into_condition(),
        }
    }
}

macro_rules! scoped {
    ($($module:ident: $id:ty, $name:literal, $action:ident, $partner:ident $(if $visible:expr)? $(, listed if $listed:expr)?;)+) => {$(
        impl Scoped for $module::Entity {
            type Id = $id;
            const READ: Action = Action::$action;
            const NAME: &'static str = $name;
            const PARTNER: Self::Column = $module::Column::$partner;

            #[expect(clippy::disallowed_methods, reason = "the one place where a finder is given its scope")]
            fn bare() -> Select<Self> {
                static BARE: LazyLock<Select<$module::Entity>> = LazyLock::new(|| $module::Entity::find().select_only());
                BARE.clone()
            }

            fn id_of(model: &Self::Model) -> Self::Id {
                model.id
            }
            $(
                fn visible() -> Condition {
                    $visible.into_condition()
                }
            )?
            $(
                fn listed() -> Condition {
                    $listed.into_condition()
                }
            )?
        }
    )+};
}

scoped! {
    partner: PartnerId, "Partner", ReadPartner, Id;
    user: UserId, "User", ReadUser, PartnerId,
        listed if user::Column::Status.ne(user::UserStatus::Deleted);
    invitation: InvitationId, "Invitation", ReadInvitation, PartnerId;
    form_submission: FormSubmissionId, "FormSubmission", ReadSubmission, PartnerId
        if form_submission::Column::IsDraft.eq(false);
    terms_acceptance: TermsAcceptanceId, "TermsAcceptance", ReadSubmission, PartnerId;
    integration: IntegrationId, "Integration", ReadIntegration, PartnerId;
    review_comment: ReviewCommentId, "ReviewComment", ReadIntegration, PartnerId;
    tenant: TenantId, "Tenant", ReadTenant, PartnerId;
    activity: ActivityId, "Activity", ReadActivity, PartnerId;
    api_key: ApiKeyId, "ApiKey", ReadApiKey, PartnerId;
}

/// Forms are the vendor's and asked of everybody: no partner owns one. Which kind an actor may see is a permission.
impl Scoped for form::Entity {
    type Id = FormId;
    const READ: Action = Action::ReadForm;
    const NAME: &'static str = "Form";
    const PARTNER: Self::Column = form::Column::Id;

    #[expect(clippy::disallowed_methods, reason = "the one place where a finder is given its scope")]
    fn bare() -> Select<Self> {
        form::Entity::find().select_only()
    }

    fn id_of(model: &Self::Model) -> Self::Id {
        model.id
    }

    fn scope(reach: Reach) -> Condition {
        match reach {
            Reach::Everything | Reach::Partner(_) => Condition::all(),
            Reach::Nothing => Expr::cust("1 = 0").into_condition(),
        }
    }
}
