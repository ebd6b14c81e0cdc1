//! Sentence pairs shown to a model that only continues texts, before the sentence it is to translate.
//!
//! They are statements like those of an article, one of them a heading without a full stop. How many are worth their time was
//! measured; see `tests/translations/README.md`.

use super::direction::Direction;
use super::languages::LANGUAGES;

/// Sentences in the order of [`LANGUAGES`].
type Example = [&'static str; LANGUAGES.len()];

/// Shown first, always: what stands before the sentence stays in the model's cache.
const FIRST: usize = 8;

/// All of them, for a second attempt.
#[rustfmt::skip]
const EXAMPLES: [Example; 10] = [
    [
        "The town has sold the old school to a local company.",
        "Die Stadt hat die alte Schule an eine örtliche Firma verkauft.",
        "La ville a vendu l'ancienne école à une entreprise locale.",
        "La ciudad vendió la antigua escuela a una empresa local.",
        "La città ha venduto la vecchia scuola a un'azienda locale.",
        "A cidade vendeu a antiga escola a uma empresa local.",
    ],
    [
        "The road to the airport will be closed for three weeks because of construction work.",
        "Die Straße zum Flughafen wird wegen Bauarbeiten drei Wochen lang gesperrt.",
        "La route de l'aéroport sera fermée pendant trois semaines en raison de travaux.",
        "La carretera del aeropuerto estará cerrada durante tres semanas por obras.",
        "La strada per l'aeroporto sarà chiusa per tre settimane a causa di lavori.",
        "A estrada para o aeroporto ficará fechada durante três semanas devido a obras.",
    ],
    [
        "“We did not expect so many visitors,” said the director, Anna Weber, on Monday.",
        "„Mit so vielen Besuchern haben wir nicht gerechnet“, sagte die Leiterin Anna Weber am Montag.",
        "« Nous n'attendions pas autant de visiteurs », a déclaré lundi la directrice, Anna Weber.",
        "«No esperábamos tantos visitantes», dijo el lunes la directora, Anna Weber.",
        "«Non ci aspettavamo così tanti visitatori», ha detto lunedì la direttrice Anna Weber.",
        "«Não esperávamos tantos visitantes», disse na segunda-feira a diretora, Anna Weber.",
    ],
    [
        "New jobs at the port",
        "Neue Arbeitsplätze im Hafen",
        "De nouveaux emplois au port",
        "Nuevos empleos en el puerto",
        "Nuovi posti di lavoro al porto",
        "Novos empregos no porto",
    ],
    [
        "The new line cost 4.5 million euros and was opened in 2021.",
        "Die neue Strecke kostete 4,5 Millionen Euro und wurde 2021 eröffnet.",
        "La nouvelle ligne a coûté 4,5 millions d'euros et a été ouverte en 2021.",
        "La nueva línea costó 4,5 millones de euros y se inauguró en 2021.",
        "La nuova linea è costata 4,5 milioni di euro ed è stata aperta nel 2021.",
        "A nova linha custou 4,5 milhões de euros e foi inaugurada em 2021.",
    ],
    [
        "He could not explain why the letter had never arrived.",
        "Er konnte nicht erklären, warum der Brief nie angekommen war.",
        "Il n'a pas pu expliquer pourquoi la lettre n'était jamais arrivée.",
        "No pudo explicar por qué la carta nunca había llegado.",
        "Non ha saputo spiegare perché la lettera non fosse mai arrivata.",
        "Ele não conseguiu explicar por que a carta nunca tinha chegado.",
    ],
    [
        "More than 3,000 people signed the petition against the plan.",
        "Mehr als 3.000 Menschen haben die Petition gegen den Plan unterschrieben.",
        "Plus de 3 000 personnes ont signé la pétition contre le projet.",
        "Más de 3.000 personas firmaron la petición contra el plan.",
        "Più di 3.000 persone hanno firmato la petizione contro il progetto.",
        "Mais de 3.000 pessoas assinaram a petição contra o plano.",
    ],
    [
        "When the shop opens again in spring, its owner wants to sell only bread from the region.",
        "Wenn der Laden im Frühling wieder öffnet, will der Besitzer nur noch Brot aus der Region verkaufen.",
        "Quand le magasin rouvrira au printemps, son propriétaire ne veut vendre que du pain de la région.",
        "Cuando la tienda vuelva a abrir en primavera, su dueño quiere vender solo pan de la región.",
        "Quando il negozio riaprirà in primavera, il proprietario vuole vendere solo pane della regione.",
        "Quando a loja voltar a abrir na primavera, o dono quer vender apenas pão da região.",
    ],
    [
        "How much money does the city need for the new theatre?",
        "Wie viel Geld braucht die Stadt für das neue Theater?",
        "De combien d'argent la ville a-t-elle besoin pour le nouveau théâtre ?",
        "¿Cuánto dinero necesita la ciudad para el nuevo teatro?",
        "Di quanti soldi ha bisogno la città per il nuovo teatro?",
        "De quanto dinheiro a cidade precisa para o novo teatro?",
    ],
    [
        "The police are looking for a man who left the bank on a red bicycle on Friday evening.",
        "Die Polizei sucht einen Mann, der am Freitagabend auf einem roten Fahrrad die Bank verließ.",
        "La police recherche un homme qui a quitté la banque vendredi soir sur un vélo rouge.",
        "La policía busca a un hombre que salió del banco en una bicicleta roja el viernes por la tarde.",
        "La polizia cerca un uomo che venerdì sera ha lasciato la banca su una bicicletta rossa.",
        "A polícia procura um homem que saiu do banco numa bicicleta vermelha na sexta-feira à noite.",
    ],
];

/// The text that a model continues with the translation of `sentence`, which must be one line. The second attempt shows more
/// examples than the first, after the same beginning.
pub(super) fn prompt(direction: Direction, sentence: &str, attempt: usize) -> String {
    let shown = if attempt == 0 { FIRST } else { EXAMPLES.len() };
    let (from, to) = (direction.from.name, direction.to.name);
    let place = |tag| LANGUAGES.iter().position(|language| language.tag == tag).unwrap_or_default();
    let (source, target) = (place(direction.from.tag), place(direction.to.tag));
    let mut text = String::new();
    for example in &EXAMPLES[..shown] {
        text.push_str(&format!("{from}: {}\n{to}: {}\n\n", example[source], example[target]));
    }
    text.push_str(&format!("{from}: {sentence}\n{to}:"));
    text
}
