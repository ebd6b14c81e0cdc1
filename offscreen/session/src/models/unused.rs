//! What is stored that nothing uses.

use super::{Entry, Models, is_of};
use crate::stored::files_of;
use crate::{Journal, Stored, StoredFile, Stray};
use catalog::ModelInfo;

/// What is stored, and belongs to no model that is here or on its way.
pub(crate) struct Unused<'a> {
    pub(crate) files: Vec<&'a StoredFile>,
    pub(crate) parts: Vec<&'a Journal>,
    pub(crate) strays: Vec<&'a Stray>,
}

impl Unused<'_> {
    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.files.len() + self.parts.len() + self.strays.len()
    }

    /// Bytes that they take, as far as is known.
    pub(crate) fn bytes(&self) -> u64 {
        let files = self.files.iter().map(|file| file.bytes);
        let parts = self.parts.iter().map(|part| part.verified());
        files.chain(parts).chain(self.strays.iter().map(|stray| stray.bytes)).sum()
    }
}

impl Models {
    /// What is stored that nothing uses.
    pub(crate) fn unused(&self) -> Unused<'_> {
        let is_unused = |file: &&StoredFile| !self.entries.iter().any(|entry| self.uses(entry, &file.sha256));
        Unused {
            files: self.files.iter().filter(is_unused).collect(),
            parts: self.parts.iter().filter(|part| !self.is_gone_on_with(part)).collect(),
            strays: self.strays.iter().collect(),
        }
    }

    /// Whether a file is one of a model that is here, or on its way.
    fn uses(&self, entry: &Entry, sha256: &str) -> bool {
        let Entry { info, presence } = entry;
        let is_on_its_way = || self.install(&info.id).is_some() || !self.parts_of(&info.id).is_empty();
        let is_of = |info: &ModelInfo| files_of(info).iter().any(|file| file.sha256 == sha256);
        let newer = catalog::newer(info).is_some_and(is_of);
        is_of(info) && presence.stored != Stored::No || (is_of(info) || newer) && is_on_its_way()
    }

    /// Whether a part stands on a card, from which it can be gone on with.
    fn is_gone_on_with(&self, part: &Journal) -> bool {
        let is_its = |entry: &&Entry| entry.info.id == part.address || is_of(part, &entry.info);
        match self.entries.iter().find(is_its) {
            Some(Entry { info, presence }) => {
                let is_wanted = presence.stored != Stored::Whole || catalog::newer(info).is_some();
                is_wanted || self.install(&info.id).is_some()
            }
            None => true,
        }
    }
}
