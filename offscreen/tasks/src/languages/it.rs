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
            Alb,Aless,Arciv,Bart,Can,Capp,Cav,Chiar.mo,D.L,D.Lgs,D.P.R,Div,Dott,Ecc,Ecc.mo,Ecc.za,\
            Em,F.lli,Ferd,Fra,Franc,Gen.le,Gent.le,Giov,Gius,Ill.mi,Isp,L.go,Lod,Magg,Mar.llo,\
            On.le,P.tto,Pod,Preg,Preg.mo,Pres,Rev.do,Rev.mo,SS,Sac,Seb,Segr,Sen,Sig.a,Sind,Sost,\
            Sost.to,Sottosegr,Sovr,Spett.le,Stim,Stim.mo,Sup.re,V.Pres,Vasc,Vesc,Vicepres,Vitt,\
            ad es,al cap,al card,all on,all.ti,amm,arch,avv,brig,c.d,c.so,cass,cav,cd,cfr,cod.civ,\
            cod.pen,comm,cosidd,cpl,d.lgs,dall on,degli on,del cap,del card,del ten,dell on,\
            deputata on,deputato on,dipl,direz,dist,dott,dott.ssa,dr,dr.ssa,egr,fraz,gent.ma,\
            gent.mo,geom,gli on,il cap,il card,il ten,ill.ma,ill.mo,in part,ing,isp,l on,lett,lgt,\
            magg,maresc,min.ra,min.ro,ministro on,mons,onn,p.es,p.le,p.tta,p.za,p.zza,parr,per es,\
            preg,presidente on,proc.civ,proc.pen,prof,prof.ssa,proff,rag,rif,segr,serg,sig,sig.na,\
            sig.ra,sig.re,sigg,sigra,sost,sott,sott.te,spett,stud,suff,ten.col,v.co,v.le,v.lo,vd,\
            vice pres,vicepres,",
        measured: "\
            alin,all.to,alleg,apr,art,artt,cap,capp,co,cod,coll,cpv,decr,dic,dom,ediz,fasc,fatt,\
            fax,febbr,fig,figg,genn,giov,giu,giugn,l,lib,ll,lugl,lun,mart,max,merc,min,mod,n,nn,\
            nov,nr,num,ord,ott,p,p.to,pag,pagg,parr,pp,prop,prot,provv,racc,rep,ric,rif,righ,ris,\
            sab,sc,ser,sett,sez,sezz,ss,t,tab,tav,tavv,tel,tit,trim,v,ven,vol,voll,",
        open: "\
            Acc,Agr,Artig,Autom,Banc,Bca,Bibl,Cant,Cas,Centr,Circ,Civ,Coll,Conf,Cons,Cost,Cultur,\
            Dip,Dir,Econ,Edit,Ev,Fasc,Fed,Gazz,Gest,Gin,Giud,Giur,Ind,Int,Ist,Istit,Lav,Legisl,\
            Libr,Mun,Mus,N.B,Nav,Naz,On,Osp,P.S,Parl,Parr,Pop,Pref,Prov,Psich,Pubbl,Quad,Reg,Rist,\
            Riv,S.p.A,S.r.l,Sc,Sind,Soc,Sorv,Stat,Suppl,Tecn,Ten,Terr,Tip,Trib,Tur,Uff,Un,Univ,\
            Vig,a.c,abb,abit,accr,bibl,c.m,cit,civ,col,coll,compl,conf,d.c,ediz,fam,gen,giur,\
            introd,istr,jr,loc.cit,min,n.d.r,n.d.t,ndr,ndt,op.cit,pref,prov,pubbl,racc,rev,rist,\
            riv,s.p.a,s.r.l,sec,sen,ssp,subsp,succ,suppl,trad,trib,u.s,univ,",
        starters: "\
            Adesso,Alcune,Alcuni,Alcuno,Alleghiamo,Allego,Allora,Altre,Altri,Anche,Ancora,Anzi,\
            Appena,Appunto,Attendo,Attraverso,Attualmente,Basta,Bene,Bisogna,Certo,Chiunque,\
            Cinque,Cioè,Ciò,Come,Contro,Cordiali,Cosa,Così,Da,Dato,Davanti,Dentro,Dietro,Distinti,\
            Diversi,Dopo,Dove,Due,Dunque,Durante,Ecco,Eppure,Era,Erano,Essa,Essi,Esso,Finalmente,\
            Fino,Finora,Forse,Fu,Fuori,Furono,Già,Grazie,Ha,Hai,Hanno,Ho,Ieri,Infatti,Infine,\
            Inoltre,Insomma,Intanto,Invece,Loro,Là,Ma,Mai,Meglio,Meno,Mentre,Miei,Mio,Molte,Molti,\
            Neanche,Nella,Nemmeno,Neppure,Nessun,Nessuna,Nessuno,Niente,Noi,Nostro,Nulla,Oggi,\
            Ogni,Oltre,Oppure,Ora,Parecchi,Peccato,Perché,Pertanto,Però,Più,Pochi,Poco,Poi,Poiché,\
            Possono,Presso,Presto,Prima,Proprio,Purché,Purtroppo,Qua,Qualche,Quale,Quali,Quando,\
            Quanti,Quanto,Quasi,Quattro,Quella,Quelle,Quelli,Quello,Questa,Queste,Questi,Questo,\
            Quindi,Resta,Restano,Rimane,Saranno,Scade,Secondo,Segue,Sei,Sembra,Sempre,Senza,Siamo,\
            Siccome,Siete,Solo,Soltanto,Sono,Spesso,Sta,Stanno,Stasera,Sto,Subito,Sì,Tale,Tanti,\
            Tanto,Tra,Tre,Troppi,Troppo,Tu,Tutta,Tuttavia,Tutte,Tutti,Tutto,Una,Va,Vanno,Verso,Vi,\
            Viene,Voi,Vorrei,Vostra,Vostro,",
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
