use crate::Cancel;
use protocol::{BackendChoice, Input, JobId, ModelId, Task};

/// What is to be executed next.
#[derive(Debug)]
pub enum Work {
    /// Load a model, and let it read what the task's prompts begin with.
    Warm {
        /// The task to come.
        task: Task,
        /// Where to run.
        choice: BackendChoice,
        /// The model; the best one for the task when absent.
        model: Option<ModelId>,
    },
    /// Run a job.
    Job {
        /// Its id.
        job: JobId,
        /// What to do.
        task: Task,
        /// On what.
        input: Input,
        /// Where to run.
        choice: BackendChoice,
        /// The model; the best one for the task when absent.
        model: Option<ModelId>,
        /// Set when the job is to stop; belongs to this job alone.
        cancel: Cancel,
    },
}
