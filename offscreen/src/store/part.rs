use super::download::Target;
use super::names::{JOURNAL, PARTIAL, part_stem};
use super::opfs::{self, File, Mode};
use super::replace::replace;
use crate::Error;
use crate::patience::Patience;
use decoder::Scheduler;
use protocol::InstallStep;
use session::{Answer, CHUNK, Journal, Sums, Transfer};
use std::mem;
use web_sys::{FileSystemDirectoryHandle, FileSystemSyncAccessHandle};

/// What has come of a file from an address, open for the rest of it. Nobody else can open it.
pub(super) struct Part {
    folder: FileSystemDirectoryHandle,
    stem: String,
    pub(super) file: File,
    target: Target,
    pub(super) journal: Journal,
    /// The journal's file, and its length.
    log: Option<Log>,
}

/// The file of a journal, to which lines are appended; closed when dropped.
struct Log {
    handle: FileSystemSyncAccessHandle,
    len: usize,
}

impl Part {
    /// Opens what there is of a file, as far as it is right: `fresh` says what is asked for.
    pub(super) async fn open(
        folder: &FileSystemDirectoryHandle,
        fresh: Journal,
        report: &dyn Fn(Transfer),
        patience: &Patience<'_, impl Scheduler>,
    ) -> Result<Self, Error> {
        let stem = part_stem(&fresh.address);
        let file = opfs::create(folder, &format!("{stem}{PARTIAL}")).await?;
        let mut target = Target::new(opfs::open(&file, Mode::ReadWrite).await?);
        let mut journal = fresh.or_known(read_journal(folder, &stem).await);
        let mut chunks = mem::take(&mut journal.chunks).into_iter();
        let (mut bytes, total) = (0, journal.bytes);
        let is_right = |sums: &Sums| {
            let next = chunks.next().filter(|known| sums.sha256() == *known);
            bytes += CHUNK;
            report(Transfer { bytes, total, step: InstallStep::Checking });
            next.map(|hash| journal.chunks.push(hash)).is_some()
        };
        target.resume(usize::try_from(CHUNK).unwrap_or(usize::MAX), is_right, patience).await?;
        let mut part = Self { folder: folder.clone(), stem, file, target, journal, log: None };
        part.write_journal().await?;
        Ok(part)
    }

    /// Bytes that are there.
    pub(super) fn len(&self) -> u64 {
        self.target.len()
    }

    /// Begins anew, with the file that an answer tells of.
    pub(super) async fn renew(&mut self, answer: &Answer) -> Result<(), Error> {
        self.journal.renew(answer);
        // Before the part is cut off: a journal of what is there no more is found out, and costs
        // what comes.
        self.write_journal().await?;
        self.target.clear()
    }

    pub(super) fn append(&mut self, mut piece: &[u8]) -> Result<(), Error> {
        while !piece.is_empty() {
            let room = usize::try_from(CHUNK - self.len() % CHUNK).unwrap_or(usize::MAX);
            let (now, rest) = piece.split_at(piece.len().min(room));
            self.target.append(now)?;
            if self.len().is_multiple_of(CHUNK) {
                let hash = self.target.sums.sha256();
                if let Some(log) = &mut self.log {
                    log.append(&Journal::line(&hash))?;
                }
                self.journal.chunks.push(hash);
            }
            piece = rest;
        }
        Ok(())
    }

    /// Closes a file that is complete. Its journal stays until the file has its name.
    pub(super) fn finish(self) -> Result<(Sums, Journal, File), Error> {
        let Self { file, target, journal, .. } = self;
        Ok((target.finish()?, journal, file))
    }

    async fn write_journal(&mut self) -> Result<(), Error> {
        self.log = None;
        let text = self.journal.text();
        let file = replace(&self.folder, &format!("{}{JOURNAL}", self.stem), text.as_bytes()).await?;
        self.log = Some(Log { handle: opfs::open(&file, Mode::ReadWrite).await?, len: text.len() });
        Ok(())
    }
}

impl Log {
    fn append(&mut self, line: &str) -> Result<(), Error> {
        opfs::write_at(&self.handle, self.len as u64, line.as_bytes())?;
        self.len += line.len();
        Ok(())
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.handle.close();
    }
}

/// The journal of this stem, if it says anything.
async fn read_journal(folder: &FileSystemDirectoryHandle, stem: &str) -> Option<Journal> {
    let bytes = opfs::read(folder, &format!("{stem}{JOURNAL}")).await?;
    Journal::parse(&bytes).filter(|journal| part_stem(&journal.address) == stem)
}

/// The journals of parts that can be gone on with, among these files.
pub(super) async fn journals(folder: &FileSystemDirectoryHandle, names: &[String]) -> Vec<Journal> {
    let mut journals = Vec::new();
    for stem in names.iter().filter_map(|name| name.strip_suffix(JOURNAL)) {
        if names.contains(&format!("{stem}{PARTIAL}")) {
            let journal = read_journal(folder, stem).await;
            journals.extend(journal.filter(|journal| !journal.chunks.is_empty()));
        }
    }
    journals
}

/// Removes what has come of a file.
pub(super) async fn remove(folder: &FileSystemDirectoryHandle, address: &str) -> Result<(), Error> {
    let stem = part_stem(address);
    // In this order: a journal without a part is no journal.
    opfs::remove_unused(folder, &format!("{stem}{PARTIAL}")).await?;
    opfs::remove_unused(folder, &format!("{stem}{JOURNAL}")).await?;
    Ok(())
}
