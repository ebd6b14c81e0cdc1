// Runs a command-line program that was built for wasm32-wasip1: `node wasi.mjs PROGRAM [ARGUMENT…]`.
import { readFile } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import { WASI } from "node:wasi";

// Node 20 has relaxed SIMD behind a flag; later ones have it anyway, and ignore the flag.
setFlagsFromString("--experimental-wasm-relaxed-simd");
// Its package's folder is the root of all files that the program sees.
const preopens = { "/": process.cwd() };
const wasi = new WASI({ version: "preview1", args: process.argv.slice(2), env: process.env, preopens });
const module = await WebAssembly.compile(await readFile(process.argv[2]));
wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
