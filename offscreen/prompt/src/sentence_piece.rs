//! SentencePiece's BPE as merges.

use crate::Error;
use crate::vocab::{TokenType, Vocab};
use std::collections::HashMap;

/// Stands for a space in SentencePiece vocabularies.
pub(crate) const SPACE: char = '\u{2581}';

/// Every way to put a text token together from two others, best first. SentencePiece merges the pair whose result has
/// the highest score; a BPE model with this order of merges does the same.
pub(crate) fn merges(vocab: &Vocab, scores: &[f32]) -> Result<Vec<(String, String)>, Error> {
    if scores.len() != vocab.tokens.len() {
        return Err(Error::Vocab(format!("{} scores for {} tokens", scores.len(), vocab.tokens.len())));
    }
    let ids: HashMap<&str, u32> =
        vocab.iter().filter(|(.., ty)| *ty == TokenType::Normal).map(|(id, token, _)| (token, id)).collect();
    let mut merges = Vec::new();
    for (&token, &id) in &ids {
        for (at, _) in token.char_indices().skip(1) {
            let (left, right) = token.split_at(at);
            if let (Some(&left_id), Some(&right_id)) = (ids.get(left), ids.get(right)) {
                merges.push((id, left_id, right_id, left, right));
            }
        }
    }
    merges.sort_unstable_by(|a, b| {
        scores[b.0 as usize].total_cmp(&scores[a.0 as usize]).then((a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)))
    });
    Ok(merges.into_iter().map(|(.., left, right)| (left.to_owned(), right.to_owned())).collect())
}
