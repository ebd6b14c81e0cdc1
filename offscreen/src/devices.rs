//! A model's weights onto the browser's devices.

use crate::gpu::{self, Gpu};
use crate::room::BrowserRoom;
use crate::scheduler::WorkerScheduler;
use crate::worker_threads::{POOL, WorkerThreads};
use crate::{Error, browser, store};
use decoder::{Decoder, Device, KvFormat, Precision, Source};
use gguf::Gguf;
use protocol::{Backend, BackendChoice, DeviceInfo, Phase, Threads};
use session::placement::{self, Devices, LoadProgress, Placement};
use session::trust::SelfTest;
use session::{GpuLoss, threads};

/// How a GPU keeps keys and values.
const KV: KvFormat = KvFormat::F16;

/// The devices that there are for one model.
pub(crate) struct BrowserDevices<'a, S> {
    pub(crate) header: &'a Gguf,
    pub(crate) source: &'a mut S,
    pub(crate) threads: &'a WorkerThreads,
    pub(crate) room: &'a BrowserRoom,
    pub(crate) progress: &'a LoadProgress<'a>,
}

impl<S: Source> BrowserDevices<'_, S> {
    async fn load(&mut self, device: Device, context: usize) -> Result<Decoder, Error> {
        let report = |done| (self.progress.report)(Phase::Loading, done);
        let scheduler = WorkerScheduler::new(self.progress.cancel.clone(), &report);
        Ok(Decoder::load(self.header, &mut *self.source, device, context, &scheduler).await?)
    }

    /// For what is no part of loading: its progress is nobody's.
    fn quiet(&self) -> WorkerScheduler<'static> {
        WorkerScheduler::new(self.progress.cancel.clone(), &|_| {})
    }

    async fn load_and_warm_up(&mut self, device: Device, context: usize) -> Result<Decoder, Error> {
        let mut decoder = self.load(device, context).await?;
        placement::warm_up(&mut decoder, browser::now, &self.quiet()).await?;
        Ok(decoder)
    }

    /// Tests a GPU, unless it passed once.
    async fn trust(&self, test: SelfTest, adapter: &str) -> Result<(), Error> {
        let browser = browser::worker().navigator().user_agent().unwrap_or_default();
        let key = test.key(&[adapter, &browser]);
        if store::is_trusted(&key).await {
            return Ok(());
        }
        let start = browser::now();
        test.run(&self.quiet()).await?;
        log::info!(target: "offscreen::devices", "the GPU was tested in {:.0} ms", browser::now() - start);
        if let Err(error) = store::trust(&key).await {
            // It is tested again the next time.
            log::warn!(target: "offscreen::devices", "not noted that the GPU passed its test: {error}");
        }
        Ok(())
    }
}

impl<S: Source> Devices for BrowserDevices<'_, S> {
    type Loaded = (Decoder, Placement);

    async fn load_on_gpu(
        &mut self,
        choice: BackendChoice,
        loss: Option<&GpuLoss>,
        context: usize,
    ) -> Result<(Decoder, Placement), Error> {
        let adapter = if loss.is_some() { gpu::adapter_again().await } else { gpu::adapter().await };
        self.room.note_gpu(adapter.is_ok());
        let adapter = adapter?;
        placement::unwelcome(adapter.is_software, choice)?;
        let Gpu { context: gpu, fault } = gpu::gpu().await?;
        let reason = loss.map(|_| format!("{} failed and was started again.", adapter.name));
        let placement = Placement {
            info: DeviceInfo {
                backend: Backend::Gpu,
                adapter: adapter.name,
                reason,
                shortage: placement::shortage(context),
                threads: None,
            },
            fault: fault.clone(),
            is_software: adapter.is_software,
            features: Some(gpu.features()),
            memory: Some(Box::new(Memory(gpu.device().clone()))),
        };
        let test = SelfTest::new(self.header, gpu.again(), KV)?;
        let mut decoder = self.load_and_warm_up(Device::Gpu(Box::new(gpu), KV), context).await;
        // Last, when most of its kernels are compiled.
        if decoder.is_ok()
            && let Err(error) = self.trust(test, &placement.info.adapter).await
        {
            decoder = Err(error);
        }
        // A GPU that fails makes everything else fail too: its own words come first.
        match fault.error() {
            Some(error) => Err(error),
            None => Ok((decoder?, placement)),
        }
    }

    async fn load_on_cpu(
        &mut self,
        reason: Option<String>,
        context: usize,
    ) -> Result<(Decoder, Placement), Error> {
        self.room.room().reserve(self.header, context)?;
        self.threads.start();
        let mut decoder = self.load(Device::Cpu(&POOL, Precision::Bits8), context).await?;
        let fewer = self.threads.ready().await;
        match self.threads.fixed() {
            Some(threads) => POOL.limit(threads),
            None => threads::limit_to_best(&POOL, &mut decoder, browser::now, &self.quiet()).await?,
        }
        let count = u32::try_from(POOL.threads()).unwrap_or(u32::MAX);
        let threads = Some(Threads { count, reason: fewer });
        Ok((decoder, Placement::on_cpu(reason, placement::shortage(context), threads)))
    }
}

/// A browser frees the buffers of a forgotten device when it gets round to it; those of a destroyed
/// one at once.
struct Memory(wgpu::Device);

impl Drop for Memory {
    fn drop(&mut self) {
        self.0.destroy();
    }
}
