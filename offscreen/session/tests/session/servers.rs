//! Servers of the reader's: what is asked of them, what they answer, and when nothing is.

use crate::engine::{Engine, Fake};
use crate::fake_server::{Does, FakeServer};
use protocol::{
    Ability, Backend, BackendChoice, ErrorCode, Event, Failure, Input, InstallEnd, JobState, JobView,
    ModelCard, ModelCardState, ModelSource, OfferQuestion, Request, RewriteGoal, RewriteLength,
    RewriteOptions, Selection, ServerAnswer, Task,
};
use std::rc::Rc;

const ADDRESS: &str = "http://localhost:11434";
const TEXT: &str = "The old bridge is closed for repairs until the end of May, said the town.";

/// An engine, and the server that it is told of.
struct Desk {
    engine: Engine,
    server: Rc<FakeServer>,
}

impl Desk {
    fn new() -> Self {
        let server = Rc::new(FakeServer::default());
        Self { engine: Engine::on(Fake::with(Rc::clone(&server))), server }
    }

    /// One to which a model was added.
    fn with_model(list: &str) -> (Self, ModelCard) {
        let desk = Self::new();
        desk.will([Does::Answers(200, list.to_owned())]);
        let source = ModelSource::Server { address: ADDRESS.to_owned(), model: "qwen3:8b".to_owned() };
        desk.engine.ask(Request::Install { source, key: "k".to_owned() });
        let end = InstallEnd::Installed { name: "qwen3:8b (localhost:11434)".to_owned() };
        let ended = Event::InstallEnded { key: "k".to_owned(), end };
        assert!(desk.engine.said.borrow().contains(&ended), "{:?}", desk.engine.said.borrow().last());
        desk.server.asked.borrow_mut().clear();
        let card = desk.card().unwrap();
        (desk, card)
    }

    fn will(&self, answers: impl IntoIterator<Item = Does>) {
        self.server.answers.borrow_mut().extend(answers);
    }

    fn card(&self) -> Option<ModelCard> {
        let is_served = |card: &ModelCard| matches!(card.state, ModelCardState::OnServer { .. });
        self.engine.snapshot().models.into_iter().find(is_served)
    }

    fn answer(&self, address: &str, list: bool) -> ServerAnswer {
        self.engine.ask(Request::Server { address: address.to_owned(), list, key: "k".to_owned() });
        match self.engine.said.borrow().last() {
            Some(Event::Server { answer, .. }) => answer.clone(),
            other => panic!("{other:?}"),
        }
    }

    fn rewrite(&self, job: &str, options: RewriteOptions, model: Option<&str>) -> JobView {
        let selection =
            Selection { text: TEXT.to_owned(), lang: Some("en".to_owned()), ..Selection::default() };
        self.engine.ask(Request::Start {
            job: job.to_owned(),
            task: Task::Rewrite { options },
            input: Input::Selection { selection },
            choice: BackendChoice::Auto,
            model: model.map(str::to_owned),
            tab: None,
        });
        self.engine.snapshot().job(&job.to_owned()).unwrap().clone()
    }
}

const LIST: &str = r#"{"data":[{"id":"llama3.2"},{"id":"qwen3:8b"}]}"#;

fn shorter() -> RewriteOptions {
    RewriteOptions { length: RewriteLength::Shorter, ..RewriteOptions::default() }
}

/// A text as it is streamed.
fn stream(text: &str) -> String {
    let words = text.split_inclusive(' ').map(|word| {
        let chunk = serde_json::json!({"choices": [{"delta": {"content": word}, "finish_reason": null}]});
        format!("data: {chunk}\n\n")
    });
    let usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":12}}\n\n";
    let end = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    format!("{}{end}{usage}data: [DONE]\n\n", words.collect::<String>())
}

#[test]
fn an_address_is_looked_at_before_anything_is_sent_there() {
    let desk = Desk::new();
    let place = |address: &str| match desk.answer(address, false) {
        ServerAnswer::Place { place } => (place.address, place.host, place.is_local, place.pattern),
        other => panic!("{other:?}"),
    };
    let text = |text: &str| text.to_owned();
    assert_eq!(
        place("http://localhost:11434/"),
        (text("http://localhost:11434/v1"), text("localhost:11434"), true, text("http://localhost:11434/*"))
    );
    assert_eq!(
        place("https://example.org/llm"),
        (text("https://example.org/llm/v1"), text("example.org"), false, text("https://example.org/*"))
    );
    for address in [
        "http://example.org",
        "http://192.168.1.5:11434",
        "https://me@example.org",
        "https://example.org/?key=1",
        "nonsense",
    ] {
        for list in [false, true] {
            let ServerAnswer::Failed { failure } = desk.answer(address, list) else { panic!("{address}") };
            assert_eq!(failure.code, ErrorCode::Address);
        }
    }
    assert!(desk.server.asked.borrow().is_empty());
}

#[test]
fn the_models_of_a_server_are_listed() {
    let desk = Desk::new();
    desk.will([Does::Answers(200, LIST.to_owned())]);
    let ServerAnswer::Models { models, .. } = desk.answer(ADDRESS, true) else { panic!("no models") };
    assert_eq!(models, ["llama3.2", "qwen3:8b"]);
    let asked = desk.server.asked.borrow();
    assert_eq!((asked[0].url.as_str(), &asked[0].body), ("http://localhost:11434/v1/models", &None));
}

#[test]
fn what_is_no_list_is_said_to_be_none() {
    for (does, words, remedy) in [
        (Does::SendsPage, "sent a web page", "/v1"),
        (Does::Answers(200, "{}".to_owned()), "its list of models", "/v1"),
        (Does::Answers(200, "{\"data\":[]}".to_owned()), "has no model", "pull"),
        (Does::Answers(200, "x".repeat(5 << 20)), "more than any answer has", "where it was started"),
        (Does::Answers(401, String::new()), "wants a key", "without one"),
        (Does::Answers(403, String::new()), "does not answer browser extensions", "OLLAMA_ORIGINS"),
        (Does::Answers(404, "404 page not found".to_owned()), "no OpenAI-compatible", "/v1"),
        (Does::Answers(0, String::new()), "another address", "the address"),
        (
            Does::Is(server::Error::Unreachable { reason: "Failed to fetch".to_owned() }),
            "cannot be reached",
            "Start it",
        ),
        (Does::Is(server::Error::Silent { seconds: 30 }), "nothing for 30 seconds", "at work"),
    ] {
        let desk = Desk::new();
        desk.will([does]);
        let ServerAnswer::Failed { failure } = desk.answer(ADDRESS, true) else { panic!("{words}") };
        assert_eq!(failure.code, ErrorCode::Server);
        assert!(
            failure.message.contains(words) && failure.message.contains("localhost:11434"),
            "{failure:?}"
        );
        assert!(failure.remedy.contains(remedy), "{failure:?}");
    }
}

#[test]
fn a_model_that_was_added_stands_among_the_others_and_is_never_chosen_by_itself() {
    let (desk, card) = Desk::with_model(LIST);
    assert_eq!((card.name.as_str(), card.here), ("qwen3:8b (localhost:11434)", true));
    assert_eq!((card.abilities.summarize, card.context, card.bytes), (Ability::Experimental, 2048, 0.0));
    let longer = Task::Rewrite {
        options: RewriteOptions { length: RewriteLength::Longer, ..RewriteOptions::default() },
    };
    let offer = |model: Option<&str>| {
        let question =
            OfferQuestion { key: "q".to_owned(), task: longer.clone(), model: model.map(str::to_owned) };
        desk.engine.ask(Request::Offers { questions: vec![question] });
        match desk.engine.said.borrow().last() {
            Some(Event::Offers { offers }) => offers[0].clone(),
            other => panic!("{other:?}"),
        }
    };
    // Nothing else that is here could do it.
    let unasked = offer(None);
    assert_eq!((unasked.ability, unasked.model, unasked.instead), (Ability::Unfit, None, None));
    let asked = offer(Some(&card.id));
    assert_eq!((asked.ability, asked.model.map(|model| model.id)), (Ability::Experimental, Some(card.id)));
    let options = RewriteOptions { length: RewriteLength::Longer, ..RewriteOptions::default() };
    assert!(matches!(desk.rewrite("job", options, None).state, JobState::Failed { .. }));
    assert!(desk.server.asked.borrow().is_empty(), "nothing is sent that was not chosen");
}

#[test]
fn a_job_is_done_by_the_server_that_was_chosen_and_says_so() {
    let (desk, card) = Desk::with_model(LIST);
    let task = Task::Rewrite { options: shorter() };
    desk.engine.ask(Request::Warm { task, choice: BackendChoice::Auto, model: Some(card.id.clone()) });
    assert!(desk.server.asked.borrow().is_empty(), "nothing is sent ahead of a job");
    let short = "The old bridge is closed until the end of May, said the town.";
    desk.will([Does::Answers(200, stream(short))]);
    let view = desk.rewrite("job", shorter(), Some(&card.id));
    let JobState::Done { stats, text } = &view.state else { panic!("{:?}", view.state) };
    assert_eq!(text, short);
    let server = view.server.as_ref().unwrap();
    assert_eq!(
        (server.model.as_str(), server.place.host.as_str(), server.place.is_local),
        ("qwen3:8b", "localhost:11434", true)
    );
    assert_eq!((stats.device.backend, stats.device.adapter.as_str()), (Backend::Server, "localhost:11434"));
    assert_eq!((stats.model.as_str(), stats.prompt_tokens, stats.output_tokens), ("qwen3:8b", 40, 12));
    let asked = desk.server.asked.borrow();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].url, "http://localhost:11434/v1/chat/completions");
    let body: serde_json::Value = serde_json::from_str(asked[0].body.as_ref().unwrap()).unwrap();
    assert_eq!((&body["model"], &body["stream"]), (&"qwen3:8b".into(), &true.into()));
    assert!(body["messages"].to_string().contains("closed for repairs"), "{body}");
}

#[test]
fn what_a_server_invents_falls_to_the_checks() {
    let (desk, card) = Desk::with_model(LIST);
    desk.will((0..4).map(|_| {
        Does::Answers(200, stream("The old bridge fell into the river in 1987, killing Mr Smith."))
    }));
    let view = desk.rewrite("job", shorter(), Some(&card.id));
    let JobState::Failed { failure } = &view.state else { panic!("{:?}", view.state) };
    assert!(
        failure.code == ErrorCode::NoResult && failure.message.contains("the model added 1987"),
        "{failure:?}"
    );
    assert!(view.sections.iter().all(|section| section.text == TEXT), "{:?}", view.sections);
}

#[test]
fn each_fault_of_a_server_ends_a_job_in_its_own_words() {
    let begun = "data: {\"choices\":[{\"delta\":{\"content\":\"The \"}}]}\n\n";
    let thought = "data: {\"choices\":[{\"delta\":{\"reasoning\":\"Hm\"},\"finish_reason\":\"length\"}]}\n\n";
    let room = "{\"error\":{\"message\":\"request (4031 tokens) exceeds the available context size (2048 tokens)\"}}";
    for (does, words) in [
        (Does::SendsPage, "sent a web page"),
        (Does::Answers(0, String::new()), "another address"),
        (
            Does::Answers(404, "{\"error\":{\"message\":\"no\"}}".to_owned()),
            "does not have the model qwen3:8b",
        ),
        (Does::Answers(400, room.to_owned()), "too little room for this text: “request (4031"),
        (
            Does::Answers(503, "{\"error\":{\"message\":\"Loading model\"}}".to_owned()),
            "is busy: “Loading model”",
        ),
        (Does::Answers(500, "oops".to_owned()), "refused (status 500)"),
        (Does::Answers(200, "data: {oops}\n\n".to_owned()), "cannot be read: a piece of its answer"),
        (
            Does::Answers(200, format!("{begun}data: {{\"error\":\"out of memory\"}}\n\n")),
            "failed while it wrote: “out of memory”",
        ),
        (Does::Answers(200, begun.to_owned()), "stopped in the middle"),
        (Does::Answers(200, thought.to_owned()), "on thinking"),
        (Does::Answers(200, format!("data: {}", "a".repeat(300 << 10))), "a line does not end"),
        (Does::Breaks(begun.to_owned(), server::Error::CutOff), "stopped in the middle"),
        (Does::Breaks(begun.to_owned(), server::Error::Silent { seconds: 30 }), "nothing for 30 seconds"),
        (
            Does::Is(server::Error::Unreachable { reason: "Failed to fetch".to_owned() }),
            "cannot be reached: Failed to fetch",
        ),
    ] {
        let (desk, card) = Desk::with_model(LIST);
        desk.will([does]);
        let view = desk.rewrite("job", shorter(), Some(&card.id));
        let JobState::Failed { failure: Failure { code, message, remedy, .. } } = &view.state else {
            panic!("{words}: {:?}", view.state)
        };
        assert_eq!(*code, ErrorCode::Server, "{words}");
        assert!(message.contains(words) && message.contains("localhost:11434"), "{message}");
        assert!(!remedy.is_empty() && view.server.is_some());
    }
}

#[test]
fn a_server_that_refuses_a_begun_answer_gets_none() {
    let (desk, card) = Desk::with_model(LIST);
    let html = format!("<article>{}</article>", format!("<p>{TEXT}</p>").repeat(3));
    let point = "The old bridge is closed for repairs until the end of May.";
    desk.will([
        Does::Answers(
            400,
            "{\"error\":{\"message\":\"Assistant response prefill is incompatible\"}}".to_owned(),
        ),
        Does::Answers(200, stream(&format!("Key points:\n- {point}\n"))),
    ]);
    desk.engine.ask(Request::Start {
        job: "job".to_owned(),
        task: crate::harness::TASK,
        input: Input::Page {
            page: protocol::PageCapture { html, lang: Some("en".to_owned()), ..Default::default() },
        },
        choice: BackendChoice::Auto,
        model: Some(card.id),
        tab: None,
    });
    let view = desk.engine.snapshot().job(&"job".to_owned()).unwrap().clone();
    let JobState::Done { stats, .. } = &view.state else { panic!("{:?}", view.state) };
    assert!(stats.device.reason.as_ref().is_some_and(|note| note.contains("was begun for it")), "{stats:?}");
    let bodies: Vec<_> =
        desk.server.asked.borrow().iter().filter_map(|request| request.body.clone()).collect();
    let begins = |body: &str| body.contains("\"role\":\"assistant\"");
    assert_eq!(bodies.iter().map(|body| begins(body)).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn what_needs_no_model_is_not_said_to_be_a_servers() {
    let (desk, card) = Desk::with_model(LIST);
    let options = RewriteOptions { goal: RewriteGoal::AsIs, ..RewriteOptions::default() };
    let view = desk.rewrite("job", options, Some(&card.id));
    assert!(view.server.is_none() && desk.server.asked.borrow().is_empty(), "{:?}", view.state);
}

#[test]
fn what_the_server_says_of_a_model_is_kept_and_what_was_removed_is_forgotten() {
    let (desk, card) =
        Desk::with_model(r#"{"data":[{"id":"qwen3:8b","meta":{"n_ctx":4096,"n_params":134515008}}]}"#);
    assert_eq!(card.context, 4096);
    let write = card.abilities.rewrite.iter().find(|way| way.operation == protocol::RewriteOperation::Longer);
    assert_eq!(write.unwrap().ability, Ability::Unfit, "so small a model writes nothing longer");
    desk.engine.ask(Request::Remove { model: card.id });
    assert!(desk.card().is_none() && desk.server.asked.borrow().is_empty());
}

#[test]
fn a_model_that_the_server_does_not_have_is_not_added() {
    let desk = Desk::new();
    desk.will([Does::Answers(200, LIST.to_owned())]);
    let source = ModelSource::Server { address: ADDRESS.to_owned(), model: "gone".to_owned() };
    desk.engine.ask(Request::Install { source, key: "k".to_owned() });
    let said = desk.engine.said.borrow();
    let Some(Event::InstallEnded { end: InstallEnd::Failed { failure }, .. }) = said.last() else {
        panic!("{:?}", said.last())
    };
    assert!(failure.message.contains("does not have the model gone"));
    drop(said);
    assert!(desk.card().is_none());
}
