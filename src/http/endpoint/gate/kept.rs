//! What is kept of documents that have passed: they by their bytes, and a few answers of the schema about itself.

use super::{Hash, document::Document};
use async_graphql::Introspected;
use quick_cache::{Weighter, sync::Cache};
use std::sync::Arc;

/// Documents that are kept, if none is longer than a share.
const DOCUMENTS: usize = 1_000;
/// The bytes of a document's share; a longer one takes the place of several.
const SHARE: usize = 4 * 1024;
/// Answers of the schema about itself: each may hold all of it, and clients ask for it in few ways.
const ANSWERS: usize = 8;

/// Documents in order, and what some of them are answered.
#[derive(Debug)]
pub(super) struct Kept {
    documents: Cache<Hash, Arc<Document>, Length>,
    answers: Cache<Hash, Introspected>,
}

#[derive(Clone, Debug)]
struct Length;

impl Weighter<Hash, Arc<Document>> for Length {
    fn weight(&self, _: &Hash, document: &Arc<Document>) -> u64 {
        document.length.max(SHARE) as u64
    }
}

impl Kept {
    pub(super) fn new() -> Self {
        let documents = Cache::with_weighter(DOCUMENTS, (DOCUMENTS * SHARE) as u64, Length);
        Self { documents, answers: Cache::new(ANSWERS) }
    }

    /// A document that is known by its hash.
    pub(super) fn get(&self, hash: &Hash) -> Option<Arc<Document>> {
        self.documents.get(hash)
    }

    /// Keeps a document; others may have to go.
    pub(super) fn insert(&self, document: &Arc<Document>) {
        self.documents.insert(document.hash, document.clone());
    }

    /// What the document was answered about the schema.
    pub(super) fn introspected(&self, document: &Document) -> Option<Introspected> {
        self.answers.get(&document.hash)
    }

    /// Keeps such an answer, if it depends on nothing but the document.
    pub(super) fn answered(&self, document: &Document, answer: &Introspected) {
        self.answers.insert(document.hash, answer.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::{super::*, *};

    #[test]
    fn many_documents_take_no_more_than_their_bytes() {
        let gate = Gate::new(&crate::graphql::sdl(), Limits::default());
        let long = "x".repeat(16_000);
        for at in 0..300 {
            let query = format!("{{ __schema {{ description }} }} # {at} {long}");
            let admitted = gate.admit(&query, &JsonMap::default(), None).unwrap();
            if at < 20 {
                gate.introspect(&admitted).unwrap();
            }
        }
        let Kept { documents, answers } = &gate.kept;
        assert!(documents.weight() <= (DOCUMENTS * SHARE) as u64, "{} bytes", documents.weight());
        assert!((1..=DOCUMENTS / 3).contains(&documents.len()), "{} documents", documents.len());
        assert!((1..=ANSWERS).contains(&answers.len()), "{} answers", answers.len());
    }
}
