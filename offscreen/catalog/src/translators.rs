//! The translators that can be had: models that translate one language into one other and do
//! nothing else, made by Mozilla for Firefox. `translators.json` holds the facts of their
//! repository at one commit, Mozilla's own measurements among them.

use crate::{ModelInfo, Profile, language_name};
use protocol::Ability;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// From this COMET on, as Mozilla measured it on FLORES, a translator is trusted; one that is below
/// it, or was not measured, is an experiment.
const TRUSTED_COMET: f32 = 0.8;

/// A model that translates one language into one other.
#[derive(Debug)]
pub struct Translator {
    /// The language that it reads (primary subtag of BCP 47).
    pub from: String,
    /// The language that it writes.
    pub to: String,
    /// Its files, in the order in which they are fetched: the one with the weights is the last, so
    /// that the others are there when it is.
    pub files: Vec<TranslatorFile>,
    /// It as a model among others: its length is that of all files as they are fetched and kept,
    /// its SHA-256 is that of the one with the weights.
    pub info: ModelInfo,
    pub(crate) profile: Profile,
    /// What it was made of.
    facts: Facts,
}

/// One of the files of a translator, packed with gzip.
#[derive(Debug)]
pub struct TranslatorFile {
    /// What it holds.
    pub role: Role,
    /// Where it is fetched from.
    pub address: String,
    /// Its length as it is fetched and kept.
    pub bytes: u64,
    /// The SHA-256 of that, in lower-case hexadecimal.
    pub sha256: String,
    /// What it is when it is unpacked, as far as that was published.
    pub unpacked: Option<Unpacked>,
}

/// What a file of a translator holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The tokens of both languages.
    Vocabulary,
    /// The tokens of the language that it reads.
    SourceVocabulary,
    /// The tokens of the language that it writes.
    TargetVocabulary,
    /// Which tokens may stand for a token of the text.
    Shortlist,
    /// The weights.
    Model,
}

/// A file without its packing.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Unpacked {
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, in lower-case hexadecimal.
    pub sha256: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    /// The address of the repository at the commit, as Git LFS, which holds the files, serves it.
    source: String,
    licence: String,
    translators: Vec<Pair>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    from: String,
    to: String,
    architecture: String,
    files: Vec<File>,
    unpacked: Unpacked,
    flores: Option<Flores>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    bytes: u64,
    sha256: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Flores {
    bleu: f32,
    comet: f32,
}

/// The name of the file with these facts in the extension's package, where it lies beside the models:
/// most readers need none of them, and the engine is the smaller.
pub const TRANSLATORS: &str = "translators.json";

/// What the programs on other machines than a browser's know without a package.
const BUILT_IN: &str = if cfg!(target_family = "wasm") { "" } else { include_str!("../translators.json") };

#[derive(Debug, Default)]
struct Known {
    newest: Vec<Translator>,
    /// Versions that were installed before, and are not among the newest.
    older: Vec<Translator>,
}

static KNOWN: OnceLock<Known> = OnceLock::new();

/// Takes in the facts of the translators, once: before anything asks for one. `noted` is what was
/// written down of installed ones ([`Translator::facts`]), by this version of Sotto or others: what
/// cannot be read of it is not known.
///
/// # Errors
/// What is wrong with the facts.
pub fn set_translators(facts: &[u8], noted: &[Vec<u8>]) -> Result<(), serde_json::Error> {
    let newest = Translator::all(&serde_json::from_slice(facts)?);
    let noted = noted.iter().filter_map(|facts| serde_json::from_slice(facts).ok());
    let is_newest = |one: &Translator| newest.iter().any(|other| other.info.sha256 == one.info.sha256);
    let older = noted.flat_map(|facts| Translator::all(&facts)).filter(|one| !is_newest(one)).collect();
    KNOWN.get_or_init(|| Known { newest, older });
    Ok(())
}

fn known() -> &'static Known {
    KNOWN.get_or_init(|| {
        let newest = serde_json::from_str(BUILT_IN).as_ref().map(Translator::all).unwrap_or_default();
        Known { newest, older: Vec::new() }
    })
}

/// Every translator in its newest version, in the order of their languages.
#[must_use]
pub fn translators() -> &'static [Translator] {
    &known().newest
}

/// Versions that were installed before there were newer ones.
#[must_use]
pub fn older_translators() -> &'static [Translator] {
    &known().older
}

/// The translator whose weights have this SHA-256 (lower-case hexadecimal), of whatever version.
#[must_use]
pub fn find_translator(sha256: &str) -> Option<&'static Translator> {
    every().find(|translator| translator.info.sha256 == sha256)
}

/// The newest version of a translator, if this is an older one.
#[must_use]
pub fn newer_translator(info: &ModelInfo) -> Option<&'static Translator> {
    let is_older = older_translators().iter().any(|older| older.info.sha256 == info.sha256);
    translators().iter().find(|newest| is_older && newest.info.id == info.id)
}

/// Whether the file with this SHA-256 (lower-case hexadecimal) belongs to a translator.
#[must_use]
pub fn is_of_translator(sha256: &str) -> bool {
    every().flat_map(|translator| &translator.files).any(|file| file.sha256 == sha256)
}

fn every() -> impl Iterator<Item = &'static Translator> {
    translators().iter().chain(older_translators())
}

impl Translator {
    fn all(facts: &Facts) -> Vec<Self> {
        facts.translators.iter().map(|pair| Self::of(facts, pair)).collect()
    }

    fn of(facts: &Facts, pair: &Pair) -> Self {
        let Pair { from, to, architecture, files, unpacked, flores } = pair;
        let folder = format!("{}/models/{architecture}/{from}{to}", facts.source);
        let mut files: Vec<TranslatorFile> = files
            .iter()
            .map(|File { name, bytes, sha256 }| {
                let role = Role::of(name);
                let unpacked = Some(unpacked).filter(|_| role == Role::Model).cloned();
                let (address, sha256) = (format!("{folder}/{name}"), sha256.clone());
                TranslatorFile { role, address, bytes: *bytes, sha256, unpacked }
            })
            .collect();
        files.sort_by_key(|file| file.role as u8);
        let [reads, writes] = [from, to].map(|tag| language_name(tag).unwrap_or(tag));
        let measured = flores.as_ref().map_or("not measured".to_owned(), |Flores { bleu, comet }| {
            format!("BLEU {bleu}, COMET {comet} on FLORES, as Mozilla measured it")
        });
        let trusted = flores.as_ref().is_some_and(|flores| flores.comet >= TRUSTED_COMET);
        let info = ModelInfo {
            id: format!("{from}-{to}"),
            name: format!("{reads} → {writes}"),
            family: "firefox-translations".to_owned(),
            licence: Some(facts.licence.clone()),
            languages: format!("{reads}, {writes}"),
            good_for: format!("Translating {reads} into {writes}: {measured}."),
            bytes: files.iter().map(|file| file.bytes).sum(),
            sha256: files.last().map(|file| file.sha256.clone()).unwrap_or_default(),
            parameters: unpacked.bytes,
            chats: false,
            context: 0,
            cached_values: 0,
            source: folder,
        };
        let ability = if trusted { Ability::Good } else { Ability::Experimental };
        let profile = Profile::of_translator(from, to, ability);
        let facts = Facts { translators: vec![pair.clone()], ..facts.clone() };
        Self { from: from.clone(), to: to.clone(), files, info, profile, facts }
    }

    /// What to write down beside it, so that it can be used when there is a newer version.
    ///
    /// # Errors
    /// None that could happen: it is numbers and texts.
    pub fn facts(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&self.facts)
    }
}

impl Role {
    /// Of the file with this name.
    fn of(name: &str) -> Self {
        match name.split('.').next().unwrap_or_default() {
            "model" => Self::Model,
            "lex" => Self::Shortlist,
            "srcvocab" => Self::SourceVocabulary,
            "trgvocab" => Self::TargetVocabulary,
            _ => Self::Vocabulary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::best;
    use protocol::Task;
    use std::collections::HashSet;

    #[test]
    fn every_translator_has_all_of_its_files_once() {
        let mut seen = HashSet::new();
        for translator in translators() {
            let roles: Vec<Role> = translator.files.iter().map(|file| file.role).collect();
            let shared = [Role::Vocabulary, Role::Shortlist, Role::Model];
            let split = [Role::SourceVocabulary, Role::TargetVocabulary, Role::Shortlist, Role::Model];
            assert!(roles == shared || roles == split, "{}: {roles:?}", translator.info.id);
            let known = |tag: &str| language_name(tag).is_some();
            assert!(known(&translator.from) && known(&translator.to), "{}", translator.info.id);
            assert!([&translator.from, &translator.to].contains(&&"en".to_owned()), "{}", translator.info.id);
            for file in &translator.files {
                assert!(file.sha256.len() == 64 && seen.insert(&file.sha256), "{}", file.address);
                assert_eq!(file.unpacked.is_some(), file.role == Role::Model);
            }
        }
        assert_eq!(translators().len(), 93);
    }

    #[test]
    fn a_translator_is_known_by_its_weights() {
        let german = translators().iter().find(|one| one.info.id == "de-en").unwrap();
        assert_eq!(german.info.name, "German → English");
        assert_eq!(german.info.bytes, 2_657_472 + 12_995_752 + 410_738);
        assert_eq!(
            german.files[2].address,
            "https://media.githubusercontent.com/media/mozilla/firefox-translations-models/\
             e7957fc407441a5e3e35bbcbf9d60d9b35764618/models/tiny/deen/model.deen.intgemm.alphas.bin.gz"
        );
        assert_eq!(find_translator(&german.info.sha256).map(|one| one.from.as_str()), Some("de"));
        assert_eq!(german.info.profile(), &german.profile);
    }

    #[test]
    fn what_is_written_down_of_a_translator_makes_it_anew() {
        let german = translators().iter().find(|one| one.info.id == "de-en").unwrap();
        let [again] = &Translator::all(&serde_json::from_str(&german.facts().unwrap()).unwrap())[..] else {
            panic!("not one");
        };
        assert_eq!((&again.info, &again.profile), (&german.info, &german.profile));
        assert!(newer_translator(&german.info).is_none() && older_translators().is_empty());
    }

    #[test]
    fn a_translator_does_its_direction_and_nothing_else() {
        let all = || translators().iter().map(|one| &one.info);
        let task = |from: Option<&str>, to: &str| Task::Translate {
            from: from.map(str::to_owned),
            to: to.to_owned(),
        };
        let id = |task: &Task, lang| best(all(), task, lang).map(|route| route.first.id.as_str());
        assert_eq!(id(&task(Some("de-AT"), "en-GB"), None), Some("de-en"));
        assert_eq!(id(&task(None, "de"), Some("en")), Some("en-de"));
        assert_eq!(id(&task(None, "en"), None), None, "of no language, nothing is known");
    }

    #[test]
    fn those_that_were_not_measured_or_not_well_are_experiments() {
        let ability = |id: &str| {
            let one = translators().iter().find(|one| one.info.id == id).unwrap();
            one.profile.translate(&one.from, &one.to)
        };
        assert_eq!(ability("de-en"), Ability::Good);
        assert_eq!(ability("is-en"), Ability::Experimental);
        assert_eq!(ability("sq-en"), Ability::Experimental);
    }
}
