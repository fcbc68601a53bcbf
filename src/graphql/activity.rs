//! The type Activity.

use crate::graphql::{object::object, partner::object::Partner, scalar::Json, user::object::User};
use chrono::{DateTime, Utc};
use entity::activity;

object! {
    /// One line of the record of who did what to which object, when. Lines are added, and never changed or removed.
    Activity(activity)
    columns {
        /// What happened, as `partner.created`.
        event: &str = event |it| it;
        /// What changed.
        data: Json = data |it| Json(it.clone());
        /// When.
        at: DateTime<Utc> = at |it| *it;
    }
    one {
        /// Who did it. Null if it was the hub itself, or somebody whom the viewer may not see.
        actor: User = users by actor_id;
        /// Which partner it concerns. Null if it concerns the vendor alone.
        partner: Partner = partners by partner_id;
    }
}
