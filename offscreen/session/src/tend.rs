//! Installed files looked through as a whole, and put right chunk by chunk.

use crate::models::Doing;
use crate::stored::files_of;
use crate::{Cancel, Error, Platform, Runner, Transfer};
use catalog::ModelInfo;
use protocol::{InstallStep, ModelId};

impl<P: Platform> Runner<P> {
    /// Looks through all of a model's files.
    ///
    /// # Errors
    /// [`Error::NotInstalled`], [`Error::Installing`] and [`Error::Tending`]; when the storage refuses.
    pub(crate) async fn check(&self, id: &ModelId) -> Result<(), Error> {
        let (info, cancel) = self.begin_tending(id, Doing::Check)?;
        let checked = self.look_through(&info, &cancel).await;
        let looked = self.end_tending(id, None).await;
        match checked {
            Err(error) if error.is_stop() => looked,
            checked => checked.and(looked),
        }
    }

    /// Fetches what is damaged of a model's files, then looks through them. What goes wrong is told on
    /// the model's card.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub(crate) async fn repair(&self, id: &ModelId) -> Result<(), Error> {
        let (info, cancel) = self.begin_tending(id, Doing::Repair)?;
        // What is in memory of it may be damaged too.
        self.unload(id);
        let mended = match self.mend(&info, &cancel).await {
            Ok(()) => self.look_through(&info, &cancel).await,
            error => error,
        };
        let failure = mended.err().filter(|error| !error.is_stop());
        self.end_tending(id, failure).await
    }

    fn begin_tending(&self, id: &ModelId, doing: Doing) -> Result<(ModelInfo, Cancel), Error> {
        let unknown = || Error::NotInstalled { name: id.clone(), id: id.clone() };
        let info = self.models.borrow().find(id).cloned().ok_or_else(unknown)?;
        let cancel = Cancel::default();
        self.models.borrow_mut().begin_tending(&info, doing, cancel.clone())?;
        self.report_models();
        Ok((info, cancel))
    }

    async fn end_tending(&self, id: &ModelId, failure: Option<Error>) -> Result<(), Error> {
        let looked = self.look().await;
        let is_discarded = self.models.borrow().is_discarded(id);
        self.models.borrow_mut().end_install(id, failure.as_ref().map(Into::into));
        if is_discarded { self.remove(id).await } else { looked }
    }

    async fn look_through(&self, info: &ModelInfo, cancel: &Cancel) -> Result<(), Error> {
        let scheduler = self.platform.scheduler(cancel.clone(), &|_| {});
        let mut before = 0;
        for file in files_of(info) {
            let report = |bytes| {
                let (bytes, total) = (before + bytes, Some(info.bytes));
                self.report_transfer(&info.id, Transfer { bytes, total, step: InstallStep::Checking });
            };
            let condition = self.platform.check(&file.sha256, file.bytes, &report, &scheduler).await?;
            self.models.borrow_mut().found(&file.sha256, condition);
            before += file.bytes;
        }
        Ok(())
    }

    async fn mend(&self, info: &ModelInfo, cancel: &Cancel) -> Result<(), Error> {
        let broken = || Error::Broken { name: info.name.clone(), id: info.id.clone(), wrong: None };
        let (requests, damages) = (self.requests(info), self.models.borrow().damages(info));
        let scheduler = self.platform.scheduler(cancel.clone(), &|_| {});
        let total = damages.iter().map(|damage| damage.bytes()).sum::<Option<u64>>().ok_or_else(broken)?;
        let mut before = 0;
        for damage in damages {
            let is_its = |sha256: &String| *sha256 == damage.sha256;
            let request =
                requests.iter().find(|request| request.expected.sha256.as_ref().is_some_and(is_its));
            let request = request.ok_or_else(broken)?;
            for range in damage.wrong.into_iter().flatten() {
                let report = |transfer: Transfer| {
                    self.models.borrow_mut().mended(&damage.sha256, range.start + transfer.bytes);
                    let bytes = before + transfer.bytes;
                    self.report_transfer(&info.id, Transfer { bytes, total: Some(total), ..transfer });
                };
                self.platform.mend(request, range.clone(), &report, &scheduler).await?;
                self.models.borrow_mut().mended(&damage.sha256, range.end);
                before += range.end - range.start;
            }
        }
        Ok(())
    }
}
