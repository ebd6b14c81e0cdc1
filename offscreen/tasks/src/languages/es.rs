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
            Alc,Alf,Alm,Arz,Arzobpo,Bach,Can,Cap,Cbo,Cmdte,Comdte,Comte,Consej,Cte,Da,Deleg,Dip,\
            Edo,Emmo,Fco,Fisc,Fr,Gdor,Gob,Gte,Illma,Illmo,Ing,Inmob,Insp,Inst,Intend,Lda,Ldo,Ldos,\
            Letr,Mag,Magda,Magdo,Marq,Mgtr,Mtros,Mª,Méx,Obpo,Pdta,Proc,Pte,Rda,Rdo,Rev,Rvda,Rvdmo,\
            Rvdo,Sgda,Sold,Subcom,Subinsp,Subof,Subt,Subtte,Supte,Tcnel,Tec,Tnte,Téc,Valm,Vda,\
            Vice,Vicealm,Vicepdte,abog,adic,adm,admón,afmo,aprox,arq,atte,atto,av,avd,avda,ayto,\
            blvr,brig,calz,carr,cdte,cf,cfr,cmte,cnel,coord,ctra,ctro,depto,disp,disp.transit,dn,\
            dpto,dr,dra,dres,dña,edif,ej,entlo,excma,excmo,expte,fdo,fracc,glta,gral,hble,hna,hno,\
            hnos,igl,ilma,ilmo,impr,jdo,juzg,lcda,lcdo,ldo,lic,licda,mons,mtra,mtro,mzna,ntra,\
            ntras,ntro,p.ej,parr,pbro,pdo,pdte,pje,plza,por ej,ppal,ppdo,prof,profa,prov,psic,\
            psje,pza,pzla,rdo,rte,sgto,sra,sras,sres,srta,srtas,sta,sto,subdir,subsec,supl,tfno,\
            tlf,trad,transp,trav,tte,tít,ud,uds,urb,vd,vdas,vds,vid,",
        measured: "\
            abr,ap,apdo,apdos,aps,apto,art,arts,blq,cap,caps,cel,cl,cláus,col,cols,corol,cuad,dic,\
            dom,ed,ej,ejs,ene,epíg,esc,exp,expte,ext,fasc,fig,figs,fol,fols,frac,gráf,hh,il,ilus,\
            juev,jul,jun,km,lam,lib,lte,lun,lám,lín,líns,mart,miérc,mod,mz,mzo,máx,mín,móv,n,nn,\
            nov,nro,nros,nº,núm,núms,oct,ofic,ord,p,pp,prop,props,pta,pte,ptos,pág,págs,párr,\
            párrs,rec,ref,reg,regl,resol,rev,s,sec,secc,sept,sig,sigs,ss,sáb,t,tabl,tel,telef,\
            teléf,tfno,trat,trim,tít,títs,vid,vier,vol,vols,",
        open: "\
            AA.VV,Acad,Amb,Arch,Asamb,Asoc,Aud,Autón,Aux,Bca,Bco,Bibl,Cat,Circ,Civ,Clín,Cols,Conf,\
            Cons,Constr,Consult,Contr,Cía,Cías,Dep,Dist,Dpto,Econ,Ed,Edit,Eds,Emb,Esc,Evang,Fac,\
            Gen,Hist,Hum,Ind,Int,Jur,Libr,Ltda,Mcpal,Min,Mun,Munic,Mus,Nac,Nacl,Pers,Pol,Psiq,Pte,\
            Reg,Resol,Rest,S.S,Secr,Sent,Sind,Sist,Soc,Subd,Suc,Sucs,Sup,Territ,Tip,Trib,Tur,Téc,\
            Unid,Univ,VV.AA,Zool,a.c,a.de c,aprox,c.v,cc.aa,cc.oo,cía,d.c,d.de c,dcha,dir,ed,eds,\
            ee.uu,ff.aa,ff.cc,introd,izda,izq,izqda,jj.oo,loc.cit,ob.cit,op.cit,pról,publ,q.e.p.d,\
            reimp,rr.hh,s.a,s.l,sr,ss,ssp,subsp,v.gr,",
        starters: "\
            Acaso,Además,Adjuntamos,Adjunto,Ahora,Algo,Alguien,Alguna,Algunas,Algunos,Algún,Allí,\
            Ambas,Ambos,Anoche,Antes,Apenas,Aquel,Aquella,Aquellas,Aquellos,Aquí,Así,Atentamente,\
            Aunque,Ayer,Aún,Bajo,Bien,Cada,Casi,Cinco,Con,Consta,Contra,Cualquier,Cuanto,Cuatro,\
            Cuál,Cuándo,Cuánto,Cuántos,Dado,Deben,Debido,Dentro,Después,Dice,Diez,Dos,Durante,\
            Dónde,Ellas,Ellos,Encima,Enseguida,Entonces,Eran,Esa,Esas,Eso,Esos,Estaba,Estamos,\
            Esto,Estoy,Está,Están,Existe,Existen,Frente,Fue,Fuera,Gracias,Ha,Habrá,Hace,Hacia,Han,\
            Hasta,Hay,Hoy,Igual,Incluso,Jamás,Junto,Lejos,Luego,Mañana,Me,Mejor,Menos,Mientras,\
            Mis,Mucha,Muchas,Mucho,Muchos,Nada,Nadie,Ninguna,Ninguno,Ningún,No,Nuestra,Nuestras,\
            Nuestro,Nuestros,Nunca,Ojalá,Otra,Otras,Otro,Otros,Parece,Peor,Pero,Pese,Poca,Pocas,\
            Poco,Pocos,Porque,Primero,Procede,Pronto,Pueden,Pues,Queda,Quedan,Quienes,Quizá,\
            Quizás,Quién,Saludos,Sea,Según,Seis,Ser,Serán,Siempre,Sigue,Sin,Solo,Soy,Su,Sí,Sólo,\
            Tal,También,Tampoco,Tan,Tanto,Tenía,Tiene,Tienen,Toda,Todas,Todavía,Tras,Tres,Una,\
            Usted,Va,Vamos,Van,Varios,Vence,Viene,Vive,Viven,Vivía,Y,Ya,",
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
