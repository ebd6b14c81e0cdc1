/// What can go wrong on the way to a GPU and back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no adapter to run on.
    #[error("no GPU adapter: {0}")]
    NoAdapter(String),
    /// The adapter gave no device.
    #[error("the GPU gave no device: {0}")]
    NoDevice(#[from] wgpu::RequestDeviceError),
    /// Sizes that do not fit each other or the kernel.
    #[error("{kernel}: {problem}")]
    Shape {
        /// The kernel, or the thing being made.
        kernel: &'static str,
        /// What does not fit.
        problem: String,
    },
    /// A kernel could not be compiled.
    #[error("the GPU's compiler refused the kernel {kernel}: {problem}")]
    Compile {
        /// The kernel.
        kernel: &'static str,
        /// What the compiler says.
        problem: String,
    },
    /// A buffer or a grid is over one of the device's limits.
    #[error("{what} of {size} is over this GPU's limit of {limit}")]
    TooLarge {
        /// The thing being made.
        what: String,
        /// Its size.
        size: u64,
        /// The most there may be.
        limit: u64,
    },
    /// The pieces of a tensor did not come one after the other.
    #[error("a piece of a tensor came for byte {found}, but byte {expected} is next")]
    Order {
        /// The byte that is next.
        expected: u64,
        /// The byte that the piece starts with.
        found: u64,
    },
    /// Results could not be read back; usually the device is lost.
    #[error("reading from the GPU failed: {0}")]
    Readback(String),
}

impl Error {
    pub(super) fn shape(kernel: &'static str, problem: impl Into<String>) -> Self {
        Self::Shape { kernel, problem: problem.into() }
    }
}
