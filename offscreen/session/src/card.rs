use crate::fit::Room;
use crate::{CONTEXT, Presence, Stored};
use catalog::ModelInfo;
use protocol::{Abilities, Fit, ModelCard, ModelCardState, ModelId, ModelKind};

/// Whether a model is one of the library that is not here: its length is an estimate, and nobody
/// measured what it does.
pub(crate) fn is_estimated(info: &ModelInfo, presence: &Presence) -> bool {
    presence.stored == Stored::No && catalog::find_published(&info.sha256).is_some()
}

/// A model as a person chooses it: where it stands, and what there is of it.
pub(crate) fn card(info: &ModelInfo, state: ModelCardState, presence: &Presence, room: &Room) -> ModelCard {
    // All of it as a note says, which may say anything.
    let cache = decoder::cache_bytes(info.cached_values.into(), CONTEXT);
    ModelCard {
        id: info.id.clone(),
        kind: info.kind(),
        name: info.name.clone(),
        family: info.family.clone(),
        licence: info.licence.clone(),
        languages: info.languages.clone(),
        good_for: info.good_for.clone(),
        bytes: info.bytes as f64,
        sha256: info.sha256.clone(),
        memory: info.bytes.saturating_add(cache) as f64,
        fit: room.fit(info),
        estimated: is_estimated(info, presence),
        context: info.context,
        source: info.source.clone(),
        packaged: presence.packaged,
        here: presence.is_here(),
        interrupted: presence.interrupted,
        state,
        abilities: info.profile().abilities(),
        speed: None,
        update: catalog::newer(info).map(|newer| newer.bytes as f64),
    }
}

/// Of a file of which nothing is known yet.
pub(crate) fn new_card(
    id: &ModelId,
    name: &str,
    sha256: Option<&String>,
    state: ModelCardState,
) -> ModelCard {
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
        speed: None,
        update: None,
    }
}
