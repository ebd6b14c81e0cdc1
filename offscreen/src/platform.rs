//! What the session needs of a browser's worker.

use crate::devices::BrowserDevices;
use crate::room::BrowserRoom;
use crate::scheduler::WorkerScheduler;
use crate::server::{self, ServerReply};
use crate::store::{self, ModelFile};
use crate::worker_threads::{POOL, WorkerThreads};
use crate::{Error, browser};
use decoder::{Decoder, Scheduler};
use gguf::Gguf;
use kernels::simd::Pool;
use protocol::BackendChoice;
use session::{
    Cancel, Condition, Contents, GpuLoss, InstallRequest, LoadProgress, Placement, Platform, Room, Served,
    ServerRequest, Speed, Transfer, address, placement,
};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::pin::Pin;
use web_sys::Url;

/// How often it is looked, and how many milliseconds apart, for a file that a view hands over.
const UPLOAD_LOOKS: u32 = 50;
const UPLOAD_PAUSE_MS: i32 = 100;

/// The worker that the engine runs in.
pub(crate) struct Worker {
    /// Address of the folder of packaged model files, with a slash at its end.
    packaged_at: String,
    threads: WorkerThreads,
    room: BrowserRoom,
    /// Files handed over by views, until they are asked for.
    uploads: RefCell<HashMap<String, web_sys::File>>,
}

impl Worker {
    pub(crate) fn new(packaged_at: String, threads: WorkerThreads) -> Self {
        Self { packaged_at, threads, room: BrowserRoom::default(), uploads: RefCell::default() }
    }

    /// Keeps a file that a view hands over.
    pub(crate) fn hand_over(&self, handle: String, file: web_sys::File) {
        self.uploads.borrow_mut().insert(handle, file);
    }

    fn package_address(&self, file: &str) -> String {
        format!("{}{file}", self.packaged_at)
    }
}

impl Platform for Worker {
    type File = ModelFile;
    type Upload = web_sys::File;
    type Reply = ServerReply;

    fn now() -> f64 {
        browser::now()
    }

    fn spawn(&self, work: Pin<Box<dyn Future<Output = ()>>>) {
        wasm_bindgen_futures::spawn_local(work);
    }

    fn scheduler<'a>(&self, cancel: Cancel, on_progress: &'a dyn Fn(f32)) -> impl Scheduler + 'a {
        WorkerScheduler::new(cancel, on_progress)
    }

    async fn remove_partial(&self) -> Result<(), Error> {
        store::remove_partial().await
    }

    async fn contents(&self) -> Result<Contents, Error> {
        store::contents().await
    }

    async fn is_packaged(&self, file: &str) -> bool {
        store::exists(&self.package_address(file)).await
    }

    async fn open(&self, sha256: &str, scheduler: &impl Scheduler) -> Result<Option<ModelFile>, Error> {
        store::open(sha256, scheduler).await
    }

    async fn note_loading(&self, sha256: &str, begins: bool) -> Result<(), Error> {
        store::note_loading(sha256, begins).await
    }

    async fn notes(&self) -> Result<Vec<Vec<u8>>, Error> {
        store::notes().await
    }

    async fn note(&self, sha256: &str, text: &str) -> Result<(), Error> {
        store::note(sha256, text).await
    }

    async fn note_speed(&self, sha256: &str, speed: &Speed) -> Result<(), Error> {
        store::note_speed(sha256, speed).await
    }

    async fn install(
        &self,
        request: &InstallRequest<web_sys::File>,
        report: &dyn Fn(Transfer),
        scheduler: &impl Scheduler,
    ) -> Result<String, Error> {
        store::install(request, |file| self.package_address(file), report, scheduler).await
    }

    async fn check(
        &self,
        sha256: &str,
        bytes: u64,
        report: &dyn Fn(u64),
        scheduler: &impl Scheduler,
    ) -> Result<Condition, Error> {
        store::check(sha256, bytes, report, scheduler).await
    }

    async fn mend(
        &self,
        request: &InstallRequest<web_sys::File>,
        range: Range<u64>,
        report: &dyn Fn(Transfer),
        scheduler: &impl Scheduler,
    ) -> Result<(), Error> {
        store::mend(request, range, |file| self.package_address(file), report, scheduler).await
    }

    async fn discard(&self, address: &str) -> Result<(), Error> {
        store::discard(address).await
    }

    async fn remove(&self, sha256: &str) -> Result<(), Error> {
        store::remove(sha256).await
    }

    async fn keep_served(&self, served: &Served) -> Result<(), Error> {
        store::keep_served(served).await
    }

    async fn forget_served(&self, id: &str) -> Result<(), Error> {
        store::forget_served(id).await
    }

    async fn ask(
        &self,
        request: &ServerRequest,
        seconds: u32,
        scheduler: &impl Scheduler,
    ) -> Result<ServerReply, Error> {
        server::ask(request, seconds, scheduler).await
    }

    async fn remove_stray(&self, name: &str) -> Result<(), Error> {
        store::remove_stray(name).await
    }

    async fn clear(&self) -> Result<u64, Error> {
        store::clear().await
    }

    fn address(&self, text: &str) -> Option<String> {
        // The browser's own reading of an address is the one that counts when it is fetched.
        let url = Url::new(text.trim()).ok()?;
        address::is_allowed(&url.protocol(), &url.hostname()).then(|| url.href())
    }

    async fn upload(&self, handle: &str) -> Result<web_sys::File, Error> {
        for _ in 0..UPLOAD_LOOKS {
            if let Some(file) = self.uploads.borrow_mut().remove(handle) {
                return Ok(file);
            }
            browser::sleep(UPLOAD_PAUSE_MS).await;
        }
        Err(Error::NotHandedOver)
    }

    async fn packaged(&self, file: &str, scheduler: &impl Scheduler) -> Result<Vec<u8>, Error> {
        store::read_packaged(&self.package_address(file), scheduler).await
    }

    async fn threads(&self) -> (&'static Pool, Option<String>) {
        self.threads.start();
        (&POOL, self.threads.ready().await)
    }

    fn room(&self) -> Room {
        self.room.room()
    }

    async fn place(
        &self,
        header: &Gguf,
        file: &mut ModelFile,
        choice: BackendChoice,
        loss: Option<&GpuLoss>,
        progress: &LoadProgress<'_>,
    ) -> Result<(Decoder, Placement), Error> {
        let (threads, room) = (&self.threads, &self.room);
        let mut devices = BrowserDevices { header, source: file, threads, room, progress };
        placement::place(&mut devices, choice, loss).await
    }
}
