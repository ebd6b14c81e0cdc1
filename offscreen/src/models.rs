//! The models there are: those of the catalogue and the reader's own, which of them are installed, which are on the way.

use crate::card::card;
use crate::session::Cancel;
use crate::store::{self, Contents};
use crate::{Error, browser};
use catalog::ModelInfo;
use protocol::{Abilities, Failure, ModelCard, ModelCardState, ModelId, Task};
use std::cell::RefCell;
use std::collections::HashMap;

/// How long a file that is handed over may be on its way, in tenths of a second.
const HANDOVER: u32 = 50;

/// Every model, and where it is.
pub(crate) struct Models {
    /// Address of the folder of packaged model files, with a slash at its end.
    packaged_at: String,
    entries: RefCell<Vec<Entry>>,
    /// Installations under way or failed, by the model's id; by its address or file name while the id is not known.
    installs: RefCell<Vec<Install>>,
    /// Files handed over by views, until they are asked for.
    files: RefCell<HashMap<String, web_sys::File>>,
}

struct Entry {
    known: ModelInfo,
    installed: bool,
    packaged: bool,
}

struct Install {
    id: ModelId,
    name: String,
    cancel: Cancel,
    state: ModelCardState,
}

impl Models {
    pub(crate) fn new(packaged_at: String) -> Self {
        Self {
            packaged_at,
            entries: RefCell::default(),
            installs: RefCell::default(),
            files: RefCell::default(),
        }
    }

    /// Removes what interrupted installations left, and looks at what there is.
    ///
    /// # Errors
    /// When the browser's storage refuses.
    pub(crate) async fn start(&self) -> Result<(), Error> {
        store::tidy().await?;
        self.look().await
    }

    /// Looks at what there is.
    ///
    /// # Errors
    /// When the browser's storage refuses.
    pub(crate) async fn look(&self) -> Result<(), Error> {
        let Contents { files, own } = store::contents().await?;
        let mut entries = Vec::new();
        for known in catalog::models().iter().map(|model| model.info.clone()).chain(own) {
            let installed = files.contains(&known.sha256);
            let packaged = match self.packaged_url(&known) {
                Some(url) => store::exists(&url).await,
                None => false,
            };
            entries.push(Entry { known, installed, packaged });
        }
        self.entries.replace(entries);
        Ok(())
    }

    /// Where the package has a model's file, if it can have it.
    pub(crate) fn packaged_url(&self, known: &ModelInfo) -> Option<String> {
        catalog::find_file(&known.sha256).map(|model| format!("{}{}", self.packaged_at, model.file))
    }

    /// What a person chooses from.
    pub(crate) fn cards(&self) -> Vec<ModelCard> {
        let installs = self.installs.borrow();
        let entries = self.entries.borrow();
        let state = |entry: &Entry| match installs.iter().find(|install| install.id == entry.known.id) {
            Some(install) => install.state.clone(),
            None if entry.installed => ModelCardState::Installed,
            None => ModelCardState::Available,
        };
        let is_new = |install: &&Install| entries.iter().all(|entry| entry.known.id != install.id);
        let known = entries.iter().map(|entry| card(&entry.known, state(entry), entry.packaged));
        known.chain(installs.iter().filter(is_new).map(Install::card)).collect()
    }

    /// The model of this id.
    pub(crate) fn find(&self, id: &ModelId) -> Option<ModelInfo> {
        self.entries.borrow().iter().map(|entry| &entry.known).find(|known| known.id == *id).cloned()
    }

    /// The model for a task: the one that is wanted, or else the best of those that are there.
    ///
    /// # Errors
    /// [`Error::NotInstalled`] with the one to install, [`Error::NoModel`] when there is none.
    pub(crate) fn choose(
        &self,
        task: &Task,
        lang: Option<&str>,
        wanted: Option<&ModelId>,
    ) -> Result<ModelInfo, Error> {
        let entries = self.entries.borrow();
        let here = |entry: &&Entry| entry.installed || entry.packaged;
        let missing =
            |known: &ModelInfo| Error::NotInstalled { name: known.name.clone(), id: known.id.clone() };
        if let Some(entry) = wanted.and_then(|id| entries.iter().find(|entry| entry.known.id == *id)) {
            return if here(&entry) { Ok(entry.known.clone()) } else { Err(missing(&entry.known)) };
        }
        let fit = |models: &mut dyn Iterator<Item = &Entry>| {
            catalog::best(models.map(|entry| &entry.known).collect::<Vec<_>>(), task, lang).cloned()
        };
        match fit(&mut entries.iter().filter(here)) {
            Some(known) => Ok(known),
            None => Err(fit(&mut entries.iter()).map_or(Error::NoModel, |known| missing(&known))),
        }
    }

    /// The best model for a task, there or not, other than one.
    pub(crate) fn other(&self, task: &Task, lang: Option<&str>, than: &ModelId) -> Option<ModelInfo> {
        let entries = self.entries.borrow();
        let others = entries.iter().map(|entry| &entry.known).filter(|known| known.id != *than);
        catalog::best(others, task, lang).cloned()
    }

    /// Notes that an installation begins, which `cancel` stops.
    ///
    /// # Errors
    /// [`Error::Installing`] when it is under way already.
    pub(crate) fn begin(&self, id: &ModelId, name: &str, cancel: Cancel) -> Result<(), Error> {
        let state = ModelCardState::Installing { fraction: None };
        let mut installs = self.installs.borrow_mut();
        let under_way = |install: &Install| {
            install.id == *id && matches!(install.state, ModelCardState::Installing { .. })
        };
        if installs.iter().any(under_way) {
            return Err(Error::Installing(name.to_owned()));
        }
        installs.retain(|install| install.id != *id);
        installs.push(Install { id: id.clone(), name: name.to_owned(), cancel, state });
        Ok(())
    }

    /// Notes how far an installation has come.
    pub(crate) fn installing(&self, id: &ModelId, done: f32) {
        let fraction = done.is_finite().then_some(done);
        self.set(id, ModelCardState::Installing { fraction });
    }

    /// Notes how an installation ended: a failure stays until it is dismissed or tried again.
    pub(crate) fn end(&self, id: &ModelId, failure: Option<Failure>) {
        match failure {
            Some(failure) => self.set(id, ModelCardState::Failed { failure }),
            None => self.installs.borrow_mut().retain(|install| install.id != *id),
        }
    }

    /// Stops an installation, or dismisses its failure.
    pub(crate) fn stop(&self, id: &ModelId) {
        let mut installs = self.installs.borrow_mut();
        installs.iter().filter(|install| install.id == *id).for_each(|install| install.cancel.set());
        installs
            .retain(|install| install.id != *id || !matches!(install.state, ModelCardState::Failed { .. }));
    }

    /// Keeps a file that a view hands over.
    pub(crate) fn hand_over(&self, handle: String, file: web_sys::File) {
        self.files.borrow_mut().insert(handle, file);
    }

    /// The file that was handed over as `handle`. It takes another way than the request that names it: it may come later.
    ///
    /// # Errors
    /// [`Error::NotHandedOver`] when it does not come.
    pub(crate) async fn handed_over(&self, handle: &str) -> Result<web_sys::File, Error> {
        for _ in 0..HANDOVER {
            if let Some(file) = self.files.borrow_mut().remove(handle) {
                return Ok(file);
            }
            browser::sleep(100).await;
        }
        Err(Error::NotHandedOver)
    }

    fn set(&self, id: &ModelId, state: ModelCardState) {
        let mut installs = self.installs.borrow_mut();
        if let Some(install) = installs.iter_mut().find(|install| install.id == *id) {
            install.state = state;
        }
    }
}

impl Install {
    /// Of a file of which nothing is known yet.
    fn card(&self) -> ModelCard {
        ModelCard {
            id: self.id.clone(),
            name: self.name.clone(),
            family: String::new(),
            licence: None,
            languages: String::new(),
            good_for: String::new(),
            bytes: 0.0,
            sha256: String::new(),
            memory: 0.0,
            context: 0,
            source: self.id.clone(),
            packaged: false,
            state: self.state.clone(),
            abilities: Abilities::default(),
        }
    }
}
