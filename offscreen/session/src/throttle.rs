use crate::Snapshot;
use protocol::{Event, JobId, ModelCard, ModelCardState, ModelState, Progress};

/// Tells milliseconds from any fixed moment.
pub type Clock = Box<dyn Fn() -> f64>;

/// Receives every event. Must not call back into the session.
pub type Emit = Box<dyn FnMut(&Event)>;

/// Milliseconds between two reports of the same phase: faster than anyone reads a number.
const PROGRESS_EVERY: f64 = 100.0;

/// Milliseconds between two pieces of text: about what a screen shows in one frame or two.
const TEXT_EVERY: f64 = 25.0;

/// Sends events and applies them to the snapshot, never one without the other.
///
/// Reports that come faster than anyone can see are thinned out here: progress is dropped, text is
/// gathered. Gathered text goes out before any other event, so the order of events is the order in
/// which things happened.
pub(crate) struct EventThrottle {
    clock: Clock,
    emit: Emit,
    /// Of one job, by section.
    gathered: Vec<Text>,
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

impl EventThrottle {
    pub(crate) fn new(clock: Clock, emit: Emit) -> Self {
        let never = f64::NEG_INFINITY;
        Self {
            clock,
            emit,
            gathered: Vec::new(),
            text_at: never,
            progress_at: never,
            loading_at: never,
            models_at: never,
        }
    }

    pub(crate) fn send(&mut self, snapshot: &mut Snapshot, event: Event) {
        self.flush(snapshot);
        self.deliver(snapshot, event);
    }

    pub(crate) fn snapshot(&mut self, snapshot: &mut Snapshot) {
        self.flush(snapshot);
        (self.emit)(&snapshot.event());
    }

    pub(crate) fn model(&mut self, snapshot: &mut Snapshot, model: ModelState) {
        let too_soon = match (&snapshot.model, &model) {
            (ModelState::Loading { progress: known, .. }, ModelState::Loading { progress, .. }) => {
                known.phase == progress.phase && self.is_too_soon(self.loading_at)
            }
            _ => false,
        };
        if !too_soon {
            self.loading_at = (self.clock)();
            self.send(snapshot, Event::Model { model });
        }
    }

    pub(crate) fn models(&mut self, snapshot: &mut Snapshot, models: Vec<ModelCard>) {
        let step = |card: &ModelCard| match card.state {
            ModelCardState::Installing { step, .. } => Some(step),
            _ => None,
        };
        let same = |(known, card): (&ModelCard, &ModelCard)| {
            known == card || known.id == card.id && step(known).is_some() && step(known) == step(card)
        };
        let only_progress =
            snapshot.models.len() == models.len() && snapshot.models.iter().zip(&models).all(same);
        if !only_progress || self.can_report_models() {
            self.models_at = (self.clock)();
            self.send(snapshot, Event::Models { models });
        }
    }

    pub(crate) fn can_report_models(&self) -> bool {
        !self.is_too_soon(self.models_at)
    }

    pub(crate) fn progress(&mut self, snapshot: &mut Snapshot, job: &JobId, progress: Progress) {
        let known = snapshot.job(job).and_then(|view| view.progress);
        let same = known.is_some_and(|known| known.phase == progress.phase);
        if !(same && self.is_too_soon(self.progress_at)) {
            self.progress_at = (self.clock)();
            self.send(snapshot, Event::Progress { job: job.clone(), progress });
        }
    }

    pub(crate) fn token(&mut self, snapshot: &mut Snapshot, job: &JobId, section: u32, text: &str) {
        if self.gathered.iter().any(|gathered| gathered.job != *job) {
            self.flush(snapshot);
        }
        match self.gathered.iter_mut().find(|gathered| gathered.section == section) {
            Some(gathered) => gathered.text.push_str(text),
            None => self.gathered.push(Text { job: job.clone(), section, text: text.to_owned() }),
        }
        if (self.clock)() - self.text_at >= TEXT_EVERY {
            self.flush(snapshot);
        }
    }

    pub(crate) fn flush(&mut self, snapshot: &mut Snapshot) {
        for Text { job, section, text } in std::mem::take(&mut self.gathered) {
            self.text_at = (self.clock)();
            self.deliver(snapshot, Event::Token { job, section, text });
        }
    }

    fn deliver(&mut self, snapshot: &mut Snapshot, event: Event) {
        (self.emit)(&event);
        snapshot.apply(event);
    }

    fn is_too_soon(&self, last: f64) -> bool {
        (self.clock)() - last < PROGRESS_EVERY
    }
}
