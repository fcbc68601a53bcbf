//! The program as an operator runs it.

use crate::support::database::TestDatabase;
use std::process::{Command, Output};

fn hub(database: &TestDatabase, folder: &tempfile::TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partner-hub"));
    command.args(arguments).env_clear().env("DATABASE_URL", &database.url).env("DATA_DIR", folder.path());
    command
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn migrate_invite_admin_and_demo() {
    let (database, folder) = (TestDatabase::create_bare().await, tempfile::tempdir().unwrap());
    let run = |arguments: &[&str]| {
        let output = hub(&database, &folder, arguments).output().unwrap();
        (output.status.success(), text(&output))
    };
    assert_eq!(run(&["migrate"]), (true, "The database is up to date.\n".into()));
    let (done, said) = run(&["demo", "--partners", "12", "--users", "2", "--integrations", "2", "--tenants", "2"]);
    assert!(done && said.contains("12 partners, 24 users, 24 integrations and 48 tenants"), "{said}");
    let (done, said) = run(&["demo"]);
    assert!(!done && said.contains("not empty"), "{said}");
    let (done, said) = run(&["invite-admin", "ada@acme.example"]);
    assert!(done && said.contains("/accept#t=pinv_"), "{said}");
    let link = |said: &str| said.lines().find(|line| line.contains("#t=")).unwrap().to_owned();
    let (done, again) = run(&["invite-admin", "ADA@acme.example"]);
    assert!(done && link(&again) != link(&said), "a fresh link for who has not come in yet: {again}");
    let (done, said) = run(&["invite-admin", "user0@partner0.example"]);
    assert!(!done && said.contains("already has this e-mail address"), "{said}");
    let (done, said) = run(&["invite-admin", "a@b"]);
    assert!(!done && said.contains("e-mail address that can receive mail"), "{said}");
}

#[tokio::test]
async fn schema_prints_the_contract() {
    let (database, folder) = (TestDatabase::create_bare().await, tempfile::tempdir().unwrap());
    let output = hub(&database, &folder, &["schema"]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), partner_hub::graphql::sdl());
}

#[tokio::test]
async fn wrong_settings_stop_it_with_a_sentence_that_names_them() {
    let (database, folder) = (TestDatabase::create_bare().await, tempfile::tempdir().unwrap());
    for (name, value) in [
        ("DATABASE_URL", "mysql://x"),
        ("LISTEN", "here"),
        ("PUBLIC_URL", "http://partners.example.com"),
        ("SMTP_URL", "smtp://mail.example.com"),
        ("SECRET_KEY", "short"),
        ("MAIL_FROM", "nobody"),
        ("CONFIG_FILE", "/nowhere.toml"),
        ("ADMIN_EMAIL", "a@b"),
        ("SMTP_TIMEOUT", "0"),
        ("SMTP_HELLO", "a\r\nb"),
        ("LETTERS_DIR", "/nowhere"),
        ("LETTERS_LANGUAGE", "Deutsch"),
        ("METRICS_TOKEN", "short"),
    ] {
        let output = hub(&database, &folder, &["migrate"]).env(name, value).output().unwrap();
        assert!(!output.status.success(), "{name}");
        assert!(text(&output).contains(name), "{name}: {}", text(&output));
    }
}

#[tokio::test]
async fn a_file_fills_in_what_the_environment_leaves_open() {
    let (database, folder) = (TestDatabase::create_bare().await, tempfile::tempdir().unwrap());
    let file = folder.path().join("hub.toml");
    let run = |content: &str| {
        std::fs::write(&file, content).unwrap();
        let output = hub(&database, &folder, &["migrate"]).env("CONFIG_FILE", &file).output().unwrap();
        (output.status.success(), text(&output))
    };
    assert!(run("vendor_name = \"Acme\"\n").0);
    let (done, said) = run("listen = \"here\"\n");
    assert!(!done && said.contains("LISTEN"), "{said}");
    let (done, said) = run("colour = \"green\"\n");
    assert!(!done && said.contains("colour"), "{said}");
}

#[test]
fn help_names_every_setting() {
    let output = Command::new(env!("CARGO_BIN_EXE_partner-hub")).arg("--help").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for name in [
        "CONFIG_FILE",
        "DATABASE_URL",
        "LISTEN",
        "PUBLIC_URL",
        "TRUSTED_PROXIES",
        "DATA_DIR",
        "SECRET_KEY",
        "SECRET_KEY_FILE",
        "SMTP_URL",
        "SMTP_HELLO",
        "SMTP_TIMEOUT",
        "LINKS_BY_HAND",
        "LETTERS_DIR",
        "LETTERS_LANGUAGE",
        "MAIL_FROM",
        "ADMIN_EMAIL",
        "VENDOR_NAME",
        "METRICS_TOKEN",
    ] {
        assert!(help.contains(&format!("[env: {name}")), "{name}");
    }
    for command in ["serve", "migrate", "schema", "invite-admin", "mail-test", "demo"] {
        assert!(help.contains(command), "{command}");
    }
}

#[test]
fn nobody_else_on_the_machine_looks_into_the_data() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mut hub = Command::new(env!("CARGO_BIN_EXE_partner-hub"));
    assert!(hub.arg("migrate").env_clear().current_dir(folder.path()).output().unwrap().status.success());
    let mode = |path: &str| std::fs::metadata(folder.path().join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("data"), mode("data/secret.key")), (0o700, 0o600));
}

#[tokio::test]
async fn mail_test_says_what_the_mail_server_said() {
    use crate::support::relay::{Mode, Relay};
    let (database, folder, relay) =
        (TestDatabase::create_bare().await, tempfile::tempdir().unwrap(), Relay::start().await);
    relay.treat("nobody@x.example", Mode::Permanent);
    let run = async |address: &'static str, url: String| {
        let mut command = hub(&database, &folder, &["mail-test", address]);
        command.env("SMTP_URL", url);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        (output.status.success(), text(&output))
    };
    let (done, said) = run("ada@x.example", relay.url()).await;
    assert!(done && said.contains("which took it") && said.contains("Message-ID"), "{said}");
    assert_eq!(relay.received().len(), 1);
    let (done, said) = run("nobody@x.example", relay.url()).await;
    assert!(!done && said.contains("does not exist") && said.contains("550 5.1.1 No such user"), "{said}");
    let (done, said) = run("ada@x.example", format!("smtp+starttls://127.0.0.1:{}", relay.port)).await;
    assert!(!done && said.contains("STARTTLS"), "{said}");
    let (done, said) = run("a@b@c", relay.url()).await;
    assert!(!done && said.contains("address"), "{said}");
}

#[tokio::test]
async fn production_starts_without_smtp_only_if_links_go_by_hand() {
    let (database, folder) = (TestDatabase::create_bare().await, tempfile::tempdir().unwrap());
    let mut command = hub(&database, &folder, &["migrate"]);
    command.env("PUBLIC_URL", "https://hub.example.com").env("SECRET_KEY", "k".repeat(40));
    let output = command.output().unwrap();
    assert!(!output.status.success() && text(&output).contains("LINKS_BY_HAND"), "{}", text(&output));
    let output = command.env("LINKS_BY_HAND", "true").output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
}

#[tokio::test]
async fn weigh_says_what_a_document_can_ask_for_and_what_is_wrong_with_it() {
    let (database, folder) = (TestDatabase::create_bare().await, tempfile::tempdir().unwrap());
    let file = folder.path().join("partners.graphql");
    let run = |document: &str, more: &[&str]| {
        std::fs::write(&file, document).unwrap();
        let output = hub(&database, &folder, &[&["weigh", file.to_str().unwrap()], more].concat()).output().unwrap();
        (output.status.success(), text(&output))
    };
    let paged = "query Page($n: Int!) { partners(first: $n) { nodes { id users(first: 10) { nodes { id } } } } }";
    let (done, said) = run(paged, &["--variables", r#"{"n": 20}"#]);
    assert!(done && said.contains("objects at most, of 10000") && said.contains("once it is kept"), "{said}");
    let objects = |said: &str| said.split(' ').next().unwrap().parse::<u64>().unwrap();
    let (_, more) = run(paged, &["--variables", r#"{"n": 40}"#]);
    assert_eq!(objects(&more), 2 * objects(&said), "{said} {more}");
    let (done, said) = run(paged, &[]);
    assert!(!done && said.contains("non-null variable 'n'"), "{said}");
    let (done, said) = run("{ partners { nodes { nothing } } }", &[]);
    assert!(!done && said.contains("nothing"), "{said}");
    let (done, said) = run(paged, &["--variables", "n"]);
    assert!(!done && said.contains("--variables must be a JSON object"), "{said}");
}
