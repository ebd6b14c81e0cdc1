//! Languages of which only their most frequent words are known: so that none is taken for another.

use crate::languages::List;

/// Primary subtags of BCP 47, and words in lower case.
#[rustfmt::skip]
pub(super) static FOREIGN: [(&str, List); 14] = [
    ("nl", List("\
        de|het|een|en|van|ik|te|dat|die|in|hij|niet|zijn|is|was|op|aan|met|als|voor|had|er|maar|om|hem|\
        dan|zou|of|wat|dit|door|over|ze|zich|bij|ook|tot|je|uit|daar|haar|naar|heeft|hebben|deze|nog|\
        zal|zij|nu|geen|worden|meer|moet|zonder|kan|hun|dus|wordt|werd|waren")),
    ("sv", List("\
        och|det|att|i|en|jag|hon|som|han|på|den|med|var|sig|för|så|till|är|men|ett|om|hade|de|av|mig|\
        du|då|sin|nu|har|inte|hans|skulle|där|vid|kunde|från|när|efter|upp|vi|dem|vara|vad|över|än|kan|\
        här")),
    ("da", List("\
        og|i|jeg|det|at|en|den|til|er|som|på|de|med|han|af|for|ikke|der|var|sig|men|et|har|om|vi|havde|\
        hun|nu|over|da|fra|ud|dem|op|hans|hvor|eller|hvad|skal|blev|kunne|når|være")),
    ("nb", List("\
        og|i|jeg|det|at|en|et|den|til|er|som|på|de|med|han|av|ikke|så|var|seg|men|har|om|vi|hadde|hun|\
        nå|over|da|ved|fra|ut|opp|hans|hvor|eller|hva|skal|ble|kunne|inn|når|være|noen")),
    ("pl", List("\
        i|w|na|z|do|się|nie|że|to|jest|o|jak|ale|po|co|tak|za|od|przez|dla|są|był|była|było|jego|jej|\
        ich|który|która|które|przed|już|tylko|może|także|oraz|być")),
    ("cs", List("\
        a|v|se|na|je|že|s|z|do|o|i|to|ve|pro|za|by|ale|jako|tak|po|jeho|jak|od|co|které|který|již|jsou|\
        byl|byla|bylo|nebo|až|také|může|před")),
    ("hr", List("\
        i|u|je|se|na|da|su|za|od|koji|koja|kao|bio|nije|ali|s|o|iz|bi|će|što|te|po|ili|samo|već|više|\
        prema|kako")),
    ("ro", List("\
        și|de|în|a|la|cu|nu|o|pe|că|din|se|să|care|mai|este|ca|un|au|fost|pentru|sunt|sau|dar|prin|\
        după|lui|ei|cele|acest|această")),
    ("hu", List("\
        a|az|és|hogy|nem|is|egy|ez|csak|meg|volt|de|van|ki|mint|már|el|be|ha|még|vagy|azt|lehet|kell|\
        után|lesz|így")),
    ("fi", List("\
        ja|on|ei|se|että|oli|hän|en|mutta|ovat|kun|niin|joka|tai|myös|kuin|hänen|sen|vain|jos|ole|olla|\
        mitä|nyt|jo")),
    ("tr", List("\
        ve|bir|bu|da|de|için|ile|çok|ne|o|gibi|daha|ama|var|olan|olarak|kadar|sonra|ben|en|mi|değil|her")),
    ("ca", List("\
        el|la|els|les|un|una|de|del|i|a|en|per|amb|que|no|és|són|com|més|però|al|dels|va|ser|aquest|\
        aquesta|també|ha|han|hi|pel|pels")),
    ("id", List("\
        yang|dan|di|ini|itu|untuk|dengan|dari|pada|tidak|dalam|akan|oleh|adalah|ada|juga|saya|mereka")),
    ("vi", List("\
        và|của|là|có|không|được|cho|các|một|trong|người|những|với|này|đã|để|khi")),
];
