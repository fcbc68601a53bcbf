//! Counts the statements that reach the database.

use sea_orm::DatabaseConnection;
use std::sync::{Arc, Mutex};

/// What was sent to the database, as text.
#[derive(Clone, Default)]
pub(crate) struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    pub(crate) fn count_on(pools: [&mut DatabaseConnection; 2]) -> Self {
        let this = Self::default();
        for db in pools {
            let log = this.0.clone();
            db.set_metric_callback(move |info| log.lock().unwrap().push(info.statement.sql.clone()));
        }
        this
    }

    /// The statements since the last call.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}
