//! Where a model file may be fetched from: the one place that decides it.

/// The sources, as a content security policy writes them. The manifest's `connect-src` names these
/// and the extension itself: what passes here is not refused by the browser, nor the other way.
pub const SOURCES: [&str; 3] = ["https:", "http://localhost:*", "http://127.0.0.1:*"];

/// Whether a file may be fetched from an address of this scheme (`https:`) on this host.
#[must_use]
pub fn is_allowed(scheme: &str, host: &str) -> bool {
    SOURCES.iter().any(|source| match source.split_once("//") {
        None => *source == scheme,
        Some((of, at)) => of == scheme && at.strip_suffix(":*") == Some(host),
    })
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn this_machine_needs_no_encryption() {
        for (scheme, host) in [("https:", "example.org"), ("http:", "localhost"), ("http:", "127.0.0.1")] {
            assert!(is_allowed(scheme, host), "{scheme}//{host}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for (scheme, host) in [
            ("http:", "example.org"),
            ("http:", "[::1]"),
            ("http:", "localhost.example.org"),
            ("ftp:", "localhost"),
            ("file:", ""),
            ("chrome-extension:", "abc"),
        ] {
            assert!(!is_allowed(scheme, host), "{scheme}//{host}");
        }
    }
}
