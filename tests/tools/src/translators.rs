//! Texts translated by translators of their own kind, whose files lie in a folder.

use crate::clock::now;
use crate::device::pool;
use crate::engine::is_about_input;
use crate::lines::{self, Done};
use crate::sections::Sections;
use anyhow::{Context, Result, bail};
use catalog::primary_subtag;
use decoder::Uninterrupted;
use flate2::read::GzDecoder;
use pollster::block_on;
use protocol::Failure;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use tasks::{Leg, Translators, translate_selection_with};
use translator::{Files, Translator};

/// Bytes of an unpacked file: more is none of a translator.
const LARGEST: u64 = 512 << 20;

/// By way of which language, where there is no translator from one to the other.
const BETWEEN: &str = "en";

/// Translates each line of the standard input as [`crate::translate::Args`] say.
pub(crate) fn run(folder: &Path, from: &str, to: &str, threads: usize, json: bool) -> Result<()> {
    let (first, last) = (primary_subtag(from), primary_subtag(to));
    let path = match find(folder, &first, &last)? {
        Some(translator) => vec![(translator, first.as_str(), last.as_str())],
        None => {
            let leg = |from, to| {
                let found = find(folder, from, to)?;
                found.with_context(|| format!("{}: no translator from {from} into {to}", folder.display()))
            };
            vec![
                (leg(&first, BETWEEN)?, first.as_str(), BETWEEN),
                (leg(BETWEEN, &last)?, BETWEEN, last.as_str()),
            ]
        }
    };
    let legs: Vec<Leg<'_>> = path.iter().map(|(translator, from, to)| Leg { translator, from, to }).collect();
    let pool = pool(threads);
    lines::answer(Some(from), json, |selection| {
        let (mut sections, start) = (Sections::default(), now());
        let with = Translators::new(&legs, pool, &mut sections, &Uninterrupted);
        let end = block_on(translate_selection_with(with, &selection, Some(from), to));
        let ms = now() - start;
        let end = end.map_err(|error| Failure::from(&session::Error::from(error)));
        match end {
            Err(failure) if !is_about_input(failure.code) => bail!("{} {}", failure.message, failure.remedy),
            end => Ok(Done { sections: sections.sections, end, ms }),
        }
    })
}

/// The translator of a pair, where its files are in the folder.
fn find(folder: &Path, from: &str, to: &str) -> Result<Option<Translator>> {
    let pair = format!("{from}{to}");
    let Some(model) = read(folder, |name| name == format!("model.{pair}.intgemm.alphas.bin"))? else {
        return Ok(None);
    };
    let vocabulary = |side: &str| {
        let own = read(folder, |name| name == format!("{side}vocab.{pair}.spm"))?;
        let found = match own {
            None => read(folder, |name| name == format!("vocab.{pair}.spm"))?,
            own => own,
        };
        found.with_context(|| format!("{}: no vocabulary of {pair}", folder.display()))
    };
    let (source, target) = (vocabulary("src")?, vocabulary("trg")?);
    let shortlist =
        read(folder, |name| name.starts_with("lex.") && name.ends_with(&format!(".{pair}.s2t.bin")))?;
    let files = Files { model: &model, source: &source, target: &target, shortlist: shortlist.as_deref() };
    let translator = Translator::new(&files).with_context(|| format!("{}, {pair}", folder.display()))?;
    Ok(Some(translator))
}

/// The file of a name, unpacked.
fn read(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<Option<Vec<u8>>> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let packed = name.strip_suffix(".gz");
        if !is_wanted(packed.unwrap_or(&name)) {
            continue;
        }
        let file = File::open(&path)?;
        let mut source: Box<dyn Read> = match packed {
            Some(_) => Box::new(GzDecoder::new(file)),
            None => Box::new(file),
        };
        let mut bytes = Vec::new();
        source.by_ref().take(LARGEST).read_to_end(&mut bytes).with_context(|| path.display().to_string())?;
        return Ok(Some(bytes));
    }
    Ok(None)
}
