//! What languages are called, and how their tags are read.

/// The languages of which some model is known that translates them: primary subtags of BCP 47, and their
/// English names.
#[rustfmt::skip]
pub const LANGUAGE_NAMES: [(&str, &str); 51] = [
    ("ar", "Arabic"), ("az", "Azerbaijani"), ("be", "Belarusian"), ("bg", "Bulgarian"),
    ("bn", "Bengali"), ("bs", "Bosnian"), ("ca", "Catalan"), ("cs", "Czech"),
    ("da", "Danish"), ("de", "German"), ("el", "Greek"), ("en", "English"),
    ("es", "Spanish"), ("et", "Estonian"), ("fa", "Persian"), ("fi", "Finnish"),
    ("fr", "French"), ("gu", "Gujarati"), ("he", "Hebrew"), ("hi", "Hindi"),
    ("hr", "Croatian"), ("hu", "Hungarian"), ("id", "Indonesian"), ("is", "Icelandic"),
    ("it", "Italian"), ("ja", "Japanese"), ("kn", "Kannada"), ("ko", "Korean"),
    ("lt", "Lithuanian"), ("lv", "Latvian"), ("ml", "Malayalam"), ("ms", "Malay"),
    ("mt", "Maltese"), ("nb", "Norwegian Bokmål"), ("nl", "Dutch"), ("nn", "Norwegian Nynorsk"),
    ("pl", "Polish"), ("pt", "Portuguese"), ("ro", "Romanian"), ("ru", "Russian"),
    ("sk", "Slovak"), ("sl", "Slovenian"), ("sq", "Albanian"), ("sr", "Serbian"),
    ("sv", "Swedish"), ("ta", "Tamil"), ("te", "Telugu"), ("tr", "Turkish"),
    ("uk", "Ukrainian"), ("vi", "Vietnamese"), ("zh", "Chinese"),
];

/// The English name of a language (primary subtag of BCP 47), where it is one of [`LANGUAGE_NAMES`].
#[must_use]
pub fn language_name(tag: &str) -> Option<&'static str> {
    LANGUAGE_NAMES.iter().find(|(known, _)| *known == tag).map(|(_, name)| *name)
}

/// `de-CH` is `de`. Browsers still say some languages by names that others have taken the place of:
/// `iw` is `he`, and `no`, which is both kinds of Norwegian, is the one that most of it is written in.
#[must_use]
pub fn primary_subtag(tag: &str) -> String {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().trim().to_ascii_lowercase();
    let now = match primary.as_str() {
        "in" => "id",
        "iw" => "he",
        "no" => "nb",
        _ => return primary,
    };
    now.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known_by_their_names_of_today() {
        for (tag, primary) in [("de-CH", "de"), ("pt_BR", "pt"), ("iw", "he"), ("no", "nb"), ("", "")] {
            assert_eq!(primary_subtag(tag), primary);
        }
    }
}
