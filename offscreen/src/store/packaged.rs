use super::stream::Remote;
use crate::Error;
use crate::patience::Patience;
use decoder::Scheduler;

/// The largest file accepted: adapters are of a few megabytes.
const MOST: usize = 32 << 20;

/// Reads a small file of the package into memory.
///
/// # Errors
/// [`Error::Missing`] when there is none, [`Error::TooLarge`], [`Error::Stalled`], and
/// [`Error::Stopped`] when `scheduler` says so.
pub(crate) async fn read_packaged(url: &str, scheduler: &impl Scheduler) -> Result<Vec<u8>, Error> {
    let (remote, patience) = (Remote::at(url), Patience::new(scheduler));
    let stream = remote.stream(&patience).await?;
    let mut bytes = Vec::new();
    while let Some(piece) = stream.next(&remote, &patience).await? {
        bytes.extend(piece);
        if bytes.len() > MOST {
            return Err(Error::TooLarge { file: remote.name });
        }
    }
    Ok(bytes)
}
