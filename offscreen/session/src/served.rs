use crate::{CONTEXT, address, hex};
use catalog::{ModelInfo, NOT_MEASURED, WRITES_FROM};
use protocol::{ModelId, ServedModel, ServerPlace};
use serde::{Deserialize, Serialize};
use server::Endpoint;
use sha2::{Digest, Sha256};

/// The most tokens of room that are made use of: longer prompts take longer than readers wait.
const MOST_CONTEXT: u32 = 8192;

/// The fewest that anything can be done with.
const LEAST_CONTEXT: u32 = 512;

/// A model on a server of the reader's, as it was when it was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// Where it is asked.
    pub endpoint: Endpoint,
    /// Its name there.
    pub model: String,
    /// Tokens that the server says it has room for.
    pub context: Option<u32>,
    /// The number of its weights, where the server tells.
    pub parameters: Option<u64>,
}

/// As it is kept.
#[derive(Deserialize, Serialize)]
struct Note {
    address: String,
    model: String,
    context: Option<u32>,
    parameters: Option<u64>,
}

impl Served {
    /// What was kept of one; none of what cannot be read, or names a place that text is not sent to.
    #[must_use]
    pub fn from_json(note: &[u8]) -> Option<Self> {
        let Note { address, model, context, parameters } = serde_json::from_slice(note).ok()?;
        Some(Self { endpoint: endpoint(&address)?, model, context, parameters })
    }

    /// As it is kept.
    #[must_use]
    pub fn to_json(&self) -> String {
        let Self { endpoint, model, context, parameters } = self.clone();
        let note = Note { address: endpoint.address(), model, context, parameters };
        // Texts and numbers can always be written.
        serde_json::to_string(&note).unwrap_or_default()
    }

    /// By what it is known.
    #[must_use]
    pub fn id(&self) -> ModelId {
        hex(Sha256::new().chain_update(format!("{}\n{}", self.endpoint.address(), self.model)))
    }

    /// Tokens for a prompt and its answer: what the server says, else what Sotto's own models have.
    pub(crate) fn room(&self) -> u32 {
        let assumed = u32::try_from(CONTEXT).unwrap_or(MOST_CONTEXT);
        self.context.unwrap_or(assumed).clamp(LEAST_CONTEXT, MOST_CONTEXT)
    }

    /// It as a model among others. One of which nobody says how large it is is taken for one that
    /// writes: readers have servers for such.
    pub(crate) fn info(&self) -> ModelInfo {
        let room = match self.context {
            Some(_) => String::new(),
            None => format!(
                " The server does not say how much it reads at once: {} tokens are taken for granted.",
                self.room()
            ),
        };
        ModelInfo {
            id: self.id(),
            name: format!("{} ({})", self.model, self.endpoint.host()),
            family: String::new(),
            licence: None,
            languages: String::new(),
            good_for: format!("{NOT_MEASURED}{room}"),
            bytes: 0,
            sha256: String::new(),
            parameters: self.parameters.unwrap_or(WRITES_FROM),
            chats: true,
            context: self.room(),
            cached_values: 0,
            source: self.endpoint.address(),
        }
    }

    /// As views show it.
    pub(crate) fn view(&self) -> ServedModel {
        ServedModel { model: self.model.clone(), place: place(&self.endpoint) }
    }
}

/// A server's place as views show it.
pub(crate) fn place(endpoint: &Endpoint) -> ServerPlace {
    ServerPlace {
        address: endpoint.address(),
        host: endpoint.host().to_owned(),
        is_local: endpoint.is_local(),
        pattern: endpoint.pattern(),
    }
}

/// Where the server at an address is asked, if it is one that may be connected to, as a browser writes
/// it.
pub(crate) fn endpoint(address: &str) -> Option<Endpoint> {
    let endpoint = Endpoint::new(address)?;
    address::is_allowed(&format!("{}:", endpoint.scheme()), endpoint.name()).then_some(endpoint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalog::Method;
    use protocol::Ability;

    fn served(address: &str, context: Option<u32>, parameters: Option<u64>) -> Served {
        Served {
            endpoint: Endpoint::new(address).unwrap(),
            model: "qwen3:8b".to_owned(),
            context,
            parameters,
        }
    }

    #[test]
    fn what_is_kept_is_what_was_added() {
        let one = served("http://localhost:11434", Some(4096), None);
        assert_eq!(Served::from_json(one.to_json().as_bytes()), Some(one.clone()));
        let other = Served { model: "qwen3:4b".to_owned(), ..one.clone() };
        assert_ne!(one.id(), other.id());
        assert_ne!(one.id(), served("http://localhost:11435", None, None).id());
    }

    #[test]
    fn a_note_cannot_name_a_place_that_text_is_not_sent_to() {
        let note = |address: &str| {
            format!("{{\"address\":\"{address}\",\"model\":\"m\",\"context\":null,\"parameters\":null}}")
        };
        assert!(Served::from_json(note("https://example.org/v1").as_bytes()).is_some());
        for address in ["http://example.org/v1", "http://192.168.1.5:11434/v1", "file:///v1", ""] {
            assert_eq!(Served::from_json(note(address).as_bytes()), None, "{address}");
        }
        assert_eq!(Served::from_json(b"{}"), None);
    }

    #[test]
    fn nothing_of_it_is_trusted_with_more_than_experiments() {
        for parameters in [None, Some(0), Some(134_515_008), Some(u64::MAX)] {
            let info = served("http://localhost:11434", None, parameters).info();
            assert!(info.profile().summarize == Ability::Experimental);
            let writes = parameters != Some(0) && parameters != Some(134_515_008);
            assert_eq!(info.profile().method == Method::Write, writes, "{parameters:?}");
        }
    }

    #[test]
    fn the_room_is_what_the_server_says_within_reason() {
        let room = |context| served("http://localhost:11434", context, None).room();
        assert_eq!(
            (room(None), room(Some(0)), room(Some(4096)), room(Some(u32::MAX))),
            (2048, 512, 4096, 8192)
        );
        let says = |context| served("http://localhost:11434", context, None).info().good_for;
        assert!(
            says(None).contains("2048 tokens are taken for granted") && !says(Some(4096)).contains("tokens")
        );
    }
}
