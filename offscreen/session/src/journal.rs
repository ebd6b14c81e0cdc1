use crate::{Answer, address};
use std::fmt::Write;

/// Bytes of a file that are written down at once as having come: what is fetched twice after an
/// interruption is less than that.
pub const CHUNK: u64 = 4 << 20;

/// The largest file that a WebAssembly memory could hold.
pub const MOST_BYTES: u64 = 4_000_000_000;

/// The first line of a journal; another format has another one.
const FORMAT: &str = "sotto download 1";

/// Hexadecimal digits of a SHA-256.
const DIGITS: usize = 64;

/// What is known of a file that is being fetched, so that it can be gone on with whatever ends its
/// download. It stands beside the part of the file that has come: a head, an empty line, and for
/// each chunk a line that is appended when the chunk has been written.
///
/// Nothing in it is believed: a part counts as far as its bytes have these hashes, and an engine
/// that ends in the middle of a line leaves all lines before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// Where the file is fetched from, as [`address::shown`].
    pub address: String,
    /// Whether what is not shown of its address may be a key to it.
    pub keyed: bool,
    /// What its SHA-256 must be, if that is known.
    pub sha256: Option<String>,
    /// How long it is, if that is known.
    pub bytes: Option<u64>,
    /// What its server calls this version of it.
    pub etag: Option<String>,
    /// When its server says that it was changed last.
    pub modified: Option<String>,
    /// For each chunk the SHA-256 of the file from its beginning to the chunk's end. So one pass
    /// over the part checks it, and has the state from which the hash of the whole goes on.
    pub chunks: Vec<String>,
}

impl Journal {
    /// Of a file of which nothing has come yet.
    #[must_use]
    pub fn new(url: &str, sha256: Option<&str>) -> Self {
        let address = address::shown(url);
        Self { keyed: address != url, address, sha256: sha256.map(str::to_owned), ..Self::default() }
    }

    /// Takes down what a server says of the file that it begins to send.
    pub fn renew(&mut self, answer: &Answer) {
        self.bytes = answer.length;
        self.etag.clone_from(&answer.etag);
        self.modified.clone_from(&answer.modified);
        self.chunks.clear();
    }

    /// How much has come for sure.
    #[must_use]
    pub fn verified(&self) -> u64 {
        self.chunks.len() as u64 * CHUNK
    }

    /// Whether it would be seen if the rest came from another version of the file.
    #[must_use]
    pub fn can_go_on(&self) -> bool {
        self.etag.is_some() || self.modified.is_some() || self.sha256.is_some()
    }

    /// The one to go by when this file is asked for and `known` is what a part of it has: that, if
    /// it can be of the same file.
    #[must_use]
    pub fn or_known(self, known: Option<Self>) -> Self {
        let is_other = |(one, other): (&String, &String)| one != other;
        match known {
            Some(known)
                if known.can_go_on()
                    && known.address == self.address
                    && !known.sha256.as_ref().zip(self.sha256.as_ref()).is_some_and(is_other) =>
            {
                let keyed = known.keyed || self.keyed;
                Self { keyed, sha256: known.sha256.clone().or(self.sha256), ..known }
            }
            _ => self,
        }
    }

    /// All of it as it is stored.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{FORMAT}\naddress {}\n", self.address);
        if self.keyed {
            text += "keyed\n";
        }
        let bytes = self.bytes.map(|bytes| bytes.to_string());
        let fields =
            [("sha256", &self.sha256), ("bytes", &bytes), ("etag", &self.etag), ("modified", &self.modified)];
        for (name, value) in fields {
            // No header has a line break in it; one that had would be read as another field.
            if let Some(value) = value.as_ref().filter(|value| !value.contains('\n')) {
                let _ = writeln!(text, "{name} {value}");
            }
        }
        text += "\n";
        self.chunks.iter().for_each(|hash| text += &Self::line(hash));
        text
    }

    /// What is appended for a chunk.
    #[must_use]
    pub fn line(hash: &str) -> String {
        format!("{hash}\n")
    }

    /// Reads what was stored, as far as it was; none where that says nothing.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        // What an interrupted write left at the end may be no text.
        let text = bytes.utf8_chunks().next()?.valid();
        let (head, chunks) = text.split_once("\n\n")?;
        let mut lines = head.split('\n');
        let mut journal = Self::default();
        if lines.next()? != FORMAT {
            return None;
        }
        for line in lines {
            let (name, value) = line.split_once(' ').unwrap_or((line, ""));
            let value = || value.to_owned();
            match name {
                "address" => journal.address = value(),
                "keyed" => journal.keyed = true,
                "sha256" => journal.sha256 = Some(value()).filter(|hash| is_hash(hash)),
                "bytes" => journal.bytes = Some(value().parse().ok().filter(|&bytes| bytes <= MOST_BYTES)?),
                "etag" => journal.etag = Some(value()),
                "modified" => journal.modified = Some(value()),
                _ => return None,
            }
        }
        if journal.address.is_empty() || address::shown(&journal.address) != journal.address {
            return None;
        }
        let most = usize::try_from(journal.bytes.unwrap_or(MOST_BYTES) / CHUNK).unwrap_or(usize::MAX);
        let whole = chunks.split_inclusive('\n').map_while(|line| line.strip_suffix('\n'));
        let hashes = whole.take_while(|line| is_hash(line)).take(most);
        journal.chunks = hashes.map(str::to_owned).collect();
        Some(journal)
    }
}

/// Whether it is a SHA-256 in lower-case hexadecimal.
fn is_hash(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
