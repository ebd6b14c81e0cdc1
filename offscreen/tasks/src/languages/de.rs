//! German.

use super::cues::Cues;
use super::language::{Abbreviations, Language};
use super::list::List;
use waken_snowball::algorithms::german_stemmer;

#[rustfmt::skip]
pub(crate) static GERMAN: Language = Language {
    tag: "de",
    name: "German",
    stemmer: german_stemmer::stem,
    capitalised_nouns: true,
    abbreviations: Abbreviations {
        titles: "\
            Abg,Abk,Abt,Anm,Az,Bearb,Beschl,Betr,Bez,Bgm,Dipl,Dr,Dr.h.c,Dr.habil,Dr.jur,Dr.med,\
            Dr.med.dent,Dr.med.vet,Dr.oec,Dr.phil,Dr.rer,Dr.rer.nat,Dr.rer.pol,Dr.theol,Dt,Fam,Fr,\
            Frhr,Frl,Gebr,Ges,Hl,Hptm,Hr,Hrn,Ing,Inh,Kdt,Kfm,Kgl,Mag,Nrn,Oberlt,Oberstlt,Oblt,\
            Prof,Präs,RAe,Rspr,St,Stv,Techn,Uffz,Urt,Verf,Vors,a.M,a.a.O,a.d,abzgl,allg,amerik,\
            apl,ausschl,beispielsw,bes,betr,bspw,bzw,d.J,d.M,d.h,d.i,d.Ä,dent,dt,ebd,ehem,eigtl,\
            einschl,einschließl,emer,engl,entspr,ev,evang,evtl,exkl,frz,geb,gegr,gem,gesetzl,gest,\
            ggf,ggfs,griech,h.c,habil,hl,i.Allg,i.Br,i.H.v,i.S.d,i.S.v,i.U,i.V.m,i.d.F,i.e.S,\
            i.w.S,i.Ü,inkl,innerh,insb,insbes,ital,jew,jährl,kath,lat,lt,m.E,m.W,m.a.W,m.w.N,med,\
            monatl,mult,nördl,o.g,prof.em,rer.nat,rer.pol,röm,s.o,s.u,schweiz,sog,staatl,stv,\
            städt,südl,tägl,u.U,urspr,v.a,verh,versch,vgl,westl,wg,wissensch,z.B,z.Hd,z.T,z.Z,\
            z.Zt,z.b,zit,zz,zzgl,zzt,österr,östl,überarb,",
        measured: "\
            Abschn,Anl,Ausg,Beil,Bl,Bsp,Di,Do,Fn,Hebr,Jg,Joh,Kor,Lk,Mi,Min,Mo,Mrz,Mt,Nrn,Ps,Rn,Rz,\
            Röm,S,Sa,Sek,So,Sp,Stck,Std,Stk,Taf,abb,abs,apr,art,aufl,aug,bd,dez,feb,febr,jan,kap,\
            lit,max,mind,nov,nr,okt,sept,tab,tel,ziff,",
        open: "\
            Co,Fa,GmbH,Mill,a.D,bzgl,dgl,e.V,f,ff,hrsg,i.A,i.R,i.V,i.d.r,jh,mio,mrd,n.chr,o.ä,s.a,\
            tsd,u.a,u.v.m,u.ä,v.chr,vs,Übers,",
        starters: "\
            Alle,Allerdings,Anders,Außerdem,Bereits,Bisher,Da,Dabei,Dadurch,Dafür,Dagegen,Daher,\
            Damals,Damit,Danach,Dann,Daran,Darauf,Daraus,Darin,Darum,Darüber,Das,Davon,Davor,\
            Dazu,Denn,Dennoch,Derzeit,Deshalb,Dessen,Deswegen,Dies,Diesem,Diesen,Doch,Dort,\
            Ebenso,Eigentlich,Erst,Etwa,Ferner,Gestern,Heute,Hierbei,Hierzu,Hinzu,Immer,\
            Insgesamt,Inzwischen,Ist,Jede,Jeder,Jedes,Jedoch,Jetzt,Manche,Mehrere,Meist,Morgen,\
            Nachdem,Neben,Nie,Niemand,Ob,Obwohl,Ohne,Rund,Schließlich,Seitdem,Selbst,Sobald,\
            Sogar,Solche,Somit,Sonst,Später,Statt,Trotz,Trotzdem,Viele,Vielleicht,Wann,Warum,\
            Weder,Wegen,Weil,Weiter,Weitere,Welche,Weshalb,Wo,Wohin,Während,Zudem,Zuerst,Zuletzt,\
            Zunächst,Zurzeit,Zusammen,Zwar,Zwei,Zwischen,",
        before_ordinals: "\
            Am,Auf,Beim,Das,Dem,Den,Der,Des,Die,Ihr,Im,In,Ins,Jede,Jeder,Jedes,Mit,Sein,Seine,\
            Seit,Vom,Vor,Zum,Zur,ab,am,auf,beim,bis,das,dem,den,der,des,die,diesem,dieser,ihr,\
            ihre,ihrem,ihren,ihrer,ihres,im,in,ins,jede,jedem,jeden,jeder,jedes,mein,meine,nach,\
            pro,sein,seine,seinem,seinen,seiner,seines,seit,und,unser,unsere,vom,von,vor,zum,zur,",
    },
    function_words: List(
        "der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|und|oder|aber|von|vom|zu|zum|zur|im|\
        in|am|an|auf|aus|bei|mit|nach|für|über|unter|vor|seit|bis|durch|ist|sind|war|waren|wird|werden|\
        wurde|wurden|hat|haben|hatte|hatten|kann|können|soll|sollen|muss|nicht|kein|keine|es|er|sie|\
        wir|ihr|ich|sich|sein|seine|ihre|dass|daß|als|wie|wenn|weil|auch|noch|nur|mehr|dort|hier|\
        dieser|diese|dieses|was|wer|warum|um|so|man|sehr|schon|nun|beim|ins|ihren|seinen",
    ),
    stop_words: &[],
    denials: List("nicht|kein|keine|keinen|keinem|keiner|keines|nie|niemals|niemand|niemanden|nichts"),
    hedges: List("ohne|nur|außer|bis|kaum|weder|unmöglich|verboten"),
    doubts: List(
        "soll|sollen|sollte|sollten|könnte|könnten|dürfte|dürften|würde|würden|angeblich|laut|zufolge|\
        offenbar|vielleicht|wohl|vermutlich|mutmaßlich|mutmaßliche|mutmaßlichen|möglicherweise|\
        wahrscheinlich|voraussichtlich|sagt|sagte|sagten|erklärte|behauptet|behauptete|fast|rund|etwa|\
        mindestens|höchstens|wenn|falls|aber",
    ),
    cues: Some(&GERMAN_CUES),
    numbers: &[
        ("zwei", 2), ("drei", 3), ("vier", 4), ("fünf", 5), ("sechs", 6), ("sieben", 7),
        ("acht", 8), ("neun", 9), ("zehn", 10), ("elf", 11), ("zwölf", 12), ("dreizehn", 13),
        ("vierzehn", 14), ("fünfzehn", 15), ("sechzehn", 16), ("siebzehn", 17), ("achtzehn", 18),
        ("neunzehn", 19), ("zwanzig", 20), ("dreißig", 30), ("vierzig", 40), ("fünfzig", 50),
        ("sechzig", 60), ("siebzig", 70), ("achtzig", 80), ("neunzig", 90), ("hundert", 100),
        ("tausend", 1000), ("zweimal", 2), ("dreimal", 3), ("viermal", 4),
    ],
    quantities: &[],
    tens_joint: None,
    digit_groups: &['.'],
    decimal_point: ',',
    days: ["Montag*", "Dienstag*", "Mittwoch*", "Donnerstag*", "Freitag*", "Samstag*", "Sonntag*"],
    months: [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
        "Oktober", "November", "Dezember",
    ],
    months_as_words: &[],
    months_as_first_words: &[],
    examples: [
        "Die Stadt hat die alte Schule an eine örtliche Firma verkauft.",
        "Die Straße zum Flughafen wird wegen Bauarbeiten drei Wochen lang gesperrt.",
        "„Mit so vielen Besuchern haben wir nicht gerechnet“, sagte die Leiterin Anna Weber am Montag.",
        "Neue Arbeitsplätze im Hafen",
        "Die neue Strecke kostete 4,5 Millionen Euro und wurde 2021 eröffnet.",
        "Er konnte nicht erklären, warum der Brief nie angekommen war.",
        "Mehr als 3.000 Menschen haben die Petition gegen den Plan unterschrieben.",
        "Wenn der Laden im Frühling wieder öffnet, will der Besitzer nur noch Brot aus der Region verkaufen.",
        "Wie viel Geld braucht die Stadt für das neue Theater?",
        "Die Polizei sucht einen Mann, der am Freitagabend auf einem roten Fahrrad die Bank verließ.",
    ],
};

#[rustfmt::skip]
static GERMAN_CUES: Cues = Cues {
    demonstratives: List("dies|diese|diesem|diesen|dieser|dieses|solche|solchen|solcher"),
    dates: List("woche|monat|monats|jahr|jahre|jahres|sommer|winter"),
    pronouns: List("er|es|ihm|ihn|ihnen|ihr|ihre|ihren|ihrer|sein|seine|seinem|seinen|seiner|sie"),
    openings: List(
        "aber|allerdings|andere|anschließend|auch|außerdem|beide|dabei|dadurch|dafür|daher|damit|\
        danach|dann|daraus|darin|darum|davon|dazu|denn|dennoch|deren|deshalb|dessen|doch|dort|\
        ebenso|hier|hierzu|jedoch|klicken|lassen|schließlich|so|somit|später|trotzdem|und|wählen|\
        zudem|öffnen",
    ),
    turns: List("allerdings|dagegen|dennoch|des weiteren|deshalb|jedoch|trotzdem"),
    contrasts: List("aber|daher|doch"),
    pointers: List("dabei|dies|dort|hier|letztere|letzterer|oben|siehe|unten|zum beispiel"),
    echoes: List("auch|außerdem|dann|ebenfalls"),
    first_person: List("ich|mein|meine|meinen|mich|mir"),
    furniture: List(
        "abonnieren|datenschutz|lesen sie auch|mehr zum thema|newsletter|anzeige:|cookies|\
        jetzt anmelden",
    ),
    beginnings: List("bild:|foto:|©"),
    ..Cues::NONE
};
