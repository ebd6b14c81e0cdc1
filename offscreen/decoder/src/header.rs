use crate::fuse::fuse;
use crate::{Config, Error, Source, backend, family, load};
use gguf::Gguf;

/// First guess at the length of a header; doubled until it fits.
const GUESS: u64 = 4 << 20;

/// Reads the header of a model file of `file_len` bytes, with the rest of the file left alone.
///
/// # Errors
/// [`Error::Read`] when the source fails, [`Error::Gguf`] when the header is not valid.
pub fn read_header(source: &mut impl Source, file_len: u64) -> Result<Gguf, Error> {
    let mut wanted = GUESS;
    loop {
        let mut prefix = vec![0; usize::try_from(wanted.min(file_len)).unwrap_or(usize::MAX)];
        source.read_at(0, &mut prefix)?;
        match Gguf::parse(&prefix, file_len) {
            Err(gguf::Error::Truncated { needed }) if wanted < file_len => {
                wanted = needed.max((wanted * 2).min(gguf::MAX_HEADER));
            }
            parsed => return Ok(parsed?),
        }
    }
}

/// Whether a model can be run, before any of its weights is loaded: its family, its numbers, every
/// tensor, and what its file has in the place of numbers.
///
/// # Errors
/// As [`family::plan`]; [`Error::MissingTensor`] and [`Error::TensorShape`]; [`Error::Read`].
pub fn check(gguf: &Gguf, source: &mut impl Source) -> Result<Config, Error> {
    let (config, mut plan) = family::plan(gguf)?;
    load::scale_frequencies(gguf, &mut plan, source)?;
    load::tensors(gguf, &plan)?;
    let plan = fuse(plan, &|name| gguf.tensor(name).map(|tensor| tensor.ty))?;
    load::tensors(gguf, &plan)?;
    Ok(config)
}

/// Bytes that a processor needs for a model and a text of so many tokens.
///
/// # Errors
/// As [`family::plan`].
pub fn memory(gguf: &Gguf, positions: usize) -> Result<u64, Error> {
    let (config, _) = family::plan(gguf)?;
    let weights = gguf.tensors.iter().fold(0_u64, |bytes, tensor| bytes.saturating_add(tensor.len));
    Ok(weights.saturating_add(config.text_bytes(positions, backend::CPU_CHUNK)))
}

/// Bytes of weights that decoding one token reads: all, but of an embedding table that is not the
/// output's too one row.
#[must_use]
pub fn bytes_per_token(gguf: &Gguf) -> u64 {
    let is_tied = gguf.tensor("output.weight").is_none();
    let is_read = |name: &str| is_tied || name != "token_embd.weight";
    gguf.tensors.iter().filter(|tensor| is_read(&tensor.name)).map(|tensor| tensor.len).sum()
}
