//! What a heading says of what follows it, in the words of many sites.

/// Headings over what leads away from an article, in letters.
const MORE: [&str; 46] = [
    "alsoread",
    "alsoonthissite",
    "awiderview",
    "continuereading",
    "dontmiss",
    "editorspicks",
    "featured",
    "fromourpartners",
    "latestnews",
    "lateststories",
    "mostpopular",
    "mostread",
    "mostviewed",
    "morefrom",
    "morein",
    "morenews",
    "moreon",
    "moreposts",
    "morestories",
    "morearticles",
    "onthesametopic",
    "popularposts",
    "readalso",
    "readmore",
    "readnext",
    "recentposts",
    "recommended",
    "related",
    "sponsored",
    "topstories",
    "trending",
    "upnext",
    "youmayalso",
    "youmightalso",
    "auchinteressant",
    "dasknnte",
    "daskönnte",
    "lesensieauch",
    "mehrzumthema",
    "meistgelesen",
    "àlireaussi",
    "surlemêmesujet",
    "leetambién",
    "tepuedeinteresar",
    "leggianche",
    "leiatambém",
];

/// Headings over readers' comments, and over the lives of authors.
const COMMENTS: [&str; 18] = [
    "abouttheauthor",
    "überdenautor",
    "überdieautorin",
    "àproposdelauteur",
    "sobreelautor",
    "sullautore",
    "comments",
    "commentaires",
    "comentarios",
    "comentários",
    "commenti",
    "kommentare",
    "leserkommentare",
    "leaveacomment",
    "leaveareply",
    "responses",
    "readercomments",
    "комментарии",
];

/// What follows a heading and is not the article's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// Links to other articles.
    More,
    /// What readers wrote, or what is told of the author.
    Comments,
}

impl Section {
    pub(crate) fn under(heading: &str) -> Option<Self> {
        let letters: String =
            heading.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        if MORE.iter().any(|start| letters.starts_with(start)) {
            Some(Self::More)
        } else if COMMENTS.contains(&&*letters) {
            Some(Self::Comments)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_signs_say_nothing() {
        assert_eq!(Section::under("12 Comments"), Some(Section::Comments));
        assert_eq!(Section::under("Comments on the new law"), None);
        assert_eq!(Section::under("More stories:"), Some(Section::More));
        assert_eq!(Section::under("Das könnte Sie auch interessieren"), Some(Section::More));
        assert_eq!(Section::under("The moor"), None);
    }
}
