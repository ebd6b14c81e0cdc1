use catalog::ModelInfo;
use kernels::simd::Pool;
use protocol::DeviceInfo;
use std::rc::Rc;
use tasks::Leg;
use translator::Translator;

/// A translator, ready to translate.
pub(crate) struct LoadedTranslator {
    pub(crate) info: ModelInfo,
    pub(crate) known: &'static catalog::Translator,
    pub(crate) translator: Translator,
    /// Milliseconds it took.
    pub(crate) load_ms: f64,
}

/// What a translation needs.
pub(crate) struct LoadedTranslators {
    /// One, or two of which the second translates what the first wrote.
    pub(crate) translators: Vec<Rc<LoadedTranslator>>,
    /// The threads that they work on.
    pub(crate) pool: &'static Pool,
    /// As it is told to the reader.
    pub(crate) device: DeviceInfo,
}

impl LoadedTranslators {
    /// As the tasks take them.
    pub(crate) fn legs(&self) -> Vec<Leg<'_>> {
        let legs = self.translators.iter().map(|loaded| Leg {
            translator: &loaded.translator,
            from: &loaded.known.from,
            to: &loaded.known.to,
        });
        legs.collect()
    }

    /// What they are called together.
    pub(crate) fn name(&self) -> String {
        self.translators.iter().map(|loaded| loaded.info.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Milliseconds that loading them took.
    pub(crate) fn load_ms(&self) -> f64 {
        self.translators.iter().map(|loaded| loaded.load_ms).sum()
    }
}
