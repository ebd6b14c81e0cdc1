//! The models there are: those of the catalogue and the reader's own, which of them are installed,
//! which are on the way, and which one does a task.

use crate::card::card;
use crate::{Cancel, Error, Presence, Stored, address};
use catalog::{ModelInfo, Route};
use protocol::{
    Abilities, Ability, Failure, ModelCard, ModelCardState, ModelId, ModelKind, Offer, OfferQuestion,
    OfferedModel, Task,
};

/// Every model, and where it is.
#[derive(Debug, Default)]
pub struct Models {
    entries: Vec<Entry>,
    /// Under way or failed.
    installs: Vec<Install>,
    /// SHA-256 of files that turned out to be damaged when they were opened.
    damaged: Vec<String>,
}

#[derive(Debug)]
struct Entry {
    info: ModelInfo,
    presence: Presence,
}

#[derive(Debug)]
struct Install {
    /// The model's; its address or file name while that is not known.
    id: ModelId,
    name: String,
    /// What the file's SHA-256 must be, if that is known.
    sha256: Option<String>,
    /// Where it is fetched from, if it is. It may hold a key: it is not shown, and never stored.
    address: Option<String>,
    cancel: Cancel,
    state: ModelCardState,
}

impl Models {
    /// Replaces what was known of the models.
    pub fn set(&mut self, models: impl IntoIterator<Item = (ModelInfo, Presence)>) {
        let entry = |(info, presence)| Entry { info, presence };
        self.entries = models.into_iter().map(entry).collect();
        self.mark_damaged();
    }

    /// Notes that a file turned out to be damaged.
    pub fn damage(&mut self, sha256: &str) {
        self.damaged.push(sha256.to_owned());
        self.mark_damaged();
    }

    /// Notes that a file was put there anew, or removed.
    pub(crate) fn replaced(&mut self, sha256: &str) {
        self.damaged.retain(|damaged| damaged != sha256);
    }

    /// Notes that the engine outlived a model; tells whether that is news.
    pub(crate) fn outlived(&mut self, id: &str) -> bool {
        let entry = self.entries.iter_mut().find(|entry| entry.info.id == id);
        entry.is_some_and(|entry| std::mem::take(&mut entry.presence.interrupted))
    }

    /// What there is of a model.
    #[must_use]
    pub fn presence(&self, id: &str) -> Presence {
        self.entry(id).map(|entry| entry.presence.clone()).unwrap_or_default()
    }

    fn mark_damaged(&mut self) {
        for Entry { info, presence } in &mut self.entries {
            if presence.stored == Stored::Whole && self.damaged.contains(&info.sha256) {
                presence.stored = Stored::Damaged;
            }
        }
    }

    /// What a person chooses from.
    #[must_use]
    pub fn cards(&self) -> Vec<ModelCard> {
        let state = |entry: &Entry| match self.install(&entry.info.id) {
            Some(install) => install.state.clone(),
            None => match entry.presence.stored {
                Stored::No => ModelCardState::Available,
                Stored::Whole => ModelCardState::Installed,
                Stored::Damaged => ModelCardState::Damaged { failure: (&broken(&entry.info)).into() },
            },
        };
        let is_new = |install: &&Install| self.entry(&install.id).is_none();
        let known = self.entries.iter().map(|entry| card(&entry.info, state(entry), &entry.presence));
        known.chain(self.installs.iter().filter(is_new).map(Install::card)).collect()
    }

    /// The model of this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&ModelInfo> {
        self.entry(id).map(|entry| &entry.info)
    }

    /// The model of the file with this SHA-256.
    pub(crate) fn find_file(&self, sha256: &str) -> Option<&ModelInfo> {
        self.infos().find(|info| info.sha256 == sha256)
    }

    /// What does a task: the model that is wanted, or else the best of those that are here. `lang`
    /// is the language of the text, as far as it is known.
    ///
    /// # Errors
    /// [`Error::NotInstalled`] with the one to install, [`Error::NoModel`] when there is none.
    pub fn choose(&self, task: &Task, lang: Option<&str>, wanted: Option<&str>) -> Result<Route<'_>, Error> {
        if let Some(entry) = wanted.and_then(|id| self.entry(id)) {
            let here = entry.presence.is_here();
            return if here { Ok(Route::direct(&entry.info)) } else { Err(missing(&entry.info)) };
        }
        let here = self.entries.iter().filter(|entry| entry.presence.is_here()).map(|entry| &entry.info);
        catalog::best(here, task, lang).ok_or_else(|| {
            let best = catalog::best(self.infos(), task, lang);
            best.map_or(Error::NoModel, |route| missing(self.first_missing(route)))
        })
    }

    /// How well a task would be done if it were started now, and what would do it better: what
    /// [`Self::choose`] comes to, for a view to show.
    #[must_use]
    pub fn offer(&self, question: OfferQuestion) -> Offer {
        let OfferQuestion { key, task, model: wanted } = question;
        let chosen = self.choose(&task, None, wanted.as_deref());
        let reached = chosen.as_ref().map(|route| route.ability(&task, None)).unwrap_or_default();
        let instead = match &chosen {
            Ok(route) => self.other(&task, None, route.first).filter(|(ability, _)| *ability > reached),
            // What was wanted and is not here is to be got whatever it can do: so it was set.
            Err(Error::NotInstalled { id, .. }) => self.find(id).map(|info| (reached, info)),
            Err(_) => None,
        };
        let model = chosen.ok().map(|route| {
            let name = route.models().map(|info| info.name.as_str()).collect::<Vec<_>>().join(", ");
            OfferedModel { name, ..self.named(route.first) }
        });
        Offer { key, ability: reached, model, instead: instead.map(|(_, info)| self.named(info)) }
    }

    fn named(&self, info: &ModelInfo) -> OfferedModel {
        let presence = self.presence(&info.id);
        OfferedModel {
            id: info.id.clone(),
            kind: info.kind(),
            name: info.name.clone(),
            here: presence.is_here(),
            bytes: info.bytes as f64,
            host: address::host(&info.source).map(str::to_owned),
        }
    }

    /// How well a task would be done by others than one model, here or not, and which of them to
    /// choose or to get first: of equals, one that is here.
    #[must_use]
    pub fn other(&self, task: &Task, lang: Option<&str>, than: &ModelInfo) -> Option<(Ability, &ModelInfo)> {
        let others = self.infos().filter(|info| info.id != than.id);
        let here = others.clone().filter(|info| self.presence(&info.id).is_here());
        let ability = |route: &Route<'_>| route.ability(task, lang);
        let best = catalog::best(others, task, lang)?;
        let here = catalog::best(here, task, lang).filter(|route| ability(route) == ability(&best));
        let route = here.unwrap_or(best);
        Some((ability(&route), self.first_missing(route)))
    }

    fn infos(&self) -> impl Iterator<Item = &ModelInfo> + Clone {
        self.entries.iter().map(|entry| &entry.info)
    }

    /// The first of a route's models that is not here; its first where all are.
    fn first_missing<'a>(&self, route: Route<'a>) -> &'a ModelInfo {
        let missing = route.models().find(|info| !self.presence(&info.id).is_here());
        missing.unwrap_or(route.first)
    }

    /// Notes that an installation begins, which `cancel` stops: of a file at `address` if it has
    /// one, and with this `sha256` if that is known.
    ///
    /// # Errors
    /// [`Error::Installing`] when it is under way already.
    pub fn begin_install(
        &mut self,
        (id, name): (&str, &str),
        address: Option<&str>,
        sha256: Option<&str>,
        cancel: Cancel,
    ) -> Result<(), Error> {
        let state = ModelCardState::Installing { fraction: None };
        if self.install(id).is_some_and(|install| matches!(install.state, ModelCardState::Installing { .. }))
        {
            return Err(Error::Installing(name.to_owned()));
        }
        self.installs.retain(|install| install.id != id);
        self.installs.push(Install {
            id: id.to_owned(),
            name: name.to_owned(),
            sha256: sha256.map(str::to_owned),
            address: address.map(str::to_owned),
            cancel,
            state,
        });
        Ok(())
    }

    /// The whole address of an installation that failed, by what of it is shown: for another try.
    pub(crate) fn whole_address(&self, id: &str) -> Option<&str> {
        self.install(id).and_then(|install| install.address.as_deref())
    }

    /// Notes how far an installation has come; NaN where its length is not known.
    pub fn installing(&mut self, id: &str, done: f32) {
        let fraction = done.is_finite().then_some(done);
        // A length that was announced may be a lie.
        let fraction = fraction.map(|fraction| fraction.clamp(0.0, 1.0));
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

fn broken(info: &ModelInfo) -> Error {
    Error::Broken { name: info.name.clone(), id: info.id.clone() }
}

fn missing(info: &ModelInfo) -> Error {
    Error::NotInstalled { name: info.name.clone(), id: info.id.clone() }
}

impl Install {
    /// Of a file of which nothing is known yet.
    fn card(&self) -> ModelCard {
        ModelCard {
            id: self.id.clone(),
            kind: ModelKind::Language,
            name: self.name.clone(),
            family: String::new(),
            licence: None,
            languages: String::new(),
            good_for: String::new(),
            bytes: 0.0,
            sha256: self.sha256.clone().unwrap_or_default(),
            memory: 0.0,
            context: 0,
            source: self.id.clone(),
            packaged: false,
            here: false,
            interrupted: false,
            state: self.state.clone(),
            abilities: Abilities::default(),
        }
    }
}
