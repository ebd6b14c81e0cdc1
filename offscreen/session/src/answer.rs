/// What a server says before it sends a file, as far as the browser shows it: of another origin
/// only what that allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// HTTP's.
    pub status: u16,
    /// How many bytes will come (`Content-Length`).
    pub length: Option<u64>,
    /// Which they are (`Content-Range`).
    pub range: Option<String>,
    /// The version they are of (`ETag`).
    pub etag: Option<String>,
    /// When that was changed last (`Last-Modified`).
    pub modified: Option<String>,
    /// Whether they are a page for a person.
    pub is_page: bool,
}
