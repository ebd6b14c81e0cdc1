//! The directives of the preprocessor, and what permutations come of them.

use crate::permutations::permutations;
use crate::preprocess::preprocess;

/// The one file that can be imported.
fn import(name: &str) -> Result<String, String> {
    match name {
        "half" => Ok("#each half: - HALF\n#ifdef A\n#define B\n#endif\nhalf".to_owned()),
        other => Err(format!("no {other}")),
    }
}

fn run(source: &str, define: &str) -> Result<Option<String>, String> {
    preprocess(source, &[define], &import)
}

/// What the permutations choose, and their text.
fn all(source: &str) -> Vec<(Vec<String>, String)> {
    let (_, permutations) = permutations(source, &import).unwrap();
    permutations.into_iter().map(|permutation| (permutation.choice, permutation.text)).collect()
}

fn choices(source: &str) -> Vec<Vec<String>> {
    all(source).into_iter().map(|(choice, _)| choice).collect()
}

#[test]
fn the_defined_part_is_kept_without_comments() {
    let source = "  one // why\n#ifdef A\n#ifdef C\nnever\n#else\ntwo\n#endif\n#else\nthree\n#endif\n";
    assert_eq!(run(source, "A"), Ok(Some("one\ntwo\n".to_owned())));
    assert_eq!(run(source, "C"), Ok(Some("one\nthree\n".to_owned())));
}

#[test]
fn an_import_comes_once_and_what_it_defines_is_seen() {
    let source = "#import half\n#import half\n#ifdef B\nboth\n#endif\n";
    assert_eq!(run(source, "A"), Ok(Some("half\nboth\n".to_owned())));
    assert_eq!(run(source, ""), Ok(Some("half\n".to_owned())));
}

#[test]
fn each_permutation_chooses_a_name_of_each_axis() {
    assert_eq!(choices("no each"), [[""; 0]]);
    assert_eq!(choices("#each x: A B\n#each y: - C"), [["A", "-"], ["A", "C"], ["B", "-"], ["B", "C"]]);
    assert_eq!(choices("#import half\n#each x: A\n#import half"), [["-", "A"], ["HALF", "A"]]);
    assert_eq!(
        choices("#each x: A\n#ifdef A\n#import half\n#endif"),
        [["A"]],
        "what may be left out has no say"
    );
    assert!(permutations("#each A B", &import).is_err(), "an axis has a name");
}

#[test]
fn what_is_never_defined_together_is_no_permutation() {
    let source = "#each x: A C\n#each y: - D\n#import half\n#never B D\ntext";
    let expected =
        [["A", "-", "-"], ["A", "-", "HALF"], ["C", "-", "-"], ["C", "-", "HALF"], ["C", "D", "-"]];
    assert_eq!(choices(source)[..5], expected);
    assert_eq!(run(source, "A"), Ok(Some("half\ntext\n".to_owned())));
    assert_eq!(preprocess(source, &["A", "D"], &import), Ok(None));
}

#[test]
fn errors_say_where_a_directive_is_wrong() {
    let error = |source| run(source, "").unwrap_err();
    assert_eq!(error("\n#endif"), "line 2: #endif without #ifdef");
    assert_eq!(error("#else"), "line 1: #else without #ifdef");
    assert_eq!(error("#ifdef A"), "#ifdef without #endif");
    assert_eq!(error("#include a"), "line 1: unknown directive #include");
    assert_eq!(error("#import b"), "line 1: no b");
}
