// The interface of reader.js, which wasm-bindgen generates from the crate in src/.

import type { Document, Failure } from "../protocol/protocol";

/** Loads and starts the WebAssembly module. */
export default function init(options: { module_or_path: URL }): Promise<unknown>;

/** Reads a file's text, as long as `isTimeLeft` says so before each page of it. */
export function read(bytes: Uint8Array, isTimeLeft: () => boolean): { ok: Document } | { failure: Failure };
