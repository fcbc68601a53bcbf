//! What is written to a user who is added: to the vendor's staff, and to a partner's.

use crate::support::{TestApp, people::Kind, token_in};
use serde_json::json;

#[tokio::test]
async fn a_colleague_is_written_to_like_this() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    for (inviter, organisation) in [(&admin, "vendor"), (&acme.user, "partner")] {
        let email = format!("grace@{organisation}.example");
        let input = json!({ "name": "Grace Hopper", "email": email, "role": "MEMBER" });
        inviter.mutate("inviteUser", "", input).await;
        let letter = app.letter_to(&email).await;
        let token = token_in(&letter);
        let text = letter.text.replace(&token, "TOKEN").replace(&app.base, "http://hub");
        insta::assert_snapshot!(format!("colleague_of_the_{organisation}"), format!("{}\n\n{text}", letter.subject));
        app.accept(&token).await;
    }
}
