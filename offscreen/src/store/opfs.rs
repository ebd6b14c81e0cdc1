//! The few calls of the browser's file system that the store makes.

use crate::{Error, browser};
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{
    FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions, FileSystemGetFileOptions,
    FileSystemReadWriteOptions, FileSystemSyncAccessHandle,
};

/// How often it is looked, and how many milliseconds apart, whether a file is let go of.
const LOOKS: u32 = 30;
const LOOK_EVERY_MS: i32 = 100;

/// Calls that `web_sys` lacks.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = FileSystemFileHandle)]
    pub(super) type File;

    /// Renames the file within its folder, replacing one of that name.
    #[wasm_bindgen(method, catch, js_name = move)]
    async fn move_to(this: &File, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = createSyncAccessHandle)]
    async fn create_sync_access_handle_with(this: &File, options: &JsValue) -> Result<JsValue, JsValue>;
}

/// Who may use a file while it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Any number of readers, no writer.
    ReadOnly,
    /// This handle alone.
    ReadWrite,
}

/// The folder of everything.
pub(super) async fn root() -> Result<FileSystemDirectoryHandle, Error> {
    let root = browser::worker().navigator().storage().get_directory().await.map_err(refused)?;
    Ok(root.unchecked_into())
}

/// The folder of the models; made when it is not there.
pub(super) async fn models() -> Result<FileSystemDirectoryHandle, Error> {
    let create = FileSystemGetDirectoryOptions::new();
    create.set_create(true);
    let models = root().await?.get_directory_handle_with_options("models", &create).await.map_err(refused)?;
    Ok(models.unchecked_into())
}

/// The file of that name, if there is one.
pub(super) async fn find(folder: &FileSystemDirectoryHandle, name: &str) -> Result<Option<File>, Error> {
    match folder.get_file_handle(name).await {
        Ok(file) => Ok(Some(file.unchecked_into())),
        Err(error) if browser::error_name(&error) == "NotFoundError" => Ok(None),
        Err(error) => Err(refused(error)),
    }
}

/// The file of that name; made when it is not there.
pub(super) async fn create(folder: &FileSystemDirectoryHandle, name: &str) -> Result<File, Error> {
    let create = FileSystemGetFileOptions::new();
    create.set_create(true);
    let file = folder.get_file_handle_with_options(name, &create).await.map_err(refused)?;
    Ok(file.unchecked_into())
}

/// Length of the file of that name; none where it is not there, or not any more.
pub(super) async fn size(folder: &FileSystemDirectoryHandle, name: &str) -> Result<Option<u64>, Error> {
    let Some(file) = find(folder, name).await? else { return Ok(None) };
    match file.get_file().await {
        Ok(file) => Ok(Some(browser::bytes(file.unchecked_into::<web_sys::File>().size()) as u64)),
        Err(error) if browser::error_name(&error) == "NotFoundError" => Ok(None),
        Err(error) => Err(refused(error)),
    }
}

/// Opens a file for synchronous access. Somebody may hold it for a moment still: an engine that has
/// just ended, a download that turns out to be of the same file.
pub(super) async fn open(file: &File, mode: Mode) -> Result<FileSystemSyncAccessHandle, Error> {
    let mode = match mode {
        Mode::ReadOnly => "read-only",
        Mode::ReadWrite => "readwrite",
    };
    let options = js_sys::Object::new();
    Reflect::set(&options, &"mode".into(), &mode.into()).map_err(refused)?;
    let handle = when_unused(async || file.create_sync_access_handle_with(&options).await).await?;
    Ok(handle.unchecked_into())
}

/// Does something with a file as soon as nobody else uses it.
async fn when_unused(act: impl AsyncFn() -> Result<JsValue, JsValue>) -> Result<JsValue, Error> {
    let mut looks = 0;
    loop {
        match act().await {
            Err(error) if looks < LOOKS && is_in_use(&error) => browser::sleep(LOOK_EVERY_MS).await,
            done => return done.map_err(refused),
        }
        looks += 1;
    }
}

fn is_in_use(exception: &JsValue) -> bool {
    browser::error_name(exception) == "NoModificationAllowedError"
}

/// Writes bytes at a place of an open file.
pub(super) fn write_at(handle: &FileSystemSyncAccessHandle, at: u64, bytes: &[u8]) -> Result<(), Error> {
    let options = FileSystemReadWriteOptions::new();
    let mut done = 0;
    while done < bytes.len() {
        options.set_at((at + done as u64) as f64);
        let written = handle.write_with_u8_array_and_options(&bytes[done..], &options).map_err(refused)?;
        match browser::bytes(written) {
            0 => return Err(Error::StorageFull),
            written => done += written,
        }
    }
    Ok(())
}

/// All of a small file, whoever writes it; none where it is not there or cannot be read now.
pub(super) async fn read(folder: &FileSystemDirectoryHandle, name: &str) -> Option<Vec<u8>> {
    let file: web_sys::File = find(folder, name).await.ok()??.get_file().await.ok()?.unchecked_into();
    let bytes = file.array_buffer().await.ok()?;
    Some(js_sys::Uint8Array::new(&bytes).to_vec())
}

/// Bytes of room that are missing for so many more, as far as the browser tells.
pub(super) async fn lacking(bytes: u64) -> Option<u64> {
    let estimate = browser::worker().navigator().storage().estimate().ok()?.await.ok()?;
    let number = |key: &str| browser::get(&estimate, key).as_f64();
    session::lacking(bytes, number("quota")?, number("usage")?)
}

/// Renames a closed file. What has that name already may be read by somebody for a moment.
pub(super) async fn rename(file: &File, name: &str) -> Result<(), Error> {
    when_unused(async || file.move_to(name).await).await?;
    Ok(())
}

/// Names of the folder's files.
pub(super) async fn names(folder: &FileSystemDirectoryHandle) -> Result<Vec<String>, Error> {
    let keys = folder.keys();
    let mut names = Vec::new();
    loop {
        let next = keys.next().map_err(refused)?.await.map_err(refused)?;
        let next: js_sys::IteratorNext = next.unchecked_into();
        if next.done() {
            return Ok(names);
        }
        names.extend(next.value().as_string());
    }
}

/// Removes a file. It may be let go of only now.
pub(super) async fn remove(folder: &FileSystemDirectoryHandle, name: &str) -> Result<(), Error> {
    when_unused(async || folder.remove_entry(name).await).await?;
    Ok(())
}

/// Removes a file, if it is there and nobody uses it. Tells whether it is gone by that.
pub(super) async fn remove_unused(folder: &FileSystemDirectoryHandle, name: &str) -> Result<bool, Error> {
    match folder.remove_entry(name).await {
        Ok(_) => Ok(true),
        Err(error) if browser::error_name(&error) == "NotFoundError" || is_in_use(&error) => Ok(false),
        Err(error) => Err(refused(error)),
    }
}

/// An exception of the file system as an error.
pub(super) fn refused(exception: JsValue) -> Error {
    match browser::error_name(&exception).as_str() {
        "QuotaExceededError" => Error::StorageFull,
        _ => Error::Storage(browser::error_text(&exception)),
    }
}
