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
// Through functions of JavaScript: V8's fast calls into Node's WASI are known to read memory that has moved since
// the program's memory grew, and end the process (nodejs/node#53087).
const mapped = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
const slow = (call) => (...args) => call(...args);
const imports = mapped(wasi.getImportObject(), (calls) => mapped(calls, slow));
wasi.start(await WebAssembly.instantiate(module, imports));
