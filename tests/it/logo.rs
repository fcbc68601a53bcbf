//! Logos are sent to the hub, made anew, shown at an address that nobody guesses, and taken away.

use crate::support::{
    Client, TestApp,
    people::{Kind, PASSWORD, new_partner},
};
use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use std::io::Cursor;

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
    let mut file = Cursor::new(Vec::new());
    DynamicImage::from(pixels).write_to(&mut file, format).unwrap();
    file.into_inner()
}

async fn ask(app: &TestApp, who: &Client, method: Method, id: &str, body: Vec<u8>) -> Response {
    let mut request = who.http.request(method, format!("{}/logo/{id}", app.base)).body(body);
    if let Some(token) = &who.token {
        request = request.bearer_auth(token);
    }
    request.send().await.unwrap()
}

async fn put(app: &TestApp, who: &Client, id: &str, body: Vec<u8>) -> Result<String, (u16, String)> {
    let answer = ask(app, who, Method::PUT, id, body).await;
    let (status, body) = (answer.status().as_u16(), answer.json::<Value>().await.unwrap());
    match body["logoUrl"].as_str() {
        Some(address) => Ok(address.to_owned()),
        None => Err((status, body["errors"][0]["extensions"]["code"].as_str().unwrap().to_owned())),
    }
}

async fn shown(who: &Client, id: &str) -> Value {
    let query = "query L($id: ID!) { partner(id: $id) { logoUrl version } }";
    who.data(query, json!({ "id": id })).await["partner"].clone()
}

async fn vendor_id(admin: &Client) -> String {
    admin.data("{ vendor { id } }", json!({})).await["vendor"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_picture_is_made_anew_and_shown_at_its_address() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    for (format, size) in
        [(ImageFormat::Png, (40, 30)), (ImageFormat::Jpeg, (2_000, 1_000)), (ImageFormat::WebP, (9, 9))]
    {
        let address = put(&app, &acme.user, &acme.id, picture(size.0, size.1, format)).await.unwrap();
        assert!(address.starts_with(&format!("{}/logo/", app.base)) && address.ends_with(".png"), "{address}");
        assert_eq!(shown(&admin, &acme.id).await["logoUrl"], address);
        let answer = reqwest::get(&address).await.unwrap();
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "image/png");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(header("cross-origin-resource-policy"), "cross-origin", "letters are read on pages of others");
        assert!(header("cache-control").contains("immutable"));
        let bytes = answer.bytes().await.unwrap();
        assert_eq!(image::guess_format(&bytes).unwrap(), ImageFormat::Png);
        let (width, height) = image::load_from_memory(&bytes).unwrap().dimensions();
        assert_eq!((width, height), if size.0 > 512 { (512, 256) } else { size });
    }
}

#[tokio::test]
async fn another_picture_takes_the_place_of_the_first_and_none_is_left_behind() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let first = put(&app, &acme.user, &acme.id, picture(8, 8, ImageFormat::Png)).await.unwrap();
    let second = put(&app, &admin, &acme.id, picture(8, 8, ImageFormat::Png)).await.unwrap();
    assert_ne!(first, second, "the same picture has another address");
    assert_eq!(reqwest::get(&first).await.unwrap().status(), StatusCode::NOT_FOUND);
    let gone = ask(&app, &acme.user, Method::DELETE, &acme.id, Vec::new()).await;
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    assert_eq!(reqwest::get(&second).await.unwrap().status(), StatusCode::NOT_FOUND);
    let again = ask(&app, &acme.user, Method::DELETE, &acme.id, Vec::new()).await;
    assert_eq!(again.status(), StatusCode::NO_CONTENT, "that there is none is no error");
    assert_eq!(shown(&admin, &acme.id).await, json!({ "logoUrl": null, "version": 4 }));
    let query = "{ activity(filter: { event: { in: [\"partner.updated\"] } }) { nodes { data } } }";
    let record = admin.data(query, json!({})).await["activity"]["nodes"].clone();
    assert_eq!(record.as_array().unwrap().len(), 3);
    assert_eq!(record[0]["data"]["logoUrl"], json!({ "from": second, "to": null }));
}

#[tokio::test]
async fn the_vendors_stands_in_letters() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let vendor = vendor_id(&admin).await;
    let address = put(&app, &admin, &vendor, picture(100, 20, ImageFormat::Png)).await.unwrap();
    admin.mutate("invitePartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let letter = app.letter_to("ada@acme.example").await;
    assert!(letter.html.contains(&format!("src=\"{address}\"")), "{}", letter.html);
    // An address elsewhere takes its place, and the picture goes.
    admin.mutate("updateVendor", "vendor { logoUrl }", json!({ "logoUrl": "https://x.example/logo.png" })).await;
    assert_eq!(reqwest::get(&address).await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn only_who_may_edit_the_organisation_changes_it() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    let invitee = json!({ "name": "Grace", "email": "grace@acme.example", "role": "MEMBER" });
    acme.user.mutate("inviteUser", "user { id }", invitee).await;
    let token = crate::support::token_in(&app.letter_to("grace@acme.example").await);
    let member = json!({ "token": token, "password": PASSWORD });
    let member = app.anonymous().mutate("acceptInvitation", "session { token }", member).await;
    let member = app.anonymous().with_token(member["session"]["token"].as_str().unwrap());
    let vendor = vendor_id(&admin).await;
    let small = || picture(4, 4, ImageFormat::Png);
    for (who, id, expected) in [
        (&app.anonymous(), &acme.id, (401, "UNAUTHENTICATED")),
        (&member, &acme.id, (403, "FORBIDDEN")),
        (&other.user, &acme.id, (404, "NOT_FOUND")),
        (&pending.user, &pending.id, (403, "ONBOARDING_INCOMPLETE")),
        (&acme.user, &vendor, (403, "FORBIDDEN")),
        (&admin, &"nonsense".to_owned(), (404, "NOT_FOUND")),
    ] {
        let expected = (expected.0, expected.1.to_owned());
        assert_eq!(put(&app, who, id, small()).await, Err(expected.clone()), "{id}");
        let gone = ask(&app, who, Method::DELETE, id, Vec::new()).await;
        assert_eq!(gone.status().as_u16(), expected.0, "{id}");
    }
    assert_eq!(shown(&admin, &acme.id).await, json!({ "logoUrl": null, "version": 1 }));
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_changes_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let good = picture(64, 64, ImageFormat::Png);
    let mut too_long = good.clone();
    too_long.resize(1024 * 1024 + 1, 0);
    // A picture of 60,000 by 60,000 pixels: the same file with other numbers at its head.
    let mut bomb = good.clone();
    bomb[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    let checksum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
    for (what, body, status) in [
        ("nothing", Vec::new(), 422),
        ("half", good[..good.len() / 2].to_vec(), 422),
        ("a head alone", good[..33].to_vec(), 422),
        ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec(), 422),
        ("HTML", b"<html><script>alert(1)</script>".to_vec(), 422),
        ("GIF", b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,".to_vec(), 422),
        ("a bomb", bomb, 422),
        ("a megabyte and one", too_long, 413),
    ] {
        let refused = put(&app, &acme.user, &acme.id, body).await;
        assert_eq!(refused, Err((status, "BAD_USER_INPUT".into())), "{what}");
    }
    assert_eq!(shown(&admin, &acme.id).await, json!({ "logoUrl": null, "version": 1 }));

    // What is hidden behind a picture does not come through.
    let mut two_in_one = good.clone();
    two_in_one.extend_from_slice(b"<script>alert(1)</script>");
    let address = put(&app, &acme.user, &acme.id, two_in_one).await.unwrap();
    let bytes = reqwest::get(&address).await.unwrap().bytes().await.unwrap();
    assert!(!bytes.windows(8).any(|part| part == b"<script>"));
}

/// The checksum of a part of a PNG.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

#[tokio::test]
async fn a_foreign_page_cannot_send_one_with_the_cookie() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let cookie = format!("sid={}", acme.user.token.clone().unwrap());
    let request = || {
        let url = format!("{}/logo/{}", app.base, acme.id);
        reqwest::Client::new().put(url).header("cookie", cookie.clone()).body(picture(4, 4, ImageFormat::Png))
    };
    assert_eq!(request().send().await.unwrap().status(), StatusCode::FORBIDDEN);
    let foreign = request().header("x-partner-csrf", "1").header("sec-fetch-site", "cross-site");
    assert_eq!(foreign.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    assert_eq!(shown(&admin, &acme.id).await["logoUrl"], Value::Null);
    let own = request().header("x-partner-csrf", "1").header("sec-fetch-site", "same-origin");
    assert_eq!(own.send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn of_two_pictures_at_once_one_is_kept() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    for id in [acme.id.clone(), vendor_id(&admin).await] {
        let send = || put(&app, &admin, &id, picture(5, 5, ImageFormat::Png));
        let (one, two) = tokio::join!(send(), send());
        let done: Vec<_> = [one, two].into_iter().flatten().collect();
        assert!(!done.is_empty());
        let mut found = 0;
        for address in done {
            found += usize::from(reqwest::get(&address).await.unwrap().status() == StatusCode::OK);
        }
        assert_eq!(found, 1, "the one that the organisation names");
    }
    assert_eq!(app.texts("SELECT name FROM logo").await.len(), 2);
}

#[tokio::test]
async fn logos_move_with_the_public_address() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    put(&app, &acme.user, &acme.id, picture(5, 5, ImageFormat::Png)).await.unwrap();
    put(&app, &admin, &vendor_id(&admin).await, picture(5, 5, ImageFormat::Png)).await.unwrap();
    for table in ["partner", "vendor"] {
        let sql = format!("UPDATE {table} SET logo_url = REPLACE(logo_url, '{}', 'https://old.example')", app.base);
        sea_orm::ConnectionTrait::execute_unprepared(&app.hub.pools.writes, &sql).await.unwrap();
    }
    partner_hub::domain::logo::rebase(&app.system()).await.unwrap();
    let addresses = app.texts("SELECT logo_url FROM partner UNION ALL SELECT logo_url FROM vendor").await;
    assert_eq!(addresses.len(), 2);
    for address in addresses {
        assert_eq!(reqwest::get(&address).await.unwrap().status(), StatusCode::OK, "{address}");
    }
}
