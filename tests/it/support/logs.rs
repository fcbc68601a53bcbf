//! What the hub of a test writes into its log. A test's hub runs on the test's own thread, so that other tests at the
//! same time are not heard.

use std::{cell::RefCell, io, sync::Once};
use tracing::{Level, level_filters::LevelFilter, subscriber::set_global_default};
use tracing_subscriber::{
    filter::{DynFilterFn, dynamic_filter_fn},
    fmt,
    fmt::MakeWriter,
    prelude::*,
};

thread_local! {
    /// What was logged on this thread since somebody listens.
    static HEARD: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Listens on its thread, at the level of debugging, for as long as it lives.
pub(crate) struct Logs;

impl Logs {
    pub(crate) fn listen() -> Self {
        // One for all threads, because whether a line is wanted is remembered for all of them.
        static ONE: Once = Once::new();
        ONE.call_once(|| {
            let filter: DynFilterFn<_> =
                dynamic_filter_fn(|line, _| *line.level() <= Level::DEBUG && HEARD.with_borrow(Option::is_some));
            let filter = filter.with_max_level_hint(LevelFilter::DEBUG);
            let layer = fmt::layer().with_ansi(false).with_writer(Ear).with_filter(filter);
            set_global_default(tracing_subscriber::registry().with(layer)).unwrap();
        });
        HEARD.set(Some(Vec::new()));
        Self
    }

    /// What was logged so far.
    pub(crate) fn text(&self) -> String {
        HEARD.with_borrow(|heard| String::from_utf8_lossy(heard.as_deref().unwrap_or_default()).into_owned())
    }
}

impl Drop for Logs {
    fn drop(&mut self) {
        HEARD.set(None);
    }
}

struct Ear;

impl io::Write for Ear {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        HEARD.with_borrow_mut(|heard| heard.as_mut().map(|heard| heard.extend_from_slice(line)));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Ear {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self
    }
}
