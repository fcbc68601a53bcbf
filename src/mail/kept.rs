//! Letters in a folder: what development has in place of a mail server.

use super::Composed;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A letter in the development folder, beside its `.eml` file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The file's name without its ending.
    #[serde(skip)]
    pub name: String,
    /// Whom it goes to.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// When it was caused.
    pub at: chrono::DateTime<chrono::Utc>,
    /// The HTML.
    pub html: String,
}

/// Names ascend with time, because ids do.
pub(super) async fn keep(folder: &Path, letter: &Composed, bytes: &[u8]) -> std::io::Result<()> {
    let name = letter.message_id.trim_matches(['<', '>']).split('@').next().unwrap_or_default();
    let kept = Kept {
        name: name.to_owned(),
        to: letter.to.clone(),
        subject: letter.subject.clone(),
        at: letter.at,
        html: letter.html.clone(),
    };
    tokio::fs::create_dir_all(folder).await?;
    tokio::fs::write(folder.join(format!("{name}.eml")), bytes).await?;
    // Under its own name once it is whole: the page may be looking.
    let unfinished = folder.join(format!("{name}.part"));
    tokio::fs::write(&unfinished, serde_json::to_vec(&kept)?).await?;
    tokio::fs::rename(unfinished, folder.join(format!("{name}.json"))).await
}

impl Kept {
    /// The letters of a folder, newest first.
    pub async fn all(folder: &Path) -> std::io::Result<Vec<Self>> {
        let mut letters = Vec::new();
        let mut entries = match tokio::fs::read_dir(folder).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(letters),
            Err(error) => return Err(error),
        };
        while let Some(entry) = entries.next_entry().await? {
            let path = entry.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                let mut letter: Self = serde_json::from_slice(&tokio::fs::read(&path).await?)?;
                letter.name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                letters.push(letter);
            }
        }
        letters.sort_by(|a, b| b.name.cmp(&a.name));
        Ok(letters)
    }
}
