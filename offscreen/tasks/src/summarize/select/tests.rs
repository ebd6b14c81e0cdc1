use super::{DUPLICATE, Page, Purpose};
use crate::page::Tables;
use crate::testing::{Parrot, at_once};
use article::{Article, Block, BlockKind};
use proptest::prelude::*;

fn block(kind: BlockKind, text: &str) -> Block {
    Block { kind, text: text.to_owned() }
}

fn article(title: &str, blocks: Vec<Block>) -> Article {
    Article { title: title.to_owned(), lang: Some("en".to_owned()), blocks, ..Article::default() }
}

fn read(article: &Article) -> Page<'_> {
    at_once(&mut Parrot::default(), async |run| {
        Page::read(article, article.lang.as_deref(), Tables::LeftOut, &run).await.unwrap()
    })
}

fn select(page: &Page<'_>, count: usize, purpose: Purpose) -> Vec<usize> {
    at_once(&mut Parrot::default(), async |run| super::select(page, count, purpose, &run).await.unwrap())
}

fn texts<'a>(page: &Page<'a>, count: usize, purpose: Purpose) -> Vec<&'a str> {
    select(page, count, purpose).into_iter().map(|i| page.sentences[i].text).collect()
}

#[test]
fn furniture_code_questions_and_fragments_are_left() {
    let good =
        "Otters keep warm with the densest fur of all animals, up to a million hairs in a square inch.";
    let article = article(
        "How otters keep warm",
        vec![
            block(BlockKind::Paragraph, "Sign up for our newsletter to get otters in your inbox every week."),
            block(BlockKind::Paragraph, "By Jane Doe and other writers on otters and fur."),
            block(BlockKind::Code, "let otters = warm(fur) + otters(fur)."),
            block(BlockKind::TableRow, "Otters | fur | warm otters."),
            block(BlockKind::Paragraph, "How do otters keep warm in the cold sea all winter long?"),
            block(BlockKind::Paragraph, "Otters of the sea and of the river, warm"),
            block(BlockKind::Paragraph, good),
            block(BlockKind::Heading(2), "References"),
            block(
                BlockKind::Paragraph,
                "Otters and fur, a review of otters and warm fur, Journal of Otters, 2012.",
            ),
        ],
    );
    let page = read(&article);
    assert_eq!(texts(&page, 1, Purpose::Points), [good]);
}

#[test]
fn every_section_has_its_say_and_nothing_is_said_twice() {
    let mut blocks = Vec::new();
    for (heading, facts) in [
        (
            "Diet",
            [
                "Red foxes eat mice, berries and beetles all year round.",
                "Red foxes eat mice, berries and beetles the year round.",
            ],
        ),
        (
            "Range",
            [
                "Red foxes live in forests, towns and deserts of four continents.",
                "Cold does not stop the animals from hunting at night.",
            ],
        ),
        (
            "Young",
            [
                "Red foxes give birth to four or five cubs in spring.",
                "Fathers bring food to the den for several weeks.",
            ],
        ),
    ] {
        blocks.push(block(BlockKind::Heading(2), heading));
        blocks.extend(facts.map(|fact| block(BlockKind::Paragraph, fact)));
    }
    let article = article("Red foxes", blocks);
    let page = read(&article);
    let chosen = select(&page, 3, Purpose::Points);
    let sections: Vec<usize> = chosen.iter().map(|&i| page.sentences[i].section).collect();
    assert_eq!(sections, [0, 1, 2]);
    assert!(select(&page, 9, Purpose::Points).len() < 6, "one of the sentences on the diet is enough");
}

#[test]
fn sentences_that_lean_on_others_come_last() {
    let article = article(
        "Mount Kenya",
        vec![block(
            BlockKind::Paragraph,
            "Mount Kenya is the highest mountain of Kenya and the second highest of Africa. It is the highest mountain of Kenya \
            after all others in Kenya. This mountain is why Kenya is called Kenya by all. Halford Mackinder climbed Mount Kenya in 1899 \
            with guides from Italy.",
        )],
    );
    let page = read(&article);
    let chosen = texts(&page, 2, Purpose::Overview);
    assert!(chosen[0].starts_with("Mount Kenya is") && chosen[1].starts_with("Halford"), "{chosen:?}");
}

#[test]
fn half_a_contrast_and_what_adds_to_something_come_last() {
    let article = article(
        "Mount Kenya",
        vec![
            block(
                BlockKind::Paragraph,
                "Snow covers Mount Kenya near the equator for a part of every year. A line of ice on Mount Kenya does not \
                prove that Kenya is cold. The snow of Mount Kenya therefore was compared with the snow of 1899.",
            ),
            block(BlockKind::Paragraph, "Mount Kenya is also known for the snow and the ice of Kenya."),
            block(
                BlockKind::Paragraph,
                "Halford Mackinder climbed Mount Kenya in 1899 with guides from Italy.",
            ),
        ],
    );
    let page = read(&article);
    let chosen = texts(&page, 3, Purpose::Points);
    assert!(chosen.iter().any(|text| text.starts_with("Halford")), "{chosen:?}");
    assert!(!chosen.iter().any(|text| text.starts_with("A line")), "{chosen:?}");
}

/// Which of two paragraphs is chosen beside the page's beginning?
fn better<'t>(lang: &str, title: &str, paragraphs: [&'t str; 3]) -> &'t str {
    let blocks = paragraphs.map(|text| block(BlockKind::Paragraph, text)).to_vec();
    let page = Article { title: title.to_owned(), lang: Some(lang.to_owned()), blocks, ..Article::default() };
    let chosen = select(&read(&page), 2, Purpose::Points);
    assert_eq!(chosen[0], 0, "{}", paragraphs[0]);
    paragraphs[chosen[1]]
}

const TITLE: &str = "The lamp of the lighthouse";
const LEAD: &str = "Skerry has guided ships through the northern sound with a lamp since 1844.";
const PLAIN: &str = "A keeper came from the mainland by boat to the lighthouse in the winter of 1971.";

#[test]
fn what_hangs_on_other_sentences_comes_last() {
    let whole = "The lamp of the lighthouse burns behind red glass from dusk until the morning.";
    assert_eq!(better("en", TITLE, [LEAD, whole, PLAIN]), whole);
    for hanging in [
        "With this mechanism the lamp of the lighthouse burns behind glass until the morning.",
        "For this reason, the lamp of the lighthouse burns behind red glass until the morning.",
        "As you can see, the lamp of the lighthouse burns behind red glass until the morning.",
        "Another lamp of the lighthouse burns behind red glass from dusk until the morning.",
        "The lamp of the lighthouse then burns behind red glass from dusk until the morning.",
        "The lamp of the lighthouse therefore burns behind red glass from dusk until the morning.",
        "When that fails, the lamp of the lighthouse burns behind red glass until the morning.",
        "Open the lamp of the lighthouse behind the red glass from dusk until the morning.",
        "Of the lamp of the lighthouse and the red glass, the latter burns until the morning.",
    ] {
        assert_eq!(better("en", TITLE, [LEAD, hanging, PLAIN]), PLAIN);
    }
    let article = article(TITLE, vec![block(BlockKind::Paragraph, "Another lamp was lit like this then.")]);
    assert_eq!(select(&read(&article), 3, Purpose::Points), [0], "better than nothing");
}

#[test]
fn what_hangs_comes_last_in_other_languages() {
    for (lang, title, paragraphs) in [
        (
            "de",
            "Die Lampe im Leuchtturm",
            [
                "Norderoog weist Schiffen seit 1844 den Weg durch den nördlichen Sund.",
                "Deshalb brennt die Lampe im Leuchtturm hinter rotem Glas bis zum Morgen.",
                "Ein Wärter kam im Winter 1971 mit dem Boot vom Festland zum Leuchtturm.",
            ],
        ),
        (
            "fr",
            "La lampe du phare",
            [
                "Kerlouan guide les navires à travers la passe du nord depuis 1844.",
                "Avec cette invention la lampe du phare brûle derrière un verre rouge jusqu’au matin.",
                "Un gardien venait du continent en bateau jusqu’au phare pendant les hivers froids.",
            ],
        ),
        (
            "es",
            "La lámpara del faro",
            [
                "Moaña guía los barcos por el estrecho del norte desde el año 1844.",
                "Sin embargo, la lámpara del faro arde detrás de un vidrio rojo hasta la mañana.",
                "Un farero venía en barca desde tierra firme hasta el faro en los inviernos fríos.",
            ],
        ),
        (
            "it",
            "La lampada del faro",
            [
                "Capo Vento guida le navi attraverso lo stretto del nord dal 1844.",
                "Quindi la lampada del faro arde dietro un vetro rosso fino al mattino presto.",
                "Un guardiano veniva in barca dalla terraferma fino al faro negli inverni freddi.",
            ],
        ),
        (
            "pt",
            "A lâmpada do farol",
            [
                "Arrifana guia os navios pelo estreito do norte desde o ano de 1844.",
                "Nesse lugar a lâmpada do farol arde atrás de um vidro vermelho até de manhã.",
                "Um faroleiro vinha de barco do continente até ao farol nos invernos frios.",
            ],
        ),
    ] {
        assert_eq!(better(lang, title, paragraphs), paragraphs[2]);
    }
}

#[test]
fn the_topic_and_what_the_sentence_names_may_be_pointed_to() {
    for whole in [
        "The keeper of the lighthouse came from the mainland by boat for the lamp this winter.",
        "The keeper of this lamp of the lighthouse came from the mainland by boat in the winter.",
        "The keeper has the boat of the lighthouse, and this boat came from the mainland in winter.",
    ] {
        let hanging =
            "The keeper has this boat from the mainland in the winter, for the lighthouse and lamp.";
        assert_eq!(better("en", TITLE, [LEAD, hanging, whole]), whole);
    }
}

#[test]
fn what_the_next_sentence_takes_back_comes_last() {
    for (next, is_half) in [
        ("The wind of the west broke it.", false),
        ("But the wind of the west broke it.", true),
        ("As such, nobody trusted it.", true),
        ("The engineers of the west coast therefore had a second one.", true),
    ] {
        let half = "The lamp of the lighthouse burns behind red glass from dusk until the morning.";
        let blocks = [LEAD, half, next, PLAIN].map(|text| block(BlockKind::Paragraph, text)).to_vec();
        let article = article(TITLE, blocks);
        let chosen = texts(&read(&article), 2, Purpose::Points);
        assert_eq!(chosen, [LEAD, if is_half { PLAIN } else { half }], "{next}");
    }
}

#[test]
fn items_without_their_introduction_and_parts_of_a_quotation_come_last() {
    let part = "The lamp of the lighthouse burns behind red glass from dusk until the morning.";
    let quotation = format!("“Nobody goes there. {part} All come home.”");
    for (before, kind, text, is_part) in [
        ("Nobody goes there.", BlockKind::ListItem, part, false),
        ("Nobody goes there when:", BlockKind::ListItem, part, true),
        ("Nobody goes there.", BlockKind::Paragraph, &quotation, true),
    ] {
        let before = block(BlockKind::Paragraph, before);
        let [lead, plain] = [LEAD, PLAIN].map(|text| block(BlockKind::Paragraph, text));
        let article = article(TITLE, vec![lead, before, block(kind, text), plain]);
        let chosen = texts(&read(&article), 2, Purpose::Points);
        assert_eq!(chosen, [LEAD, if is_part { PLAIN } else { part }]);
    }
}

#[test]
fn other_languages_and_short_pages_work() {
    let german = Article {
        title: "Der Rhein".to_owned(),
        lang: Some("de".to_owned()),
        blocks: vec![block(
            BlockKind::Paragraph,
            "Der Rhein ist ein Fluss in Europa. Er mündet in die Nordsee.",
        )],
        ..Article::default()
    };
    assert_eq!(select(&read(&german), 5, Purpose::Points), [0, 1]);
    let japanese = Article {
        title: "猫".to_owned(),
        lang: Some("ja".to_owned()),
        blocks: vec![block(
            BlockKind::Paragraph,
            "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。",
        )],
        ..Article::default()
    };
    assert_eq!(select(&read(&japanese), 2, Purpose::Points).len(), 2);
    assert!(select(&read(&Article::default()), 5, Purpose::Points).is_empty());
}

fn pages() -> impl Strategy<Value = Article> {
    let word = prop::sample::select(vec![
        "river", "The", "stone", "of", "builds", "London", "and", "was", "light", "It", "42", "never",
        "green", "market", "house",
    ]);
    let sentence = prop::collection::vec(word, 1..25).prop_map(|words| format!("{}.", words.join(" ")));
    let text = prop::collection::vec(sentence, 1..5).prop_map(|sentences| sentences.join(" "));
    let kind = prop::sample::select(vec![
        BlockKind::Paragraph,
        BlockKind::Heading(2),
        BlockKind::ListItem,
        BlockKind::Code,
    ]);
    let block = (kind, text).prop_map(|(kind, text)| Block { kind, text });
    prop::collection::vec(block, 0..25).prop_map(|blocks| article("The river of London", blocks))
}

proptest! {
    #[test]
    fn the_choice_is_ordered_within_bounds_without_duplicates_and_repeatable(article in pages(), count in 0_usize..9) {
        let page = read(&article);
        for purpose in [Purpose::Points, Purpose::Overview, Purpose::Opening] {
            let chosen = select(&page, count, purpose);
            prop_assert!(chosen.len() <= count);
            prop_assert!(chosen.is_sorted_by(|a, b| a < b));
            prop_assert!(chosen.iter().all(|&i| i < page.sentences.len()));
            for (n, &a) in chosen.iter().enumerate() {
                for &b in &chosen[..n] {
                    prop_assert!(page.similarity(a, b) <= DUPLICATE);
                }
            }
            prop_assert_eq!(select(&read(&article), count, purpose), chosen);
        }
    }
}
