//! Portuguese.

use super::cues::Cues;
use super::language::{Abbreviations, Language};
use super::list::List;
use waken_snowball::algorithms::portuguese_stemmer;

#[rustfmt::skip]
pub(crate) static PORTUGUESE: Language = Language {
    tag: "pt",
    name: "Portuguese",
    stemmer: portuguese_stemmer::stem,
    capitalised_nouns: false,
    abbreviations: Abbreviations {
        titles: "\
            Alm,Arq,Cap,Cb,Cel,Dep,Des,Desa,Emb,Eng,Gal,Gen,Gov,Insp,Ir,Maj,Pdr,Pe,Pres,Proc,Rel,\
            Revmo,Rod,Sen,Sgt,Sras,Srs,Ten,Trav,V.Ex,V.Exa,V.M,V.Sa,adv,ao min,aprox,av,cf,coord,\
            do min,dr,dra,drs,dto,edif,emb,eng,enga,ex,exma,exmo,fund,inc,jd,nasc,o min,p.ex,\
            pelo min,por ex,prof,profa,profª,pç,pça,rel,rel.min,rod,sra,srta,sta,sto,séc,sécs,\
            trad,tv,tít,vs,",
        measured: "\
            Jo,Lc,Mt,abr,apto,art,arts,cap,caps,dez,fev,fig,figs,jan,jul,jun,máx,mín,n,nov,nr,nº,\
            núm,p,pp,pág,págs,t,tab,tel,telef,trim,tít,vol,vols,",
        open: "\
            C.ia,Cia,P.S,Ph.D,S.S,a.c,cia,d.c,e.u.a,hab,jr,lda,ltda,s.a,sr,",
        starters: "\
            Agora,Ainda,Algumas,Alguns,Ali,Além,Amanhã,Antes,Ao,Apenas,Apesar,Após,Aquela,Aquele,\
            Aqui,Assim,Até,Cada,Como,Contudo,Depois,Desde,Devido,Dois,Durante,Elas,Eles,Embora,\
            Enquanto,Entretanto,Então,Essa,Esse,Esta,Estas,Este,Estes,Está,Eu,Foi,Hoje,Há,Isso,\
            Isto,Já,Logo,Lá,Mais,Mas,Mesmo,Muitas,Muitos,Nada,Nem,Nenhum,Ninguém,Nossa,Nosso,\
            Nunca,Onde,Ontem,Outra,Outras,Outro,Outros,Para,Pela,Pelo,Poderá,Pois,Por,Porque,\
            Portanto,Porém,Pouco,Qual,Quando,Quanto,Quase,Quem,Se,Segundo,Sem,Sempre,Será,Seu,\
            Seus,Sua,Suas,São,Só,Também,Tem,Toda,Todas,Todos,Três,Tudo,Uma,Você,Vários,",
        ..Abbreviations::NONE
    },
    function_words: List(
        "o|a|os|as|um|uma|uns|umas|de|do|da|dos|das|e|ou|mas|em|no|na|nos|nas|num|numa|ao|à|aos|às|por|\
        pelo|pela|para|com|sem|sobre|é|são|era|foi|foram|ser|está|estão|tem|têm|tinha|será|pode|deve|\
        não|se|ele|ela|eles|nós|eu|seu|sua|seus|suas|este|esta|isso|que|quem|quando|onde|porque|como|\
        também|mais|muito|já|desde|até|entre|depois|antes|lá|aqui|minha|nossa|todos|ficou|há",
    ),
    stop_words: &[],
    denials: List("não|nunca|jamais|ninguém|nenhum|nenhuma"),
    hedges: List("sem|exceto|só|apenas|nada|nem|até|impossível|proibido"),
    doubts: List(
        "pode|podem|poderia|poderiam|teria|teriam|seria|seriam|deveria|deveriam|segundo|talvez|\
        provavelmente|suposto|suposta|alegado|alegada|alegadamente|supostamente|disse|diz|afirma|\
        afirmou|cerca|quase|menos|mais|se|mas",
    ),
    cues: Some(&PORTUGUESE_CUES),
    numbers: &[
        ("dois", 2), ("duas", 2), ("três", 3), ("quatro", 4), ("cinco", 5), ("seis", 6),
        ("sete", 7), ("oito", 8), ("nove", 9), ("dez", 10), ("onze", 11), ("doze", 12),
        ("treze", 13), ("catorze", 14), ("quinze", 15), ("dezasseis", 16), ("dezesseis", 16),
        ("dezassete", 17), ("dezessete", 17), ("dezoito", 18), ("dezanove", 19), ("dezenove", 19),
        ("vinte", 20), ("trinta", 30), ("quarenta", 40), ("cinquenta", 50), ("sessenta", 60),
        ("setenta", 70), ("oitenta", 80), ("noventa", 90), ("cem", 100), ("mil", 1000),
    ],
    quantities: &[],
    tens_joint: Some(" e "),
    digit_groups: &['.'],
    decimal_point: ',',
    days: [
        "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado",
        "domingo",
    ],
    months: [
        "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro",
        "outubro", "novembro", "dezembro",
    ],
    months_as_words: &[],
    months_as_first_words: &[],
    examples: [
        "A cidade vendeu a antiga escola a uma empresa local.",
        "A estrada para o aeroporto ficará fechada durante três semanas devido a obras.",
        "«Não esperávamos tantos visitantes», disse na segunda-feira a diretora, Anna Weber.",
        "Novos empregos no porto",
        "A nova linha custou 4,5 milhões de euros e foi inaugurada em 2021.",
        "Ele não conseguiu explicar por que a carta nunca tinha chegado.",
        "Mais de 3.000 pessoas assinaram a petição contra o plano.",
        "Quando a loja voltar a abrir na primavera, o dono quer vender apenas pão da região.",
        "De quanto dinheiro a cidade precisa para o novo teatro?",
        "A polícia procura um homem que saiu do banco numa bicicleta vermelha na sexta-feira à noite.",
    ],
};

#[rustfmt::skip]
static PORTUGUESE_CUES: Cues = Cues {
    demonstratives: List(
        "dessa|dessas|desse|desses|desta|destas|deste|destes|disso|essa|essas|esse|esses|esta|estas|\
        este|estes|nessa|nesse|nesta|neste",
    ),
    dates: List("semana|mês|ano|verão|manhã"),
    pronouns: List("dela|dele|ela|elas|ele|eles|lhe|seu|seus|sua|suas"),
    openings: List(
        "abra|além|ali|ambos|aqui|assim|clique|contudo|e|então|entretanto|isso|isto|lá|mas|outra|\
        outro|outros|porém|selecione|também|todavia",
    ),
    connectives: List(
        "Apesar disso, |Em seguida, |Finalmente, |Na ocasião, |No entanto, |Por exemplo, |Por isso, |\
        Portanto, ",
    ),
    turns: List("contudo|entretanto|no entanto|portanto|porém"),
    contrasts: List("mas|por isso"),
    pointers: List("abaixo|acima|ali|aqui|lá|por exemplo"),
    echoes: List("também"),
    first_person: List("eu|me|meu|meus|mim|minha|minhas"),
    furniture: List("assine|cookies|inscreva-se|leia também|newsletter|foto:"),
    beginnings: List("©"),
    ..Cues::NONE
};
