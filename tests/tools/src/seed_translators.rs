//! Translators of made-up weights as the host of the real ones has them: packed, under their names,
//! with the facts that the extension's package needs of them.

use anyhow::Result;
use clap::Args as ClapArgs;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use sha2::Sha256;
use sha2::digest::Digest;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use translator::seeded::{SMALL, Size, TINY, seeded};

/// What those know that are for tests: they translate word by word.
const GERMAN: &[(&str, &str)] = &[
    ("Der", "The"),
    ("Die", "The"),
    ("Das", "The"),
    ("Hafen", "harbour"),
    ("Stadt", "town"),
    ("Brücke", "bridge"),
    ("Zeitung", "newspaper"),
    ("öffnet", "opens"),
    ("baut", "builds"),
    ("schließt", "closes"),
    ("heute", "today"),
    ("morgen", "tomorrow"),
    ("eine", "a"),
    ("und", "and"),
    ("am", "on"),
    ("Montag", "Monday"),
    ("um", "at"),
    ("Uhr", "o'clock"),
];
const DUTCH: &[(&str, &str)] = &[
    ("The", "De"),
    ("harbour", "haven"),
    ("town", "stad"),
    ("bridge", "brug"),
    ("newspaper", "krant"),
    ("opens", "opent"),
    ("builds", "bouwt"),
    ("closes", "sluit"),
    ("today", "vandaag"),
    ("tomorrow", "morgen"),
    ("a", "een"),
    ("and", "en"),
    ("on", "op"),
    ("Monday", "maandag"),
    ("at", "om"),
    ("o'clock", "uur"),
];

#[derive(ClapArgs)]
pub(crate) struct Args {
    /// Where they are written
    folder: PathBuf,
    /// In the sizes of the published ones, instead of as small as they can be
    #[arg(long)]
    full: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let size = if args.full { TINY } else { SMALL };
    let mut translators = Vec::new();
    for (from, to, words) in [("de", "en", GERMAN), ("en", "nl", DUTCH)] {
        translators.push(write(&args.folder, size, from, to, words)?);
    }
    let facts = json!({ "source": "http://127.0.0.1", "licence": "CC0-1.0", "translators": translators });
    fs::write(args.folder.join(catalog::TRANSLATORS), serde_json::to_string_pretty(&facts)?)?;
    Ok(())
}

/// Writes the files of one, and gives its facts.
fn write(
    folder: &Path,
    size: Size,
    from: &str,
    to: &str,
    words: &[(&str, &str)],
) -> Result<serde_json::Value> {
    let pair = format!("{from}{to}");
    let folder = folder.join("models/tiny").join(&pair);
    fs::create_dir_all(&folder)?;
    let made = seeded(size, words);
    let mut files = Vec::new();
    for (name, bytes) in [
        (format!("lex.50.50.{pair}.s2t.bin.gz"), &made.shortlist),
        (format!("model.{pair}.intgemm.alphas.bin.gz"), &made.model),
        (format!("vocab.{pair}.spm.gz"), &made.source),
    ] {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(bytes)?;
        let packed = packed.finish()?;
        fs::write(folder.join(&name), &packed)?;
        files.push(json!({ "name": name, "bytes": packed.len(), "sha256": sha256(&packed) }));
    }
    let unpacked = json!({ "bytes": made.model.len(), "sha256": sha256(&made.model) });
    let flores = json!({ "bleu": 1.0, "comet": 0.9 });
    Ok(
        json!({ "from": from, "to": to, "architecture": "tiny", "files": files, "unpacked": unpacked, "flores": flores }),
    )
}

fn sha256(bytes: &[u8]) -> String {
    session::hex(Sha256::new_with_prefix(bytes))
}
