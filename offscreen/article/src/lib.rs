//! Captured HTML to an article: title, language, blocks under their headings.
