//! Every message.

use crate::Target;
use protocol::{Command, CommandReply, Event, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;
use session::{JobEnd, Session, Snapshot, Work};
use std::cell::RefCell;
use std::rc::Rc;

/// Any JSON: refused, or a message that stays the same when it is written and read again.
pub const MESSAGES: Target =
    Target { name: "messages", run: messages, seeds: requests_one_by_one, words: WORDS, mutations: 8_000 };

/// Any requests, one a line, and what becomes of the work: views that follow the events know what
/// the session knows, one job runs at a time, and what is over stays so.
pub const REQUESTS: Target =
    Target { name: "requests", run: requests, seeds: requests_together, words: WORDS, mutations: 4_000 };

const WORDS: &[&str] = &[
    "{\"type\":\"attach\"}",
    "\n{\"type\":\"cancel\",\"job\":\"a\"}",
    "\n{\"type\":\"cancel\",\"job\":\"b\"}",
    "\ntake",
    "\ndone",
    "\nfail",
    "\"type\":",
    "\"job\":\"a\"",
    "\"job\":\"b\"",
    "\"task\":",
    "\"input\":",
    "null",
    "\"\\ud800\"",
    "1e999",
    "[[[[",
];

/// A request of each kind.
const REQUESTS_OF_ALL_KINDS: [&str; 11] = [
    r#"{"type":"attach"}"#,
    r#"{"type":"warm","task":{"task":"translate","from":null,"to":"en"},"choice":"auto","model":null}"#,
    r#"{"type":"start","job":"a","task":{"task":"summarize","summaryType":"tldr","length":"short","format":"markdown"},"input":{"input":"page","page":{"url":"u","title":"t","lang":"en","html":"<p>a</p>","truncated":false}},"choice":"cpu","model":"m"}"#,
    r#"{"type":"warm","task":{"task":"ask","question":"Why?"},"choice":"auto","model":null}"#,
    r#"{"type":"start","job":"b","task":{"task":"rewrite","options":{"goal":"bullets"}},"input":{"input":"selection","selection":{"url":"u","title":"t","lang":null,"text":"a","editable":true,"truncated":false}},"choice":"gpu","model":null}"#,
    r#"{"type":"cancel","job":"a"}"#,
    r#"{"type":"install","source":{"from":"address","url":"https://a","sha256":null}}"#,
    r#"{"type":"server","address":"http://localhost:1","list":true,"key":"k"}"#,
    r#"{"type":"stopInstall","model":"m"}"#,
    r#"{"type":"offers","questions":[{"key":"k","task":{"task":"translate","from":"de","to":"en"},"model":null}]}"#,
    r#"{"type":"remove","model":"m"}"#,
];

fn requests_one_by_one() -> Vec<Vec<u8>> {
    let others = [
        r#"{"type":"run","task":{"task":"rewrite","options":{}},"scope":"selection","choice":"auto","model":null}"#,
        r#"{"type":"started","job":"a"}"#,
        r#"{"type":"failed","failure":{"code":"internal","message":"m","remedy":"r","model":null}}"#,
        r#"{"type":"token","job":"a","section":0,"text":"t"}"#,
    ];
    REQUESTS_OF_ALL_KINDS.iter().chain(&others).map(|text| text.as_bytes().to_vec()).collect()
}

fn requests_together() -> Vec<Vec<u8>> {
    let mut lines = REQUESTS_OF_ALL_KINDS.to_vec();
    lines.insert(4, "take");
    lines.extend(["take", "done", REQUESTS_OF_ALL_KINDS[2], "take", "fail"]);
    vec![lines.join("\n").into_bytes()]
}

fn messages(data: &[u8]) {
    round_trip::<Request>(data);
    round_trip::<Command>(data);
    round_trip::<CommandReply>(data);
    if let Some(event) = round_trip::<Event>(data) {
        let mut snapshot = Snapshot::default();
        snapshot.apply(event.clone());
        snapshot.apply(event);
        let _ = snapshot.event();
    }
}

fn round_trip<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(data: &[u8]) -> Option<T> {
    let message: T = serde_json::from_slice(data).ok()?;
    let written = serde_json::to_string(&message).expect("a message can be written");
    let again: T = serde_json::from_str(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
    // Numbers that are none are written as null and never equal.
    assert_eq!(serde_json::to_string(&again).ok(), Some(written));
    Some(message)
}

fn requests(data: &[u8]) {
    let seen = Rc::new(RefCell::new(Snapshot::default()));
    let view = seen.clone();
    let emit = move |event: &Event| view.borrow_mut().apply(event.clone());
    let mut session = Session::new(Box::new(|| 0.0), Box::new(emit));
    let mut running = None;
    for line in data.split(|&byte| byte == b'\n') {
        match line {
            b"take" => {
                if let Some(Work::Job { job, cancel, .. }) = session.take_work() {
                    assert!(!cancel.is_set() && running.replace(job).is_none(), "one job at a time");
                }
            }
            b"done" | b"fail" => {
                if let Some(job) = running.take() {
                    session.finish(&job, JobEnd::Stopped);
                }
            }
            json => {
                if let Ok(request) = serde_json::from_slice::<Request>(json) {
                    let _ = session.handle(request);
                }
            }
        }
        let followed = seen.borrow().clone();
        let _ = session.handle(Request::Attach);
        assert_eq!(followed.jobs, seen.borrow().jobs, "a view that follows knows what there is");
    }
}
