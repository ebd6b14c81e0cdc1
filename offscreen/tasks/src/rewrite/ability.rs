//! Which model rewrites in which way how well: what `tests/rewrites` measured.

use crate::words::primary_subtag;
use crate::{Capability, Profile};
use protocol::{Ability, RewriteOperation};

impl Capability {
    /// How well it rewrites in this way.
    #[must_use]
    pub fn rewrite(self, operation: RewriteOperation) -> Ability {
        use RewriteOperation as Op;
        match (self.profile, operation) {
            (Profile::SmolLm2, Op::FixGrammar | Op::Shorter | Op::Bullets) => Ability::Good,
            (Profile::SmolLm2, Op::Simplify)
            | (Profile::TinyChat, Op::Shorter | Op::Simplify | Op::Bullets)
            | (Profile::Gemma3Base, Op::FixGrammar)
            | (Profile::Chat, _) => Ability::Experimental,
            _ => Ability::Unfit,
        }
    }

    /// True when it rewrites text of this language (BCP 47) and script. Text of no known language is taken for English if
    /// it is written in Latin letters.
    pub(super) fn rewrites(self, tag: Option<&str>, latin: bool) -> bool {
        let primary = tag.map(primary_subtag).filter(|primary| !primary.is_empty());
        let english = primary.as_deref().unwrap_or("en") == "en" && latin;
        match self.profile {
            // Measured and given examples in English.
            Profile::SmolLm2 | Profile::Gemma3Base => english,
            Profile::TinyChat | Profile::Chat | Profile::Base => true,
        }
    }
}

/// An operation as the end of the sentence `This model cannot …`.
pub(super) fn wish(operation: RewriteOperation) -> &'static str {
    match operation {
        RewriteOperation::FixGrammar => "correct grammar",
        RewriteOperation::Simplify => "simplify text",
        RewriteOperation::Shorter => "shorten text",
        RewriteOperation::Longer => "lengthen text",
        RewriteOperation::MoreFormal => "make text more formal",
        RewriteOperation::MoreCasual => "make text more casual",
        RewriteOperation::Bullets => "make a list of points",
        RewriteOperation::Instruction => "follow free instructions",
    }
}
