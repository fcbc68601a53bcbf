//! Counts the statements that reach the database.

use partner_hub::db::{Pools, Watch};
use std::sync::{Arc, Mutex};

/// What was sent to the database, as text.
#[derive(Clone, Default)]
pub(crate) struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    pub(crate) fn count_on(pools: &mut Pools) -> Self {
        let this = Self::default();
        for db in [&mut pools.reads, &mut pools.writes] {
            let log = this.0.clone();
            db.set_metric_callback(move |info| log.lock().unwrap().push(info.statement.sql.clone()));
        }
        let log = this.0.clone();
        pools.watch = Some(Watch(Arc::new(move |sql| log.lock().unwrap().push(sql.to_owned()))));
        this
    }

    /// The statements since the last call.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}
