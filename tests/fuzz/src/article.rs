//! Any bytes as a page.

/// Reads a page; what is read is text.
pub fn article(data: &[u8]) {
    let html = String::from_utf8_lossy(data);
    if let Ok(article) = article::extract(&html, "https://example.org/", "") {
        assert!(article.blocks.iter().all(|block| !block.text.is_empty()));
    }
}
