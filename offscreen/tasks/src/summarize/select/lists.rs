//! Words and phrases that give a sentence away, all in lower case.

pub(super) const DEMONSTRATIVES: &[&str] = &["that", "these", "this", "those"];

/// Openings that compare with something said before.
pub(super) const COMPARISONS: &[&str] =
    &["another", "both", "either", "here", "neither", "other", "others", "so", "such", "then"];

pub(super) const FIRST_PERSON: &[&str] = &["i", "i'd", "i'll", "i'm", "i've", "me", "my"];

/// Followed by a number, parts of a text or a book.
pub(super) const REFERENCES: &[&str] =
    &["chapter", "example", "fig", "figure", "listing", "section", "table"];

/// Headings of what does not belong to the text.
#[rustfmt::skip]
pub(super) const APPENDICES: &[&str] = &[
    "about the author", "acknowledgements", "acknowledgments", "advertisement", "author", "authors",
    "bibliography", "citations", "comments", "external links", "footnotes", "further reading",
    "leave a comment", "leave a reply", "more from", "more on this story", "most popular", "newsletter",
    "notes", "other resources", "recommended", "references", "related", "related articles", "related posts",
    "related topics", "see also", "share", "share this", "sources", "subscribe", "tags", "top stories",
];

#[rustfmt::skip]
pub(super) const FINDINGS: &[&str] = &[
    "according to", "announced", "as a result", "because", "concluded", "found that", "has been",
    "have been", "important", "is designed", "is known", "means that", "must ", "researchers", "showed",
    "shows that", "so that", "study", "the main", "the most",
];

#[rustfmt::skip]
pub(super) const CONCLUSIONS: &[&str] = &[
    "conclusion", "conclusions", "in conclusion", "in summary", "key takeaways", "summary", "takeaways",
    "tl;dr", "wrapping up",
];

/// Phrases that point outside the sentence.
#[rustfmt::skip]
pub(super) const POINTERS: &[&str] = &[
    " above", " below", "as follows", "as mentioned", "earlier, we", "we said", "we saw", "recall that",
    "welcome to", "as shown", "as we saw", "earlier in this", "for example,", "for instance",
    "in this article", "in this post", "in this section", "in this tutorial", "next section", "pictured",
    "previous section", "see also", "the following", "the latter", "the former,",
];

#[rustfmt::skip]
pub(super) const FURNITURE: &[&str] = &[
    "ad blocker", "advertisement", "affiliate", "all rights reserved", "click here", "cookies",
    "copyright ©", "create an account", "did you know", "download our app", "email address",
    "enable javascript", "first published", "follow us", "get the latest", "getty images", "image credit",
    "image source", "join our", "log in", "newsletter", "originally appeared", "originally published",
    "photo by", "photo credit", "photograph:", "please consider", "please enable", "privacy policy",
    "read more", "share this", "sign in", "sign up", "subscribe", "support our", "terms of service",
    "terms of use", "this article is", "this article was", "this post was", "this story was", "we may earn",
    "your browser",
];

#[rustfmt::skip]
pub(super) const BEGINNINGS: &[&str] = &[
    "by ", "from wikipedia", "image:", "last updated", "listen to", "photo:", "picture:", "posted ",
    "published ", "related:", "updated ", "video:", "watch:", "©",
];
