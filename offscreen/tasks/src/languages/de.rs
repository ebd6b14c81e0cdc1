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
            Abg,Abk,Abt,Angekl,Angesch,Anm,Antragst,Az,Balth,Bearb,Beigel,Bekl,Bernh,Beschl,Betr,\
            Bez,Bf,Bgm,Bisch,Br,Bundesmin,Bundespräs,Bundesrep,Bürgerm,Chr,Dipl,Dirig,Doz,Dr,\
            Dr.h.c,Dr.habil,Dr.jur,Dr.med,Dr.med.dent,Dr.med.vet,Dr.oec,Dr.phil,Dr.rer,Dr.rer.nat,\
            Dr.rer.pol,Dr.theol,Dt,Ebf,Erzb,Essl,Eßl,Fam,Feldw,Ferd,Fr,Frfr,Frh,Frhr,Friedr,Frl,\
            Fw,Fürstb,Gasth,Gebr,Gefr,Geh,Genlt,Ges,Gf,Gfn,Gottfr,Gottl,Heinr,Herm,Hl,Hofr,Hptm,\
            Hr,Hrn,Hzg,Ing,Inh,Innenmin,Insp,Jak,Joh,Jos,Kapt,Kard,Kdt,Kfm,Kgl,Klin,Konr,Korv,Kpt,\
            Kptlt,Krim,Kt,Landesh,Leop,Lt,Ltn,Ludw,Mag,Matth,Ministerialr,Ministerpräs,Msp,Nachf,\
            Nikol,Nrn,Oberbürgerm,Oberlt,Oberst.-Lt,Oberstlt,Obfw,Oblt,Obstlt,Parl,Pat,Pck,Pfr,\
            Pol,Prof,Präs,RAe,Rechn,Rechng,Rechtsanw,RegR,Reichsm,Reinh,Rspr,Rud,Seb,Sekr,Sen,Sg,\
            St,StA,StFw,StSekr,Staatsanw,Staatsmin,Staatssekr,Stv,Ständ,Techn,Teel,Theod,Uffz,Ulr,\
            Urt,Verf,Verk,Vertr,Vizek,Vizepräs,Vors,Wilh,Wirkl,Wolfg,Wwe,a.M,a.a.O,a.d,abzgl,allg,\
            allgem,altgriech,amerik,amtl,anschl,apl,ausf,ausführl,ausgen,ausschl,außerd,bayer,\
            bearb,begr,beispielsw,bekl,belg,bes,betr,bevollm,bibl,biol,bspw,bzw,börsennot,\
            charakterist,d.h,d.i,d.Ä,dent,dest,dt,durchschn,dän,ebd,ehem,eidg,eig,eigtl,einh,\
            einschl,einschließl,elektr,emer,endg,engl,entspr,erford,ersch,erw,etw,europ,ev,evang,\
            evgl,evtl,exkl,fakult,folg,frdl,freiw,frz,fränk,geb,geg,gegebenenf,gegr,gem,geogr,\
            geol,gesch,geschl,gesetzl,gest,gew,gez,ggf,ggfs,griech,h.c,habil,herzgl,hess,hist,hl,\
            holl,i.Allg,i.Br,i.H.v,i.S.d,i.S.v,i.U,i.V.m,i.d.F,i.e.S,i.w.S,i.Ü,indiv,inkl,innerh,\
            insb,insbes,insbesond,internat,isl,ital,jem,jew,jmd,jmdm,jmdn,jmds,jur,jährl,jüd,kath,\
            kaufm,kfm,komb,konz,künstl,landw,lat,lt,luth,m.E,m.W,m.a.W,m.w.N,mathem,mech,med,\
            mittelalt,monatl,mult,nachm,nat,neuhochdt,niederl,nordd,nordwestl,nordöstl,norw,notw,\
            nördl,o.g,obd,offiz,ordentl,orth,oström,parl,pfälz,phil,philos,polit,poln,ppa,prakt,\
            preuß,prof.em,provis,präs,rechtl,rechtsk,regelm,relig,rer.nat,rer.pol,röm,s.o,s.u,\
            schwed,schweiz,schwäb,selbstverst,serb,slaw,sog,sowj,spez,staatl,statist,steir,stellv,\
            stellvertr,stud,stv,städt,sächs,südd,südl,südwestl,südöstl,techn,teilw,thür,tschech,\
            tägl,türk,u.U,umg,ung,ungar,ungef,urspr,v.a,verantw,vergl,vergr,verh,versch,verschied,\
            vertr,vgl,vollst,vorauss,voraussichtl,vorm,vorw,weitg,werkt,westd,westl,wg,wiss,\
            wissensch,wässr,z.B,z.Hd,z.T,z.Z,z.Zt,z.b,zahlr,zeitgen,zit,zool,zust,zz,zzgl,zzt,\
            österr,östl,überarb,",
        measured: "\
            Abschn,Anl,Ausg,Bde,Bdn,Beil,Bl,Bll,Bsp,Buchst,Di,Do,Durchw,ErwGr,Expl,Fn,Fußn,Gl,Gln,\
            Halbs,Hausnr,Hebr,Hs,Jg,Joh,Kat,Kaut,Kor,Lfd,Lk,Ltr,Mi,Min,Mitgl,Mo,Mrz,Mt,Nrn,Pers,\
            Pfd,Pos,Postf,Ps,Randnr,Rdn,Rdnr,Rn,Rz,Röm,S,Sa,Sek,So,Sp,Stck,Std,Stk,Taf,Tl,Tle,Tz,\
            Var,Whg,Wo,Zi,abb,abs,anl,anm,apr,art,aufl,aug,bd,dez,feb,febr,fn,jahrg,jan,kap,lfg,\
            lit,max,mind,nov,nr,okt,rdnr,sept,tab,taf,teilbd,tel,ziff,",
        open: "\
            Abh,Abschr,Adr,Akad,Anf,Anh,Antw,Anw,Anz,Aufn,Ausst,Beih,Beisp,Beitr,Bem,Ber,Bevollm,\
            Bew,Bez,Bhf,Biogr,Brosch,Buchh,Co,Darst,Diss,Distr,Dok,Einf,Einl,Einw,Empf,Entf,\
            Entsch,Erg,Erl,Fa,Fak,Forts,Geschf,Gesellsch,GmbH,Gr,Grdst,Grundst,Gymn,Handelsreg,\
            Hbf,Hdb,Hdwb,Hg,Hgg,Hinterh,Hss,Jb,Jbb,Jhdt,Jhs,Kirchengem,Kl,Konf,Konj,Kr,Krs,Kü,\
            Landger,Lehrb,Lehrst,Lsg,Mill,Mitt,Ms,Nachdr,Nachtr,Ndr,Nebenz,Neudr,Obb,\
            Oberlandesger,Opf,Orig,Parz,Pfarrgem,Pl,Plur,Prov,Präp,Raiffeisenbk,Red,Rez,Rh,Samml,\
            Schr,Sitzg,Slg,Staatsangeh,Stat,Subst,Suppl,Teiln,Tit,Univ,Unters,Urk,Vereinb,Verl,\
            Verm,Versamml,Versich,Verw,Verwaltungsger,Verz,Vf,Vfg,Vorb,Vorderh,Vorl,Westf,Whg,\
            Wohng,Wörterb,Württ,Zeitschr,Zentr,Zi,Zs,Zus,Zw,bzgl,d.J,d.M,d.Red,d.Verf,dgl,e.V,f,\
            ff,hrsg,i.A,i.R,i.V,i.d.r,jh,mio,mrd,n.chr,o.ä,s.a,tsd,u.a,u.dgl,u.v.m,u.ä,usf,v.chr,\
            vs,Übers,ü.NN,",
        starters: "\
            Alle,Allerdings,Alles,Anbei,Anders,Anliegend,Außerdem,Beide,Beides,Beigefügt,\
            Beiliegend,Beinahe,Bereits,Bisher,Bitte,Da,Dabei,Dadurch,Dafür,Dagegen,Daher,Damals,\
            Damit,Danach,Danke,Dann,Daran,Darauf,Daraus,Darin,Darum,Darunter,Darüber,Das,Davon,\
            Davor,Dazu,Dein,Deine,Demnach,Denn,Dennoch,Derzeit,Deshalb,Dessen,Deswegen,Dies,\
            Diesem,Diesen,Doch,Dort,Drei,Ebenfalls,Ebenso,Eigentlich,Einige,Einmal,Einst,Endlich,\
            Erst,Etwa,Falls,Fast,Ferner,Folglich,Freilich,Früher,Fünf,Gegen,Gemeinsam,Genau,\
            Gerade,Gestern,Gleich,Gleichzeitig,Heute,Hierbei,Hierfür,Hierzu,Hinter,Hinzu,\
            Hochachtungsvoll,Hoffentlich,Häufig,Ihm,Ihn,Ihnen,Ihrer,Immer,Immerhin,Indem,Infolge,\
            Innerhalb,Insgesamt,Inzwischen,Irgendwann,Ist,Ja,Jede,Jedenfalls,Jeder,Jedes,Jedoch,\
            Jemand,Jene,Jener,Jenes,Jetzt,Kaum,Keiner,Leider,Letztlich,Manch,Manche,Manchmal,\
            Mehrere,Mein,Meine,Meist,Meistens,Mich,Mir,Mittlerweile,Morgen,Möglicherweise,Nachdem,\
            Natürlich,Neben,Nein,Nichts,Nie,Niemals,Niemand,Nirgends,Ob,Oben,Obwohl,Oft,Ohne,\
            Plötzlich,Rund,Schade,Schließlich,Sechs,Seitdem,Selbst,Sieben,Sobald,Sogar,Solange,\
            Solche,Sollte,Somit,Sonst,Sowohl,Später,Statt,Stattdessen,Stets,Tatsächlich,Teils,\
            Trotz,Trotzdem,Ungefähr,Unser,Unsere,Unten,Vermutlich,Viele,Vielleicht,Vier,Vorher,\
            Wahrscheinlich,Wann,Warum,Weder,Wegen,Weil,Weiter,Weitere,Welche,Welcher,Welches,Wem,\
            Wen,Wenig,Wenige,Wenigstens,Weshalb,Wessen,Wieder,Wieso,Wirklich,Wo,Woher,Wohin,Womit,\
            Worauf,Wozu,Während,Wäre,Zahlbar,Zehn,Ziemlich,Zudem,Zuerst,Zugleich,Zuletzt,Zunächst,\
            Zurzeit,Zusammen,Zusätzlich,Zwar,Zwei,Zwischen,Zwölf,Überall,Übrigens,",
        before_ordinals: "\
            Am,Auf,Beim,Das,Dem,Den,Der,Des,Die,Ihr,Im,In,Ins,Jede,Jeder,Jedes,Mit,Sein,Seine,\
            Seit,Vom,Vor,Zum,Zur,ab,am,auf,beim,bis,das,dem,den,der,des,die,diesem,dieser,ihr,\
            ihre,ihrem,ihren,ihrer,ihres,im,in,ins,jede,jedem,jeden,jeder,jedes,mein,meine,nach,\
            pro,sein,seine,seinem,seinen,seiner,seines,seit,u.,und,unser,unsere,vom,von,vor,zum,\
            zur,",
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
