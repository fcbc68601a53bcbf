//! An invitation that is sent again and again: what it takes along, and when that ends.

use super::invited::invited;
use crate::support::token_in;
use chrono::TimeDelta;
use serde_json::json;

/// Links of one invitation: the first, and twenty fresh ones.
const IN_ALL: usize = 21;

#[tokio::test]
async fn another_personal_line_comes_with_a_fresh_link_and_stays() {
    let (app, admin, id) = invited().await;
    for (said, kept) in [(json!("See you in Bergen."), "See you in Bergen."), (json!(null), "See you in Bergen.")] {
        app.later(TimeDelta::seconds(61)).await;
        admin.mutate("resendInvitation", "invitation { id }", json!({ "id": id, "message": said })).await;
        let letter = app.letter_to("ada@acme.example").await;
        assert!(letter.text.contains(&format!("\n> {kept}\n")) && !letter.text.contains("Oslo"), "{}", letter.text);
    }
}

#[tokio::test]
async fn after_twenty_fresh_links_the_last_one_is_handed_over() {
    let (app, _, id) = invited().await;
    let again = async || {
        // At most five are sent within a day.
        app.later(TimeDelta::hours(6)).await;
        app.admin_again().await.try_mutate("resendInvitation", "", json!({ "id": id })).await
    };
    for _ in 1..IN_ALL {
        assert_eq!(again().await.refusals("resendInvitation"), []);
    }
    let last = token_in(&app.letter_to("ada@acme.example").await);
    let over = again().await;
    assert_eq!(over.refusals("resendInvitation"), [(String::new(), "LIMIT_REACHED".into())]);
    let sentence = &over.body["data"]["resendInvitation"]["userErrors"][0]["message"];
    assert!(sentence.as_str().unwrap().contains("Copy the link"), "{sentence}");
    assert_eq!(app.letters_to("ada@acme.example").await, IN_ALL, "the refusal wrote none");
    assert!(super::works(&app, &last).await);
}
