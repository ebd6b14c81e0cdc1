//! The models there are: those of the catalogue and the reader's own, which of them are installed,
//! which are on the way, and which one does a task.

use crate::card::{card, is_estimated};
use crate::install_request::last_part;
use crate::{Cancel, Error, InstallRequest, Journal, Presence, Room, Stored, Transfer, address};
use catalog::{ModelInfo, Route};
use protocol::{
    Abilities, Ability, Failure, Fit, InstallStep, ModelCard, ModelCardState, ModelId, ModelKind, Offer,
    OfferQuestion, OfferedModel, Task,
};

/// Every model, and where it is.
#[derive(Debug, Default)]
pub struct Models {
    entries: Vec<Entry>,
    /// Under way or failed.
    installs: Vec<Install>,
    /// What has come of files that did not come to their end. Their models' ids are their addresses.
    parts: Vec<Journal>,
    /// Addresses in full of what was not installed yet, by what of them is shown. They may hold
    /// keys: they are not shown, and never stored.
    addresses: Vec<(ModelId, String)>,
    /// What there is for a model.
    room: Room,
    /// SHA-256 of files that turned out to be damaged when they were opened.
    damaged: Vec<String>,
}

#[derive(Debug)]
struct Entry {
    info: ModelInfo,
    presence: Presence,
}

impl Entry {
    /// Whether it is on a server of the reader's.
    fn is_served(&self) -> bool {
        self.presence.server.is_some()
    }
}

#[derive(Debug)]
struct Install {
    /// The model's; its address or file name while that is not known.
    id: ModelId,
    name: String,
    /// What the file's SHA-256 must be, if that is known.
    sha256: Option<String>,
    cancel: Cancel,
    /// Whether nothing of it is to remain when it has stopped.
    is_discarded: bool,
    /// How it ended, if it failed.
    failure: Option<Failure>,
    transfer: Transfer,
}

impl Models {
    /// Replaces what was known of the models.
    pub fn set(&mut self, models: impl IntoIterator<Item = (ModelInfo, Presence)>) {
        let entry = |(info, presence)| Entry { info, presence };
        self.entries = models.into_iter().map(entry).collect();
        self.mark_damaged();
    }

    /// Replaces what was known of files that did not come to their end.
    pub fn set_parts(&mut self, parts: Vec<Journal>) {
        self.parts = parts;
    }

    /// Replaces what was known of the room that there is; tells whether that is news.
    pub fn set_room(&mut self, room: Room) -> bool {
        std::mem::replace(&mut self.room, room) != room
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
        let state = |entry: &Entry| match (self.install(&entry.info.id), &entry.presence.server) {
            (_, Some(served)) => ModelCardState::OnServer { served: served.view() },
            (Some(install), None) => self.install_state(install),
            (None, None) => match entry.presence.stored {
                Stored::No if !self.parts_of(&entry.info.id).is_empty() => self.paused(&entry.info.id, None),
                Stored::No => ModelCardState::Available,
                Stored::Whole => ModelCardState::Installed,
                Stored::Damaged => ModelCardState::Damaged { failure: (&broken(&entry.info)).into() },
            },
        };
        let is_new = |install: &&Install| self.entry(&install.id).is_none();
        // What a server has takes nothing here.
        let endless = Room::default();
        let room = |entry: &Entry| if entry.is_served() { &endless } else { &self.room };
        let known = self.entries.iter();
        let known = known.map(|entry| card(&entry.info, state(entry), &entry.presence, room(entry)));
        let new = self.installs.iter().filter(is_new);
        let new = new.map(|install| {
            new_card(&install.id, &install.name, install.sha256.as_ref(), self.install_state(install))
        });
        let is_own = |part: &&Journal| {
            self.install(&part.address).is_none()
                && self.entry(&part.address).is_none()
                && self.entries.iter().all(|entry| !is_of(part, &entry.info))
        };
        let waiting = self.parts.iter().filter(is_own);
        let waiting = waiting.map(|part| {
            new_card(
                &part.address,
                last_part(&part.address),
                part.sha256.as_ref(),
                self.paused(&part.address, None),
            )
        });
        known.chain(new).chain(waiting).collect()
    }

    fn install_state(&self, install: &Install) -> ModelCardState {
        let Install { id, failure, transfer: Transfer { bytes, total, step }, .. } = install;
        let parts = self.parts_of(id);
        match (failure, &parts[..]) {
            (None, _) => ModelCardState::Installing {
                bytes: *bytes as f64,
                total: total.map(|total| total as f64),
                step: *step,
            },
            (Some(failure), []) => ModelCardState::Failed { failure: failure.clone() },
            (Some(failure), _) => self.paused(id, Some(failure.clone())),
        }
    }

    /// Of a model of whose files a part has come.
    fn paused(&self, id: &str, failure: Option<Failure>) -> ModelCardState {
        let parts = self.parts_of(id);
        let entry = self.entry(id).filter(|entry| !is_estimated(&entry.info, &entry.presence));
        let stated = parts.first().and_then(|part| part.bytes);
        let total = entry.map(|entry| entry.info.bytes).or(stated);
        ModelCardState::Paused {
            bytes: parts.iter().map(|part| part.verified()).sum::<u64>() as f64,
            total: total.map(|bytes| bytes as f64),
            needs_address: parts.iter().any(|part| part.keyed) && self.whole_address(id).is_none(),
            failure,
        }
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

    /// What does a task: the model that is wanted, or else the best of those that are here: never one on
    /// a server, which only the reader chooses. `lang`
    /// is the language of the text, as far as it is known.
    ///
    /// # Errors
    /// [`Error::NotInstalled`] with the one to install, [`Error::NoModel`] when there is none.
    pub fn choose(&self, task: &Task, lang: Option<&str>, wanted: Option<&str>) -> Result<Route<'_>, Error> {
        if let Some(entry) = wanted.and_then(|id| self.entry(id)) {
            let here = entry.presence.is_here();
            return if here { Ok(Route::direct(&entry.info)) } else { Err(missing(&entry.info)) };
        }
        let here = self.entries.iter().filter(|entry| entry.presence.is_here() && !entry.is_served());
        let here = here.map(|entry| &entry.info);
        let fitting = here.clone().filter(|info| self.has_room(info));
        if let Some(route) = catalog::best(fitting, task, lang) {
            return Ok(route);
        }
        match catalog::best(self.advised(), task, lang) {
            Some(route) => Err(missing(self.first_missing(route))),
            // Where it has no room, it says what it would take.
            None => catalog::best(here, task, lang).ok_or(Error::NoModel),
        }
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
        let others = self.advised().filter(|info| info.id != than.id);
        let here = others.clone().filter(|info| self.presence(&info.id).is_here());
        let ability = |route: &Route<'_>| route.ability(task, lang);
        let best = catalog::best(others, task, lang)?;
        let here = catalog::best(here, task, lang).filter(|route| ability(route) == ability(&best));
        let route = here.unwrap_or(best);
        Some((ability(&route), self.first_missing(route)))
    }

    fn infos(&self) -> impl Iterator<Item = &ModelInfo> {
        self.entries.iter().map(|entry| &entry.info)
    }

    /// The models that are named where those that are here do not do: not the library's, of which
    /// nobody knows whether they do better, and none on a server.
    fn advised(&self) -> impl Iterator<Item = &ModelInfo> + Clone {
        let is_advised = |entry: &&Entry| !entry.is_served() && !is_estimated(&entry.info, &entry.presence);
        let advised = self.entries.iter().filter(is_advised);
        advised.map(|entry| &entry.info).filter(|info| self.has_room(info))
    }

    fn has_room(&self, info: &ModelInfo) -> bool {
        !matches!(self.room.fit(info), Fit::TooLarge { .. })
    }

    /// An error that a model has no room, with its name and that of the largest that has; any other as
    /// it is.
    pub(crate) fn with_smaller(&self, error: Error, info: &ModelInfo) -> Error {
        match error {
            Error::NoFit { needs, has, .. } => {
                let instead = self.largest_that_fits().filter(|(_, id)| *id != info.id);
                Error::NoFit { name: info.name.clone(), needs, has, instead }
            }
            other => other,
        }
    }

    /// Name and id of the largest model that fits the processor's memory and writes any text: of those
    /// that are here, else of all.
    fn largest_that_fits(&self) -> Option<(String, ModelId)> {
        let is_fit = |entry: &&Entry| {
            !entry.is_served()
                && entry.info.kind() == ModelKind::Language
                && entry.info.parameters > 0
                && self.room.fit(&entry.info) == Fit::Fits
        };
        let fit = self.entries.iter().filter(is_fit);
        let here = fit.clone().filter(|entry| entry.presence.is_here());
        let largest = here.max_by_key(|entry| entry.info.bytes);
        let largest = largest.or_else(|| fit.max_by_key(|entry| entry.info.bytes));
        largest.map(|entry| (entry.info.name.clone(), entry.info.id.clone()))
    }

    /// The first of a route's models that is not here; its first where all are.
    fn first_missing<'a>(&self, route: Route<'a>) -> &'a ModelInfo {
        let missing = route.models().find(|info| !self.presence(&info.id).is_here());
        missing.unwrap_or(route.first)
    }

    /// Notes that an installation begins, which `cancel` stops.
    ///
    /// # Errors
    /// [`Error::Installing`] when one of the same model, or of the same file, is under way already.
    pub fn begin_install<U>(&mut self, request: &InstallRequest<U>, cancel: Cancel) -> Result<(), Error> {
        let InstallRequest { id, name, expected, .. } = request;
        let is_same = |install: &&Install| {
            install.id == *id || install.sha256.is_some() && install.sha256 == expected.sha256
        };
        if let Some(same) = self.installs.iter().filter(|install| install.failure.is_none()).find(is_same) {
            return Err(Error::Installing(same.name.clone()));
        }
        self.installs.retain(|install| install.id != *id);
        if let Some(address) = request.address() {
            self.addresses.retain(|(known, _)| known != id);
            self.addresses.push((id.clone(), address.to_owned()));
        }
        self.installs.push(Install {
            id: id.clone(),
            name: name.clone(),
            sha256: expected.sha256.clone(),
            cancel,
            is_discarded: false,
            failure: None,
            transfer: Transfer { bytes: 0, total: expected.bytes, step: InstallStep::Fetching },
        });
        Ok(())
    }

    /// The whole address of a file that was not installed, by what of it is shown: for another try.
    pub(crate) fn whole_address(&self, id: &str) -> Option<&str> {
        self.addresses.iter().find(|(known, _)| known == id).map(|(_, address)| &address[..])
    }

    /// Notes how far an installation has come.
    pub fn installing(&mut self, id: &str, transfer: Transfer) {
        if let Some(install) = self.installs.iter_mut().find(|install| install.id == id) {
            install.transfer = transfer;
        }
    }

    /// Notes how an installation ended: a failure stays until it is dismissed or tried again.
    pub fn end_install(&mut self, id: &str, failure: Option<Failure>) {
        if failure.is_none() {
            self.installs.retain(|install| install.id != id);
        } else if let Some(install) = self.installs.iter_mut().find(|install| install.id == id) {
            install.failure = failure;
        }
        if self.install(id).is_none() && self.parts_of(id).is_empty() {
            self.addresses.retain(|(known, _)| known != id);
        }
    }

    /// Stops an installation, or dismisses its failure.
    pub fn stop_install(&mut self, id: &str) {
        if let Some(install) = self.install(id) {
            install.cancel.set();
        }
        self.installs.retain(|install| install.id != id || install.failure.is_none());
    }

    /// The same, and nothing of it is to remain. Tells whether it is under way still: then it has to
    /// end first.
    pub fn discard(&mut self, id: &str) -> bool {
        self.stop_install(id);
        let install = self.installs.iter_mut().find(|install| install.id == id);
        install.map(|install| install.is_discarded = true).is_some()
    }

    /// Whether nothing is to remain of an installation that has ended now.
    #[must_use]
    pub fn is_discarded(&self, id: &str) -> bool {
        self.install(id).is_some_and(|install| install.is_discarded)
    }

    /// What has come of a model's files: of its own address, or of those of the catalogue.
    #[must_use]
    pub fn parts_of(&self, id: &str) -> Vec<&Journal> {
        let info = self.find(id);
        let is_its = |part: &&Journal| part.address == id || info.is_some_and(|info| is_of(part, info));
        self.parts.iter().filter(is_its).collect()
    }

    /// Where they are from, as it is shown.
    pub(crate) fn addresses_of(&self, id: &str) -> Vec<String> {
        self.parts_of(id).iter().map(|part| part.address.clone()).collect()
    }

    fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.info.id == id)
    }

    fn install(&self, id: &str) -> Option<&Install> {
        self.installs.iter().find(|install| install.id == id)
    }
}

fn broken(info: &ModelInfo) -> Error {
    Error::Broken { name: info.name.clone(), id: info.id.clone() }
}

fn missing(info: &ModelInfo) -> Error {
    Error::NotInstalled { name: info.name.clone(), id: info.id.clone() }
}

/// Whether a part is of a file of this translator's.
fn is_of(part: &Journal, info: &ModelInfo) -> bool {
    let translator = catalog::find_translator(&info.sha256);
    translator.is_some_and(|one| one.files.iter().any(|file| address::shown(&file.address) == part.address))
}

/// Of a file of which nothing is known yet.
fn new_card(id: &ModelId, name: &str, sha256: Option<&String>, state: ModelCardState) -> ModelCard {
    ModelCard {
        id: id.clone(),
        kind: ModelKind::Language,
        name: name.to_owned(),
        family: String::new(),
        licence: None,
        languages: String::new(),
        good_for: String::new(),
        bytes: 0.0,
        sha256: sha256.cloned().unwrap_or_default(),
        memory: 0.0,
        fit: Fit::Fits,
        estimated: false,
        context: 0,
        source: id.clone(),
        packaged: false,
        here: false,
        interrupted: false,
        state,
        abilities: Abilities::default(),
    }
}
