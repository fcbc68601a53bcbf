//! What refusing costs: the CPU time of a server process of its own, for each family. Nothing is asserted; the figures
//! are for reading. `make test-long` runs it on a release build.

use super::{BODY, NEXT, families::families, send};
use crate::support::Client;
use std::{path::Path, process::Stdio, time::Duration};
use tokio::{net::TcpListener, process::Command};

/// How often each document is sent: the mean evens out what else the process does.
const TIMES: u32 = 20;

/// Milliseconds of CPU that a process has used, by the scheduler's own count.
fn cpu(process: u32) -> f64 {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let nanoseconds = tasks.filter_map(|task| {
        let stat = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        stat.split(' ').next()?.parse::<u64>().ok()
    });
    nanoseconds.sum::<u64>() as f64 / 1e6
}

#[tokio::test]
#[ignore = "prints figures; HUB_BINARY names the server to measure"]
#[expect(clippy::print_stdout, reason = "the figures are what it is for")]
async fn what_refusing_costs() {
    let binary = std::env::var("HUB_BINARY").expect("HUB_BINARY names a server");
    let folder = tempfile::tempdir().unwrap();
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let mut server = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(binary))
        .env("LISTEN", free.to_string())
        .env("LIMIT_STRANGERS_A_MINUTE", "1000000")
        .env("PUBLIC_URL", format!("http://{free}"))
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let client = Client::new(&format!("http://{free}"));
    while client.http.get(format!("http://{free}/health")).send().await.is_err() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let process = server.id().unwrap();
    let mut table = Vec::new();
    for family in families() {
        let sizes = [
            ("just under", (family.body)(family.over - 1)),
            ("just over", (family.body)(family.over)),
            ("ten times", (family.body)(10 * family.over)),
            ("as the document may be", family.filling(BODY / 4)),
            ("as the body may be", family.filling(BODY)),
        ];
        let mut costs = Vec::new();
        for (size, body) in sizes {
            let before = cpu(process);
            for _ in 0..TIMES {
                send(&client, &body).await;
            }
            costs.push(((cpu(process) - before) / f64::from(TIMES), size));
        }
        costs.sort_by(|a, b| b.0.total_cmp(&a.0));
        table.push((costs[0], family.name));
    }
    table.sort_by(|a, b| b.0.0.total_cmp(&a.0.0));
    println!("CPU milliseconds of the server for one request, the greatest of each family:");
    for ((milliseconds, size), family) in table {
        println!("{milliseconds:>8.2}  {family} ({size})");
    }
    assert!(send(&client, NEXT).await.codes().is_empty(), "the server is well");
    server.kill().await.unwrap();
}
