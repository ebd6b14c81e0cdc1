//! Spanish.

use super::cues::Cues;
use super::language::{Abbreviations, Language};
use super::list::List;
use waken_snowball::algorithms::spanish_stemmer;

#[rustfmt::skip]
pub(crate) static SPANISH: Language = Language {
    tag: "es",
    name: "Spanish",
    stemmer: spanish_stemmer::stem,
    capitalised_nouns: false,
    abbreviations: Abbreviations {
        titles: "\
            Alm,Cap,Da,Dip,Edo,Fco,Fr,Ing,Inst,Mag,Mª,Rev,Sgda,abog,adic,adm,aprox,arq,av,avda,\
            ayto,brig,cdte,cf,cfr,cmte,cnel,coord,ctra,depto,disp,disp.transit,dpto,dr,dra,dres,\
            dña,edif,ej,entlo,excma,excmo,fdo,gral,hna,hno,hnos,ilma,ilmo,lcda,lcdo,lic,licda,\
            mons,mtra,mtro,ntra,ntro,p.ej,pbro,pdte,por ej,ppal,prof,profa,prov,psic,pza,rte,sgto,\
            sra,sres,srta,sta,sto,trad,tte,tít,ud,uds,urb,vd,vds,vid,",
        measured: "\
            abr,art,arts,blq,cap,caps,dic,ene,esc,fig,figs,jul,jun,lám,máx,mín,n,nov,nro,nº,núm,\
            núms,oct,p,pp,pta,pág,págs,párr,s,secc,sept,t,tel,tfno,trim,vol,vols,",
        open: "\
            Cía,S.S,a.c,a.de c,c.v,cc.aa,cc.oo,cía,d.c,d.de c,dcha,ee.uu,ff.aa,ff.cc,izq,jj.oo,\
            q.e.p.d,rr.hh,s.a,s.l,sr,",
        starters: "\
            Además,Ahora,Algunas,Algunos,Allí,Anoche,Antes,Aquí,Así,Aunque,Ayer,Bajo,Cada,Casi,\
            Con,Cualquier,Cuál,Cuándo,Cuánto,Después,Dice,Dos,Durante,Ellas,Ellos,Entonces,Esa,\
            Esas,Eso,Esos,Estaba,Esto,Está,Están,Fue,Ha,Hace,Hacia,Han,Hasta,Hay,Hoy,Incluso,\
            Luego,Mañana,Mientras,Muchas,Muchos,Nada,Nadie,Ninguna,Ningún,No,Nunca,Otra,Otras,\
            Otro,Otros,Pero,Pese,Poco,Porque,Pues,Quienes,Quién,Según,Ser,Siempre,Sin,Solo,Su,\
            Sólo,También,Tampoco,Tanto,Tras,Tres,Una,Usted,Varios,Vivía,Y,Ya,",
        ..Abbreviations::NONE
    },
    function_words: List(
        "el|la|los|las|un|una|unos|unas|de|del|y|e|o|pero|a|al|en|con|por|para|sin|sobre|es|son|era|fue|\
        fueron|ser|está|están|ha|han|había|será|puede|debe|no|se|lo|le|les|su|sus|él|ella|ellos|\
        nosotros|yo|este|esta|estos|estas|ese|esa|que|qué|quien|cuando|donde|porque|cómo|como|también|\
        más|muy|ya|desde|hasta|entre|después|antes|si|allí|aquí|mi|todo|todos|ni|cerca|nos",
    ),
    stop_words: &[],
    denials: List("no|nunca|jamás|nadie|ningún|ninguna|ninguno|tampoco"),
    hedges: List("sin|salvo|excepto|nada|ni|solo|sólo|hasta|imposible|prohibido"),
    doubts: List(
        "puede|pueden|podría|podrían|habría|habrían|sería|serían|debería|deberían|según|quizá|quizás|\
        probablemente|presunto|presunta|supuesto|supuesta|supuestamente|presuntamente|dijo|dice|afirma|\
        afirmó|aseguró|unos|casi|menos|más|si|pero",
    ),
    cues: Some(&SPANISH_CUES),
    numbers: &[
        ("dos", 2), ("tres", 3), ("cuatro", 4), ("cinco", 5), ("seis", 6), ("siete", 7),
        ("ocho", 8), ("nueve", 9), ("diez", 10), ("once", 11), ("doce", 12), ("trece", 13),
        ("catorce", 14), ("quince", 15), ("dieciséis", 16), ("diecisiete", 17), ("dieciocho", 18),
        ("diecinueve", 19), ("veinte", 20), ("treinta", 30), ("cuarenta", 40), ("cincuenta", 50),
        ("sesenta", 60), ("setenta", 70), ("ochenta", 80), ("noventa", 90), ("cien", 100),
        ("mil", 1000),
    ],
    quantities: &[],
    tens_joint: Some(" y "),
    digit_groups: &['.'],
    decimal_point: ',',
    days: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    months: [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
        "octubre", "noviembre", "diciembre",
    ],
    months_as_words: &[],
    months_as_first_words: &[],
    examples: [
        "La ciudad vendió la antigua escuela a una empresa local.",
        "La carretera del aeropuerto estará cerrada durante tres semanas por obras.",
        "«No esperábamos tantos visitantes», dijo el lunes la directora, Anna Weber.",
        "Nuevos empleos en el puerto",
        "La nueva línea costó 4,5 millones de euros y se inauguró en 2021.",
        "No pudo explicar por qué la carta nunca había llegado.",
        "Más de 3.000 personas firmaron la petición contra el plan.",
        "Cuando la tienda vuelva a abrir en primavera, su dueño quiere vender solo pan de la región.",
        "¿Cuánto dinero necesita la ciudad para el nuevo teatro?",
        "La policía busca a un hombre que salió del banco en una bicicleta roja el viernes por la tarde.",
    ],
};

#[rustfmt::skip]
static SPANISH_CUES: Cues = Cues {
    demonstratives: List("esa|esas|ese|esos|esta|estas|este|estos"),
    dates: List("semana|mes|año|verano|mañana|tarde"),
    pronouns: List("ella|ellas|ellos|le|les|su|sus|él"),
    openings: List(
        "abra|además|ahí|allí|ambos|así|aquel|aquí|asimismo|entonces|eso|esto|haga|incluso|\
        luego|otra|otro|otros|pero|pulse|seleccione|también|tampoco|y",
    ),
    connectives: List(
        "En cambio, |En contraste, |Finalmente, |No obstante, |Por ejemplo, |Por eso, |\
        Por lo tanto, |Por otra parte, |Por otro lado, |Por último, |Sin embargo, ",
    ),
    turns: List("en cambio|no obstante|por lo tanto|sin embargo"),
    contrasts: List("pero|por eso"),
    pointers: List("ahí|allí|aquí|más abajo|más arriba|por ejemplo"),
    echoes: List("también"),
    first_person: List("me|mi|mis|yo"),
    furniture: List("boletín|cookies|lea también|lee también|suscríbete|suscríbase|newsletter|foto:"),
    beginnings: List("©"),
    ..Cues::NONE
};
