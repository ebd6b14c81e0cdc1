//! The preprocessor that finishes the WGSL kernels.

#[path = "../build/kernels.rs"]
#[allow(dead_code, reason = "the other half of it reads the files")]
mod kernels;
#[path = "../build/preprocess.rs"]
mod preprocess;

use kernels::permutations;
use preprocess::preprocess;

fn run(source: &str, define: &str) -> Result<String, String> {
    preprocess(source, &[define], &|name| match name {
        "half" => Ok("#ifdef A\n#define B\n#endif\nhalf".to_owned()),
        other => Err(format!("no {other}")),
    })
}

#[test]
fn keeps_the_defined_part_without_comments() {
    let source =
        "#each A C\n  one // why\n#ifdef A\n#ifdef C\nnever\n#else\ntwo\n#endif\n#else\nthree\n#endif\n";
    assert_eq!(permutations(source), [["A"], ["C"]]);
    assert_eq!(run(source, "A"), Ok("one\ntwo\n".to_owned()));
    assert_eq!(run(source, "C"), Ok("one\nthree\n".to_owned()));
    assert_eq!(permutations("no each"), [[""; 0]]);
    let two = permutations("#each A B\n#each - C");
    assert_eq!(two, [vec!["A"], vec!["B"], vec!["A", "C"], vec!["B", "C"]]);
}

#[test]
fn imports_once_and_sees_what_an_import_defines() {
    let source = "#import half\n#import half\n#ifdef B\nboth\n#endif\n";
    assert_eq!(run(source, "A"), Ok("half\nboth\n".to_owned()));
    assert_eq!(run(source, ""), Ok("half\n".to_owned()));
}

#[test]
fn says_where_a_directive_is_wrong() {
    let error = |source| run(source, "").unwrap_err();
    assert_eq!(error("\n#endif"), "line 2: #endif without #ifdef");
    assert_eq!(error("#else"), "line 1: #else without #ifdef");
    assert_eq!(error("#ifdef A"), "#ifdef without #endif");
    assert_eq!(error("#include a"), "line 1: unknown directive #include");
    assert_eq!(error("#import b"), "line 1: no b");
}
