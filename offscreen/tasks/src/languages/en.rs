//! English.

use super::cues::Cues;
use super::language::{Abbreviations, Language};
use super::list::List;
use waken_snowball::algorithms::english_stemmer;

#[rustfmt::skip]
pub(crate) static ENGLISH: Language = Language {
    tag: "en",
    name: "English",
    stemmer: english_stemmer::stem,
    capitalised_nouns: false,
    abbreviations: Abbreviations {
        titles: "\
            Abp,Adm,Ald,Amb,Archbp,Assemb,Assoc,Asst,Attn,Atty,Benj,Bp,Brgd,Brig,Bro,Capt,Capts,\
            Chas,Chmn,Civ,Cllr,Cmdr,Cmdt,Col,Cols,Comdr,Commr,Const,Cpl,Cpt,Crim,Ctte,Cty,Dep,Det,\
            Dir.-Gen,Drs,Dt,Edw,Encl,Ens,Esq,Evid,Flt,Fr,Ft,Gen,Gens,Geo,Gov,Gp,Hon,Hwy,Insp,Jas,\
            Jos,Jud,Lcpl,Ldr,Lieut,Lt,Lts,Magis,Maj,Messrs,Mlle,Mme,Mmes,Ms,Msgr,Mt,Mx,N.B,Ofc,\
            P.P.S,P.S,Pfc,Pres,Proc,Prof,Profs,Pty,Pvt,Rep,Reps,Rev,Revd,Robt,Rt,Rtd,Saml,Secy,\
            Sen,Sens,Sgt,Sgts,Spc,Sqn,Sts,Supt,Thos,Tpr,Treas,Visc,Wm,a.k.a,aff'd,cf,dr,e.g,excl,\
            i.e,incl,mr,mrs,resp,rev'd,scil,st,v,viz,vs,",
        measured: "\
            Apt,Cor,Deut,Exod,Fri,Matt,Mon,Prob,Ref,Sat,Sch,Thess,Thurs,Tues,Wed,app,appx,apr,art,\
            arts,aug,ch,chap,cl,cls,dec,eq,eqn,eqns,eqs,est,exh,exhs,exs,ext,feb,fig,figs,fns,fol,\
            fols,jan,jul,jun,lem,ll,mar,nn,no,nos,nov,oct,p,para,paras,pl,pls,pp,prop,props,pts,\
            reg,regs,sched,sec,sect,sep,sept,subcl,subpara,subparas,subsec,subsecs,subss,suppl,\
            tbl,tbls,thm,thms,tit,vol,vols,",
        open: "\
            Acad,Ala,Am,Amer,Appl,Ariz,Ark,Assoc.-Prof,Assocs,Astron,Astrophys,Attys,Aust,Austral,\
            Ave,B.Sc,Beds,Berks,Biochem,Biol,Biophys,Bot,Brdg,Brig.-Gen,Brit,Bucks,Bull,Bur,Cal,\
            Calif,Cambs,Chem,Cir,Clin,Clk,Clr,Cncl,Coll,Colls,Colo,Comm,Commn,Comms,Comput,Conf,\
            Conn,Conv,Cres,Ct,Cttee,D.Phil,Distr,Distrib,Ecol,Econ,Educ,Elec,Eng,Entomol,Environ,\
            Eur,Evol,Expwy,Expy,Fdn,Fed,Fedn,Fla,Ga,Gaz,Gdns,Genet,Geol,Geophys,Glos,Gp,Grp,Gt,\
            Hants,Herts,Hist,Hldgs,Hosp,Hts,Immunol,Ind,Indep,Indus,Ins,Inst,Intl,Inv,Jct,Judg,\
            Kan,Ky,Lancs,Leics,Lett,Lincs,Ln,Lond,M.Sc,Mag,Manuf,Mater,Md,Mech,Meteorol,Mfg,Mfrs,\
            Mich,Microbiol,Middx,Minist,Minn,Mol,Monogr,Mont,Mtn,Mtns,Mus,Mut,Natl,Neb,Neurol,\
            Neurosci,Nev,Nfld,Northants,Notts,Nucl,Nutr,Oceanogr,Okla,Ont,Opt,Ore,Oxon,Parl,\
            Pathol,Pharmacol,Phys,Physiol,Pk,Pkwy,Pl,Polym,Pres,Prods,Psychiatr,Psychol,Pub,Publ,\
            Publs,Qld,Que,Rec,Rlwy,Rm,Rte,Ry,Sask,Sch,Sci,Secr,Servs,Sess,Soc,Sociol,Socs,Sq,\
            Staffs,Stat,Ste,Stn,Supp,Suppl,Surg,Symp,Sys,Syst,Tas,Tenn,Terr,Tex,Theor,Tpke,Tr,\
            Transp,Trib,Twp,Util,Va,Vt,Wash,Wilts,Wis,Worcs,Wyo,Yorks,Zeal,Zool,abbr,al,anon,\
            approx,assn,attrib,ave,bibliog,biog,bros,ca,co,contd,corp,deg,dept,ed,eds,et al,\
            ex rel,ft,inc,intl,introd,jr,misc,nr,obs,op,orig,ph.d,publ,rd,repr,spp,sr,ssp,subsp,\
            transl,tsp,univ,usu,",
        starters: "\
            A,Above,According,Across,After,Again,All,Although,Always,An,And,Another,Anyone,Around,\
            As,At,Because,Before,Both,But,By,Despite,During,Each,Either,Elsewhere,Enclosed,Even,\
            Everybody,Everyone,Everything,Few,Finally,First,Five,For,Fortunately,Four,From,Had,He,\
            Hence,Her,Here,His,How,However,I,If,In,Indeed,Inside,Instead,It,Its,Last,Later,Let,\
            Like,Many,Maybe,Meanwhile,Might,More,Most,Much,Must,My,Near,Neither,Never,Next,No,\
            Nobody,None,Nor,Not,Nothing,Now,Often,On,Once,One,Only,Or,Others,Our,Outside,Perhaps,\
            Please,Rather,Recently,Regards,Seven,Several,She,Should,Similarly,Since,Sincerely,Six,\
            So,Some,Sometimes,Soon,Such,Ten,That,The,Their,Then,There,Therefore,These,They,This,\
            Those,Though,Three,Through,Thus,To,Today,Together,Tomorrow,Tonight,Two,Under,\
            Unfortunately,Unless,Unlike,Until,Upon,Use,Very,We,What,When,Whenever,Where,Wherever,\
            Whether,Which,While,Who,Whose,Why,With,Within,Without,Yes,Yesterday,Yet,You,Your,\
            Yours,",
        before_ordinals: "",
    },
    function_words: List(
        "the|a|an|and|or|but|of|to|in|on|at|by|for|with|from|is|are|was|were|be|been|has|have|had|will|\
        would|can|could|not|no|it|its|he|she|they|we|you|his|her|their|our|this|that|these|those|which|\
        who|what|when|where|why|how|as|than|there|here|also|more|most|all|some|any|after|before|about|\
        because|if|into|only|than|then|over|under|my|your|each|every|many|do|does|did|said|says|i|so|\
        up|out",
    ),
    stop_words: &[
        "a", "able", "about", "above", "across", "actually", "after", "again", "against", "ago",
        "all", "almost", "along", "already", "also", "although", "always", "am", "amid", "among",
        "an", "and", "another", "any", "anyone", "anything", "anyway", "approximately", "are",
        "aren't", "around", "as", "at", "away", "back", "be", "became", "because", "become",
        "becomes", "been", "before", "being", "below", "between", "both", "but", "by", "came",
        "can", "can't", "cannot", "come", "comes", "could", "couldn't", "did", "didn't", "do",
        "does", "doesn't", "doing", "don't", "done", "down", "during", "each", "either", "else",
        "enough", "etc", "even", "ever", "every", "everyone", "everything", "few", "fewer", "for",
        "from", "further", "get", "gets", "getting", "give", "given", "go", "goes", "going", "got",
        "had", "hadn't", "has", "hasn't", "have", "haven't", "having", "he", "her", "here", "hers",
        "herself", "him", "himself", "his", "how", "however", "i", "i'd", "i'll", "i'm", "i've",
        "if", "in", "indeed", "instead", "into", "is", "isn't", "it", "it'd", "it'll", "its",
        "itself", "just", "kind", "least", "less", "let", "let's", "like", "likely", "lot", "lots",
        "made", "make", "makes", "making", "many", "may", "maybe", "me", "meanwhile", "might",
        "mine", "more", "most", "much", "must", "my", "myself", "near", "nearly", "need", "neither",
        "never", "no", "nobody", "none", "nor", "not", "nothing", "now", "of", "off", "often", "on",
        "once", "one", "ones", "only", "onto", "or", "other", "others", "otherwise", "our", "ours",
        "ourselves", "out", "over", "own", "per", "perhaps", "put", "quite", "rather", "really",
        "roughly", "said", "same", "say", "says", "set", "several", "shall", "she", "should",
        "shouldn't", "since", "so", "some", "someone", "something", "sometimes", "soon", "still",
        "such", "take", "taken", "than", "that", "the", "their", "theirs", "them", "themselves",
        "then", "there", "therefore", "these", "they", "they'd", "they'll", "they're", "they've",
        "thing", "things", "this", "those", "though", "through", "thus", "to", "together", "too",
        "toward", "towards", "under", "unless", "until", "up", "upon", "us", "use", "used", "uses",
        "using", "usually", "very", "via", "was", "wasn't", "way", "ways", "we", "we'd", "we'll",
        "we're", "we've", "well", "were", "weren't", "what", "whatever", "when", "where", "whether",
        "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without",
        "won't", "would", "wouldn't", "yet", "you", "you'd", "you'll", "you're", "you've", "your",
        "yours", "yourself",
    ],
    denials: List("not|no|never|nobody|none|nothing|cannot|neither|nor"),
    hedges: List(
        "without|unable|only|except|until|unless|failed|fails|fail|refused|refuses|lacks|lack|hardly|\
        stopped|impossible|forbidden|banned",
    ),
    doubts: List(""),
    cues: Some(&ENGLISH_CUES),
    numbers: &[
        ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8),
        ("nine", 9), ("ten", 10), ("eleven", 11), ("twelve", 12), ("thirteen", 13),
        ("fourteen", 14), ("fifteen", 15), ("sixteen", 16), ("seventeen", 17), ("eighteen", 18),
        ("nineteen", 19), ("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50),
        ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90), ("hundred", 100),
        ("thousand", 1000), ("twice", 2),
    ],
    // `one` is no number: it is a pronoun more often.
    quantities: &[
        ("zero", "0"), ("hundred", "hundred"), ("hundreds", "hundreds"), ("thousand", "thousand"),
        ("thousands", "thousands"), ("million", "million"), ("millions", "millions"),
        ("billion", "billion"), ("billions", "billions"), ("trillion", "trillion"),
        ("dozen", "dozen"), ("dozens", "dozens"), ("half", "half"), ("quarter", "quarter"),
        ("third", "3"), ("twice", "twice"), ("double", "twice"), ("doubled", "twice"),
        ("triple", "thrice"), ("tripled", "thrice"), ("second", "2"), ("fourth", "4"),
        ("fifth", "5"), ("sixth", "6"), ("seventh", "7"), ("eighth", "8"), ("ninth", "9"),
        ("tenth", "10"),
    ],
    tens_joint: None,
    digit_groups: &[','],
    decimal_point: '.',
    days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    months: [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ],
    months_as_words: &["March", "May"],
    months_as_first_words: &["May"],
    examples: [
        "The town has sold the old school to a local company.",
        "The road to the airport will be closed for three weeks because of construction work.",
        "“We did not expect so many visitors,” said the director, Anna Weber, on Monday.",
        "New jobs at the port",
        "The new line cost 4.5 million euros and was opened in 2021.",
        "He could not explain why the letter had never arrived.",
        "More than 3,000 people signed the petition against the plan.",
        "When the shop opens again in spring, its owner wants to sell only bread from the region.",
        "How much money does the city need for the new theatre?",
        "The police are looking for a man who left the bank on a red bicycle on Friday evening.",
    ],
};

#[rustfmt::skip]
pub(crate) static ENGLISH_CUES: Cues = Cues {
    demonstratives: List("these|this"),
    dates: List("week|month|year|decade|season|summer|winter|spring|fall|morning|afternoon|evening"),
    pronouns: List("he|her|him|his|it|its|she|their|them|they"),
    openings: List(
        "add|afterwards|again|also|another|attach|avoid|be|both|browse|build|call|check|choose|click|\
        connect|consider|copy|cut|delete|develop|dig|do|download|drag|either|ensure|enter|examine|\
        explore|fill|find|follow|get|give|go|here|inspect|install|just|keep|learn|let|make|measure|\
        neither|note|now|open|other|others|otherwise|place|press|print|put|remember|remove|repeat|\
        replace|run|save|second|see|select|share|sign|so|start|step|stop|such|switch|take|tap|test|\
        that|then|think|third|those|try|turn|use|view|visit|watch|write",
    ),
    connectives: List(
        "Additionally, |Admittedly, |Also, |And |Anyway, |As a result, |As such, |As you can see, |\
        Besides, |But |Consequently, |Finally, |For example, |For instance, |For this reason, |\
        Furthermore, |Hence, |However, |In addition, |In contrast, |In fact, |In other words, |\
        In short, |In truth, |Indeed, |Instead, |Meanwhile, |Moreover, |Nevertheless, |Of course, |\
        On the other hand, |Similarly, |So, |Specifically, |Still, |That said, |Therefore, |Thus, |\
        Yet ",
    ),
    turns: List("however|nevertheless|nonetheless|therefore"),
    contrasts: List("as such|but|instead|now|though|unfortunately|yet"),
    pointers: List(
        "above|after that|as follows|as mentioned|as shown|as we|at the bottom|at the top|below|\
        by then|can be found in|from there|here|if that|in this article|in this post|\
        in this section|in this tutorial|like this|mentioned in|next section|pictured|\
        previous section|recall that|see also|since then|so far|the following|the latter|the other|\
        we said|we saw|when that|you can see",
    ),
    echoes: List("also|then|thereby|thus|too"),
    first_person: List("i|me|my"),
    references: List("chapter|example|fig|figure|listing|section|table"),
    appendices: List(
        "about the author|acknowledgements|acknowledgments|advertisement|author|authors|\
        bibliography|citations|comments|external links|footnotes|further reading|leave a comment|\
        leave a reply|more from|more on this story|most popular|newsletter|notes|other resources|\
        recommended|references|related|related articles|related posts|related topics|see also|\
        share|share this|sources|subscribe|tags|top stories",
    ),
    findings: List(
        "according to|announced|as a result|because|concluded|found that|has been|have been|\
        important|is designed|is known|means that|must |researchers|showed|shows that|so that|\
        study|the main|the most",
    ),
    conclusions: List(
        "conclusion|conclusions|in conclusion|in summary|key takeaways|summary|takeaways|tl;dr|\
        wrapping up",
    ),
    furniture: List(
        "ad blocker|advertisement|affiliate|all rights reserved|click here|cookies|copyright ©|\
        create an account|creative commons|licensed under|did you know|download our app|\
        email address|enable javascript|first published|follow us|get the latest|getty images|\
        image credit|image source|join our|log in|newsletter|originally appeared|\
        originally published|photo by|photo credit|photograph:|please consider|please enable|\
        privacy policy|read more|share this|sign in|sign up|subscribe|support our|\
        terms of service|terms of use|this article is|this article was|this post was|\
        this story was|we may earn|your browser",
    ),
    beginnings: List(
        "by |for a list of |from wikipedia|image:|last updated|listen to|photo:|picture:|posted |\
        published |related:|updated |video:|watch:|welcome to |©",
    ),
};
