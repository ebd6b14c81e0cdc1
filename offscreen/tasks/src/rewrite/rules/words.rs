//! Words that hold English sentences together, by what they do.

use super::text::{Token, starts};
use crate::languages::List;

pub(super) const SUBJECTS: List = List("i|we|you|they|he|she|it");

pub(super) const OBJECTS: List = List("me|us|him|her|them|you|it|everyone|everybody|someone|anyone|people");

pub(super) const DETERMINERS: List = List(
    "the|a|an|this|that|these|those|my|your|his|her|its|our|their|some|any|each|every|no|both|all|another",
);

pub(super) const NUMBERS: List = List(
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|\
     eighty|ninety|hundred|thousand|half",
);

/// What may stand between an auxiliary and its verb.
const ADVERBS: List = List(
    "not|also|always|never|just|already|really|still|often|usually|only|recently|finally|now|soon|probably|maybe|\
     perhaps|ever|even|kindly|simply|then|all|both|clearly|quickly|sometimes|actually|again|so|yet|long|most|more|\
     very",
);

pub(super) const PLURALS: List = List("people|children|men|women|others");

/// What is no word of content.
pub(super) const FUNCTION: List = List(
    "a|about|after|again|all|also|although|always|am|an|and|any|are|around|as|at|away|back|be|because|been|before|\
     being|both|but|by|can|cannot|could|did|do|does|done|down|during|each|either|even|ever|every|everyone|few|for|\
     from|had|has|have|having|he|her|here|hers|him|his|how|however|i|if|in|into|is|it|its|just|less|like|many|may|\
     me|might|mine|more|most|much|must|my|near|neither|never|no|nobody|none|nor|not|now|of|off|often|on|once|one|\
     only|or|other|our|ours|out|over|own|per|please|quite|rather|really|said|same|shall|she|should|since|so|some|\
     still|such|than|that|the|their|theirs|them|then|there|these|they|this|those|though|through|thus|to|together|\
     too|towards|under|until|up|upon|us|very|was|we|well|were|what|when|where|whether|which|while|who|whom|whose|\
     why|will|with|within|without|would|yet|you|your|yours|everything|something|nothing|anything|today|tomorrow|\
     yesterday",
);

/// What only the first form of a verb follows.
const BEFORE_BARE: List = List(
    "to|will|would|can|cannot|could|should|shall|may|might|must|do|does|did|don't|doesn't|didn't|won't|can't|\
     couldn't|wouldn't|shouldn't|please|let's|i'll|we'll|you'll|they'll|he'll|she'll|i'd|we'd|you'd|they'd",
);

/// What other forms may follow, too.
const BEFORE_VERBS: List = List("i|we|you|they|he|she|it|who|people");

/// Whether a word may stand between an auxiliary and its verb.
pub(super) fn is_adverb(lower: &str) -> bool {
    let others = ["only", "reply", "apply", "supply", "family", "early"];
    ADVERBS.has(lower) || lower.len() > 4 && lower.ends_with("ly") && !others.contains(&lower)
}

/// Whether a verb in its first form may stand at token `at`, where a noun may not.
pub(super) fn is_base_place(tokens: &[Token], at: usize) -> bool {
    is_behind(tokens, at, &[BEFORE_BARE, BEFORE_VERBS])
}

/// Whether only the first form of a verb may stand there.
pub(super) fn is_bare_place(tokens: &[Token], at: usize) -> bool {
    is_behind(tokens, at, &[BEFORE_BARE])
}

fn is_behind(tokens: &[Token], at: usize, words: &[List]) -> bool {
    let before = tokens[..at].iter().rev().find(|token| !is_adverb(&token.lower));
    starts(tokens, at) || before.is_none_or(|before| words.iter().any(|list| list.has(&before.lower)))
}
