//! Translators: their files unpacked and checked, loaded when a job first needs them, kept until
//! another job needs others.

use crate::install_request::last_part;
use crate::loaded_translators::{LoadedTranslator, LoadedTranslators};
use crate::{Cancel, Error, LoadProgress, Platform, Runner, placement};
use catalog::{ModelInfo, Role, TranslatorFile};
use decoder::{Scheduler, Source};
use flate2::read::GzDecoder;
use protocol::{BackendChoice, JobId, ModelState, Phase, Threads};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::rc::Rc;
use translator::{Files, Translator};

/// Bytes unpacked between two pauses: a few milliseconds' work.
const PIECE: usize = 1 << 18;

/// The most that a file is unpacked to of which nothing was published; all of them are far smaller.
const MOST_UNPACKED: u64 = 64 << 20;

impl<P: Platform> Runner<P> {
    /// The translators of a route, in its order: those that are loaded already, the others loaded now
    /// on behalf of `job`, if it is for one. All others are freed.
    ///
    /// # Errors
    /// As [`Self::load_translator`].
    pub(crate) async fn ready_translators(
        &self,
        job: Option<&JobId>,
        route: &[ModelInfo],
        choice: BackendChoice,
        cancel: &Cancel,
    ) -> Result<LoadedTranslators, Error> {
        let mut kept = self.translators.take();
        kept.retain(|loaded| route.contains(&loaded.info));
        let mut ready = Vec::new();
        for info in route {
            if let Some(loaded) = kept.iter().find(|loaded| loaded.info == *info) {
                ready.push(loaded.clone());
                continue;
            }
            let model = info.name.clone();
            let report = |phase: Phase, done: f32| self.report_loading(job, &model, phase, done);
            report(Phase::Loading, 0.0);
            let progress = LoadProgress { cancel: cancel.clone(), report: &report };
            let loaded = self.load_translator(info, &progress).await;
            if let Err(error) = &loaded {
                let state = match error {
                    error if error.is_stop() => ModelState::Idle,
                    error => ModelState::Failed { failure: error.into() },
                };
                self.report_model(state);
            }
            ready.push(Rc::new(loaded?));
        }
        self.translators.replace(ready.clone());
        let (pool, fewer) = self.platform.threads().await;
        let count = u32::try_from(pool.threads()).unwrap_or(u32::MAX);
        let device = placement::of_translator(choice, Threads { count, reason: fewer });
        let ready = LoadedTranslators { translators: ready, pool, device };
        let (model, load_ms) = (ready.name(), ready.load_ms());
        self.report_model(ModelState::Ready { model, device: ready.device.clone(), load_ms });
        Ok(ready)
    }

    /// Reads which translators there are.
    ///
    /// # Errors
    /// When the storage refuses, or the package's facts cannot be read.
    pub(crate) async fn read_translators(&self) -> Result<(), Error> {
        let scheduler = self.platform.scheduler(Cancel::default(), &|_| {});
        match self.platform.packaged(catalog::TRANSLATORS, &scheduler).await {
            Ok(facts) => {
                Ok(catalog::set_translators(&facts, &self.platform.notes().await?).map_err(|error| {
                    let reason = error.to_string();
                    Error::Missing { file: catalog::TRANSLATORS.to_owned(), reason }
                })?)
            }
            Err(Error::Missing { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Loads a translator from its stored files.
    ///
    /// # Errors
    /// [`Error::NotInstalled`] and [`Error::Broken`] where one of its files is not there or not as it
    /// was installed, [`Error::Memory`], [`Error::Stopped`].
    pub(crate) async fn load_translator(
        &self,
        info: &ModelInfo,
        progress: &LoadProgress<'_>,
    ) -> Result<LoadedTranslator, Error> {
        self.models.borrow().usable(&info.id)?;
        let start = P::now();
        let broken = || Error::Broken { name: info.name.clone(), id: info.id.clone(), wrong: None };
        let known = catalog::find_translator(&info.sha256).ok_or_else(broken)?;
        let (total, mut done) = (info.bytes.max(1), 0);
        let mut unpacked = Vec::new();
        for file in &known.files {
            let (before, share) = (done as f32 / total as f32, file.bytes as f32 / total as f32);
            let report = |done| (progress.report)(Phase::Loading, before + share * done);
            let scheduler = self.platform.scheduler(progress.cancel.clone(), &report);
            match self.read_unpacked(file, &scheduler).await {
                Ok(Some(bytes)) => unpacked.push((file.role, bytes)),
                Ok(None) => {
                    return Err(Error::NotInstalled { name: info.name.clone(), id: info.id.clone() });
                }
                Err(Error::Damaged { .. }) => {
                    self.models.borrow_mut().damage(&file.sha256);
                    self.report_models();
                    return Err(broken());
                }
                Err(error) => return Err(error),
            }
            done += file.bytes;
        }
        let find = |roles: &[Role]| {
            unpacked.iter().find(|(role, _)| roles.contains(role)).map(|(_, bytes)| bytes.as_slice())
        };
        let files = Files {
            model: find(&[Role::Model]).ok_or_else(broken)?,
            source: find(&[Role::Vocabulary, Role::SourceVocabulary]).ok_or_else(broken)?,
            target: find(&[Role::Vocabulary, Role::TargetVocabulary]).ok_or_else(broken)?,
            shortlist: find(&[Role::Shortlist]),
        };
        let translator = Translator::new(&files)?;
        let load_ms = P::now() - start;
        log::info!(target: "session", "{} loaded in {load_ms:.0} ms", info.id);
        Ok(LoadedTranslator { info: info.clone(), known, translator, load_ms })
    }

    /// What is packed in a stored file; none where it is not stored.
    async fn read_unpacked(
        &self,
        file: &TranslatorFile,
        scheduler: &impl Scheduler,
    ) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut stored) = self.platform.open(&file.sha256, scheduler).await? else { return Ok(None) };
        let mut packed = Vec::new();
        packed.try_reserve_exact(usize::try_from(file.bytes).unwrap_or(usize::MAX))?;
        packed.resize(packed.capacity(), 0);
        stored.read_at(0, &mut packed).map_err(decoder::Error::from)?;
        unpack(&packed, file, scheduler).await.map(Some)
    }
}

/// Unpacks a file, as long as it becomes what was published of it.
async fn unpack(packed: &[u8], file: &TranslatorFile, scheduler: &impl Scheduler) -> Result<Vec<u8>, Error> {
    let damaged = || Error::Damaged { file: last_part(&file.address).to_owned() };
    let most = file.unpacked.as_ref().map_or(MOST_UNPACKED, |published| published.bytes);
    let mut decoder = GzDecoder::new(packed);
    let mut unpacked = Vec::new();
    let mut hash = Sha256::new();
    loop {
        let start = unpacked.len();
        unpacked.try_reserve(PIECE)?;
        let read = decoder.by_ref().take(PIECE as u64).read_to_end(&mut unpacked).map_err(|_| damaged())?;
        if unpacked.len() as u64 > most {
            return Err(damaged());
        }
        if read == 0 {
            break;
        }
        hash.update(&unpacked[start..]);
        if scheduler.yield_now((unpacked.len() as f32 / most as f32).min(1.0)).await.is_break() {
            return Err(Error::Stopped);
        }
    }
    let is_published = file.unpacked.as_ref().is_none_or(|published| {
        published.bytes == unpacked.len() as u64 && published.sha256 == crate::checksum::hex(hash)
    });
    if is_published { Ok(unpacked) } else { Err(damaged()) }
}
