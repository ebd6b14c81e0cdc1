//! The commands as a person or a script calls them: what they print, and how they fail. Where the words don't matter, with a
//! tiny model of random weights.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

/// Random weights with the default model's words and chat template: an unmeasured tiny model that answers.
static TINY: LazyLock<PathBuf> = LazyLock::new(|| {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tiny.gguf");
    let file = path.to_str().unwrap();
    let output = call(&["shape", "tiny", file, "--tokenizer", catalog::SMOLLM2], "");
    assert!(output.status.success(), "{}", stderr(&output));
    path
});

fn call(args: &[&str], input: &str) -> Output {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_tools"));
    tool.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut tool = tool.env_remove("SOTTO_XTASK").spawn().unwrap();
    // A command that fails may not wait for its input.
    let _ = tool.stdin.take().unwrap().write_all(input.as_bytes());
    tool.wait_with_output().unwrap()
}

/// Calls a command that does a task with the tiny model.
fn task(args: &[&str], input: &str) -> Output {
    let tiny = TINY.to_str().unwrap();
    call(&[args, &["--model", tiny, "--backend", "cpu", "--threads", "1", "--json"]].concat(), input)
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn lines(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", stderr(output));
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn page(name: &str, html: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, html).unwrap();
    path.to_str().unwrap().to_owned()
}

fn demo() -> String {
    tests::root().join("tests/pages/demo/source.html").to_str().unwrap().to_owned()
}

/// The fields of an answer, and the types of their values.
fn assert_answer(answer: &Value, text: &str) {
    let fields: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["ms", "reason", "result", "status", "text"]);
    assert_eq!(answer["text"], text);
    assert!(answer["ms"].as_f64().unwrap() >= 0.0);
    assert!(answer["status"].is_string());
    assert!(answer["result"].is_string() || answer["reason"].is_string(), "{answer}");
}

#[test]
fn a_page_is_summarised() {
    let output = task(&["summarize", &demo(), "--type", "key-points", "--length", "short"], "");
    let [summary] = &lines(&output)[..] else { panic!("one line") };
    let points = summary["points"].as_array().unwrap();
    assert_eq!(points.len(), 3);
    for point in points {
        let fields: Vec<&String> = point.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["source", "status", "text"]);
        assert!(["checked", "quoted"].contains(&point["status"].as_str().unwrap()), "{point}");
        assert!(summary["text"].as_str().unwrap().contains(point["text"].as_str().unwrap()));
        assert!(point["source"].is_string());
    }
    assert_eq!((&summary["status"], &summary["reason"]), (&"done".into(), &Value::Null));
    assert_eq!(summary["coverage"], 1.0);
    assert_eq!(summary["device"]["backend"], "cpu");
    assert_eq!(summary["device"]["threads"]["count"], 1);
    for figure in
        ["promptTokens", "outputTokens", "loadMs", "firstTokenMs", "totalMs", "prefillTps", "decodeTps"]
    {
        assert!(summary[figure].as_f64().unwrap() > 0.0, "{figure}");
    }
}

#[test]
fn a_page_without_text_is_an_answer_not_a_failure() {
    let output = task(&["summarize", &page("blank.html", "<html><body></body></html>")], "");
    let [summary] = &lines(&output)[..] else { panic!("one line") };
    assert_eq!((&summary["points"], &summary["status"]), (&Value::Array(Vec::new()), &"no-text".into()));
    assert!(!summary["reason"].as_str().unwrap().is_empty());
}

#[test]
fn each_line_is_rewritten() {
    let texts =
        ["The bridge, which was opened in 1961, will be closed until May, the council said on Friday.", ""];
    let answers = lines(&task(&["rewrite", "--length", "shorter"], &format!("{}\n\n", texts[0])));
    assert_eq!(answers.len(), 2);
    for (answer, text) in answers.iter().zip(texts) {
        assert_answer(answer, text);
    }
    assert!(["checked", "quoted", "no-result"].contains(&answers[0]["status"].as_str().unwrap()));
    assert_eq!(answers[1]["status"], "no-text");
}

#[test]
fn what_a_model_cannot_do_is_an_answer_not_a_failure() {
    for args in [
        &["translate", "--from", "de", "--to", "en"][..],
        &["rewrite", "--tone", "more-formal"],
        &["rewrite", "--instruction", "Say it in verse."],
    ] {
        let answers = lines(&task(args, "Der Zug kommt heute später.\nDanke.\n"));
        assert_eq!(answers.len(), 2, "{args:?}");
        assert_answer(&answers[0], "Der Zug kommt heute später.");
        assert_eq!((&answers[1]["status"], &answers[1]["result"]), (&"unsupported".into(), &Value::Null));
        assert!(answers[1]["reason"].as_str().unwrap().contains("cannot"), "{}", answers[1]);
    }
}

#[test]
fn no_model_translates_from_every_language() {
    let answers = lines(&call(&["translate", "--from", "xx", "--to", "en", "--json"], "Saluton.\n"));
    assert_answer(&answers[0], "Saluton.");
    assert_eq!(answers[0]["status"], "unsupported");
}

/// A folder with translators of made-up weights, from German into English and on into Dutch: one packed, one not.
fn translators() -> PathBuf {
    use translator::seeded::{SMALL, Size, seeded};
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("translators");
    fs::create_dir_all(&folder).unwrap();
    let german = seeded(SMALL, &[("Das", "This"), ("ist", "is"), ("neu", "new"), ("zwei", "three")]);
    let dutch = seeded(Size { split: true, ..SMALL }, &[("This", "Dit"), ("is", "is"), ("new", "nieuw")]);
    let packed = |bytes: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    };
    for (name, bytes) in [
        ("model.deen.intgemm.alphas.bin.gz", packed(&german.model)),
        ("vocab.deen.spm.gz", packed(&german.source)),
        ("lex.50.50.deen.s2t.bin.gz", packed(&german.shortlist)),
        ("model.ennl.intgemm.alphas.bin", dutch.model),
        ("srcvocab.ennl.spm", dutch.source),
        ("trgvocab.ennl.spm", dutch.target),
        ("lex.50.50.ennl.s2t.bin", dutch.shortlist),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn translators_of_their_own_kind_translate() {
    let folder = translators();
    let translate = |to: &str, more: &[&str]| {
        let args = ["translate", "--from", "de", "--to", to, "--engine", "translator", "--json", "--models"];
        let input = "Das ist neu. Das ist zwei.\n\nDas ist neu.\n";
        call(&[&args[..], &[folder.to_str().unwrap()], more].concat(), input)
    };
    let answers = lines(&translate("en", &["--threads", "2"]));
    assert_eq!(
        (&answers[0]["result"], &answers[0]["status"]),
        (&"This is new. Das ist zwei.".into(), &"checked".into())
    );
    assert!(answers[0]["reason"].as_str().unwrap().starts_with("Left as it was: "), "{}", answers[0]);
    assert_eq!((&answers[1]["result"], &answers[1]["status"]), (&Value::Null, &"no-text".into()));
    assert_answer(&answers[2], "Das ist neu.");
    let answers = lines(&translate("nl", &[]));
    assert_eq!(answers[2]["result"], "Dit is nieuw.");
    let missing = translate("fr", &[]);
    assert!(
        !missing.status.success() && stderr(&missing).contains("from en into fr"),
        "{}",
        stderr(&missing)
    );
    fs::write(folder.join("model.enit.intgemm.alphas.bin"), b"GGUF").unwrap();
    fs::write(folder.join("vocab.enit.spm"), b"").unwrap();
    let damaged = translate("it", &[]);
    assert!(!damaged.status.success() && stderr(&damaged).contains("model file"), "{}", stderr(&damaged));
}

#[test]
fn the_default_model_mends_grammar() {
    let output =
        call(&["rewrite", "--json", "--backend", "cpu"], "I has two brothers.\nThe library opens at nine.\n");
    let answers = lines(&output);
    assert_eq!(answers[0]["result"], "I have two brothers.");
    assert_eq!((&answers[0]["status"], &answers[0]["reason"]), (&"checked".into(), &Value::Null));
    assert_eq!(answers[1]["result"], "The library opens at nine.");
    assert_eq!(
        (&answers[1]["status"], &answers[1]["reason"]),
        (&"quoted".into(), &"No mistake found.".into())
    );
}

#[test]
fn a_page_is_read() {
    let output = call(&["extract", &demo(), "--json"], "");
    let [article] = &lines(&output)[..] else { panic!("one line") };
    let fields: Vec<&String> = article.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["lang", "text", "title"]);
    assert!(fields.iter().all(|field| article[field.as_str()].is_string()));

    let capture = r#"{"url":"https://example.org/","title":"A title","lang":"fr","leftOut":{"cut":0,"hidden":0,"frames":0},
        "html":"<html><body><p>Le pont est fermé pour des travaux jusqu'en mai.</p></body></html>"}"#;
    let output = call(&["extract", "--capture", &page("capture.json", capture), "--json"], "");
    let [article] = &lines(&output)[..] else { panic!("one line") };
    assert_eq!((&article["title"], &article["lang"]), (&"A title".into(), &"fr".into()));
}

#[test]
fn an_adapter_is_measured_beside_none() {
    let tiny = TINY.to_str().unwrap();
    let words = ["bench", "--model", tiny, "--prompt", "16", "--decode", "4", "--runs", "2", "--json"];
    let [plain] = &lines(&call(&words, ""))[..] else { panic!("one line") };
    assert_eq!(plain["lora"], Value::Null);

    let [both] = &lines(&call(&[&words[..], &["--lora-rank", "8"]].concat(), ""))[..] else {
        panic!("one line")
    };
    assert_eq!(both["lora"]["rank"], 8);
    for figure in ["prefillTps", "decodeTps", "prefillTimes", "decodeTimes", "switchMs"] {
        let [min, median, max] =
            ["min", "median", "max"].map(|of| both["lora"][figure][of].as_f64().unwrap());
        assert!(0.0 < min && min <= median && median <= max, "{figure}: {}", both["lora"]);
    }
}

#[test]
fn a_score_is_a_table() {
    let output = call(&["score", "translations", "--every", "24", "--only", "plain", "de"], "");
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 4, "{table}{}", stderr(&output));
    assert!(
        rows[0].starts_with("| model | direction | chrF | chrF of what was kept | copied: chrF | kept |")
    );
    assert!(
        rows[2].starts_with("| gemma | de → en | ") && rows[3].starts_with("| gemma | en → de | "),
        "{table}"
    );
    assert!(rows.iter().all(|row| row.matches('|').count() == 9), "{table}");
}

#[test]
fn a_mistake_is_explained() {
    for (args, word) in [
        (&["summarize", "no-such-page.html"][..], "no-such-page.html"),
        (&["summarize", "page.html", "--type", "poem"], "key-points"),
        (&["rewrite", "--model", "no-such-model"], "gemma-3-270m"),
        (&["rewrite", "--goal", "better"], "fix-grammar"),
        (&["translate", "--to", "en"], "--from"),
        (&["translate", "--from", "de", "--to", "en", "--engine", "translator"], "--models"),
        (&["score", "rewrites", "sing"], "fix-grammar"),
        (&["score", "translations", "ja"], "pt"),
        (&["extract", "no-such-page.html"], "no-such-page.html"),
    ] {
        let output = call(args, "");
        assert!(!output.status.success(), "{args:?}");
        assert!(stderr(&output).contains(word), "{args:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn the_trace_tells_what_is_done() {
    let quiet = task(&["summarize", &demo(), "--type", "tldr", "--length", "short"], "");
    let traced = task(&["summarize", &demo(), "--type", "tldr", "--length", "short", "--trace"], "");
    assert!(stderr(&traced).contains(" ms  session: "), "{}", stderr(&traced));
    assert!(!stderr(&quiet).contains(" ms  session: "));
    let text = |output| lines(output)[0]["text"].clone();
    assert_eq!(text(&quiet), text(&traced));
}
