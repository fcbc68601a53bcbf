//! Secrets stay where they are: seeded into settings and rows, they are in no log, error, letter, record or dump.

use crate::{
    api_keys::program,
    mutations::factor::{challenge, set_up},
    support::{TestApp, database::TestDatabase, logs::Logs, people::new_partner, token_in},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{
    activity, api_key, email_change, form_submission, idempotency_key, integration, invitation, outbox, partner,
    password_reset, recovery_code, second_factor, session, tenant, throttle, user, vendor,
};
use sea_orm::{ColumnTrait, ColumnType, EntityName, EntityTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait};
use serde_json::json;
use std::{fmt::Debug, process::Command};

const SECRET: &str = "canary.that.must.not.sing";

/// The program with a secret in one of its settings: all that it says, at the level of debugging.
fn said(settings: &[(&str, &str)], arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_partner-hub"));
    command.args(arguments).env_clear().env("RUST_LOG", "debug").current_dir(folder.path());
    let output = command.envs(settings.iter().copied()).output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn settings_are_secret_also_when_they_are_wrong() {
    let database = TestDatabase::create_bare().await;
    let named = database.url.replace("hub@", &format!("hub:{SECRET}@"));
    let file = tempfile::tempdir().unwrap();
    let written = |text: &str| {
        let path = file.path().join(format!("{}.toml", text.len()));
        std::fs::write(&path, text.replace("SECRET", SECRET)).unwrap();
        path.display().to_string()
    };
    let key = format!("{SECRET} {SECRET}");
    let relay = format!("smtp+starttls://mailer:{SECRET}@127.0.0.1:1");
    let wrong = |scheme: &str| format!("{scheme}://user:{SECRET}@127.0.0.1:1/x");
    let old = format!("{key} of before");
    let whole = [
        ("DATABASE_URL", named.as_str()),
        ("SECRET_KEY", &key),
        ("SECRET_KEY_OLD", &old),
        ("METRICS_TOKEN", &old),
        ("SMTP_URL", &relay),
    ];
    for (settings, arguments) in [
        (whole.to_vec(), vec!["migrate"]),
        (whole.to_vec(), vec!["invite-admin", "ada@acme.example"]),
        (whole.to_vec(), vec!["mail-test", "ada@acme.example"]),
        (whole.to_vec(), vec!["invite-admin", "a@b"]),
        (vec![("DATABASE_URL", &*wrong("mysql"))], vec!["migrate"]),
        (vec![("DATABASE_URL", &*wrong("postgres"))], vec!["migrate"]),
        (vec![("SMTP_URL", &*wrong("smtp")), ("DATABASE_URL", &named)], vec!["migrate"]),
        (vec![("SMTP_URL", &*wrong("ftp")), ("DATABASE_URL", &named)], vec!["migrate"]),
        (vec![("SECRET_KEY", SECRET), ("DATABASE_URL", &named)], vec!["migrate"]),
        (vec![("SECRET_KEY_OLD", SECRET), ("DATABASE_URL", &named)], vec!["migrate"]),
        (vec![("METRICS_TOKEN", SECRET), ("DATABASE_URL", &named)], vec!["migrate"]),
        (vec![("CONFIG_FILE", &*written("secret_key = \"SECRET"))], vec!["migrate"]),
        (vec![("CONFIG_FILE", &*written("smtp_url = SECRET\n"))], vec!["migrate"]),
        (vec![("CONFIG_FILE", &*written("secret_key = [\"SECRET\"]\n"))], vec!["migrate"]),
        (vec![("CONFIG_FILE", &*written("passphrase = \"SECRET\"\n"))], vec!["migrate"]),
        (vec![("SECRET_KEY", &key)], vec!["--help"]),
    ] {
        let said = said(&settings, &arguments);
        assert!(!said.is_empty() && !said.contains(SECRET), "{arguments:?} {settings:?}\n{said}");
    }
}

/// What a row prints as, and the row that would change it.
async fn printed<E: EntityTrait>(app: &TestApp) -> String
where
    E::Model: Debug + IntoActiveModel<E::ActiveModel> + ModelTrait,
    E::ActiveModel: Debug,
{
    let mut text = String::new();
    #[expect(clippy::disallowed_methods, reason = "whatever is in the table")]
    for row in E::find().all(&app.hub.pools.reads).await.unwrap() {
        text += &format!("{row:?} {row:#?} ");
        text += &format!("{:?}\n", row.into_active_model());
    }
    text
}

/// Every text of a table.
async fn dump<E: EntityTrait + EntityName>(app: &TestApp, entity: E) -> String {
    let mut text = String::new();
    for column in E::Column::iter() {
        let kind = column.def().get_column_type().clone();
        if matches!(kind, ColumnType::Text | ColumnType::String(_) | ColumnType::Json | ColumnType::JsonBinary) {
            let (table, column) = (entity.table_name(), column.as_str());
            let sql = format!("SELECT COALESCE(CAST(\"{column}\" AS TEXT), '') FROM \"{table}\"");
            text += &app.texts(&sql).await.join("\n");
        }
    }
    text
}

/// The forms in which bytes are written down.
fn forms(bytes: &[u8]) -> Vec<String> {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    vec![format!("{bytes:?}"), hex, URL_SAFE_NO_PAD.encode(bytes)]
}

#[tokio::test]
async fn secrets_of_people_are_in_no_log_error_letter_record_or_dump() {
    let logs = Logs::listen();
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut secrets = vec![admin.token.clone().unwrap()];
    let mut answers = String::new();
    let (first, second, third) =
        ("seven canaries in a mine", "eight canaries on a wire", "nine canaries at the window");
    let wrong = "ten canaries that nobody knows";
    admin.mutate("createPartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let invitation = token_in(&app.letter_to("ada@acme.example").await);
    let anybody = app.anonymous();
    for input in [
        json!({ "token": wrong, "password": first }),
        json!({ "token": invitation, "password": "canary" }),
        json!({ "token": { "canary": invitation }, "password": [first] }),
        json!({ "token": invitation, "password": first, "role": wrong }),
    ] {
        let answer = anybody.try_mutate("acceptInvitation", "viewer { role }", input).await;
        answers += &answer.body.to_string();
    }
    let accepted = json!({ "token": invitation, "password": first });
    let accepted = anybody.mutate("acceptInvitation", "session { token }", accepted).await;
    let ada = admin.with_token(accepted["session"]["token"].as_str().unwrap());
    secrets.push(ada.token.clone().unwrap());
    for (email, password) in [("ada@acme.example", wrong), ("nobody@acme.example", first), (wrong, first)] {
        let input = json!({ "email": email, "password": password });
        answers += &anybody.try_mutate("login", "viewer { role }", input).await.body.to_string();
    }
    // People put secrets where they do not belong.
    for document in [
        format!(
            "mutation {{ login(input: {{email: \"a@b.example\", password: \"{first}\"}}) {{ userErrors {{ code }} }} }}"
        ),
        format!(
            "mutation {{ login(input: {{email: \"a@b.example\", password: {{x: \"{first}\"}}}}) {{ userErrors {{ code }} }} }}"
        ),
        format!("query {{ invitationPreview(token: \"{invitation}\", x: \"{wrong}\") {{ name }} }}"),
        format!("mutation {{ login(input: \"{first}\") }}"),
    ] {
        answers += &anybody.send(&document, json!({})).await.body.to_string();
    }
    let input = json!({ "currentPassword": first, "newPassword": second });
    let changed = ada.mutate("changePassword", "session { token }", input).await;
    secrets.push(changed["session"]["token"].as_str().unwrap().to_owned());
    // Letters that leave together arrive in any order.
    app.letters().await;
    anybody.mutate("requestPasswordReset", "", json!({ "email": "ada@acme.example" })).await;
    let reset = token_in(&app.letter_to("ada@acme.example").await);
    let moved = json!({ "newEmail": "ada@away.example", "password": second });
    let here = ada.with_token(changed["session"]["token"].as_str().unwrap());
    here.mutate("changeEmail", "", moved).await;
    let moving = token_in(&app.letter_to("ada@away.example").await);
    answers += &anybody.try_mutate("confirmEmail", "", json!({ "token": format!("{moving}x") })).await.body.to_string();
    answers +=
        &anybody.try_mutate("resetPassword", "", json!({ "token": reset, "password": "x" })).await.body.to_string();
    let (key, _) = program(&admin, "ADMIN", &["PARTNERS_READ"]).await;
    key.data("{ partners { totalCount } }", json!({})).await;
    answers += &key.send("{ apiKeys { totalCount } }", json!({})).await.body.to_string();
    secrets.extend([key.token.clone().unwrap()]);
    // Setting up a second factor shows more, once.
    let begun =
        admin.data("mutation { beginSecondFactor { secret uri } }", json!({})).await["beginSecondFactor"].clone();
    let (with_factor, authenticator, codes) = set_up(&app, &admin).await;
    let late = challenge(&app, "admin@example.com").await;
    answers += &with_factor.try_mutate("confirmSecondFactor", "", json!({ "code": codes[0] })).await.body.to_string();
    let input = json!({ "challenge": late, "code": "000000" });
    answers += &anybody.try_mutate("completeLogin", "", input).await.body.to_string();
    secrets.extend(codes.iter().flat_map(|code| [code.clone(), code.replace('-', "")]));
    secrets.extend([begun["secret"].as_str().unwrap().to_owned(), authenticator.secret, late]);
    secrets.push(with_factor.token.unwrap());
    let hashes = hashes(&app).await;
    let rows = [
        printed::<user::Entity>(&app).await,
        printed::<session::Entity>(&app).await,
        printed::<invitation::Entity>(&app).await,
        printed::<password_reset::Entity>(&app).await,
        printed::<email_change::Entity>(&app).await,
        printed::<api_key::Entity>(&app).await,
        printed::<second_factor::Entity>(&app).await,
    ];
    let printed = format!("{:?} {:?} {}", app.hub, app.system(), rows.concat());
    let input = json!({ "token": reset, "password": third });
    anybody.mutate("resetPassword", "", input).await;
    secrets.extend([first, second, third, wrong].map(str::to_owned));
    let links = [invitation, reset, moving];
    let letters: String = app.letters().await.iter().map(|letter| format!("{} {}", letter.text, letter.html)).collect();
    let record = dump(&app, activity::Entity).await;
    let dumped = [
        record.clone(),
        dump(&app, outbox::Entity).await,
        dump(&app, idempotency_key::Entity).await,
        dump(&app, throttle::Entity).await,
        dump(&app, session::Entity).await,
        dump(&app, api_key::Entity).await,
        dump(&app, invitation::Entity).await,
        dump(&app, user::Entity).await,
        dump(&app, recovery_code::Entity).await,
        dump(&app, second_factor::Entity).await,
        dump(&app, partner::Entity).await,
        dump(&app, vendor::Entity).await,
        dump(&app, form_submission::Entity).await,
        dump(&app, integration::Entity).await,
        dump(&app, tenant::Entity).await,
    ];
    let key = forms(&[7; 32]);
    let logs = logs.text();
    assert!(logs.contains("DEBUG") && answers.len() > 1_000 && record.len() > 100, "something is looked at");
    for (place, text, with_links, with_hashes) in [
        ("the log", &logs, true, true),
        ("an error", &answers, true, true),
        ("a letter", &letters, false, true),
        ("the record", &record, true, true),
        ("a dump", &dumped.concat(), true, false),
        ("what prints a row", &printed, true, true),
    ] {
        let links = links.iter().filter(|_| with_links);
        let hashes = hashes.iter().filter(|_| with_hashes);
        for secret in secrets.iter().chain(links).chain(hashes).chain(&key) {
            assert!(!text.contains(secret.as_str()), "{secret} is in {place}");
        }
    }
}

/// What is kept of passwords and tokens, as it could be written down.
#[expect(clippy::disallowed_methods, reason = "whatever is in the tables")]
async fn hashes(app: &TestApp) -> Vec<String> {
    let reads = &app.hub.pools.reads;
    let mut found = Vec::new();
    for user in user::Entity::find().all(reads).await.unwrap() {
        found.extend(user.password_hash.map(|hash| hash.to_string()));
    }
    for session in session::Entity::find().all(reads).await.unwrap() {
        found.extend(forms(&session.token_hash));
    }
    for invitation in invitation::Entity::find().all(reads).await.unwrap() {
        found.extend(forms(&invitation.token_hash).into_iter().chain(forms(&invitation.nonce)));
    }
    for change in email_change::Entity::find().all(reads).await.unwrap() {
        found.extend(forms(&change.token_hash).into_iter().chain(forms(&change.nonce)));
    }
    for reset in password_reset::Entity::find().all(reads).await.unwrap() {
        found.extend(forms(&reset.token_hash).into_iter().chain(forms(&reset.nonce)));
    }
    for factor in second_factor::Entity::find().all(reads).await.unwrap() {
        found.extend(forms(&factor.nonce));
    }
    for key in api_key::Entity::find().all(reads).await.unwrap() {
        found.extend(forms(&key.token_hash));
    }
    assert!(found.len() > 15, "there are hashes");
    found
}
