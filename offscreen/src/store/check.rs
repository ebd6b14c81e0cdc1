use super::companion::{self, Companion};
use super::names::model_name;
use super::{ModelFile, opfs};
use crate::{Error, browser};
use decoder::{Scheduler, Source};
use session::{CHUNK, ChunkList, Condition, Damage, Sums};
use std::ops::Range;

/// Looks through all of an installed file that should have `bytes` bytes. `report` is told how many of
/// them were.
///
/// # Errors
/// [`Error::Stopped`] when `scheduler` says so, or when the browser's storage refuses.
pub(crate) async fn check(
    sha256: &str,
    bytes: u64,
    report: &dyn Fn(u64),
    scheduler: &impl Scheduler,
) -> Result<Condition, Error> {
    let folder = opfs::models().await?;
    let Some(handle) = opfs::find(&folder, &model_name(sha256)).await? else {
        return Ok(Condition::Missing);
    };
    let mut file = ModelFile::open(&handle).await?;
    let noted = companion::read(&folder, Companion::Chunks, sha256).await?;
    let list = noted.and_then(|list| ChunkList::parse(&list));
    let mut seen = Seen { list, sums: Sums::default(), wrong: Vec::new() };
    let mut chunk = vec![0; browser::bytes(CHUNK.min(bytes) as f64)];
    let mut begin = 0;
    while begin < bytes {
        let end = bytes.min(begin + CHUNK);
        let chunk = &mut chunk[..browser::bytes((end - begin) as f64)];
        // A file that is too short, or too long, is so at its end.
        let is_there = if end < bytes { end <= file.len() } else { file.len() == bytes };
        if is_there {
            file.read_at(begin, chunk).map_err(|error| Error::Storage(error.to_string()))?;
        }
        seen.take(begin..end, is_there.then_some(&*chunk), bytes, sha256);
        begin = end;
        report(begin);
        if scheduler.yield_now(begin as f32 / bytes as f32).await.is_break() {
            return Err(Error::Stopped);
        }
    }
    match seen {
        Seen { list: Some(_), wrong, .. } if wrong.is_empty() => Ok(Condition::Whole),
        Seen { list: Some(_), wrong, .. } => {
            Ok(Condition::Damaged(Damage { sha256: sha256.to_owned(), wrong: Some(wrong) }))
        }
        Seen { list: None, sums, .. } if sums.sha256() == sha256 => {
            // It was installed by a version that kept no list.
            companion::write_sums(&folder, sha256, &sums).await?;
            Ok(Condition::Whole)
        }
        Seen { list: None, .. } => Ok(Condition::Damaged(Damage { sha256: sha256.to_owned(), wrong: None })),
    }
}

/// What was seen of a file.
struct Seen {
    /// What its chunks are checked by.
    list: Option<ChunkList>,
    /// Without that, the whole is.
    sums: Sums,
    wrong: Vec<Range<u64>>,
}

impl Seen {
    /// Takes in a chunk of a file of `len` bytes, if it is there.
    fn take(&mut self, range: Range<u64>, chunk: Option<&[u8]>, len: u64, sha256: &str) {
        match (&self.list, chunk) {
            (Some(list), Some(chunk)) if list.is_right(range.start, chunk, len, sha256) => {}
            (Some(_), _) => add(&mut self.wrong, range),
            (None, chunk) => self.sums.update(chunk.unwrap_or_default()),
        }
    }
}

/// Adds a chunk to those before: what is side by side is fetched at once.
fn add(ranges: &mut Vec<Range<u64>>, next: Range<u64>) {
    match ranges.last_mut().filter(|last| last.end == next.start) {
        Some(last) => last.end = next.end,
        None => ranges.push(next),
    }
}
