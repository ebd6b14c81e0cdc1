use super::opfs::{self, File, Mode};
use super::stream::Remote;
use crate::patience::Patience;
use crate::{Error, browser};
use decoder::Scheduler;
use protocol::InstallStep;
use session::{Format, MOST_BYTES, Sums, Transfer};
use web_sys::{FileSystemReadWriteOptions, FileSystemSyncAccessHandle};

/// What is written goes to the disk after so many bytes: all of a large file at its end would take
/// a slow disk a minute, in which the engine hears nothing.
const FLUSH_EVERY: u64 = 64 << 20;

/// Streams a file into `file`, piece by piece; at most `max` bytes where its length must be that.
/// On the disk when this returns.
///
/// # Errors
/// [`Error::Missing`] when it cannot be fetched, [`Error::Decoder`] when it is no model file,
/// [`Error::Damaged`] when it is longer than it may be, [`Error::TooLarge`], [`Error::Stalled`] when
/// nothing comes any more, those of the storage, [`Error::Stopped`] when `scheduler` says so.
pub(super) async fn download(
    remote: &Remote,
    file: &File,
    format: Format,
    max: Option<u64>,
    report: &dyn Fn(Transfer),
    scheduler: &impl Scheduler,
) -> Result<Sums, Error> {
    let patience = Patience::new(scheduler);
    let stream = remote.stream(&patience).await?;
    let total = max.or(stream.answer.length);
    check_size(remote, total, 0).await?;
    let mut target = Target::new(opfs::open(file, Mode::ReadWrite).await?);
    while let Some(piece) = stream.next(remote, &patience).await? {
        if target.len() == 0 && !piece.is_empty() {
            check_head(remote, format, &piece)?;
        }
        target.append(&piece)?;
        if max.is_some_and(|max| target.len() > max) {
            return Err(Error::Damaged { file: remote.name.clone() });
        }
        check_length(remote, target.len())?;
        report(Transfer { bytes: target.len(), total, step: InstallStep::Fetching });
        patience.pause().await?;
    }
    target.finish()
}

/// Sees by the first bytes of a file whether it can be a model's: else the rest need not be fetched.
pub(super) fn check_head(remote: &Remote, format: Format, piece: &[u8]) -> Result<(), Error> {
    let magic = format.magic();
    if magic.starts_with(&piece[..piece.len().min(magic.len())]) {
        return Ok(());
    }
    Err(match format {
        Format::Gguf => decoder::Error::from(gguf::Error::Magic).into(),
        Format::Gzip => Error::Damaged { file: remote.name.clone() },
    })
}

pub(super) fn check_length(remote: &Remote, len: u64) -> Result<(), Error> {
    if len > MOST_BYTES { Err(Error::TooLarge { file: remote.name.clone() }) } else { Ok(()) }
}

/// Sees that a file of this length, where it is known, can be run and has room beside the part of it
/// that is there.
pub(super) async fn check_size(remote: &Remote, total: Option<u64>, there: u64) -> Result<(), Error> {
    let Some(total) = total else { return Ok(()) };
    check_length(remote, total)?;
    match opfs::lacking(total.saturating_sub(there)).await {
        Some(missing) => Err(Error::NoRoom { file: remote.name.clone(), missing }),
        None => Ok(()),
    }
}

/// The file being written; closed when dropped.
pub(super) struct Target {
    handle: FileSystemSyncAccessHandle,
    pub(super) sums: Sums,
}

impl Target {
    pub(super) fn new(handle: FileSystemSyncAccessHandle) -> Self {
        Self { handle, sums: Sums::default() }
    }

    /// Bytes that are written.
    pub(super) fn len(&self) -> u64 {
        self.sums.len()
    }

    /// Goes on with what is written already, piece by piece, as long as `is_right` says so of each:
    /// what comes behind is cut off.
    pub(super) async fn resume(
        &mut self,
        piece: usize,
        mut is_right: impl FnMut(&Sums) -> bool,
        patience: &Patience<'_, impl Scheduler>,
    ) -> Result<(), Error> {
        let mut bytes = vec![0; piece];
        let options = FileSystemReadWriteOptions::new();
        loop {
            options.set_at(self.len() as f64);
            let read = self.handle.read_with_u8_array_and_options(&mut bytes, &options);
            if browser::bytes(read.map_err(opfs::refused)?) < piece {
                break;
            }
            let mut sums = self.sums.clone();
            sums.update(&bytes);
            if !is_right(&sums) {
                break;
            }
            self.sums = sums;
            patience.pause().await?;
        }
        self.handle.truncate_with_f64(self.len() as f64).map_err(opfs::refused)
    }

    /// Begins anew.
    pub(super) fn clear(&mut self) -> Result<(), Error> {
        self.sums = Sums::default();
        self.handle.truncate_with_u32(0).map_err(opfs::refused)
    }

    pub(super) fn append(&mut self, piece: &[u8]) -> Result<(), Error> {
        let begin = self.len();
        opfs::write_at(&self.handle, begin, piece)?;
        self.sums.update(piece);
        if self.len() / FLUSH_EVERY > begin / FLUSH_EVERY {
            self.handle.flush().map_err(opfs::refused)?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Sums, Error> {
        self.handle.flush().map_err(opfs::refused)?;
        Ok(self.sums.clone())
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        self.handle.close();
    }
}
