use crate::fit::Room;
use crate::{CONTEXT, Presence, Stored};
use catalog::ModelInfo;
use protocol::{ModelCard, ModelCardState};

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
        update: catalog::newer_translator(info).map(|newer| newer.info.bytes as f64),
    }
}
