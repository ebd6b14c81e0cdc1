//! The few calls of the browser's file system that the store makes.

use crate::{Error, browser};
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{
    FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions, FileSystemGetFileOptions,
    FileSystemSyncAccessHandle,
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

/// Length of a file.
pub(super) async fn size(file: &File) -> Result<u64, Error> {
    let file: web_sys::File = file.get_file().await.map_err(refused)?.unchecked_into();
    Ok(browser::bytes(file.size()) as u64)
}

/// Opens a file for synchronous access.
pub(super) async fn open(file: &File, mode: Mode) -> Result<FileSystemSyncAccessHandle, Error> {
    let mode = match mode {
        Mode::ReadOnly => "read-only",
        Mode::ReadWrite => "readwrite",
    };
    let options = js_sys::Object::new();
    Reflect::set(&options, &"mode".into(), &mode.into()).map_err(refused)?;
    let handle = file.create_sync_access_handle_with(&options).await.map_err(refused)?;
    Ok(handle.unchecked_into())
}

/// The same for a file that another engine, which has just ended, may hold a moment longer.
pub(super) async fn open_soon(file: &File) -> Result<FileSystemSyncAccessHandle, Error> {
    let mut looks = 0;
    loop {
        match file.create_sync_access_handle().await {
            Ok(handle) => return Ok(handle.unchecked_into()),
            Err(error) if looks < LOOKS && is_in_use(&error) => browser::sleep(LOOK_EVERY_MS).await,
            Err(error) => return Err(refused(error)),
        }
        looks += 1;
    }
}

fn is_in_use(exception: &JsValue) -> bool {
    browser::error_name(exception) == "NoModificationAllowedError"
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

/// Renames a closed file. What has that name already may be read by somebody for a moment: two
/// downloads may turn out to be of one file.
pub(super) async fn rename(file: &File, name: &str) -> Result<(), Error> {
    let mut looks = 0;
    loop {
        match file.move_to(name).await {
            Ok(_) => return Ok(()),
            Err(error) if looks < LOOKS && is_in_use(&error) => browser::sleep(LOOK_EVERY_MS).await,
            Err(error) => return Err(refused(error)),
        }
        looks += 1;
    }
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

/// Removes a file.
pub(super) async fn remove(folder: &FileSystemDirectoryHandle, name: &str) -> Result<(), Error> {
    folder.remove_entry(name).await.map_err(refused)?;
    Ok(())
}

/// Removes a file, if it is there and nobody uses it.
pub(super) async fn remove_unused(folder: &FileSystemDirectoryHandle, name: &str) -> Result<(), Error> {
    match folder.remove_entry(name).await {
        Err(error) if browser::error_name(&error) != "NotFoundError" && !is_in_use(&error) => {
            Err(refused(error))
        }
        _ => Ok(()),
    }
}

/// An exception of the file system as an error.
pub(super) fn refused(exception: JsValue) -> Error {
    match browser::error_name(&exception).as_str() {
        "QuotaExceededError" => Error::StorageFull,
        _ => Error::Storage(browser::error_text(&exception)),
    }
}
