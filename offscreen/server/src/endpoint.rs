/// Hosts that are this machine, whatever a network says of names: those that the extension's policy
/// lets it reach without encryption.
const THIS_MACHINE: [&str; 2] = ["localhost", "127.0.0.1"];

/// The last part of the path of the interface's first version, which readers leave out.
const VERSION: &str = "v1";

/// Where a server is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    scheme: String,
    host: String,
    /// Begins with a slash and does not end with one.
    path: String,
}

impl Endpoint {
    /// Of an address as a browser writes it (`http://localhost:11434/`), with or without the version
    /// at its end. None of one with a name, password, query or fragment, which may be keys.
    #[must_use]
    pub fn new(address: &str) -> Option<Self> {
        let (scheme, rest) = address.split_once("://")?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let is_plain = !rest.contains(['?', '#', '\\']) && !host.contains('@');
        if !["http", "https"].contains(&scheme) || host.is_empty() || !is_plain {
            return None;
        }
        let path = path.trim_matches('/');
        let path = match path.rsplit('/').next() {
            Some(VERSION) => format!("/{path}"),
            Some("") | None => format!("/{VERSION}"),
            Some(_) => format!("/{path}/{VERSION}"),
        };
        Some(Self { scheme: scheme.to_owned(), host: host.to_owned(), path })
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}://{}{}", self.scheme, self.host, self.path)
    }

    /// How it is spoken to: `http` or `https`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The host, with its port where it has one.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether it is on this machine: what is sent to any other leaves it.
    #[must_use]
    pub fn is_local(&self) -> bool {
        THIS_MACHINE.contains(&self.name())
    }

    /// The addresses of this host alone, as browsers write a pattern of them.
    #[must_use]
    pub fn pattern(&self) -> String {
        format!("{}://{}/*", self.scheme, self.host)
    }

    /// Where it lists its models.
    #[must_use]
    pub fn models(&self) -> String {
        format!("{}/models", self.address())
    }

    /// Where it answers.
    #[must_use]
    pub fn completions(&self) -> String {
        format!("{}/chat/completions", self.address())
    }

    /// The host without its port.
    #[must_use]
    pub fn name(&self) -> &str {
        let port = self.host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
        port.map_or(&self.host, |(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::Endpoint;

    #[test]
    fn the_version_is_added_where_it_is_left_out() {
        for (address, full) in [
            ("http://localhost:11434", "http://localhost:11434/v1"),
            ("http://localhost:11434/", "http://localhost:11434/v1"),
            ("http://localhost:1234/v1", "http://localhost:1234/v1"),
            ("http://localhost:1234/v1/", "http://localhost:1234/v1"),
            ("https://example.org/llm/", "https://example.org/llm/v1"),
            ("https://example.org/llm/v1/", "https://example.org/llm/v1"),
        ] {
            let endpoint = Endpoint::new(address).unwrap();
            assert_eq!(endpoint.address(), full);
            assert_eq!(Endpoint::new(full), Some(endpoint), "it stays the same");
        }
    }

    #[test]
    fn what_may_be_a_key_is_no_part_of_it() {
        for address in [
            "http://me@localhost/",
            "http://localhost/?key=1",
            "http://localhost/#a",
            "ftp://localhost/",
            "http://",
            "localhost",
        ] {
            assert_eq!(Endpoint::new(address), None, "{address}");
        }
    }

    #[test]
    fn only_this_machine_is_local() {
        let is_local = |address: &str| Endpoint::new(address).unwrap().is_local();
        for address in ["http://localhost:11434", "https://localhost", "http://127.0.0.1:80/v1"] {
            assert!(is_local(address), "{address}");
        }
        for address in [
            "https://localhost.example.org",
            "https://192.168.1.5:8080",
            "https://127.0.0.1.example.org:1",
            "https://[::1]:8080",
            "https://example.org/localhost",
            "https://localhost:example.org",
        ] {
            assert!(!is_local(address), "{address}");
        }
    }

    #[test]
    fn one_host_is_asked_for() {
        let endpoint = Endpoint::new("http://127.0.0.1:8080/api").unwrap();
        assert_eq!(
            (endpoint.host(), endpoint.pattern().as_str()),
            ("127.0.0.1:8080", "http://127.0.0.1:8080/*")
        );
        assert_eq!(endpoint.models(), "http://127.0.0.1:8080/api/v1/models");
        assert_eq!(endpoint.completions(), "http://127.0.0.1:8080/api/v1/chat/completions");
    }
}
