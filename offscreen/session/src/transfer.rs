use protocol::InstallStep;

/// How much of a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Bytes.
    pub bytes: u64,
    /// How many it will be, where that is known. A server may lie.
    pub total: Option<u64>,
    /// What is being done.
    pub step: InstallStep,
}

impl Transfer {
    /// The done share, from 0 to 1; NaN where the length is not known.
    #[must_use]
    pub fn share(self) -> f32 {
        self.total.map_or(f32::NAN, |total| (self.bytes as f32 / total.max(1) as f32).min(1.0))
    }
}
