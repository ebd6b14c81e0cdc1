//! What is decided of downloads: what their journals say, what answers mean, when they have failed.

use proptest::prelude::*;
use session::{Answer, CHUNK, Coming, Course, Error, Journal, MOST_BYTES, lacking};

const ADDRESS: &str = "https://example.org/model.gguf";
const TOTAL: u64 = 10 * CHUNK + 17;
const FILE: &str = "model.gguf";

fn hash(of: u8) -> String {
    format!("{of:02x}").repeat(32)
}

/// Of a file of which so many chunks have come.
fn journal(chunks: u8) -> Journal {
    let mut journal = Journal::new(ADDRESS, None);
    journal.renew(&whole());
    journal.chunks = (0..chunks).map(hash).collect();
    journal
}

/// The server sends all of it.
fn whole() -> Answer {
    Answer {
        status: 200,
        length: Some(TOTAL),
        etag: Some("\"one\"".to_owned()),
        modified: Some("Mon, 02 Nov 2026 10:00:00 GMT".to_owned()),
        ..Answer::default()
    }
}

/// The server sends what it was asked for.
fn rest(at: u64) -> Answer {
    let range = Some(format!("bytes {at}-{}/{TOTAL}", TOTAL - 1));
    Answer { status: 206, length: Some(TOTAL - at), range, ..whole() }
}

/// A download that goes on after so many chunks, and its journal.
fn resumed(chunks: u8) -> (Course, Journal, u64) {
    let journal = journal(chunks);
    (Course::new(FILE, journal.verified()), journal.clone(), journal.verified())
}

#[test]
fn a_journal_is_read_as_far_as_it_was_written() {
    let journal = Journal { sha256: Some(hash(7)), keyed: true, ..journal(3) };
    let text = journal.text();
    assert_eq!(Journal::parse(text.as_bytes()), Some(journal.clone()));
    let begin = text.find("\n\n").unwrap() + 2;
    for cut in begin..text.len() {
        let found = Journal::parse(&text.as_bytes()[..cut]).unwrap();
        assert_eq!(found.chunks.len(), (cut - begin) / 65, "cut at {cut}");
        assert_eq!(Journal { chunks: journal.chunks.clone(), ..found }, journal);
    }
    for cut in 0..begin {
        assert_eq!(Journal::parse(&text.as_bytes()[..cut]), None, "cut at {cut}");
    }
    let mut appended = text.into_bytes();
    appended.extend(Journal::line(&hash(3)).bytes());
    appended.extend([0xff, 0xfe, 0, 0]);
    assert_eq!(Journal::parse(&appended).unwrap().chunks.len(), 4, "what is no text ends it");
}

#[test]
fn a_journal_that_lies_is_not_believed() {
    let text = journal(3).text();
    let read = |from: &str, to: &str| Journal::parse(text.replacen(from, to, 1).as_bytes());
    assert_eq!(read("download 1", "download 2"), None, "another format");
    assert_eq!(read("etag", "tag"), None, "another version's field");
    assert_eq!(read(ADDRESS, "https://me:secret@example.org/model.gguf"), None, "an address with a key");
    assert_eq!(read(ADDRESS, "https://example.org/model.gguf?token=secret"), None, "an address with a key");
    assert_eq!(read(ADDRESS, ""), None, "no address");
    let total = format!("bytes {TOTAL}");
    assert_eq!(read(&total, &format!("bytes {}", MOST_BYTES + 1)), None, "longer than any model");
    assert_eq!(read(&total, "bytes -1"), None);
    let short = read(&total, &format!("bytes {}", 2 * CHUNK + 1)).unwrap();
    assert_eq!(short.chunks.len(), 2, "no more than there can be");
    let second = hash(1);
    assert_eq!(read(&second, &second.to_uppercase().replace("01", "0G")).unwrap().chunks, [hash(0)]);
    assert_eq!(read(&second, &second[1..]).unwrap().chunks, [hash(0)]);
}

#[test]
fn a_key_is_never_written_down() {
    for url in ["https://me:secret@example.org/model.gguf", "https://example.org/model.gguf?secret#secret"] {
        let journal = Journal::new(url, None);
        assert!(!journal.text().contains("secret"), "{}", journal.text());
        assert!(journal.keyed);
        assert_eq!(journal.address, ADDRESS);
    }
    assert!(!Journal::new(ADDRESS, None).keyed);
}

#[test]
fn a_part_is_gone_on_with_if_it_would_be_seen_that_the_file_is_another_one() {
    let fresh = |sha256: Option<String>| Journal::new(ADDRESS, sha256.as_deref());
    let known = journal(3);
    assert_eq!(fresh(None).or_known(Some(known.clone())), known);
    let wanted = fresh(Some(hash(9))).or_known(Some(known.clone()));
    assert_eq!((wanted.chunks.len(), wanted.sha256), (3, Some(hash(9))), "what is expected now counts");
    let nameless = Journal { etag: None, modified: None, ..known.clone() };
    assert_eq!(fresh(None).or_known(Some(nameless.clone())), fresh(None), "nothing names its version");
    let hashed = Journal { sha256: Some(hash(9)), ..nameless };
    assert_eq!(fresh(None).or_known(Some(hashed.clone())), hashed, "its hash is known");
    assert_eq!(fresh(Some(hash(8))).or_known(Some(hashed)), fresh(Some(hash(8))), "another file");
    let elsewhere = Journal { address: "https://example.com/model.gguf".to_owned(), ..known };
    assert_eq!(fresh(None).or_known(Some(elsewhere)), fresh(None));
}

#[test]
fn the_rest_is_asked_for_and_goes_on() {
    let (mut course, journal, at) = resumed(3);
    assert_eq!(course.begin_at(&journal, at), 3 * CHUNK);
    assert_eq!(course.condition(&journal), Some("\"one\""));
    assert_eq!(course.answered(&journal, at, &rest(at)).unwrap(), Coming::Rest);
    let hidden = Answer { range: None, etag: None, ..rest(at) };
    assert_eq!(course.answered(&journal, at, &hidden).unwrap(), Coming::Rest, "the length says it");
    let hashed = Journal { sha256: Some(hash(9)), ..journal.clone() };
    let nameless = Answer { etag: None, modified: None, ..rest(at) };
    assert_eq!(
        course.clone().answered(&hashed, at, &nameless).unwrap(),
        Coming::Rest,
        "the whole is checked"
    );
    assert_eq!(course.clone().answered(&journal, at, &nameless).unwrap(), Coming::Nothing(0), "nothing is");
    let weak = Journal { etag: Some("W/\"one\"".to_owned()), ..journal.clone() };
    assert_eq!(course.condition(&weak), journal.modified.as_deref(), "a weak name is none");
}

#[test]
fn a_server_that_sends_no_parts_begins_anew_without_a_word() {
    let (mut course, journal, at) = resumed(3);
    for _ in 0..3 {
        assert_eq!(course.answered(&journal, at, &whole()).unwrap(), Coming::Whole);
    }
}

#[test]
fn another_version_begins_anew_once() {
    let others = |at| {
        let other = Some("\"two\"".to_owned());
        [
            Answer { etag: other.clone(), ..whole() },
            Answer { etag: other.clone(), ..rest(at) },
            Answer { length: Some(TOTAL + 1), ..whole() },
            Answer { range: Some(format!("bytes {at}-{TOTAL}/{}", TOTAL + 1)), ..rest(at) },
            Answer { range: None, length: Some(TOTAL + 1 - at), ..rest(at) },
            Answer { etag: None, modified: Some("Tue, 03 Nov 2026 10:00:00 GMT".to_owned()), ..rest(at) },
            Answer { status: 416, ..Answer::default() },
        ]
    };
    for (case, answer) in others(3 * CHUNK).into_iter().enumerate() {
        let (mut course, journal, at) = resumed(3);
        let coming = course.answered(&journal, at, &answer).unwrap();
        if answer.status == 200 {
            assert_eq!(coming, Coming::Whole, "case {case}");
        } else {
            assert_eq!(coming, Coming::Nothing(0), "case {case}");
            assert_eq!(course.begin_at(&journal, at), 0, "case {case}");
            let other = Answer { etag: Some("\"two\"".to_owned()), ..whole() };
            assert_eq!(course.answered(&journal, at, &other).unwrap(), Coming::Whole, "case {case}");
        }
        assert_eq!(course.begin_at(&journal, at), at);
        let again = course.answered(&journal, at, &answer);
        assert!(matches!(again, Err(Error::Changed { .. })), "case {case}: {again:?}");
    }
}

#[test]
fn what_makes_no_sense_is_refused() {
    let (_, journal, at) = resumed(3);
    let ranges = [
        format!("bytes 0-{}/{TOTAL}", TOTAL - 1),
        format!("bytes {}-{}/{TOTAL}", at + 1, TOTAL - 1),
        format!("bytes {at}-{TOTAL}/{TOTAL}"),
        format!("bytes {at}-{}/{TOTAL}", at - 1),
        format!("lines {at}-{}/{TOTAL}", TOTAL - 1),
        format!("bytes */{TOTAL}"),
        "bytes 99999999999999999999-3/4".to_owned(),
        String::new(),
    ];
    for range in ranges {
        let answer = Answer { range: Some(range.clone()), ..rest(at) };
        let refused = Course::new(FILE, at).answered(&journal, at, &answer);
        assert!(matches!(refused, Err(Error::WrongRange { .. })), "{range}: {refused:?}");
    }
    for answer in [Answer { is_page: true, ..whole() }, Answer { is_page: true, ..rest(at) }] {
        let refused = Course::new(FILE, at).answered(&journal, at, &answer);
        assert!(matches!(refused, Err(Error::WebPage { .. })));
    }
    let gone = Answer { status: 404, is_page: true, ..Answer::default() };
    let refused = Course::new(FILE, at).answered(&journal, at, &gone);
    assert!(matches!(refused, Err(Error::Missing { reason, .. }) if reason == "status 404"));
}

#[test]
fn a_part_is_never_taken_for_the_whole() {
    let (mut course, journal, at) = resumed(3);
    course.answered(&journal, at, &Answer { status: 416, ..Answer::default() }).unwrap();
    let refused = course.answered(&journal, at, &rest(0));
    assert!(matches!(refused, Err(Error::WrongRange { .. })), "all was asked for: {refused:?}");
}

#[test]
fn a_lost_connection_is_tried_again_with_longer_pauses_and_then_given_up() {
    let (mut course, journal, at) = resumed(0);
    let unreached = course.clone().lost(at, "no such host".to_owned());
    assert!(matches!(unreached, Err(Error::Missing { .. })), "what never answered was not lost");
    course.answered(&journal, at, &whole()).unwrap();
    let lose = |course: &mut Course, at| course.lost(at, "lost".to_owned());
    let mut at = CHUNK - 1;
    for pause in [1000, 2000] {
        assert_eq!(lose(&mut course, at).unwrap(), Coming::Nothing(pause));
    }
    at += CHUNK;
    for pause in [1000, 2000, 4000, 8000] {
        assert_eq!(lose(&mut course, at).unwrap(), Coming::Nothing(pause), "more had come");
    }
    assert!(matches!(lose(&mut course, at), Err(Error::Lost { tries: 4, .. })));
    let busy = Answer { status: 503, ..Answer::default() };
    let (mut course, journal, at) = resumed(3);
    assert!(matches!(course.answered(&journal, at, &busy), Err(Error::Missing { .. })));
    course.answered(&journal, at, &rest(at)).unwrap();
    assert_eq!(course.answered(&journal, at, &busy).unwrap(), Coming::Nothing(1000));
}

#[test]
fn a_server_that_is_asked_for_leave_and_gives_none_is_asked_without_a_condition() {
    let (mut course, journal, at) = resumed(3);
    let refused = |course: &mut Course| course.unanswered(&journal, at, "Failed to fetch".to_owned());
    assert_eq!(refused(&mut course).unwrap(), Coming::Nothing(0));
    assert_eq!(course.condition(&journal), None);
    assert_eq!(course.begin_at(&journal, at), at);
    assert!(matches!(refused(&mut course), Err(Error::Missing { .. })), "once");
}

#[test]
fn room_is_needed_for_more_than_the_file() {
    assert_eq!(lacking(100, 1000.0, 870.0), None);
    assert_eq!(lacking(100, 1000.0, 900.0), Some(30));
    assert_eq!(lacking(100, 1000.0, 2000.0), Some(130), "a quota that shrank");
    assert_eq!(lacking(0, 0.0, 0.0), None);
}

fn header() -> impl Strategy<Value = Option<String>> {
    prop::option::of("[ -~]{0,40}")
}

fn answer() -> impl Strategy<Value = Answer> {
    let status = prop::sample::select(vec![200, 200, 206, 206, 206, 204, 301, 404, 416, 429, 503]);
    let length = prop::option::of(prop::sample::select(vec![0, 1, CHUNK, TOTAL - CHUNK, TOTAL, u64::MAX]));
    let number = || prop::sample::select(vec![0, CHUNK, 2 * CHUNK, TOTAL - 1, TOTAL, u64::MAX]);
    let range = (number(), number(), number()).prop_map(|(a, b, c)| format!("bytes {a}-{b}/{c}"));
    let range = prop::option::of(prop_oneof![3 => range, 1 => "[ -~]{0,30}"]);
    let etag = prop::option::of(prop::sample::select(vec!["\"one\"".to_owned(), "\"two\"".to_owned()]));
    (status, length, range, etag, header(), any::<bool>()).prop_map(
        |(status, length, range, etag, modified, is_page)| Answer {
            status,
            length,
            range,
            etag,
            modified,
            is_page,
        },
    )
}

proptest! {
    #[test]
    fn a_journal_comes_back_as_it_was(
        etag in header(),
        modified in header(),
        keyed in any::<bool>(),
        sha256 in prop::option::of("[0-9a-f]{64}"),
        bytes in prop::option::of(5 * CHUNK..MOST_BYTES),
        chunks in prop::collection::vec("[0-9a-f]{64}", 0..5),
    ) {
        let journal = Journal { address: ADDRESS.to_owned(), keyed, sha256, bytes, etag, modified, chunks };
        prop_assert_eq!(Journal::parse(journal.text().as_bytes()), Some(journal));
    }

    /// Whatever is in its place: it is read without a panic, and says no more than can be.
    #[test]
    fn no_journal_is_too_hostile(
        lines in prop::collection::vec(prop_oneof![
            Just("sotto download 1".to_owned()),
            Just(String::new()),
            Just(format!("address {ADDRESS}")),
            "(address|bytes|etag|sha256|keyed) [ -~é]{0,20}",
            "[0-9a-f]{63,65}",
        ], 0..12),
        rest in prop::collection::vec(any::<u8>(), 0..8),
    ) {
        let bytes = [lines.join("\n").as_bytes(), &rest].concat();
        for bytes in [&bytes[..], &[b"sotto download 1\n", &bytes[..]].concat()] {
            if let Some(journal) = Journal::parse(bytes) {
                prop_assert!(!journal.address.contains(['?', '#']));
                prop_assert!(journal.verified() <= journal.bytes.unwrap_or(MOST_BYTES));
                prop_assert_eq!(Journal::parse(journal.text().as_bytes()), Some(journal));
            }
        }
    }

    /// However a server behaves, a download comes to an end, and bytes are appended only where they
    /// belong.
    #[test]
    fn a_download_ends_whatever_is_answered(
        answers in prop::collection::vec((answer(), any::<bool>()), 64),
        chunks in 0..4_u8,
    ) {
        let (mut course, mut journal, mut at) = resumed(chunks);
        let mut ended = false;
        for (answer, is_lost) in answers.iter().cycle().take(4096) {
            let begin = course.begin_at(&journal, at);
            prop_assert!(begin == 0 || begin == at);
            let coming = if *is_lost {
                course.unanswered(&journal, at, "lost".to_owned())
            } else {
                course.answered(&journal, at, answer)
            };
            match coming {
                Ok(Coming::Rest) => {
                    prop_assert!(begin == at && at > 0, "the rest was asked for");
                    let begin = format!("bytes {at}-");
                    prop_assert!(answer.range.as_ref().is_none_or(|range| range.trim().starts_with(&begin)));
                }
                Ok(Coming::Whole) => {
                    prop_assert!(answer.status != 206);
                    journal.renew(answer);
                    at = 1;
                }
                Ok(Coming::Nothing(_)) => continue,
                Err(_) => {
                    ended = true;
                    break;
                }
            }
            // It breaks off, without having brought anything more.
            if course.lost(at, "lost".to_owned()).is_err() {
                ended = true;
                break;
            }
        }
        prop_assert!(ended);
    }
}
