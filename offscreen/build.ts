// Which build of the engine a worker runs: the one with threads where the browser lets it, else the
// plain one, and why.

export interface Started<Engine> {
  engine: Engine;
  /** Why it is the build for one thread; undefined for the one with threads. */
  plain: string | undefined;
}

/** What every build exports, whatever else. */
interface Initialised {
  default(options: { module_or_path: URL }): Promise<unknown>;
}

/**
 * A module with what the build with threads needs: a function that reads memory that may be shared
 * atomically, and gives it to the relaxed dot product (`i32x4.relaxed_dot_i8x16_i7x16_add_s`).
 */
// biome-ignore format: one section or instruction a line.
const NEEDS = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // "\0asm", version 1
  0x01, 0x04, 0x01, 0x60, 0x00, 0x00, // one type, () -> ()
  0x03, 0x02, 0x01, 0x00, // one function of it
  0x05, 0x04, 0x01, 0x03, 0x01, 0x01, // one shared memory of one page
  0x0a, 0x18, 0x01, 0x16, 0x00, // its code, without variables:
  0x41, 0x00, 0xfd, 0x0f, // i32.const 0, i8x16.splat
  0x41, 0x00, 0xfd, 0x0f, // i32.const 0, i8x16.splat
  0x41, 0x00, 0xfe, 0x10, 0x02, 0x00, 0xfd, 0x11, // i32.const 0, i32.atomic.load, i32x4.splat
  0xfd, 0x93, 0x02, // the dot product
  0x1a, 0x0b, // drop, end
]);

/** Why this browser cannot run the build with threads; undefined when it can, as far as it says. */
function obstacle(): string | undefined {
  if (!globalThis.crossOriginIsolated || !("SharedArrayBuffer" in globalThis)) {
    return "This browser lets no threads share memory here.";
  }
  if (!WebAssembly.validate(NEEDS)) return "This browser’s WebAssembly has no threads or no relaxed SIMD.";
  return undefined;
}

/**
 * Loads and starts the build for this browser, of those that lie at `folder` and in its folder
 * `threads`.
 */
export async function start<Engine extends Initialised>(folder: URL): Promise<Started<Engine>> {
  const reason = obstacle();
  if (reason !== undefined) return { engine: await load(folder), plain: reason };
  try {
    return { engine: await load(new URL("threads/", folder)), plain: undefined };
  } catch (error) {
    // What it needs beyond the plain one is memory that is shared, for which room must be set
    // aside.
    const words = error instanceof Error ? error.message : String(error);
    return { engine: await load(folder), plain: `The engine with threads did not start: ${words}.` };
  }
}

async function load<Engine extends Initialised>(folder: URL): Promise<Engine> {
  const engine = (await import(new URL("engine.js", folder).href)) as Engine;
  await engine.default({ module_or_path: new URL("engine_bg.wasm", folder) });
  return engine;
}
