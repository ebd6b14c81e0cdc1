use crate::{
    Cancel, Condition, Error, GpuLoss, InstallRequest, Journal, LoadProgress, Placement, Reply, Room, Served,
    ServerRequest, Speed, Transfer,
};
use catalog::ModelInfo;
use decoder::{Decoder, Scheduler, Source};
use gguf::Gguf;
use kernels::simd::Pool;
use protocol::BackendChoice;
use std::ops::Range;
use std::pin::Pin;

/// What the engine needs of the place that it runs in. There is one thread: futures need not be
/// `Send`.
#[expect(async_fn_in_trait, reason = "one thread: no caller needs the future to be Send")]
pub trait Platform: 'static {
    /// An installed model file, open for reading.
    type File: Source;

    /// A file of the reader's that a view handed over.
    type Upload;

    /// The answer of a server of the reader's.
    type Reply: Reply;

    /// Milliseconds from any fixed moment.
    fn now() -> f64;

    /// Has a future run beside everything else.
    fn spawn(&self, work: Pin<Box<dyn Future<Output = ()>>>);

    /// Lets messages be handled between pieces of work, tells `on_progress` the done share, and
    /// stops when `cancel` is set.
    fn scheduler<'a>(&self, cancel: Cancel, on_progress: &'a dyn Fn(f32)) -> impl Scheduler + 'a;

    /// Removes what interrupted installations left that nothing goes on with.
    ///
    /// # Errors
    /// When the storage refuses.
    async fn remove_partial(&self) -> Result<(), Error>;

    /// Looks at what is installed.
    ///
    /// # Errors
    /// When the storage refuses.
    async fn contents(&self) -> Result<Contents, Error>;

    /// Whether the extension's package has a model file of this name.
    async fn is_packaged(&self, file: &str) -> bool;

    /// Opens an installed file, once it is sure that it is as it was installed.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it is not, [`Error::Stopped`] when the scheduler says so, or when the
    /// storage refuses.
    async fn open(&self, sha256: &str, scheduler: &impl Scheduler) -> Result<Option<Self::File>, Error>;

    /// Notes that a model begins to be loaded or prepared, or that it is and the engine outlived it.
    /// Kept where it outlives the engine, and found among the [`Contents`] when that ended meanwhile.
    ///
    /// # Errors
    /// When the storage refuses.
    async fn note_loading(&self, _sha256: &str, _begins: bool) -> Result<(), Error> {
        Ok(())
    }

    /// What was written down beside installed files, of whatever version of Sotto.
    ///
    /// # Errors
    /// When the storage refuses.
    async fn notes(&self) -> Result<Vec<Vec<u8>>, Error> {
        Ok(Vec::new())
    }

    /// Writes down what is known of an installed file, beside it.
    ///
    /// # Errors
    /// When the storage refuses.
    async fn note(&self, _sha256: &str, _text: &str) -> Result<(), Error> {
        Ok(())
    }

    /// Writes down how fast a model is, beside its file.
    ///
    /// # Errors
    /// When the storage refuses.
    async fn note_speed(&self, _sha256: &str, _speed: &Speed) -> Result<(), Error> {
        Ok(())
    }

    /// Installs a file, checking it on the way. Gives its SHA-256. `report` is told how much of it
    /// has come. Whatever the error, nothing of it remains but, of one from an address, what
    /// another request for that goes on with: [`Contents::parts`].
    ///
    /// # Errors
    /// When it cannot be fetched, is not what is expected, cannot be run or cannot be stored;
    /// [`Error::Stalled`] when nothing of it comes any more, [`Error::Stopped`] when the scheduler
    /// says so.
    async fn install(
        &self,
        request: &InstallRequest<Self::Upload>,
        report: &dyn Fn(Transfer),
        scheduler: &impl Scheduler,
    ) -> Result<String, Error>;

    /// Looks through all of an installed file that should have so many bytes. `report` is told how many
    /// of them were.
    ///
    /// # Errors
    /// [`Error::Stopped`] when the scheduler says so, or when the storage refuses.
    async fn check(
        &self,
        sha256: &str,
        bytes: u64,
        report: &dyn Fn(u64),
        scheduler: &impl Scheduler,
    ) -> Result<Condition, Error>;

    /// Fetches some bytes of an installed file once more, from chunk to chunk, and puts them in their
    /// place once they are known to be right. `report` is told how many have come. Whatever the error,
    /// nothing that is right is touched.
    ///
    /// # Errors
    /// As [`Self::install`]; [`Error::OtherVersion`] when other bytes come than were installed.
    async fn mend(
        &self,
        request: &InstallRequest<Self::Upload>,
        range: Range<u64>,
        report: &dyn Fn(Transfer),
        scheduler: &impl Scheduler,
    ) -> Result<(), Error>;

    /// Removes what has come of a file from an address, as [`crate::address::shown`].
    ///
    /// # Errors
    /// When the storage refuses.
    async fn discard(&self, _address: &str) -> Result<(), Error> {
        Ok(())
    }

    /// Removes an installed file.
    ///
    /// # Errors
    /// When the storage refuses.
    async fn remove(&self, sha256: &str) -> Result<(), Error>;

    /// Keeps which model of a server the reader has added.
    ///
    /// # Errors
    /// When the storage refuses.
    async fn keep_served(&self, _served: &Served) -> Result<(), Error> {
        Ok(())
    }

    /// Forgets it.
    ///
    /// # Errors
    /// When the storage refuses.
    async fn forget_served(&self, _id: &str) -> Result<(), Error> {
        Ok(())
    }

    /// Sends a request to a server of the reader's, without anything that tells of the reader, and waits
    /// so many seconds for the beginning of an answer. Where the server sends on to another address, that
    /// is not followed.
    ///
    /// # Errors
    /// [`Error::Server`] when none comes, [`Error::Stopped`] when the scheduler says so.
    async fn ask(
        &self,
        request: &ServerRequest,
        _seconds: u32,
        _scheduler: &impl Scheduler,
    ) -> Result<Self::Reply, Error> {
        let reason = "there is no way to it from here".to_owned();
        Err(request.failed(server::Error::Unreachable { reason }))
    }

    /// Removes one of the [`Contents::strays`].
    ///
    /// # Errors
    /// When the storage refuses.
    async fn remove_stray(&self, _name: &str) -> Result<(), Error> {
        Ok(())
    }

    /// Removes all that is stored of models, whatever it is. Gives how many bytes that were.
    ///
    /// # Errors
    /// When the storage refuses.
    async fn clear(&self) -> Result<u64, Error>;

    /// An address in full, as files are fetched from it; none where [`crate::address`] forbids it.
    fn address(&self, text: &str) -> Option<String>;

    /// The file that a view handed over under this name. It takes another way than the request that
    /// names it, and may come later.
    ///
    /// # Errors
    /// [`Error::NotHandedOver`] when it does not come.
    async fn upload(&self, handle: &str) -> Result<Self::Upload, Error>;

    /// A small file that the package has beside its models.
    ///
    /// # Errors
    /// [`Error::Missing`] when it has not, [`Error::Stopped`] when the scheduler says so.
    async fn packaged(&self, file: &str, _scheduler: &impl Scheduler) -> Result<Vec<u8>, Error> {
        Err(Error::Missing { file: file.to_owned(), reason: "there is no package".to_owned() })
    }

    /// The threads of the processor, ready to work, and why they are not more, where that is so.
    async fn threads(&self) -> (&'static Pool, Option<String>);

    /// What there is for a model, as far as it is known now.
    fn room(&self) -> Room {
        Room::default()
    }

    /// Loads the model of a file: [`crate::placement::place`] onto the devices that there are.
    ///
    /// # Errors
    /// As [`crate::placement::place`].
    async fn place(
        &self,
        header: &Gguf,
        file: &mut Self::File,
        choice: BackendChoice,
        loss: Option<&GpuLoss>,
        progress: &LoadProgress<'_>,
    ) -> Result<(Decoder, Placement), Error>;
}

/// What is installed.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// Every installed file.
    pub files: Vec<StoredFile>,
    /// What is known of those that are the reader's own.
    pub own: Vec<ModelInfo>,
    /// Of files that did not come to their end, and can be gone on with.
    pub parts: Vec<Journal>,
    /// SHA-256 of those that were being loaded or prepared when an engine ended.
    pub interrupted: Vec<String>,
    /// What the reader has added of servers.
    pub served: Vec<Served>,
    /// How fast models were, by the SHA-256 of their files.
    pub speeds: Vec<(String, Speed)>,
    /// What is there beside all that, of whatever version of Sotto.
    pub strays: Vec<Stray>,
}

/// A file in the storage of which nothing is known but this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// Its name.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
}

/// A model file in the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// What its SHA-256 was when it was installed.
    pub sha256: String,
    /// How long it is now.
    pub bytes: u64,
}
