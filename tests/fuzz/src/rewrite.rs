//! Any selection in any language, any answers.

use crate::answers::Fields;
use decoder::Uninterrupted;
use protocol::{RewriteGoal, RewriteLength, RewriteOptions, RewriteTone, Selection};
use tasks::Run;

/// Rewrites a text in a way that its first byte chooses.
pub fn rewrite(data: &[u8]) {
    let way = usize::from(data.first().copied().unwrap_or_default());
    let text = String::from_utf8_lossy(data.get(1..).unwrap_or_default());
    let fields = Fields::of(&text);
    let options = RewriteOptions {
        goal: [RewriteGoal::AsIs, RewriteGoal::FixGrammar, RewriteGoal::Simplify, RewriteGoal::Bullets]
            [way % 4],
        tone: [RewriteTone::AsIs, RewriteTone::MoreFormal, RewriteTone::MoreCasual][way / 4 % 3],
        length: [RewriteLength::AsIs, RewriteLength::Shorter, RewriteLength::Longer][way / 12 % 3],
        instruction: (way / 36 % 2 == 1).then(|| fields.tag.to_owned()),
    };
    let lang = Some(fields.tag.to_owned());
    let selection = Selection { text: fields.source.to_owned(), lang, ..Selection::default() };
    for (profile, mut model) in fields.models() {
        let mut nobody = ();
        let run = Run::new(&mut model, profile, &mut nobody, &Uninterrupted);
        let _ = pollster::block_on(tasks::try_rewrite(run, &selection, &options));
    }
}
