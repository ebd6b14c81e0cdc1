use protocol::RewriteOperation;

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
