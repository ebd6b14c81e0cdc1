//! The engine worker: session, model store and device, bound to the browser.

pub mod session;
