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

/// An address as it is shown and kept: without what may be a key to it (a name and password, a
/// query, a fragment).
#[must_use]
pub fn shown(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("//") else { return url.to_owned() };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.rsplit('@').next().unwrap_or_default();
    format!("{scheme}//{host}{path}")
}

/// The host of an address, as [`shown`] leaves it; none of what is no address.
#[must_use]
pub fn host(shown: &str) -> Option<&str> {
    let (scheme, rest) = shown.split_once("://")?;
    ["http", "https"].contains(&scheme).then(|| rest.split('/').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{host, is_allowed, shown};

    #[test]
    fn hosts_are_those_of_addresses() {
        assert_eq!(host("https://example.org/a/model.gguf"), Some("example.org"));
        assert_eq!(host("http://localhost:8080"), Some("localhost:8080"));
        assert_eq!((host("package"), host("PyPI: a://b 1.0")), (None, None));
    }

    #[test]
    fn what_may_be_a_key_is_not_shown() {
        for (url, public) in [
            ("https://example.org/a/model.gguf?token=secret#part", "https://example.org/a/model.gguf"),
            ("https://me:secret@example.org/model.gguf", "https://example.org/model.gguf"),
            ("https://example.org?token=a/b@c", "https://example.org"),
            ("https://example.org/@me/model.gguf", "https://example.org/@me/model.gguf"),
            ("model.gguf", "model.gguf"),
        ] {
            assert_eq!(shown(url), public);
        }
    }

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
