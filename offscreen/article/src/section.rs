//! What a heading says of what follows it, in the words of many sites.

/// Beginnings of headings over what leads away from an article, in letters.
const MORE: &str = "alsoread alsoonthissite awiderview continuereading dontmiss editorspicks fromourpartners latestnews \
    lateststories mostpopular mostread mostviewed morefrom morein morenews moreon moreposts morestories morearticles \
    onthesametopic popularposts readalso readmore readnext recentposts topstories upnext youmayalso youmightalso \
    auchinteressant dasknnte daskönnte lesensieauch mehrzumthema meistgelesen weitereartikel weiterebeiträge ähnlicheartikel \
    ähnlichebeiträge àlireaussi articlesassociés articlessimilaires lireaussi surlemêmesujet artículosrelacionados \
    entradasrelacionadas leetambién noticiasrelacionadas tepuedeinteresar articolicorrelati leggianche artigosrelacionados \
    leiatambém notíciasrelacionadas postsrelacionados похожиезаписи похожиестатьи читайтетакже 関連記事 相关文章 相關文章";

/// Words that say so of what is published, alone or before what it is called: an article may have related work.
const CHOSEN: &str = "featured recommended related sponsored trending";
const PUBLISHED: &str =
    "articles content coverage foryou links news now pages posts products reading stories topics videos";

/// Headings over readers' comments; programs and machines have comments and responses, too.
const COMMENTS: &str =
    "comments commentaires comentarios comentários commenti kommentare responses комментарии";

/// Headings over what else stands below an article: the lives of authors, comments without doubt.
const BELOW: &str = "abouttheauthor überdenautor überdieautorin àproposdelauteur sobreelautor sullautore leserkommentare \
    leaveacomment leaveareply readercomments";

/// What follows a heading and is not the article's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// Links to other articles.
    More,
    /// What readers wrote, where it looks like that.
    Comments,
    /// What readers wrote, or what is told of the author.
    Below,
}

impl Section {
    pub(crate) fn under(heading: &str) -> Option<Self> {
        let letters: String =
            heading.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        let words = |known: &'static str| known.as_bytes().split(|byte| *byte == b' ');
        let is = |known| words(known).any(|known| known == letters.as_bytes());
        let begins = |text: &str, known| words(known).any(|known| text.as_bytes().starts_with(known));
        let chosen = CHOSEN.split(' ').find_map(|word| letters.strip_prefix(word));
        // `12 Comments` counts them, `2.1 Comments` is a part of a text.
        let is_count = || heading.contains(|c: char| c.is_ascii_digit()) && !heading.contains('.');
        if begins(&letters, MORE) || chosen.is_some_and(|rest| rest.is_empty() || begins(rest, PUBLISHED)) {
            Some(Self::More)
        } else if is(BELOW) || is(COMMENTS) && is_count() {
            Some(Self::Below)
        } else {
            is(COMMENTS).then_some(Self::Comments)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_signs_say_nothing() {
        assert_eq!(Section::under("12 Comments"), Some(Section::Below));
        assert_eq!(Section::under("2.1 Comments"), Some(Section::Comments));
        assert_eq!(Section::under("Comments on the new law"), None);
        assert_eq!(Section::under("More stories:"), Some(Section::More));
        assert_eq!(Section::under("Das könnte Sie auch interessieren"), Some(Section::More));
        assert_eq!(Section::under("The moor"), None);
        assert_eq!(Section::under("2 Related Work"), None);
        assert_eq!(Section::under(""), None);
        assert_eq!(Section::under("Related"), Some(Section::More));
        assert_eq!(Section::under("Recommended for you"), Some(Section::More));
        assert_eq!(Section::under("Ähnliche Beiträge"), Some(Section::More));
    }
}
