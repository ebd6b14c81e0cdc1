// A folder of files for one test, and a server on this machine that hands them out slowly.

import { createReadStream } from "node:fs";
import { copyFile, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Model files, good and damaged, in a folder of their own. */
export class Files {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<Files> {
    return new Files(await mkdtemp(join(tmpdir(), "sotto-files-")));
  }

  at(name: string): string {
    return join(this.#folder, name);
  }

  async write(name: string, content: Uint8Array | string): Promise<string> {
    await writeFile(this.at(name), content);
    return this.at(name);
  }

  async copy(name: string, from: string): Promise<string> {
    await copyFile(from, this.at(name));
    return this.at(name);
  }

  /**
   * Replaces the first occurrence of a text in a copied file's header by one of the same length.
   */
  async replace(name: string, text: string, by: string): Promise<void> {
    if (text.length !== by.length) throw new Error(`"${text}" and "${by}" differ in length`);
    const file = await open(this.at(name), "r+");
    try {
      const head = Buffer.alloc(1 << 16);
      await file.read(head, 0, head.length, 0);
      const place = head.indexOf(text);
      if (place < 0) throw new Error(`no "${text}" in the header of ${name}`);
      await file.write(Buffer.from(by), 0, by.length, place);
    } finally {
      await file.close();
    }
  }

  /** Overwrites bytes of a copied file. */
  async patch(name: string, offset: number, bytes: Uint8Array): Promise<void> {
    const file = await open(this.at(name), "r+");
    try {
      await file.write(bytes, 0, bytes.length, offset);
    } finally {
      await file.close();
    }
  }

  /** Cuts a file, or lengthens it by zeros that take no room on the disk. */
  async resize(name: string, bytes: number): Promise<void> {
    await truncate(this.at(name), bytes);
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Ways in which a server can fail to hand a file over, by the name that is asked for. */
const FAULTS: Record<string, (response: http.ServerResponse, file: Buffer) => void> = {
  "/headers.gguf": () => undefined,
  "/middle.gguf"(response, file) {
    response.writeHead(200, { "content-length": file.length }).write(file.subarray(0, 1 << 20));
  },
  "/short.gguf"(response, file) {
    const half = file.subarray(0, file.length / 2);
    response.writeHead(200, { "content-length": half.length }).end(half);
  },
};

/**
 * Serves one file at `/model.gguf` with a pause between its pieces, and with a fault at the addresses
 * of the faults; anything else is not found.
 */
export class FileServer {
  readonly #server: http.Server;

  private constructor(path: string, pauseMs: number) {
    this.#server = http.createServer(async (request, response) => {
      response.setHeader("access-control-allow-origin", "*");
      const fault = FAULTS[request.url ?? ""];
      if (fault) {
        fault(response, await readFile(path));
        return;
      }
      if (request.url?.split("?")[0] !== "/model.gguf") {
        response.writeHead(404).end();
        return;
      }
      const { size } = await stat(path);
      response.writeHead(200, { "content-length": size });
      for await (const piece of createReadStream(path, { highWaterMark: 256 << 10 })) {
        if (response.destroyed) return;
        response.write(piece);
        await sleep(pauseMs);
      }
      response.end();
    });
  }

  static async start(path: string, pauseMs: number): Promise<FileServer> {
    const server = new FileServer(path, pauseMs);
    await new Promise<void>((done) => server.#server.listen(0, "127.0.0.1", done));
    return server;
  }

  address(name = "model.gguf"): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${name}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
