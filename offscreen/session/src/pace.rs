//! How fast models are here, as jobs show.

use crate::{Platform, Runner};
use catalog::ModelInfo;

impl<P: Platform> Runner<P> {
    /// Notes how fast a job was done with a model; 0 where that could not be told.
    pub(crate) async fn note_speed(&self, info: &ModelInfo, per_second: f64) {
        #[expect(clippy::cast_possible_truncation, reason = "no more digits than mean something")]
        let speed = self.models.borrow_mut().note_speed(&info.sha256, per_second as f32);
        if let Err(error) = self.platform.note_speed(&info.sha256, &speed).await {
            // The job is done all the same: only the next engine does not know how fast it was.
            log::warn!(target: "session", "not noted how fast {} is: {error}", info.id);
        }
        self.report_models();
    }
}
