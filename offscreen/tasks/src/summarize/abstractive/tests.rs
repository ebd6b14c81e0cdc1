use super::*;

#[test]
fn points_are_lines_and_sentences_of_prose() {
    let points = SummaryType::KeyPoints;
    assert_eq!(first_point("One. Two\n- Three", points), Some(("One. Two", "\n- Three")));
    assert_eq!(first_point("- One", points), None);
    assert_eq!(first_point("\n", points), None);
    assert_eq!(first_point(" One. Two", SummaryType::Tldr), Some(("One. ", "Two")));
    assert_eq!(first_point("One.", SummaryType::Tldr), None);
}

#[test]
fn chunks_are_read_where_sentences_were_chosen() {
    let chunk =
        |blocks, text: &str| Chunk { heading: None, text: text.to_owned(), blocks, tokens: text.len() };
    let chunks = [chunk(0..2, "abcd"), chunk(1..3, "ef"), chunk(3..5, "gh")];
    let sentence = |block| Sentence {
        text: "",
        heading: None,
        source: None,
        block,
        kind: article::BlockKind::Paragraph,
        section: 0,
        place: 0,
        words: 0,
        stems: Vec::new(),
    };
    let (a, b, c) = (sentence(0), sentence(1), sentence(4));
    let shares = share_out(&chunks, &[&a, &b, &c], 4);
    assert_eq!(shares, [2, 0, 1]);
    assert!((covered(&chunks, &shares) - 0.75).abs() < 1e-6);
    assert_eq!(share_out(&chunks, &[&a, &b, &c], 3), [0, 1, 1], "a word that is too long is not asked about");
}
