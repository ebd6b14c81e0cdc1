//! Models whose files are looked through, damaged, or put right.

use super::{Doing, Entry, Install, Models};
use crate::stored::files_of;
use crate::{CHUNK, Cancel, Condition, Damage, Error, Stored, Transfer, address};
use catalog::ModelInfo;
use protocol::{InstallStep, ModelCardState};

impl Models {
    /// Notes that a file turned out to be damaged, in whatever place.
    pub fn damage(&mut self, sha256: &str) {
        self.found(sha256, Condition::Damaged(Damage { sha256: sha256.to_owned(), wrong: None }));
    }

    /// Notes what was found when all of a file was looked through.
    pub(crate) fn found(&mut self, sha256: &str, condition: Condition) {
        self.replaced(sha256);
        match condition {
            Condition::Missing => {}
            Condition::Whole => self.checked.push(sha256.to_owned()),
            Condition::Damaged(damage) => self.damaged.push(damage),
        }
        self.mark_damaged();
    }

    /// Notes that what was wrong just before a place of a file has come: whole chunks of it are right.
    pub(crate) fn mended(&mut self, sha256: &str, place: u64) {
        let damaged = self.damaged.iter_mut().filter(|damage| damage.sha256 == sha256);
        for wrong in damaged.filter_map(|damage| damage.wrong.as_mut()) {
            for range in wrong.iter_mut().filter(|range| (range.start..=range.end).contains(&place)) {
                range.start = if place == range.end { place } else { range.start.max(place / CHUNK * CHUNK) };
            }
            wrong.retain(|range| !range.is_empty());
        }
    }

    /// Notes that a file was put there anew, or removed.
    pub(crate) fn replaced(&mut self, sha256: &str) {
        self.damaged.retain(|damage| damage.sha256 != sha256);
        self.checked.retain(|checked| checked != sha256);
    }

    pub(super) fn mark_damaged(&mut self) {
        let damaged = &self.damaged;
        for Entry { info, presence } in &mut self.entries {
            let is_damaged = |sha256: &str| damaged.iter().any(|damage| damage.sha256 == sha256);
            if presence.stored == Stored::Whole && files_of(info).iter().any(|file| is_damaged(&file.sha256))
            {
                presence.stored = Stored::Damaged;
            }
        }
    }

    pub(super) fn is_checked(&self, info: &ModelInfo) -> bool {
        files_of(info).iter().all(|file| self.checked.contains(&file.sha256))
    }

    /// What is known to be damaged of a model's files.
    pub(crate) fn damages(&self, info: &ModelInfo) -> Vec<Damage> {
        let files = files_of(info);
        let is_its = |damage: &&Damage| files.iter().any(|file| file.sha256 == damage.sha256);
        self.damaged.iter().filter(is_its).cloned().collect()
    }

    /// Bytes to fetch so that a damaged model is whole again, where that can be done.
    fn repair(&self, Entry { info, presence }: &Entry) -> Option<u64> {
        let can_fetch = presence.packaged || address::host(&info.source).is_some();
        let bytes = self.damages(info).iter().map(Damage::bytes).sum::<Option<u64>>();
        bytes.filter(|&bytes| can_fetch && bytes > 0)
    }

    pub(super) fn damaged_state(&self, entry: &Entry, failure: Option<&Install>) -> ModelCardState {
        let wrong = self.repair(entry);
        let Entry { info, .. } = entry;
        let broken = || (&Error::Broken { name: info.name.clone(), id: info.id.clone(), wrong }).into();
        let failure = failure.and_then(|install| install.failure.clone()).unwrap_or_else(broken);
        ModelCardState::Damaged { failure, repair: wrong.map(|bytes| bytes as f64) }
    }

    pub(super) fn tended_state(&self, entry: &Entry, install: &Install) -> ModelCardState {
        let Transfer { bytes, total, step } = install.transfer;
        let (bytes, total) = (bytes as f64, total.unwrap_or(entry.info.bytes) as f64);
        match install.doing {
            _ if install.failure.is_some() => self.damaged_state(entry, Some(install)),
            Doing::Repair => ModelCardState::Repairing { bytes, total, step },
            Doing::Check | Doing::Install => ModelCardState::Checking { bytes, total },
        }
    }

    /// Notes that a model's files begin to be looked through, or put right, which `cancel` stops.
    ///
    /// # Errors
    /// As [`Models::begin_install`].
    pub(crate) fn begin_tending(
        &mut self,
        info: &ModelInfo,
        doing: Doing,
        cancel: Cancel,
    ) -> Result<(), Error> {
        self.begin(Install {
            id: info.id.clone(),
            name: info.name.clone(),
            sha256: Some(info.sha256.clone()),
            doing,
            cancel,
            is_discarded: false,
            failure: None,
            transfer: Transfer { bytes: 0, total: None, step: InstallStep::Checking },
        })
    }

    /// Whether a model's files can be used now.
    ///
    /// # Errors
    /// [`Error::Tending`] while they are put right.
    pub(crate) fn usable(&self, id: &str) -> Result<(), Error> {
        let repair = |install: &&Install| install.doing == Doing::Repair && install.failure.is_none();
        let install = self.install(id).filter(repair);
        install.map_or(Ok(()), |install| Err(Error::Tending(install.name.clone())))
    }
}
