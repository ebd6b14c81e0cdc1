//! What Rust allows is what the browser allows.

use session::address::SOURCES;
use std::fs;

#[test]
fn the_manifest_lets_the_extension_connect_to_the_same_places() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../manifest.json");
    let manifest: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap();
    let mut directives = policy.split(';').map(str::trim);
    let allowed = directives.find_map(|directive| directive.strip_prefix("connect-src ")).unwrap();
    let (itself, others): (Vec<_>, Vec<_>) = allowed.split(' ').partition(|source| *source == "'self'");
    assert_eq!((itself.len(), others), (1, SOURCES.to_vec()));
}
