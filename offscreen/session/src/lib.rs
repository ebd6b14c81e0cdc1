//! What the engine does and decides, whatever it runs in: no browser is known here.
//!
//! # Tour
//!
//! * [`Session`] is the heart: jobs, their queue, their output. Requests go in, events come out
//!   through a `throttle`; what views know of it all is a [`Snapshot`].
//! * [`Runner`] takes the session's [`Work`] piece by piece and keeps the model warm in between;
//!   `job` does one, on a `lazy_model` that is loaded when it is first asked something.
//! * [`Models`] knows which models there are, which one does a task, and what is offered instead;
//!   `install` carries out what is asked of their files. What a file must be to be installed says
//!   `inspect`, and where it may come from [`address`]. `tend` has what is stored looked through and
//!   put right chunk by chunk, by a [`ChunkList`]; `clear` removes what nothing uses.
//! * A [`Course`] decides how the download of a file goes on after each [`Answer`] and each lost
//!   connection, and a [`Journal`] says what of it is there for sure.
//! * `servers` has jobs done by a server of the reader's, where that was chosen: a `served_model` stands
//!   for the one that would run here.
//! * [`trust`] finds out whether a GPU computes what the processor does.
//! * A [`Room`] is what there is for a model, and says which fit.
//! * [`placement`] decides where a model runs and gets it going there, with as many
//!   [`threads`] as make it faster, and reads prompts in [`chunks`](PrefillChunks) that can be
//!   stopped soon.
//! * [`Error`] has everything that can go wrong, `failure` says it in words.
//!
//! A [`Platform`] is what all of it needs of the place that it runs in: the crate `offscreen` is
//! the browser's, the tests have one of their own.

pub mod address;
mod amount;
mod answer;
mod cancel;
mod card;
mod checksum;
mod chunk_list;
mod chunks;
mod clear;
mod context;
mod course;
mod damage;
mod document;
mod error;
mod failure;
mod fit;
mod gpu_fault;
mod inspect;
mod install;
mod install_request;
mod job;
mod journal;
mod lazy_model;
mod line;
mod loaded;
mod loaded_translators;
mod looks;
mod meaning;
mod models;
mod pace;
pub mod placement;
mod platform;
mod presence;
mod queue;
mod reply;
mod runner;
mod served;
mod served_model;
mod servers;
mod session;
mod snapshot;
mod speed;
mod stored;
mod sums;
mod tend;
pub mod threads;
mod throttle;
mod transfer;
mod translators;
pub mod trust;
mod work;
mod wrong;

pub use answer::Answer;
pub use cancel::Cancel;
pub use checksum::{Checksum, hex};
pub use chunk_list::ChunkList;
pub use chunks::PrefillChunks;
pub use context::CONTEXT;
pub use course::{Coming, Course, lacking};
pub use damage::{Condition, Damage};
pub use error::Error;
pub use fit::{MOST_MEMORY, Room, SHORT_CONTEXT};
pub use gpu_fault::{FaultKind, GpuFault, GpuLoss};
pub use inspect::inspect;
pub use install_request::{Expected, Format, InstallRequest, Origin};
pub use journal::{CHUNK, Journal, MOST_BYTES};
pub use models::Models;
pub use placement::{LoadProgress, Placement};
pub use platform::{Contents, Platform, StoredFile, Stray};
pub use presence::{Presence, Stored};
pub use queue::{MOST_OF_A_TAB, MOST_WAITING};
pub use reply::{NoReply, Reply, ServerRequest};
pub use runner::Runner;
pub use served::Served;
pub use session::{JobEnd, ModelsRequest, REMEMBERED_JOBS, Session};
pub use snapshot::Snapshot;
pub use speed::Speed;
pub use sums::Sums;
pub use throttle::{Clock, Emit};
pub use transfer::Transfer;
pub use work::Work;
pub use wrong::Wrong;
