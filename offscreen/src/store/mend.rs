use super::companion::{self, Companion};
use super::names::model_name;
use super::opfs::{self, Mode};
use super::stream::Remote;
use crate::patience::Patience;
use crate::{Error, browser};
use decoder::Scheduler;
use protocol::InstallStep;
use session::{CHUNK, ChunkList, Coming, Course, InstallRequest, Transfer};
use std::ops::Range;
use web_sys::FileSystemSyncAccessHandle;

/// Fetches some bytes of an installed file once more, from chunk to chunk. A chunk is written when all
/// of it has come and is right: so a file that is being mended is never worse than it was.
/// `package_address` tells where the package has a file.
///
/// # Errors
/// Those of [`super::install`]; [`Error::OtherVersion`] when other bytes come than were installed.
pub(crate) async fn mend(
    request: &InstallRequest<web_sys::File>,
    range: Range<u64>,
    package_address: impl Fn(&str) -> String,
    report: &dyn Fn(Transfer),
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    let (remote, patience) = (Remote::of(request, package_address), Patience::new(scheduler));
    let gone = || Error::Damaged { file: remote.name.clone() };
    let sha256 = request.expected.sha256.clone().ok_or_else(gone)?;
    let len = request.expected.bytes.ok_or_else(gone)?;
    let folder = opfs::models().await?;
    let list = companion::read(&folder, Companion::Chunks, &sha256).await?;
    let list = list.and_then(|list| ChunkList::parse(&list)).ok_or_else(gone)?;
    let file = opfs::find(&folder, &model_name(&sha256)).await?.ok_or_else(gone)?;
    let handle = opfs::open(&file, Mode::ReadWrite).await?;
    let mut patch = Patch { handle, list, sha256, len, begin: range.start, chunk: Vec::new() };
    patch.fit()?;
    let tell = |at: u64, step: InstallStep| {
        report(Transfer { bytes: at - range.start, total: Some(range.end - range.start), step });
    };
    let mut course = Course::new(&remote.name, range.start);
    while patch.begin < range.end {
        let coming = match request_rest(&mut patch, &remote, range.end, &mut course, &tell, &patience).await {
            Err(Error::Missing { reason, .. }) => course.lost(patch.begin, reason)?,
            coming => coming?,
        };
        if let Coming::Nothing(pause) = coming {
            tell(patch.begin, InstallStep::Waiting);
            patience.sleep(pause).await?;
        }
    }
    patch.handle.flush().map_err(opfs::refused)
}

/// Makes one request for what is missing up to `end`, and puts it in its place.
async fn request_rest(
    patch: &mut Patch,
    remote: &Remote,
    end: u64,
    course: &mut Course,
    tell: &dyn Fn(u64, InstallStep),
    patience: &Patience<'_, impl Scheduler>,
) -> Result<Coming, Error> {
    patch.chunk.clear();
    let stream = remote.ask_part(&(patch.begin..end), patience).await?;
    let coming = course.answered_part(&stream.answer)?;
    // What a server sends that knows no parts is read from its beginning.
    let mut skipped = match coming {
        Coming::Rest => 0,
        Coming::Whole => patch.begin,
        Coming::Nothing(_) => return Ok(coming),
    };
    while patch.begin < end {
        let Some(piece) = stream.next(remote, patience).await? else {
            return course.lost(patch.begin, "it ended too soon".to_owned());
        };
        let skip = browser::bytes(skipped.min(piece.len() as u64) as f64);
        skipped -= skip as u64;
        patch.append(&piece[skip..], end, &remote.name)?;
        tell(patch.at(), InstallStep::Fetching);
        patience.pause().await?;
    }
    Ok(Coming::Rest)
}

/// An installed file, open for chunks that are put in their place; closed when dropped. Nobody else
/// can open it.
struct Patch {
    handle: FileSystemSyncAccessHandle,
    list: ChunkList,
    sha256: String,
    /// How long the file should be.
    len: u64,
    /// Where the next chunk begins, and what of it has come.
    begin: u64,
    chunk: Vec<u8>,
}

impl Patch {
    /// Up to where all has come.
    fn at(&self) -> u64 {
        self.begin + self.chunk.len() as u64
    }

    /// Cuts off what is too much.
    fn fit(&self) -> Result<(), Error> {
        if self.handle.get_size().map_err(opfs::refused)? > self.len as f64 {
            self.handle.truncate_with_f64(self.len as f64).map_err(opfs::refused)?;
        }
        Ok(())
    }

    /// Takes in what has come, up to `end`; `name` is the file's, as far as it shows.
    fn append(&mut self, mut piece: &[u8], end: u64, name: &str) -> Result<(), Error> {
        while !piece.is_empty() && self.begin < end {
            let chunk_end = self.len.min(self.begin + CHUNK);
            let room = browser::bytes((chunk_end - self.at()) as f64);
            let (now, rest) = piece.split_at(piece.len().min(room));
            self.chunk.extend_from_slice(now);
            piece = rest;
            if self.at() == chunk_end {
                if !self.list.is_right(self.begin, &self.chunk, self.len, &self.sha256) {
                    return Err(Error::OtherVersion { file: name.to_owned() });
                }
                opfs::write_at(&self.handle, self.begin, &self.chunk)?;
                self.begin = chunk_end;
                self.chunk.clear();
            }
        }
        Ok(())
    }
}

impl Drop for Patch {
    fn drop(&mut self) {
        self.handle.close();
    }
}
