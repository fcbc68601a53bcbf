//! Counts the statements that reach the database.

use partner_hub::db::{Pools, Watch};
use sea_orm::Statement;
use std::sync::{Arc, Mutex};

/// What was sent to the database.
#[derive(Clone, Default)]
pub(crate) struct Statements(Arc<Mutex<Vec<Statement>>>);

impl Statements {
    pub(crate) fn count_on(pools: &mut Pools) -> Self {
        let this = Self::default();
        for db in [&mut pools.reads, &mut pools.writes] {
            let log = this.0.clone();
            db.set_metric_callback(move |info| log.lock().unwrap().push(info.statement.clone()));
        }
        let log = this.0.clone();
        pools.watch = Some(Watch(Arc::new(move |statement| log.lock().unwrap().push(statement.clone()))));
        this
    }

    /// The texts of the statements since the last call.
    pub(crate) fn take(&self) -> Vec<String> {
        self.take_whole().into_iter().map(|statement| statement.sql).collect()
    }

    /// The statements since the last call, with their values.
    pub(crate) fn take_whole(&self) -> Vec<Statement> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}
