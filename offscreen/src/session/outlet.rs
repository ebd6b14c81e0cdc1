use super::{Board, Clock, Emit};
use protocol::{Event, JobId, ModelCard, ModelCardState, ModelState, Progress};

/// Milliseconds between two reports of the same phase: faster than anyone reads a number.
const PROGRESS_EVERY: f64 = 100.0;

/// Milliseconds between two pieces of text: about what a screen shows in one frame or two.
const TEXT_EVERY: f64 = 25.0;

/// Applies events to the board and sends them, in that order and never one without the other.
///
/// Reports that come faster than anyone can see are thinned out here: progress is dropped, text is gathered. Gathered
/// text goes out before any other event, so the order of events is the order in which things happened.
pub(super) struct Outlet {
    clock: Clock,
    emit: Emit,
    gathered: Option<Text>,
    text_at: f64,
    progress_at: f64,
    loading_at: f64,
    models_at: f64,
}

struct Text {
    job: JobId,
    section: u32,
    text: String,
}

impl Outlet {
    pub(super) fn new(clock: Clock, emit: Emit) -> Self {
        let never = f64::NEG_INFINITY;
        Self {
            clock,
            emit,
            gathered: None,
            text_at: never,
            progress_at: never,
            loading_at: never,
            models_at: never,
        }
    }

    pub(super) fn send(&mut self, board: &mut Board, event: Event) {
        self.flush(board);
        self.deliver(board, event);
    }

    pub(super) fn snapshot(&mut self, board: &mut Board) {
        self.flush(board);
        (self.emit)(&board.snapshot());
    }

    pub(super) fn model(&mut self, board: &mut Board, model: ModelState) {
        let too_soon = match (&board.model, &model) {
            (ModelState::Loading { progress: known, .. }, ModelState::Loading { progress, .. }) => {
                known.phase == progress.phase && self.is_too_soon(self.loading_at)
            }
            _ => false,
        };
        if !too_soon {
            self.loading_at = (self.clock)();
            self.send(board, Event::Model { model });
        }
    }

    pub(super) fn models(&mut self, board: &mut Board, models: Vec<ModelCard>) {
        let installing = |card: &ModelCard| matches!(card.state, ModelCardState::Installing { .. });
        let same = |(known, card): (&ModelCard, &ModelCard)| {
            known == card || known.id == card.id && installing(known) && installing(card)
        };
        let only_progress = board.models.len() == models.len() && board.models.iter().zip(&models).all(same);
        if !(only_progress && self.is_too_soon(self.models_at)) {
            self.models_at = (self.clock)();
            self.send(board, Event::Models { models });
        }
    }

    pub(super) fn progress(&mut self, board: &mut Board, job: &JobId, progress: Progress) {
        let known = board.job(job).and_then(|view| view.progress);
        let same = known.is_some_and(|known| known.phase == progress.phase);
        if !(same && self.is_too_soon(self.progress_at)) {
            self.progress_at = (self.clock)();
            self.send(board, Event::Progress { job: job.clone(), progress });
        }
    }

    pub(super) fn token(&mut self, board: &mut Board, job: &JobId, section: u32, text: &str) {
        match &mut self.gathered {
            Some(gathered) if gathered.job == *job && gathered.section == section => {
                gathered.text.push_str(text)
            }
            _ => {
                self.flush(board);
                self.gathered = Some(Text { job: job.clone(), section, text: text.to_owned() });
            }
        }
        if (self.clock)() - self.text_at >= TEXT_EVERY {
            self.flush(board);
        }
    }

    pub(super) fn flush(&mut self, board: &mut Board) {
        if let Some(Text { job, section, text }) = self.gathered.take() {
            self.text_at = (self.clock)();
            self.deliver(board, Event::Token { job, section, text });
        }
    }

    fn deliver(&mut self, board: &mut Board, event: Event) {
        (self.emit)(&event);
        board.apply(event);
    }

    fn is_too_soon(&self, last: f64) -> bool {
        (self.clock)() - last < PROGRESS_EVERY
    }
}
