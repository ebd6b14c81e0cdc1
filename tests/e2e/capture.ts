// Prints what the capture script reads of a page: started by `cargo xtask extract --captured` with its options as JSON.

import { readFile } from "node:fs/promises";
import { capture } from "./driver/capture.ts";

/** Paths of the page, and of the bundled script. */
const { file, script } = JSON.parse(process.argv[2] ?? "{}") as { file: string; script: string };
process.stdout.write(JSON.stringify(await capture(await readFile(file, "utf8"), await readFile(script, "utf8"))));
