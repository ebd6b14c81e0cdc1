//! What is written down of a download, which goes on by it.

use crate::Target;
use session::{Answer, CHUNK, Coming, Course, Journal, MOST_BYTES, address};

/// Any journal: unreadable, or one that claims no more than can be, shows no key, and makes no
/// download ask for what it cannot use.
pub const JOURNAL: Target = Target { name: "journal", run: journal, seeds, words: WORDS, mutations: 20_000 };

const WORDS: &[&str] = &[
    "sotto download 1\n",
    "address https://example.org/model.gguf\n",
    "address https://me:secret@example.org/model.gguf?token#part\n",
    "keyed\n",
    "sha256 ",
    "bytes ",
    "etag \"one\"\n",
    "etag W/\"one\"\n",
    "modified Mon, 02 Nov 2026 10:00:00 GMT\n",
    "\n\n",
    "\r\n",
    "0000000000000000000000000000000000000000000000000000000000000000\n",
];

/// As the download writes them.
fn seeds() -> Vec<Vec<u8>> {
    let hash = "0123456789abcdef".repeat(4);
    let mut nameless = Journal::new("https://example.org/model.gguf?token=secret", Some(&hash));
    nameless.renew(&Answer { length: Some(MOST_BYTES), ..Answer::default() });
    let mut named = Journal::new("http://localhost:8080/a/model.gguf", None);
    named.renew(&Answer {
        length: Some(3 * CHUNK + 1),
        etag: Some("\"one\"".to_owned()),
        ..Answer::default()
    });
    named.chunks = vec![hash; 3];
    [nameless, named].map(|journal| journal.text().into_bytes()).into()
}

fn journal(data: &[u8]) {
    let Some(journal) = Journal::parse(data) else { return };
    assert_eq!(journal.address, address::shown(&journal.address), "a key is neither kept nor shown");
    assert!(journal.verified() <= journal.bytes.unwrap_or(MOST_BYTES));
    assert_eq!(Journal::parse(journal.text().as_bytes()).as_ref(), Some(&journal));
    let hash = |text: &String| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(journal.chunks.iter().chain(&journal.sha256).all(hash));

    let wanted = Journal::new(&journal.address, None).or_known(Some(journal.clone()));
    assert!(wanted.chunks.is_empty() || wanted.can_go_on());
    let elsewhere = Journal::new("https://example.com/other.gguf", None);
    if journal.address != elsewhere.address {
        assert_eq!(elsewhere.clone().or_known(Some(journal)), elsewhere, "it is of its own address");
    }

    let at = wanted.verified();
    let mut course = Course::new("model.gguf", at);
    let begin = course.begin_at(&wanted, at);
    assert!(begin == 0 || begin == at && wanted.can_go_on());
    let total = wanted.bytes.unwrap_or(at + 1).max(at + 1);
    let rest = Answer {
        status: 206,
        length: Some(total - begin),
        range: Some(format!("bytes {begin}-{}/{total}", total - 1)),
        etag: wanted.etag.clone(),
        modified: wanted.modified.clone(),
        is_page: false,
    };
    match course.answered(&wanted, at, &rest) {
        Ok(Coming::Rest) => assert!(begin > 0, "the rest was asked for"),
        Ok(Coming::Whole) => panic!("a part is not the whole"),
        Ok(Coming::Nothing(_)) | Err(_) => {}
    }
}
