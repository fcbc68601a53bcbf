//! The vendor's settings, and what they change in letters.

use crate::support::{
    TestApp,
    people::{Kind, new_partner},
    token_in,
};
use chrono::TimeDelta;
use serde_json::{Value, json};

const VENDOR: &str = "vendor { name logoUrl brandColor invitationLifetimeHours reminderDays version }";

#[tokio::test]
async fn letters_carry_the_vendors_name_logo_and_colour() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let input = json!({ "name": "Harbour & Sons", "logoUrl": "https://harbour.example/logo.png?a=1&b=2",
        "brandColor": "#FACC15", "invitationLifetimeHours": 48, "reminderDays": [1], "expectedVersion": 1 });
    let done = admin.mutate("updateVendor", VENDOR, input.clone()).await;
    assert_eq!(done["vendor"]["brandColor"], "#facc15");
    assert_eq!(admin.try_mutate("updateVendor", VENDOR, input).await.codes(), ["CONFLICT"]);
    admin.mutate("invitePartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let letter = app.letter_to("ada@acme.example").await;
    assert_eq!(letter.subject, "Harbour & Sons invites Acme");
    for part in
        ["Harbour &amp; Sons", "src=\"https://harbour.example/logo.png?a=1&amp;b=2\"", "background:#facc15", "#111827"]
    {
        assert!(letter.html.contains(part), "{part}: {}", letter.html);
    }
    app.hub.clock.advance(TimeDelta::hours(25));
    assert!(app.letter_to("ada@acme.example").await.subject.starts_with("Reminder:"));
    app.hub.clock.advance(TimeDelta::hours(24));
    let admin = app.login("admin@example.com").await;
    app.letters().await;
    let query = "{ invitations(filter: { status: { in: [EXPIRED] } }) { totalCount } }";
    assert_eq!(admin.data(query, json!({})).await["invitations"]["totalCount"], 1);
    let cleared =
        admin.mutate("updateVendor", VENDOR, json!({ "brandColor": "", "logoUrl": "", "reminderDays": [] })).await;
    assert_eq!((&cleared["vendor"]["brandColor"], &cleared["vendor"]["logoUrl"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn who_invites_is_shown_on_the_door_and_below_letters() {
    const PREVIEW: &str = "query P($token: Secret!) { invitationPreview(token: $token) {
        organizationName vendorName vendorLogoUrl termsUrl privacyUrl } }";
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("createPartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let letter = app.letter_to("ada@acme.example").await;
    assert!(letter.text.ends_with("\n-- \nPartner Hub\n"), "{}", letter.text);
    let token = token_in(&letter);
    let shown = app.anonymous().data(PREVIEW, json!({ "token": token })).await["invitationPreview"].clone();
    let bare = json!({ "organizationName": "Acme", "vendorName": "Partner Hub", "vendorLogoUrl": null,
        "termsUrl": null, "privacyUrl": null });
    assert_eq!(shown, bare);
    let addresses = json!({ "logoUrl": "https://harbour.example/logo.png", "supportEmail": "help@harbour.example",
        "termsUrl": "https://harbour.example/terms?a=1&b=2", "privacyUrl": "https://harbour.example/privacy" });
    let fields = "vendor { logoUrl supportEmail termsUrl privacyUrl }";
    let done = admin.mutate("updateVendor", fields, addresses.clone()).await;
    assert_eq!(done["vendor"], addresses);
    let shown = app.anonymous().data(PREVIEW, json!({ "token": token })).await["invitationPreview"].clone();
    assert_eq!(shown["vendorLogoUrl"], addresses["logoUrl"]);
    assert_eq!((&shown["termsUrl"], &shown["privacyUrl"]), (&addresses["termsUrl"], &addresses["privacyUrl"]));
    admin.mutate("createPartner", "partner { id }", new_partner("Birch", "bo@birch.example")).await;
    let letter = app.letter_to("bo@birch.example").await;
    let foot = "\n-- \nPartner Hub\nhelp@harbour.example\nhttps://harbour.example/terms?a=1&b=2\n\
        https://harbour.example/privacy\n";
    assert!(letter.text.ends_with(foot), "{}", letter.text);
    for link in ["mailto:help@harbour.example", "https://harbour.example/terms?a=1&amp;b=2"] {
        assert!(letter.html.contains(&format!("href=\"{link}\"")), "{link}: {}", letter.html);
    }
    let cleared = json!({ "supportEmail": "", "termsUrl": "", "privacyUrl": "" });
    let done = admin.mutate("updateVendor", fields, cleared).await["vendor"].clone();
    let none = json!({ "logoUrl": addresses["logoUrl"], "supportEmail": null, "termsUrl": null, "privacyUrl": null });
    assert_eq!(done, none);
}

#[tokio::test]
async fn whose_hub_it_is_is_told_to_everybody_inside() {
    const HUB: &str = "{ viewer { hub { name logoUrl supportEmail } } }";
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let waiting = app.partner(&admin, "Birch", Kind::Invited).await.user;
    let partner = app.partner(&admin, "Acme", Kind::Created).await.user;
    let bare = json!({ "name": "Partner Hub", "logoUrl": null, "supportEmail": null });
    assert_eq!(waiting.data(HUB, json!({})).await["viewer"]["hub"], bare);
    let own = json!({ "name": "Harbour & Sons", "logoUrl": "https://harbour.example/logo.png",
        "supportEmail": "help@harbour.example" });
    admin.mutate("updateVendor", "vendor { id }", own.clone()).await;
    for somebody in [&waiting, &partner, &admin] {
        assert_eq!(somebody.data(HUB, json!({})).await["viewer"]["hub"], own);
    }
    assert_eq!(app.anonymous().data(HUB, json!({})).await, json!({ "viewer": null }));
}

#[tokio::test]
async fn settings_are_checked() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for (input, field) in [
        (json!({ "name": " " }), "name"),
        (json!({ "logoUrl": "javascript:alert(1)" }), "logoUrl"),
        (json!({ "brandColor": "red;}</style>" }), "brandColor"),
        (json!({ "brandColor": "#12345" }), "brandColor"),
        (json!({ "supportEmail": "nobody" }), "supportEmail"),
        (json!({ "supportEmail": "Help <help@example.com>" }), "supportEmail"),
        (json!({ "termsUrl": "http://example.com" }), "termsUrl"),
        (json!({ "privacyUrl": "javascript:alert(1)" }), "privacyUrl"),
        (json!({ "privacyUrl": format!("https://example.com/{}", "x".repeat(2_000)) }), "privacyUrl"),
        (json!({ "invitationLifetimeHours": 0 }), "invitationLifetimeHours"),
        (json!({ "reminderDays": [3, 3] }), "reminderDays"),
        (json!({ "reminderDays": [1, 2, 3, 4, 5, 6] }), "reminderDays"),
    ] {
        let refused = admin.try_mutate("updateVendor", VENDOR, input.clone()).await.refusals("updateVendor");
        assert_eq!(refused.len(), 1, "{input}");
        assert_eq!(refused[0].0, field);
    }
    let setting = json!({ "settings": [{ "event": "PARTNER_INVITED", "addresses": ["team@example.com", "nobody"] }] });
    let refused = admin.try_mutate("updateNotificationSettings", VENDOR, setting).await;
    assert_eq!(refused.refusals("updateNotificationSettings"), [("settings.0.addresses.1".into(), "INVALID".into())]);
}

#[tokio::test]
async fn who_follows_an_event_is_told_of_it_and_nobody_twice() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let addresses = json!(["team@example.com", "ADMIN@example.com", "Team@example.com"]);
    let input = json!({ "settings": [{ "event": "PARTNER_INVITED", "addresses": addresses }] });
    admin.mutate("updateNotificationSettings", VENDOR, input).await;
    let settings = admin.data("{ notificationSettings { event addresses } }", json!({})).await;
    let all = settings["notificationSettings"].as_array().unwrap();
    assert_eq!(all.len(), 8);
    admin.mutate("invitePartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    admin.mutate("createPartner", "partner { id }", new_partner("Birch", "bo@birch.example")).await;
    let mut told: Vec<_> = app.letters().await.into_iter().filter(|letter| letter.notice).collect();
    told.sort_by_key(|letter| (letter.to.clone(), letter.subject.clone()));
    let told: Vec<_> = told.iter().map(|letter| (letter.to.as_str(), letter.subject.as_str())).collect();
    assert_eq!(
        told,
        [
            ("Team@example.com", "Partner invited: Acme"),
            ("admin@example.com", "New partner: Birch"),
            ("admin@example.com", "Partner invited: Acme"),
        ]
    );
}

#[tokio::test]
async fn every_letter_can_be_previewed() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let brand = json!({ "name": "Harbour & Sons", "logoUrl": "https://harbour.example/logo.png?a=1&b=2" });
    admin.mutate("updateVendor", VENDOR, brand).await;
    let kinds = admin.data("{ letterKinds }", json!({})).await["letterKinds"].clone();
    let kinds = kinds.as_array().unwrap();
    assert_eq!(kinds.len(), 23);
    for kind in kinds {
        let query = "query($kind: String!) { previewLetter(kind: $kind) { subject text html } }";
        let letter = admin.data(query, json!({ "kind": kind })).await["previewLetter"].clone();
        assert!(!letter["subject"].as_str().unwrap().is_empty(), "{kind}");
        let [text, html] = ["text", "html"].map(|part| letter[part].as_str().unwrap());
        let (words, foot) = text.split_once("\n\n-- \n").unwrap();
        assert!(!words.trim().is_empty() && foot.starts_with("Harbour & Sons\n"), "{kind}: {text}");
        assert!(html.starts_with("<!doctype html>") && html.contains("Harbour &amp; Sons"), "{kind}: {html}");
        assert!(html.contains("src=\"https://harbour.example/logo.png?a=1&amp;b=2\""), "{kind}: {html}");
    }
    let query = "{ previewLetter(kind: \"nonsense\") { subject } }";
    assert_eq!(admin.data(query, json!({})).await["previewLetter"], Value::Null);
}

#[tokio::test]
async fn an_operators_templates_take_the_place_of_the_hubs() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("invitation.txt"),
        "Subject: Ahoy {{ partner }}\r\n\r\nCome in, {{ name }}.\r\n\r\n=> Come in | {{ link }}\r\n",
    )
    .unwrap();
    std::fs::write(folder.path().join("notes.md"), "not a template").unwrap();
    let app = TestApp::with(|settings| settings.letters_dir = Some(folder.path().to_owned())).await;
    partner_hub::mail::check_templates(&app.hub.config).unwrap();
    let admin = app.admin().await;
    admin.mutate("invitePartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let letter = app.letter_to("ada@acme.example").await;
    assert_eq!(letter.subject, "Ahoy Acme");
    assert!(letter.text.starts_with("Come in, Ada Lovelace.\n\nCome in:\nhttp"), "{}", letter.text);
}

#[tokio::test]
async fn templates_that_cannot_be_filled_are_named_at_the_start() {
    for (file, text, says) in [
        ("invitation.txt", "Subject: {{ partner \n\nHello", "invitation.txt"),
        ("reminder.txt", "Subject: x\n\nHello {{ nobody_knows }}", "reminder.txt"),
        ("rejected.txt", "Hello {{ partner }}", "Subject"),
        ("layout.html", "{% for %}", "layout.html"),
        // In one branch only: without a logo, without a message, of one change among several, without a partner.
        ("layout.html", "{% if not logo %}{{ nobody_knows }}{% endif %}{{ subject }}", "layout.html"),
        ("layout.html", "{% if logo %}{{ nobody_knows }}{% endif %}{{ subject }}", "layout.html"),
        ("layout.html", "{% if stop %}{{ nobody_knows }}{% endif %}{{ subject }}", "layout.html"),
        ("layout.html", "{% if not foot %}{{ nobody_knows }}{% endif %}{{ subject }}", "layout.html"),
        ("invitation.txt", "Subject: x\n\nHi\n\n{% if not message %}{{ nobody_knows }}{% endif %}", "invitation.txt"),
        ("invitation.txt", "Subject: {% if partner %}x{% endif %}\n\nHi", "invitation.txt"),
        ("integration_unpublished.txt", "Subject: x\n\n{% if reason %}y{% endif %}", "integration_unpublished.txt"),
        (
            "second_factor_changed.txt",
            "Subject: x\n\nHi\n\n{% if change == 'codes' %}{{ nobody_knows }}{% endif %}",
            "second_factor_changed.txt",
        ),
        ("inviation.txt", "Subject: x\n\ny", "inviation.txt"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(file), text).unwrap();
        let app = TestApp::with(|settings| settings.letters_dir = Some(folder.path().to_owned())).await;
        let error = partner_hub::mail::check_templates(&app.hub.config).unwrap_err();
        assert!(error.starts_with("LETTERS_DIR") && error.contains(says), "{error}");
    }
}

#[tokio::test]
async fn an_operators_templates_may_be_in_another_language() {
    let folder = tempfile::tempdir().unwrap();
    let german =
        "Subject: {{ vendor }} lädt {{ partner }} ein\n\nGültig bis {{ expires }}.\n\n=> Öffnen | {{ link }}\n";
    std::fs::write(folder.path().join("invitation.txt"), german).unwrap();
    std::fs::write(folder.path().join("stop.txt"), "Keine solchen Briefe mehr\n").unwrap();
    let app = TestApp::with(|settings| {
        settings.letters_dir = Some(folder.path().to_owned());
        settings.letters_language = Some("de".into());
    })
    .await;
    let admin = app.admin().await;
    let follows = json!({ "settings": [{ "event": "PARTNER_INVITED", "addresses": ["team@example.com"] }] });
    admin.mutate("updateNotificationSettings", VENDOR, follows).await;
    admin.mutate("invitePartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let letters = app.letters().await;
    let to = |address: &str| letters.iter().find(|letter| letter.to == address).unwrap();
    let invitation = to("ada@acme.example");
    assert_eq!(invitation.subject, "Partner Hub lädt Acme ein");
    assert!(invitation.html.contains("<html lang=\"de\">"));
    let expires = app.hub.clock.now() + TimeDelta::days(7);
    let expires = expires.format("Gültig bis %Y-%m-%d, %H:%M UTC.").to_string();
    assert!(invitation.text.starts_with(&expires), "{}", invitation.text);
    // What is not translated says that it is English.
    let notice = to("team@example.com");
    assert!(notice.html.contains("<html lang=\"en\">") && notice.subject == "Partner invited: Acme");
    assert!(notice.text.contains("\nKeine solchen Briefe mehr: http"), "{}", notice.text);
}
