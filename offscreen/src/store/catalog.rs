//! The models that Sotto knows.

/// A model file, as it was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CatalogEntry {
    /// The name shown.
    pub(crate) name: &'static str,
    /// Name of the file in the package.
    pub(crate) file: &'static str,
    /// Its length.
    pub(crate) bytes: u64,
    /// Its SHA-256, in lower-case hexadecimal.
    pub(crate) sha256: &'static str,
    /// Number of weights of the model.
    pub(crate) parameters: u64,
}

/// The packaged model: SmolLM2-135M-Instruct (English; Apache-2.0), <https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct>.
pub(crate) const DEFAULT: CatalogEntry = CatalogEntry {
    name: "SmolLM2-135M-Instruct",
    file: "SmolLM2-135M-Instruct.Q4_1.gguf",
    bytes: 98_362_432,
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    parameters: 134_515_008,
};
