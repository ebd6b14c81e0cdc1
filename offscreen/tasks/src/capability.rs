//! Which model can do what. The only place that knows.

use crate::words::primary_subtag;

/// Models with at least so many parameters write summaries; smaller ones invent (SmolLM2-135M: names and loops, whatever
/// the prompt), but can shorten a sentence.
const WRITES_FROM: u64 = 400_000_000;

/// How a summary is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Choose sentences without the model, let it shorten each, keep what stays true.
    Shorten,
    /// Let the model write points about each part of the page, keep what is grounded.
    Write,
}

/// What a model can be trusted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capability {
    /// How it summarises.
    pub method: Method,
    /// The languages it reads and writes (primary subtags); `None` for models of many languages.
    pub languages: Option<&'static [&'static str]>,
}

impl Capability {
    /// Of a model by its name (a file's `general.name` or file name) and its number of parameters.
    #[must_use]
    pub fn of(name: &str, parameters: u64) -> Self {
        let method = if parameters < WRITES_FROM { Method::Shorten } else { Method::Write };
        let english_only = name.to_lowercase().contains("smollm2");
        Self { method, languages: english_only.then_some(&["en"]) }
    }

    /// True when the model knows the language of this BCP 47 tag. Pages that declare none are taken for English.
    #[must_use]
    pub fn speaks(&self, tag: Option<&str>) -> bool {
        let primary = tag.map(primary_subtag).filter(|primary| !primary.is_empty());
        self.languages.is_none_or(|known| known.contains(&primary.as_deref().unwrap_or("en")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiny_models_shorten_and_larger_ones_write() {
        let smol = Capability::of("SmolLM2 135M Instruct", 134_515_008);
        assert_eq!(smol.method, Method::Shorten);
        assert!(
            smol.speaks(Some("en-US"))
                && smol.speaks(None)
                && smol.speaks(Some(""))
                && !smol.speaks(Some("de"))
        );
        let qwen = Capability::of("Qwen2.5 0.5B Instruct", 494_032_768);
        assert_eq!(qwen.method, Method::Write);
        assert!(qwen.speaks(Some("de")));
    }
}
