use protocol::{Event, JobId, JobView, ModelCard, ModelState};

/// What is known now: what [`Event::Snapshot`] tells. Changes only by events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The model and its device.
    pub model: ModelState,
    /// The models that can be had or are there.
    pub models: Vec<ModelCard>,
    /// The jobs, oldest first.
    pub jobs: Vec<JobView>,
}

impl Snapshot {
    /// Applies an event, as a view does: changes to a job that is not known are ignored.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::Snapshot { model, models, jobs } => *self = Self { model, models, jobs },
            Event::Model { model } => self.model = model,
            Event::Models { models } => self.models = models,
            Event::Job { view } => match self.job_mut(&view.job) {
                Some(known) => *known = view,
                None => self.jobs.push(view),
            },
            Event::Progress { job, progress } => {
                if let Some(view) = self.job_mut(&job) {
                    view.progress = Some(progress);
                }
            }
            Event::Section { job, section } => {
                if let Some(view) = self.job_mut(&job) {
                    match view.sections.binary_search_by_key(&section.index, |known| known.index) {
                        Ok(at) => view.sections[at] = section,
                        Err(at) => view.sections.insert(at, section),
                    }
                }
            }
            Event::Token { job, section, text } => {
                let sections = self.job_mut(&job).map(|view| &mut view.sections);
                if let Some(known) = sections.and_then(|known| known.iter_mut().find(|s| s.index == section))
                {
                    known.text.push_str(&text);
                }
            }
            Event::Offers { .. }
            | Event::Server { .. }
            | Event::InstallEnded { .. }
            | Event::Unused { .. }
            | Event::Freed { .. }
            | Event::Rejected { .. } => {}
        }
    }

    /// The job of this id.
    #[must_use]
    pub fn job(&self, job: &JobId) -> Option<&JobView> {
        self.jobs.iter().find(|view| view.job == *job)
    }

    /// The event that tells all of it.
    #[must_use]
    pub fn event(&self) -> Event {
        let Self { model, models, jobs } = self.clone();
        Event::Snapshot { model, models, jobs }
    }

    /// Forgets the oldest finished jobs beyond `keep` jobs.
    pub(crate) fn forget(&mut self, keep: usize) {
        let mut surplus = self.jobs.len().saturating_sub(keep);
        self.jobs.retain(|view| {
            let drop = surplus > 0 && view.state.is_over();
            surplus -= usize::from(drop);
            !drop
        });
    }

    fn job_mut(&mut self, job: &JobId) -> Option<&mut JobView> {
        self.jobs.iter_mut().find(|view| view.job == *job)
    }
}
