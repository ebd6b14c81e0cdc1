use crate::shorten;
use protocol::RewriteOperation;

/// The job that adapters are taught for it.
pub(super) fn job(operation: RewriteOperation) -> Option<&'static str> {
    match operation {
        RewriteOperation::FixGrammar => Some("fix-grammar"),
        RewriteOperation::Simplify => Some("simplify"),
        RewriteOperation::Longer => Some("longer"),
        RewriteOperation::MoreFormal => Some("more-formal"),
        RewriteOperation::MoreCasual => Some("more-casual"),
        RewriteOperation::Shorter | RewriteOperation::Bullets => Some(shorten::JOB),
        RewriteOperation::Instruction => None,
    }
}

/// An operation as the end of the sentence `This model cannot …`.
pub(super) fn in_words(operation: RewriteOperation) -> &'static str {
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
