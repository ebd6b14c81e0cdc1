use protocol::ModelId;

/// A file to be installed.
#[derive(Clone, Debug)]
pub struct InstallRequest<U> {
    /// Its model's id; its address or file name while that is not known.
    pub id: ModelId,
    /// As it is called meanwhile.
    pub name: String,
    /// Where its bytes are.
    pub origin: Origin<U>,
    /// What kind of file it is.
    pub format: Format,
    /// What it must be.
    pub expected: Expected,
    /// Where it comes from, in words.
    pub source: String,
}

/// The kinds of file that models come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A language model.
    Gguf,
    /// A part of a translator. It is kept as it comes: so the catalogue's SHA-256 tells at any time
    /// whether it is whole.
    Gzip,
}

impl Format {
    /// The bytes that every such file begins with.
    #[must_use]
    pub fn magic(self) -> &'static [u8] {
        match self {
            Self::Gguf => b"GGUF",
            Self::Gzip => &[0x1f, 0x8b],
        }
    }
}

/// Where a file's bytes are.
#[derive(Clone, Debug)]
pub enum Origin<U> {
    /// In the extension's package, under this name.
    Package(String),
    /// At an address that [`crate::address`] allows.
    Address(String),
    /// In the hands of a view.
    Upload(U),
}

/// What a file must be; nothing where nothing is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Its length.
    pub bytes: Option<u64>,
    /// Its SHA-256, in lower-case hexadecimal.
    pub sha256: Option<String>,
}

impl<U> InstallRequest<U> {
    /// Where it is fetched from, if it is.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        if let Origin::Address(url) = &self.origin { Some(url) } else { None }
    }

    /// The file's name, as far as it shows.
    #[must_use]
    pub fn file_name(&self) -> &str {
        match &self.origin {
            Origin::Package(file) => file,
            Origin::Address(url) => last_part(url),
            Origin::Upload(_) => &self.name,
        }
    }
}

/// The last part of an address's path.
pub(crate) fn last_part(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default()
}
