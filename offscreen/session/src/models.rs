//! The models there are: those of the catalogue and the reader's own, which of them are installed,
//! which are on the way, and which one does a task.

use crate::card::card;
use crate::{Cancel, Error};
use catalog::ModelInfo;
use protocol::{
    Abilities, Failure, ModelCard, ModelCardState, ModelId, Offer, OfferQuestion, OfferedModel, Task,
};

/// Every model, and where it is.
#[derive(Debug, Default)]
pub struct Models {
    entries: Vec<Entry>,
    /// Under way or failed.
    installs: Vec<Install>,
}

#[derive(Debug)]
struct Entry {
    info: ModelInfo,
    installed: bool,
    packaged: bool,
}

impl Entry {
    /// Whether a job can use it without asking the reader first.
    fn is_here(&self) -> bool {
        self.installed || self.packaged
    }
}

#[derive(Debug)]
struct Install {
    /// The model's; its address or file name while that is not known.
    id: ModelId,
    name: String,
    cancel: Cancel,
    state: ModelCardState,
}

impl Models {
    /// Replaces what was known of the models: each with whether it is installed, and whether the
    /// extension's package has it.
    pub fn set(&mut self, models: impl IntoIterator<Item = (ModelInfo, bool, bool)>) {
        let entry = |(info, installed, packaged)| Entry { info, installed, packaged };
        self.entries = models.into_iter().map(entry).collect();
    }

    /// What a person chooses from.
    #[must_use]
    pub fn cards(&self) -> Vec<ModelCard> {
        let state = |entry: &Entry| match self.install(&entry.info.id) {
            Some(install) => install.state.clone(),
            None if entry.installed => ModelCardState::Installed,
            None => ModelCardState::Available,
        };
        let is_new = |install: &&Install| self.entry(&install.id).is_none();
        let known =
            self.entries.iter().map(|entry| card(&entry.info, state(entry), entry.packaged, entry.is_here()));
        known.chain(self.installs.iter().filter(is_new).map(Install::card)).collect()
    }

    /// The model of this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&ModelInfo> {
        self.entry(id).map(|entry| &entry.info)
    }

    /// The model for a task: the one that is wanted, or else the best of those that are here.
    /// `lang` is the language of the text, as far as it is known.
    ///
    /// # Errors
    /// [`Error::NotInstalled`] with the one to install, [`Error::NoModel`] when there is none.
    pub fn choose(&self, task: &Task, lang: Option<&str>, wanted: Option<&str>) -> Result<&ModelInfo, Error> {
        if let Some(entry) = wanted.and_then(|id| self.entry(id)) {
            return if entry.is_here() { Ok(&entry.info) } else { Err(missing(&entry.info)) };
        }
        let here = self.entries.iter().filter(|entry| entry.is_here()).map(|entry| &entry.info);
        catalog::best(here, task, lang).ok_or_else(|| {
            let all = self.entries.iter().map(|entry| &entry.info);
            catalog::best(all, task, lang).map_or(Error::NoModel, missing)
        })
    }

    /// How well a task would be done if it were started now, and what would do it better: what
    /// [`Self::choose`] comes to, for a view to show.
    #[must_use]
    pub fn offer(&self, question: OfferQuestion) -> Offer {
        let OfferQuestion { key, task, model: wanted } = question;
        let ability = |info: &ModelInfo| info.profile().ability(&task, None);
        let (chosen, better) = match self.choose(&task, None, wanted.as_deref()) {
            Ok(info) => (Some(info), self.other(&task, None, &info.id)),
            Err(Error::NotInstalled { id, .. }) => (None, self.find(&id)),
            Err(_) => (None, None),
        };
        let reached = chosen.map(ability).unwrap_or_default();
        // What was wanted and is not here is to be got whatever it can do: so it was set.
        let instead = better.filter(|info| chosen.is_none() || ability(info) > reached);
        let named = |info: &ModelInfo| self.named(info);
        Offer { key, ability: reached, model: chosen.map(named), instead: instead.map(named) }
    }

    fn named(&self, info: &ModelInfo) -> OfferedModel {
        let here = self.entry(&info.id).is_some_and(Entry::is_here);
        OfferedModel { id: info.id.clone(), name: info.name.clone(), here }
    }

    /// The best model for a task, here or not, other than one.
    #[must_use]
    pub fn other(&self, task: &Task, lang: Option<&str>, than: &str) -> Option<&ModelInfo> {
        let others = self.entries.iter().map(|entry| &entry.info).filter(|info| info.id != than);
        catalog::best(others, task, lang)
    }

    /// Notes that an installation begins, which `cancel` stops.
    ///
    /// # Errors
    /// [`Error::Installing`] when it is under way already.
    pub fn begin_install(&mut self, id: &str, name: &str, cancel: Cancel) -> Result<(), Error> {
        let state = ModelCardState::Installing { fraction: None };
        if self.install(id).is_some_and(|install| matches!(install.state, ModelCardState::Installing { .. }))
        {
            return Err(Error::Installing(name.to_owned()));
        }
        self.installs.retain(|install| install.id != id);
        self.installs.push(Install { id: id.to_owned(), name: name.to_owned(), cancel, state });
        Ok(())
    }

    /// Notes how far an installation has come; NaN where its length is not known.
    pub fn installing(&mut self, id: &str, done: f32) {
        let fraction = done.is_finite().then_some(done);
        self.set_install(id, ModelCardState::Installing { fraction });
    }

    /// Notes how an installation ended: a failure stays until it is dismissed or tried again.
    pub fn end_install(&mut self, id: &str, failure: Option<Failure>) {
        match failure {
            Some(failure) => self.set_install(id, ModelCardState::Failed { failure }),
            None => self.installs.retain(|install| install.id != id),
        }
    }

    /// Stops an installation, or dismisses its failure.
    pub fn stop_install(&mut self, id: &str) {
        if let Some(install) = self.install(id) {
            install.cancel.set();
        }
        let failed = |install: &Install| matches!(install.state, ModelCardState::Failed { .. });
        self.installs.retain(|install| install.id != id || !failed(install));
    }

    fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.info.id == id)
    }

    fn install(&self, id: &str) -> Option<&Install> {
        self.installs.iter().find(|install| install.id == id)
    }

    fn set_install(&mut self, id: &str, state: ModelCardState) {
        if let Some(install) = self.installs.iter_mut().find(|install| install.id == id) {
            install.state = state;
        }
    }
}

fn missing(info: &ModelInfo) -> Error {
    Error::NotInstalled { name: info.name.clone(), id: info.id.clone() }
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
            here: false,
            state: self.state.clone(),
            abilities: Abilities::default(),
        }
    }
}
