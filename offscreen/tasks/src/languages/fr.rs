//! French.

use super::cues::Cues;
use super::language::{Abbreviations, Language};
use super::list::List;
use waken_snowball::algorithms::french_stemmer;

#[rustfmt::skip]
pub(crate) static FRENCH: Language = Language {
    tag: "fr",
    name: "French",
    stemmer: french_stemmer::stem,
    capitalised_nouns: false,
    abbreviations: Abbreviations {
        titles: "\
            Bd,Bld,Cap,Col,Dr,Drs,MM,Me,Mgr,Mlle,Mme,Mmes,N.B,Pdt,Pr,St,Ste,Sts,Sté,Sén,Vve,adm,\
            amb,anc,angl,apr,arr,av,bd,boul,bât,c.-à-d,c.à.d,capt,cdt,cf,chât,civ,cne,crim,dép,\
            env,gén,ibid,impr,lt,lt-col,ltn,notamm,p.ex,par ex,prés,rel,rte,s.v,sgt,spéc,trad,éd,",
        measured: "\
            alin,ann,art,avr,cap,ch,chap,coll,déc,fasc,fig,févr,janv,juil,n,nov,oct,p,paragr,pp,\
            réf,sept,suppl,t,tabl,trim,tél,vol,",
        open: "\
            Cie,Ets,H.T,J.-C,Jr,S.A,S.A.R.L,T.T.C,adj,hab,suiv,Éts,étym,",
        starters: "\
            Ainsi,Alors,Après,Aucun,Aujourd,Aussi,Autre,Avant,Beaucoup,Bien,Car,Ceci,Cela,Celle,\
            Celui,Cependant,Certains,Ceux,Chaque,Comme,Comment,Dans,Depuis,Donc,Durant,Dès,Enfin,\
            Ensuite,Est,Et,Grâce,Hier,Ici,Ils,Jamais,Lorsque,Maintenant,Mais,Malgré,Notre,Nous,\
            Néanmoins,On,Or,Où,Parce,Parfois,Pendant,Personne,Plus,Plusieurs,Pourquoi,Pourtant,\
            Près,Puis,Puisque,Quand,Quelle,Quelques,Qui,Rien,Selon,Seul,Seule,Si,Tous,Tout,Toute,\
            Toutefois,Trois,Très,Une,Voici,Voilà,",
        ..Abbreviations::NONE
    },
    function_words: List(
        "le|la|les|l|un|une|des|du|de|d|et|ou|mais|à|au|aux|en|dans|sur|sous|par|pour|avec|sans|est|\
        sont|était|étaient|été|être|a|ont|avait|sera|seront|peut|doit|ne|n|pas|plus|il|elle|ils|elles|\
        on|nous|vous|je|j|se|s|ce|c|cette|ces|cet|son|sa|ses|leur|leurs|notre|votre|qui|que|qu|quand|\
        où|pourquoi|comment|comme|aussi|très|depuis|après|avant|entre|chez|lorsque|si|y|mon|ma|mes|tout",
    ),
    stop_words: &[],
    denials: List("pas|jamais|aucun|aucune|rien|ne|n"),
    hedges: List("sans|sauf|ni|seulement|personne|non|impossible|interdit"),
    doubts: List(
        "peut|peuvent|pourrait|pourraient|aurait|auraient|serait|seraient|devrait|devraient|selon|\
        d'après|peut-être|probablement|présumé|présumée|prétendu|dit|déclare|affirme|assure|jusqu'à|\
        jusqu|environ|presque|moins|plus|si|mais",
    ),
    cues: Some(&FRENCH_CUES),
    numbers: &[
        ("deux", 2), ("trois", 3), ("quatre", 4), ("cinq", 5), ("six", 6), ("sept", 7), ("huit", 8),
        ("neuf", 9), ("dix", 10), ("onze", 11), ("douze", 12), ("treize", 13), ("quatorze", 14),
        ("quinze", 15), ("seize", 16), ("dix-sept", 17), ("dix-huit", 18), ("dix-neuf", 19),
        ("vingt", 20), ("trente", 30), ("quarante", 40), ("cinquante", 50), ("soixante", 60),
        ("soixante-dix", 70), ("quatre-vingts", 80), ("quatre-vingt-dix", 90), ("cent", 100),
        ("mille", 1000),
    ],
    quantities: &[],
    tens_joint: Some(" et "),
    digit_groups: &['\u{202f}', '\u{a0}', ' '],
    decimal_point: ',',
    days: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    months: [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ],
    months_as_words: &[],
    months_as_first_words: &[],
    examples: [
        "La ville a vendu l'ancienne école à une entreprise locale.",
        "La route de l'aéroport sera fermée pendant trois semaines en raison de travaux.",
        "« Nous n'attendions pas autant de visiteurs », a déclaré lundi la directrice, Anna Weber.",
        "De nouveaux emplois au port",
        "La nouvelle ligne a coûté 4,5 millions d'euros et a été ouverte en 2021.",
        "Il n'a pas pu expliquer pourquoi la lettre n'était jamais arrivée.",
        "Plus de 3 000 personnes ont signé la pétition contre le projet.",
        "Quand le magasin rouvrira au printemps, son propriétaire ne veut vendre que du pain de la région.",
        "De combien d'argent la ville a-t-elle besoin pour le nouveau théâtre ?",
        "La police recherche un homme qui a quitté la banque vendredi soir sur un vélo rouge.",
    ],
};

#[rustfmt::skip]
static FRENCH_CUES: Cues = Cues {
    demonstratives: List("ces|cet|cette"),
    dates: List("semaine|mois|année|été|hiver|matin"),
    pronouns: List("elle|elles|il|ils|leur|leurs|lui|sa|ses|son"),
    openings: List(
        "ainsi|alors|aussi|c|ce|ceci|cela|celle|celui|cependant|cliquez|donc|enfin|ensuite|et|ici|là|\
        mais|néanmoins|or|ouvrez|pourtant|puis|sélectionnez|tous|toutefois|voici",
    ),
    connectives: List(
        "Ainsi, |Au contraire, |D'autre part, |De l’autre, |De plus, |En effet, |En outre, |\
        En revanche, |Par ailleurs, |Par exemple, |Pour cela, ",
    ),
    turns: List("cependant|en revanche|néanmoins|pourtant|toutefois"),
    contrasts: List("de l autre|donc|mais"),
    pointers: List("ci-dessous|ci-dessus|ici|là|par exemple"),
    echoes: List("aussi|également"),
    first_person: List("j|je|ma|me|mes|moi|mon"),
    furniture: List("abonnez-vous|cookies|lire aussi|inscrivez-vous|newsletter|s'abonner|crédit photo"),
    beginnings: List("photo :|publié |©"),
    ..Cues::NONE
};
