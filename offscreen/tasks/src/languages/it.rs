//! Italian.

use super::cues::Cues;
use super::language::{Abbreviations, Language};
use super::list::List;
use waken_snowball::algorithms::italian_stemmer;

#[rustfmt::skip]
pub(crate) static ITALIAN: Language = Language {
    tag: "it",
    name: "Italian",
    stemmer: italian_stemmer::stem,
    capitalised_nouns: false,
    abbreviations: Abbreviations {
        titles: "\
            D.L,D.Lgs,D.P.R,F.lli,Fra,Pres,SS,ad es,al cap,al card,amm,arch,avv,brig,c.d,c.so,\
            cass,cav,cd,cfr,cod.civ,cod.pen,cosidd,cpl,d.lgs,del cap,del card,del ten,dell on,\
            dott,dott.ssa,dr,dr.ssa,egr,fraz,gent.ma,gent.mo,geom,il cap,il card,il ten,ill.mo,\
            in part,ing,l on,lett,lgt,magg,maresc,min.ro,mons,p.es,p.za,p.zza,per es,proc.civ,\
            proc.pen,prof,prof.ssa,proff,rag,serg,sig,sig.na,sig.ra,sig.re,sigg,sigra,sott,spett,\
            ten.col,v.le,vd,",
        measured: "\
            alin,apr,art,artt,cap,capp,dic,fasc,febbr,fig,figg,genn,giu,giugn,l,lugl,max,min,n,nn,\
            nov,num,ott,p,pag,pagg,parr,pp,sett,sez,t,tab,tel,trim,v,vol,voll,",
        open: "\
            N.B,On,P.S,S.p.A,S.r.l,Ten,a.c,abit,c.m,civ,col,d.c,gen,jr,onn,rev,s.p.a,s.r.l,sec,\
            sen,u.s,",
        starters: "\
            Adesso,Alcune,Alcuni,Allora,Altre,Altri,Anche,Ancora,Anzi,Appena,Attualmente,Bisogna,\
            Ciò,Come,Così,Da,Dato,Dopo,Dove,Dunque,Durante,Ecco,Era,Erano,Essi,Forse,Fu,Furono,\
            Già,Ha,Hanno,Ieri,Infatti,Infine,Inoltre,Insomma,Intanto,Invece,Loro,Ma,Mai,Mentre,\
            Molte,Molti,Neanche,Nella,Nessuno,Niente,Noi,Oggi,Ogni,Oltre,Ora,Perché,Pertanto,\
            Però,Più,Poi,Presso,Prima,Proprio,Qualche,Quando,Quanto,Quella,Quelle,Quelli,Quello,\
            Questa,Queste,Questi,Questo,Quindi,Secondo,Sempre,Senza,Solo,Soltanto,Sono,Spesso,\
            Tale,Tra,Troppo,Tutta,Tuttavia,Tutte,Tutti,Tutto,Una,Vi,Viene,Voi,",
        ..Abbreviations::NONE
    },
    function_words: List(
        "il|lo|la|i|gli|le|l|un|uno|una|di|del|della|dello|dei|degli|delle|dell|e|ed|o|ma|a|al|alla|\
        alle|ai|agli|all|da|dal|dalla|dall|in|nel|nella|nei|nelle|nell|su|sul|sulla|sulle|con|per|tra|\
        fra|è|sono|era|erano|stato|stata|stati|ha|hanno|aveva|sarà|può|deve|non|si|ci|lui|lei|noi|io|\
        suo|sua|suoi|loro|questo|questa|questi|che|chi|quando|dove|perché|come|anche|più|molto|già|\
        dopo|prima|se|lì|qui|mia|tutti|nostra|solo",
    ),
    stop_words: &[],
    denials: List("non|nessuno|nessuna|nessun|neanche|nemmeno"),
    hedges: List("senza|tranne|solo|mai|niente|nulla|né|no|finché|impossibile|vietato"),
    doubts: List(
        "può|possono|potrebbe|potrebbero|avrebbe|avrebbero|sarebbe|sarebbero|dovrebbe|dovrebbero|\
        secondo|forse|probabilmente|presunto|presunta|presumibilmente|detto|dice|afferma|circa|quasi|\
        meno|più|fino|se|ma",
    ),
    cues: Some(&ITALIAN_CUES),
    numbers: &[
        ("due", 2), ("tre", 3), ("quattro", 4), ("cinque", 5), ("sei", 6), ("sette", 7),
        ("otto", 8), ("nove", 9), ("dieci", 10), ("undici", 11), ("dodici", 12), ("tredici", 13),
        ("quattordici", 14), ("quindici", 15), ("sedici", 16), ("diciassette", 17),
        ("diciotto", 18), ("diciannove", 19), ("venti", 20), ("trenta", 30), ("quaranta", 40),
        ("cinquanta", 50), ("sessanta", 60), ("settanta", 70), ("ottanta", 80), ("novanta", 90),
        ("cento", 100), ("mille", 1000),
    ],
    quantities: &[],
    tens_joint: Some(" e "),
    digit_groups: &['.'],
    decimal_point: ',',
    days: ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenic*"],
    months: [
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
        "settembre", "ottobre", "novembre", "dicembre",
    ],
    months_as_words: &[],
    months_as_first_words: &[],
    examples: [
        "La città ha venduto la vecchia scuola a un'azienda locale.",
        "La strada per l'aeroporto sarà chiusa per tre settimane a causa di lavori.",
        "«Non ci aspettavamo così tanti visitatori», ha detto lunedì la direttrice Anna Weber.",
        "Nuovi posti di lavoro al porto",
        "La nuova linea è costata 4,5 milioni di euro ed è stata aperta nel 2021.",
        "Non ha saputo spiegare perché la lettera non fosse mai arrivata.",
        "Più di 3.000 persone hanno firmato la petizione contro il progetto.",
        "Quando il negozio riaprirà in primavera, il proprietario vuole vendere solo pane della regione.",
        "Di quanti soldi ha bisogno la città per il nuovo teatro?",
        "La polizia cerca un uomo che venerdì sera ha lasciato la banca su una bicicletta rossa.",
    ],
};

#[rustfmt::skip]
static ITALIAN_CUES: Cues = Cues {
    demonstratives: List("quel|quella|quelle|quei|questa|queste|questi|questo|tale|tali"),
    dates: List("settimana|mese|anno|estate|mattina"),
    pronouns: List("ella|esse|essa|essi|esso|lui|lei|loro|sua|sue|suo|suoi"),
    openings: List(
        "altri|anche|ciò|così|e|entrambi|fai|fare|infatti|inoltre|invece|ma|perciò|però|poi|premere|\
        quest|qui|quindi|selezionare|si|tuttavia|vi",
    ),
    connectives: List("Ad esempio, |Al contrario, |D'altra parte, |Infine, |Per esempio, |Per questo "),
    turns: List("perciò|tuttavia"),
    contrasts: List("invece|ma|però|quindi"),
    pointers: List("ad esempio|ciò|lì|qui|sopra|sotto"),
    echoes: List("anche|inoltre"),
    first_person: List("io|mi|mia|mie|miei|mio"),
    furniture: List("abbonati|cookie|iscriviti|leggi anche|newsletter|foto:"),
    beginnings: List("©"),
    ..Cues::NONE
};
