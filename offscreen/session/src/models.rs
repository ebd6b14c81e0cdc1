//! The models there are: those of the catalogue and the reader's own, which of them are installed,
//! which are on the way, and which one does a task.

mod tended;
mod unused;

use crate::card::{card, is_estimated, new_card};
use crate::install_request::last_part;
use crate::stored::files_of;
use crate::{
    Cancel, Damage, Error, InstallRequest, Journal, Presence, Room, Speed, Stored, StoredFile, Stray,
    Transfer, address,
};
use catalog::{ModelInfo, Route};
use protocol::{
    Ability, Failure, Fit, InstallStep, ModelCard, ModelCardState, ModelId, ModelKind, Offer, OfferQuestion,
    OfferedModel, Task,
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
    /// What turned out to be damaged of installed files.
    damaged: Vec<Damage>,
    /// SHA-256 of installed files that were looked through, and are whole.
    checked: Vec<String>,
    /// Every installed file.
    files: Vec<StoredFile>,
    /// What is stored beside all that is known.
    strays: Vec<Stray>,
    /// How fast models were here, by the SHA-256 of their files.
    speeds: Vec<(String, Speed)>,
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

/// What is being done to a model's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    /// They are fetched.
    Install,
    /// They are looked through.
    Check,
    /// What is damaged of them is fetched.
    Repair,
}

#[derive(Debug)]
struct Install {
    /// The model's; its address or file name while that is not known.
    id: ModelId,
    name: String,
    /// What the file's SHA-256 must be, if that is known.
    sha256: Option<String>,
    doing: Doing,
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

    /// Replaces what was known of what is stored.
    pub fn set_files(&mut self, files: Vec<StoredFile>, strays: Vec<Stray>) {
        (self.files, self.strays) = (files, strays);
    }

    /// Replaces what was known of how fast models are here.
    pub fn set_speeds(&mut self, speeds: Vec<(String, Speed)>) {
        self.speeds = speeds;
    }

    /// Notes how fast a job was done with a model; gives how fast it is after all.
    pub(crate) fn note_speed(&mut self, sha256: &str, per_second: f32) -> Speed {
        let known = self.speeds.iter().position(|(of, _)| of == sha256);
        let (_, mut speed) = known.map(|at| self.speeds.swap_remove(at)).unwrap_or_default();
        speed.note(per_second);
        self.speeds.push((sha256.to_owned(), speed.clone()));
        speed
    }

    fn speed(&self, info: &ModelInfo) -> Option<f32> {
        self.speeds.iter().find(|(sha256, _)| *sha256 == info.sha256).and_then(|(_, speed)| speed.median())
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

    /// What a person chooses from.
    #[must_use]
    pub fn cards(&self) -> Vec<ModelCard> {
        let state = |entry: &Entry| match (self.install(&entry.info.id), &entry.presence.server) {
            (_, Some(served)) => ModelCardState::OnServer { served: served.view() },
            (Some(install), None) => self.install_state(install),
            (None, None) => match entry.presence.stored {
                Stored::No if !self.parts_of(&entry.info.id).is_empty() => self.paused(&entry.info.id, None),
                Stored::No => ModelCardState::Available,
                Stored::Whole => ModelCardState::Installed { checked: self.is_checked(&entry.info) },
                Stored::Damaged => self.damaged_state(entry, None),
            },
        };
        let is_new = |install: &&Install| self.entry(&install.id).is_none();
        // What a server has takes nothing here.
        let endless = Room::default();
        let room = |entry: &Entry| if entry.is_served() { &endless } else { &self.room };
        let known = self.entries.iter();
        let known = known.map(|entry| {
            let speed = self.speed(&entry.info).map(f64::from);
            ModelCard { speed, ..card(&entry.info, state(entry), &entry.presence, room(entry)) }
        });
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
        let Install { id, failure, doing, transfer: Transfer { bytes, total, step }, .. } = install;
        if let Some(entry) = self.entry(id).filter(|_| *doing != Doing::Install) {
            return self.tended_state(entry, install);
        }
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
        let is_known = |Entry { info, presence }: &&Entry| {
            !is_estimated(info, presence) && catalog::newer_published(info).is_none()
        };
        let entry = self.entry(id).filter(is_known);
        let stated = parts.first().and_then(|part| part.bytes);
        let total = entry.map(|entry| entry.info.bytes).or(stated);
        // Of a translator some files may be complete.
        let files = entry.map(|entry| files_of(&entry.info)).unwrap_or_default();
        let complete = files.iter().filter(|file| self.files.contains(file)).map(|file| file.bytes);
        let come = parts.iter().map(|part| part.verified());
        ModelCardState::Paused {
            bytes: complete.chain(come).sum::<u64>() as f64,
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
            is_served: presence.server.is_some(),
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
    /// [`Error::Installing`] when one of the same model, or of the same file, is under way already,
    /// [`Error::Tending`] when it is being checked or repaired.
    pub fn begin_install<U>(&mut self, request: &InstallRequest<U>, cancel: Cancel) -> Result<(), Error> {
        let InstallRequest { id, name, expected, .. } = request;
        self.begin(Install {
            id: id.clone(),
            name: name.clone(),
            sha256: expected.sha256.clone(),
            doing: Doing::Install,
            cancel,
            is_discarded: false,
            failure: None,
            transfer: Transfer { bytes: 0, total: expected.bytes, step: InstallStep::Fetching },
        })?;
        if let Some(address) = request.address() {
            self.addresses.retain(|(known, _)| known != id);
            self.addresses.push((id.clone(), address.to_owned()));
        }
        Ok(())
    }

    fn begin(&mut self, install: Install) -> Result<(), Error> {
        let is_same = |other: &&Install| {
            other.id == install.id || other.sha256.is_some() && other.sha256 == install.sha256
        };
        if let Some(same) = self.installs.iter().filter(|other| other.failure.is_none()).find(is_same) {
            return Err(match same.doing {
                Doing::Install => Error::Installing(same.name.clone()),
                Doing::Check | Doing::Repair => Error::Tending(same.name.clone()),
            });
        }
        self.installs.retain(|other| other.id != install.id);
        self.installs.push(install);
        Ok(())
    }

    /// The whole address of a file that was not installed, by what of it is shown: for another try.
    pub(crate) fn whole_address(&self, id: &str) -> Option<&str> {
        self.addresses.iter().find(|(known, _)| known == id).map(|(_, address)| &address[..])
    }

    /// Notes how far an installation has come; tells whether that is more than bytes: its next step.
    pub fn installing(&mut self, id: &str, transfer: Transfer) -> bool {
        let Some(install) = self.installs.iter_mut().find(|install| install.id == id) else { return false };
        std::mem::replace(&mut install.transfer, transfer).step != transfer.step
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

    /// The same of all that is under way. Gives the ids of all models.
    pub(crate) fn discard_all(&mut self) -> Vec<ModelId> {
        let under_way: Vec<ModelId> = self.installs.iter().map(|install| install.id.clone()).collect();
        for id in &under_way {
            self.discard(id);
        }
        self.infos().map(|info| info.id.clone()).collect()
    }

    /// Forgets what was found of files, for there are none any more.
    pub(crate) fn forget_files(&mut self) {
        self.damaged.clear();
        self.checked.clear();
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

fn missing(info: &ModelInfo) -> Error {
    Error::NotInstalled { name: info.name.clone(), id: info.id.clone() }
}

/// Whether a part is of a file of this translator's, or of a model's newest version.
fn is_of(part: &Journal, info: &ModelInfo) -> bool {
    if catalog::newer_published(info).is_some_and(|newer| newer.source == part.address) {
        return true;
    }
    let versions = [catalog::find_translator(&info.sha256), catalog::newer_translator(info)];
    let mut files = versions.into_iter().flatten().flat_map(|one| &one.files);
    files.any(|file| address::shown(&file.address) == part.address)
}
