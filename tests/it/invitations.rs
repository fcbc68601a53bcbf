//! The life of an invitation, from the letter to its end.

mod invited;
mod silent;
mod worn;

use crate::support::{
    TestApp,
    people::{Kind, PASSWORD, new_partner},
    token_in,
};
use chrono::TimeDelta;
use invited::{events, invitation, invited, works};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const FIELDS: &str = "invitation { id email status linkCount delivery { status reason } }";

#[tokio::test]
async fn a_new_link_kills_the_old_and_comes_at_most_once_a_minute() {
    let (app, admin, id) = invited().await;
    let first = token_in(&app.letter_to("ada@acme.example").await);
    let resend = || admin.try_mutate("resendInvitation", FIELDS, json!({ "id": id }));
    assert_eq!(resend().await.refusals("resendInvitation"), [(String::new(), "TOO_SOON".into())]);
    assert!(works(&app, &first).await, "a refusal changes nothing");
    app.later(TimeDelta::seconds(61)).await;
    let done = resend().await.payload("resendInvitation");
    assert_eq!((&done["invitation"]["linkCount"], &done["invitation"]["status"]), (&json!(2), &json!("PENDING")));
    let letter = app.letter_to("ada@acme.example").await;
    assert!(letter.text.contains("\n> See you in Oslo.\n"), "the personal line stays: {}", letter.text);
    let second = token_in(&letter);
    assert!(!works(&app, &first).await && works(&app, &second).await);
    assert!(works(&app, &second).await, "looking uses nothing up");
    for _ in 0..4 {
        app.later(TimeDelta::minutes(13)).await;
        assert_eq!(resend().await.refusals("resendInvitation"), []);
    }
    app.later(TimeDelta::minutes(13)).await;
    assert_eq!(resend().await.refusals("resendInvitation"), [(String::new(), "LIMIT_REACHED".into())]);
    assert_eq!(app.letters_to("ada@acme.example").await, 6);
    let line = invitation(&admin, "ada@acme").await;
    assert_eq!(line["delivery"]["status"], "SENT");
    assert_eq!(events(&line)[..2], ["user.invited", "invitation.resent"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_resends_at_once_one_writes_a_letter() {
    let (app, admin, id) = invited().await;
    app.later(TimeDelta::seconds(61)).await;
    let mut tries = JoinSet::new();
    for _ in 0..200 {
        let (client, id) = (admin.clone(), id.clone());
        tries.spawn(async move { client.try_mutate("resendInvitation", FIELDS, json!({ "id": id })).await });
    }
    let mut done = 0;
    while let Some(answer) = tries.join_next().await {
        let answer = answer.unwrap();
        // So many at once may also be asked to wait.
        if !answer.codes().is_empty() {
            assert!(["CONFLICT", "RATE_LIMITED", "UNAVAILABLE"].contains(&answer.codes()[0]), "{:?}", answer.body);
            continue;
        }
        match answer.refusals("resendInvitation").as_slice() {
            [] => done += 1,
            [(_, code)] if code == "TOO_SOON" => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(done, 1);
    assert_eq!(app.letters_to("ada@acme.example").await, 2, "the first and one more");
}

#[tokio::test]
async fn a_revoked_invitation_is_dead_and_its_address_is_free() {
    let (app, admin, id) = invited().await;
    let revoked = admin.mutate("revokeInvitation", FIELDS, json!({ "id": id })).await;
    assert_eq!(revoked["invitation"]["status"], "REVOKED");
    assert_eq!(app.letters_to("ada@acme.example").await, 0, "its letter had not left, and never does");
    let again = admin.try_mutate("revokeInvitation", FIELDS, json!({ "id": id })).await;
    assert_eq!(again.refusals("revokeInvitation"), [(String::new(), "INVALID_STATE".into())]);
    // Sent again, it lives again.
    app.later(TimeDelta::seconds(61)).await;
    admin.mutate("resendInvitation", FIELDS, json!({ "id": id })).await;
    let token = token_in(&app.letter_to("ada@acme.example").await);
    assert!(works(&app, &token).await);
    admin.mutate("revokeInvitation", FIELDS, json!({ "id": id })).await;
    assert!(!works(&app, &token).await);
    // Or somebody else invites the address anew.
    admin.mutate("invitePartner", "partner { id }", new_partner("Birch", "ADA@acme.example")).await;
    let fresh = token_in(&app.letter_to("ADA@acme.example").await);
    app.accept(&fresh).await;
    assert!(!works(&app, &token).await);
    let old = admin.try_mutate("resendInvitation", FIELDS, json!({ "id": id })).await;
    assert_eq!(old.refusals("resendInvitation"), [(String::new(), "INVALID_STATE".into())]);
}

#[tokio::test]
async fn an_accepted_invitation_is_left_alone() {
    let (app, admin, id) = invited().await;
    app.accept(&token_in(&app.letter_to("ada@acme.example").await)).await;
    app.later(TimeDelta::seconds(61)).await;
    for (mutation, input) in [
        ("resendInvitation", json!({ "id": id })),
        ("revokeInvitation", json!({ "id": id })),
        ("correctInvitationEmail", json!({ "id": id, "email": "other@acme.example" })),
        ("createInvitationLink", json!({ "id": id })),
    ] {
        let answer = admin.try_mutate(mutation, "invitation { id }", input).await;
        assert_eq!(answer.refusals(mutation), [(String::new(), "INVALID_STATE".into())], "{mutation}");
    }
    let twice = admin.try_mutate("invitePartner", "partner { id }", new_partner("Birch", "ada@acme.example")).await;
    assert_eq!(twice.refusals("invitePartner"), [("primaryContact.email".into(), "TAKEN".into())]);
}

#[tokio::test]
async fn an_address_is_corrected_in_one_step() {
    let (app, admin, id) = invited().await;
    let wrong = token_in(&app.letter_to("ada@acme.example").await);
    let correct = |email: &str| admin.try_mutate("correctInvitationEmail", FIELDS, json!({ "id": id, "email": email }));
    for (email, code) in [("nobody", "INVALID"), ("ADA@acme.example", "INVALID"), ("admin@example.com", "TAKEN")] {
        let answer = correct(email).await;
        assert_eq!(answer.refusals("correctInvitationEmail"), [("email".into(), code.into())], "{email}");
    }
    assert!(works(&app, &wrong).await, "a refusal changes nothing");
    let done = correct("ada.l@acme.example").await.payload("correctInvitationEmail");
    assert_eq!(done["invitation"]["email"], "ada.l@acme.example");
    assert!(!works(&app, &wrong).await);
    let token = token_in(&app.letter_to("ada.l@acme.example").await);
    app.accept(&token).await;
    app.login("ada.l@acme.example").await;
}

#[tokio::test]
async fn who_declines_is_asked_no_more_and_the_inviter_is_told() {
    let (app, admin, id) = invited().await;
    let token = token_in(&app.letter_to("ada@acme.example").await);
    let decline = |token: String| {
        let input = json!({ "token": token, "reason": "We have closed.\n<b>Sorry</b>" });
        let client = app.anonymous();
        async move { client.try_mutate("declineInvitation", "__typename", input).await.refusals("declineInvitation") }
    };
    assert_eq!(decline("pinv_nonsense".into()).await, [("token".into(), "INVALID_TOKEN".into())]);
    assert_eq!(decline(token.clone()).await, []);
    assert_eq!(decline(token.clone()).await, [("token".into(), "INVALID_TOKEN".into())]);
    assert!(!works(&app, &token).await);
    let row = invitation(&admin, "ada@acme").await;
    assert_eq!((&row["status"], &row["declineReason"]), (&json!("DECLINED"), &json!("We have closed.\n<b>Sorry</b>")));
    let told: Vec<_> =
        app.letters().await.into_iter().filter(|letter| letter.subject.starts_with("Declined")).collect();
    assert_eq!(told.len(), 1, "inviter and primary contact are one person here");
    assert!(told[0].text.contains("We have closed.") && !told[0].html.contains("<b>Sorry"), "{}", told[0].text);
    app.later(TimeDelta::days(4)).await;
    assert_eq!(app.letters_to("ada@acme.example").await, 1, "no reminder");
    let admin = app.admin_again().await;
    admin.mutate("resendInvitation", FIELDS, json!({ "id": id })).await;
}

#[tokio::test]
async fn reminders_come_by_schedule_and_stop_by_themselves() {
    let (app, _, _) = invited().await;
    let first = token_in(&app.letter_to("ada@acme.example").await);
    app.later(TimeDelta::days(2)).await;
    assert_eq!(app.letters_to("ada@acme.example").await, 1);
    app.later(TimeDelta::hours(25)).await;
    let reminder = app.letter_to("ada@acme.example").await;
    assert!(reminder.subject.starts_with("Reminder:"), "{}", reminder.subject);
    assert_eq!(token_in(&reminder), first, "the same link");
    assert!(reminder.text.contains("\n> See you in Oslo.\n"), "{}", reminder.text);
    app.later(TimeDelta::minutes(1)).await;
    assert_eq!(app.letters_to("ada@acme.example").await, 2, "once");
    app.later(TimeDelta::days(3)).await;
    assert_eq!(app.letters_to("ada@acme.example").await, 3);
    app.later(TimeDelta::days(1)).await;
    let admin = app.admin_again().await;
    let row = invitation(&admin, "ada@acme").await;
    assert_eq!((&row["status"], &row["reminderCount"]), (&json!("EXPIRED"), &json!(2)));
    assert_eq!(events(&row), ["user.invited", "invitation.reminded", "invitation.reminded", "invitation.expired"]);
    // Who has the old link asks for a new one; whoever asks learns nothing.
    for token in ["pinv_nonsense", &first, &first] {
        let input = json!({ "token": token });
        app.anonymous().mutate("requestNewInvitation", "__typename", input).await;
    }
    assert_eq!(app.letters_to("ada@acme.example").await, 4, "one letter");
    let letter = app.letter_to("ada@acme.example").await;
    assert!(letter.text.contains("\n> See you in Oslo.\n"), "{}", letter.text);
    let token = token_in(&letter);
    assert!(token != first && works(&app, &token).await);
    app.accept(&token).await;
    app.later(TimeDelta::days(4)).await;
    assert_eq!(app.letters_to("ada@acme.example").await, 4, "who came in is not reminded");
}

#[tokio::test]
async fn a_link_is_copied_by_hand_and_that_is_recorded() {
    let (app, admin, id) = invited().await;
    let mailed = token_in(&app.letter_to("ada@acme.example").await);
    let copy = || admin.mutate("createInvitationLink", "link invitation { status }", json!({ "id": id }));
    let link = copy().await["link"].as_str().unwrap().to_owned();
    assert!(link.ends_with(&mailed), "the very link of the letter while that works");
    admin.mutate("revokeInvitation", FIELDS, json!({ "id": id })).await;
    let fresh = copy().await;
    assert_eq!(fresh["invitation"]["status"], "PENDING");
    let token = fresh["link"].as_str().unwrap().split("#t=").nth(1).unwrap().to_owned();
    assert!(token != mailed && works(&app, &token).await && !works(&app, &mailed).await);
    assert_eq!(app.letters_to("ada@acme.example").await, 1, "no letter is written");
    let row = invitation(&admin, "ada@acme").await;
    assert_eq!(events(&row).iter().filter(|event| **event == "invitation.link_copied").count(), 2);
}

#[tokio::test]
async fn a_copied_link_says_nothing_of_letters_and_reminds_nobody() {
    let (app, admin, id) = invited().await;
    app.letters().await;
    let tried = app.hub.clock.now().to_rfc3339();
    admin.mutate("reportBounce", "__typename", json!({ "email": "ada@acme.example", "reason": "No such user." })).await;
    app.later(TimeDelta::days(8)).await;
    let admin = app.admin_again().await;
    admin.mutate("createInvitationLink", "link", json!({ "id": id })).await;
    let row = invitation(&admin, "ada@acme").await;
    let kept = json!({ "status": "BOUNCED", "reason": "No such user.", "lastAttemptAt": tried });
    assert_eq!((&row["status"], &row["delivery"]), (&json!("PENDING"), &kept));
    assert_eq!(row["nextReminderAt"], Value::Null);
    app.later(TimeDelta::days(4)).await;
    assert_eq!(app.letters_to("ada@acme.example").await, 1, "an address that bounced is not written to by itself");
}

#[tokio::test]
async fn an_admin_sends_again_what_has_run_out_and_says_for_how_long() {
    let (app, _, id) = invited().await;
    app.later(TimeDelta::days(8)).await;
    let admin = app.admin_again().await;
    for hours in [0, 721] {
        let input = json!({ "id": id, "expiresInHours": hours });
        let answer = admin.try_mutate("resendInvitation", FIELDS, input).await;
        assert_eq!(answer.refusals("resendInvitation"), [("expiresInHours".into(), "INVALID".into())], "{hours}");
    }
    admin.mutate("resendInvitation", FIELDS, json!({ "id": id, "expiresInHours": 2 })).await;
    let token = token_in(&app.letter_to("ada@acme.example").await);
    app.later(TimeDelta::minutes(119)).await;
    assert!(works(&app, &token).await);
    app.later(TimeDelta::minutes(2)).await;
    assert!(!works(&app, &token).await);
    let mut colleague = json!({ "name": "Bo", "email": "bo@acme.example", "expiresInHours": 0 });
    let admin = app.admin_again().await;
    let answer = admin.try_mutate("inviteUser", "user { id }", colleague.clone()).await;
    assert_eq!(answer.refusals("inviteUser"), [("expiresInHours".into(), "INVALID".into())]);
    colleague["expiresInHours"] = json!(1);
    admin.mutate("inviteUser", "user { id }", colleague).await;
    let token = token_in(&app.letter_to("bo@acme.example").await);
    app.later(TimeDelta::minutes(61)).await;
    assert!(!works(&app, &token).await);
}

#[tokio::test]
async fn who_was_revoked_is_reminded_no_more() {
    let (app, admin, id) = invited().await;
    app.letters().await;
    admin.mutate("revokeInvitation", FIELDS, json!({ "id": id })).await;
    app.later(TimeDelta::days(4)).await;
    assert_eq!(app.letters_to("ada@acme.example").await, 1);
}

#[tokio::test]
async fn an_address_is_corrected_to_one_that_was_taken_back() {
    let (app, admin, id) = invited().await;
    admin.mutate("revokeInvitation", FIELDS, json!({ "id": id })).await;
    admin.mutate("invitePartner", "partner { id }", new_partner("Birch", "wrong@birch.example")).await;
    let birch = invitation(&admin, "wrong@birch").await["id"].clone();
    let right = json!({ "id": birch, "email": "ada@acme.example" });
    let answer = admin.try_mutate("correctInvitationEmail", FIELDS, right).await;
    assert_eq!(answer.refusals("correctInvitationEmail"), []);
    app.accept(&token_in(&app.letter_to("ada@acme.example").await)).await;
}

#[tokio::test]
async fn a_letter_that_was_held_back_leaves_when_its_partner_is_let_in_again() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let colleague = json!({ "name": "Grace", "email": "grace@acme.example", "role": "MEMBER" });
    acme.user.mutate("inviteUser", "", colleague).await;
    admin.mutate("suspendPartner", "partner { id }", json!({ "id": acme.id, "reason": "A pause." })).await;
    app.later(TimeDelta::hours(1)).await;
    assert_eq!(app.letters_to("grace@acme.example").await, 0);
    admin.mutate("reinstatePartner", "partner { id }", json!({ "id": acme.id })).await;
    assert_eq!(app.letters_to("grace@acme.example").await, 1);
    // Whoever is shut out is not reminded, and no reminder is in the history.
    admin.mutate("suspendPartner", "partner { id }", json!({ "id": acme.id, "reason": "Once more." })).await;
    app.later(TimeDelta::days(3)).await;
    assert_eq!(app.letters_to("grace@acme.example").await, 1);
    let admin = app.admin_again().await;
    assert_eq!(events(&invitation(&admin, "grace@acme").await), ["user.invited"]);
    admin.mutate("reinstatePartner", "partner { id }", json!({ "id": acme.id })).await;
    app.later(TimeDelta::days(3)).await;
    assert_eq!(app.letters_to("grace@acme.example").await, 2, "the next reminder comes");
}

#[tokio::test]
async fn an_invitation_names_organisation_and_role_and_its_user_names_it() {
    let (_app, admin, id) = invited().await;
    let query = "query($id: ID!) { invitation(id: $id) {
        role organization { ... on Partner { name } } user { invitation { id } } } }";
    let seen = admin.data(query, json!({ "id": id })).await;
    let expected =
        json!({ "role": "ADMIN", "organization": { "name": "Acme" }, "user": { "invitation": { "id": id } } });
    assert_eq!(seen["invitation"], expected);
    let own = "{ viewer { user { invitation { status organization { ... on Vendor { name } } } } } }";
    let seen = admin.data(own, json!({})).await["viewer"]["user"]["invitation"].clone();
    assert_eq!(seen, json!({ "status": "ACCEPTED", "organization": { "name": "Partner Hub" } }));
}

#[tokio::test]
async fn each_invitation_may_live_longer_or_shorter() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for (hours, fits) in [(0, false), (721, false), (1, true)] {
        let mut input = new_partner("Acme", "ada@acme.example");
        input["expiresInHours"] = json!(hours);
        let answer = admin.try_mutate("invitePartner", "partner { id }", input).await;
        assert_eq!(answer.refusals("invitePartner").is_empty(), fits, "{hours}");
    }
    let token = token_in(&app.letter_to("ada@acme.example").await);
    app.later(TimeDelta::minutes(59)).await;
    assert!(works(&app, &token).await);
    app.later(TimeDelta::minutes(2)).await;
    assert!(!works(&app, &token).await);
    let input = json!({ "token": token, "password": PASSWORD });
    let late = app.anonymous().try_mutate("acceptInvitation", "session { token }", input).await;
    assert_eq!(late.refusals("acceptInvitation"), [("token".into(), "INVALID_TOKEN".into())]);
}

#[tokio::test]
async fn a_bounce_that_is_reported_later_is_told_once() {
    let (app, admin, _) = invited().await;
    app.letters().await;
    let input = json!({ "email": "ADA@acme.example", "reason": "550 mailbox unavailable" });
    for _ in 0..2 {
        let done = admin.mutate("reportBounce", FIELDS, input.clone()).await;
        let delivery = json!({ "status": "BOUNCED", "reason": "550 mailbox unavailable" });
        assert_eq!(done["invitation"]["delivery"], delivery);
    }
    let unknown = admin.mutate("reportBounce", FIELDS, json!({ "email": "x@nowhere.example" })).await;
    assert_eq!(unknown["invitation"], Value::Null);
    let told = app.letters().await.iter().filter(|letter| letter.subject.starts_with("Not delivered")).count();
    assert_eq!(told, 1);
    app.later(TimeDelta::days(4)).await;
    assert_eq!(app.letters_to("ada@acme.example").await, 1, "no reminder");
}

#[tokio::test]
async fn the_list_is_filtered_ordered_and_paged() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for name in ["Alder", "Birch_50%", "Cedar"] {
        let email = format!("{}@x.example", name.to_lowercase().replace('%', "p"));
        admin.mutate("invitePartner", "partner { id }", new_partner(name, &email)).await;
    }
    let list = |variables: Value| {
        let query = "query($filter: InvitationFilterInput, $after: String) {
            invitations(first: 2, after: $after, filter: $filter, orderBy: [{ field: EMAIL }]) {
                totalCount nodes { email } pageInfo { hasNextPage endCursor } } }";
        admin.data(query, variables)
    };
    let page = list(json!({})).await["invitations"].clone();
    assert_eq!((&page["totalCount"], &page["nodes"][0]["email"]), (&json!(4), &json!("admin@example.com")));
    let next = list(json!({ "after": page["pageInfo"]["endCursor"] })).await;
    assert_eq!(next["invitations"]["nodes"][1]["email"], "cedar@x.example");
    for (filter, count) in [
        (json!({ "status": { "in": ["PENDING"] } }), 3),
        (json!({ "status": { "in": ["ACCEPTED", "REVOKED"] } }), 1),
        (json!({ "delivery": { "in": ["BOUNCED"] } }), 0),
        (json!({ "email": { "contains": "BIRCH_" } }), 1),
        (json!({ "email": { "contains": "b%h" } }), 0),
    ] {
        assert_eq!(list(json!({ "filter": filter })).await["invitations"]["totalCount"], count, "{filter}");
    }
}

#[tokio::test]
async fn a_partner_shows_the_invitations_of_its_own_users() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    app.partner(&admin, "Other", Kind::Created).await;
    let colleague = json!({ "name": "Grace", "email": "grace@acme.example", "role": "MEMBER" });
    acme.user.mutate("inviteUser", "", colleague).await;
    let query = "query($id: ID!) { partner(id: $id) { invitations(first: 1) { totalCount nodes { email status } } } }";
    let seen = acme.user.data(query, json!({ "id": acme.id })).await["partner"]["invitations"].clone();
    assert_eq!(seen, json!({ "totalCount": 2, "nodes": [{ "email": acme.email, "status": "ACCEPTED" }] }));
}
