//! Languages that translators of their own kind know, and of which little more than the name is
//! known here.

use super::language::{Abbreviations, EXAMPLES, Language};
use super::list::List;

/// All of them. What is not known of a language is not asked about it: see
/// [`Language::is_described`].
pub(crate) static NAMED: [Language; 45] = [
    named("ar", "Arabic"),
    named("az", "Azerbaijani"),
    named("be", "Belarusian"),
    named("bg", "Bulgarian"),
    named("bn", "Bengali"),
    named("bs", "Bosnian"),
    named("ca", "Catalan"),
    named("cs", "Czech"),
    named("da", "Danish"),
    named("el", "Greek"),
    named("et", "Estonian"),
    named("fa", "Persian"),
    named("fi", "Finnish"),
    named("gu", "Gujarati"),
    named("he", "Hebrew"),
    named("hi", "Hindi"),
    named("hr", "Croatian"),
    named("hu", "Hungarian"),
    named("id", "Indonesian"),
    named("is", "Icelandic"),
    named("ja", "Japanese"),
    named("kn", "Kannada"),
    named("ko", "Korean"),
    named("lt", "Lithuanian"),
    named("lv", "Latvian"),
    named("ml", "Malayalam"),
    named("ms", "Malay"),
    named("mt", "Maltese"),
    named("nb", "Norwegian Bokmål"),
    named("nl", "Dutch"),
    named("nn", "Norwegian Nynorsk"),
    named("pl", "Polish"),
    named("ro", "Romanian"),
    named("ru", "Russian"),
    named("sk", "Slovak"),
    named("sl", "Slovenian"),
    named("sq", "Albanian"),
    named("sr", "Serbian"),
    named("sv", "Swedish"),
    named("ta", "Tamil"),
    named("te", "Telugu"),
    named("tr", "Turkish"),
    named("uk", "Ukrainian"),
    named("vi", "Vietnamese"),
    named("zh", "Chinese"),
];

/// A language of which only this is known.
const fn named(tag: &'static str, name: &'static str) -> Language {
    Language {
        tag,
        name,
        stemmer: |_| false,
        capitalised_nouns: false,
        abbreviations: Abbreviations::NONE,
        function_words: List(""),
        stop_words: &[],
        denials: List(""),
        hedges: List(""),
        doubts: List(""),
        cues: None,
        numbers: &[],
        quantities: &[],
        tens_joint: None,
        digit_groups: &[],
        decimal_point: '.',
        days: [""; 7],
        months: [""; 12],
        months_as_words: &[],
        months_as_first_words: &[],
        examples: [""; EXAMPLES],
    }
}
