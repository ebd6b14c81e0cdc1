// A folder of files for one test, and a server on this machine that hands them out slowly.

import { copyFile, mkdtemp, open, readFile, rm, truncate, writeFile } from "node:fs/promises";
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

/** Where a connection is cut: a whole chunk of the engine's journal has come by then, and part of the next. */
export const CUT = 7_000_000;

/** One request for a file, and what can be done with it. */
class Exchange {
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
  readonly #pauseMs: () => number;
  readonly #cut: () => Promise<void>;
  /** Bytes that were sent. */
  sent = 0;

  /** `cut` tells when the connection is to be cut whose answer has not come to its end. */
  constructor(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    pauseMs: () => number,
    cut: () => Promise<void>,
  ) {
    this.request = request;
    this.response = response;
    this.#pauseMs = pauseMs;
    this.#cut = cut;
  }

  /** The bytes that are asked for: from the first, and up to the last where that is named. */
  get range(): { from: number; to: number | undefined } {
    const [, from = "0", to = ""] = /^bytes=(\d+)-(\d*)$/u.exec(this.request.headers.range ?? "") ?? [];
    return { from: Number(from), to: to === "" ? undefined : Number(to) };
  }

  /** Answers as a server does that knows ranges: with the rest, or all of it if the version is another one. */
  async serve(file: Buffer, version = "one", end = file.length, announced = file.length): Promise<void> {
    const etag = `"${version}"`;
    const { from, to } = this.range;
    const condition = this.request.headers["if-range"];
    if (to !== undefined) {
      const range = `bytes ${from}-${to}/${file.length}`;
      this.response.writeHead(206, { etag, "content-range": range, "content-length": to + 1 - from });
      await this.send(file.subarray(from, to + 1));
      return;
    }
    if (from > 0 && (condition === undefined || condition === etag)) {
      if (from >= file.length) {
        this.response.writeHead(416, { "content-range": `bytes */${file.length}` }).end();
        return;
      }
      const range = `bytes ${from}-${file.length - 1}/${file.length}`;
      this.response.writeHead(206, { etag, "content-range": range, "content-length": announced - from });
      await this.send(file.subarray(from, end), end === announced);
      return;
    }
    this.response.writeHead(200, { etag, "content-length": announced });
    await this.send(file.subarray(0, end), end === announced);
  }

  /** Sends bytes with a pause after each piece; then the answer ends, or its connection does. */
  async send(bytes: Buffer, isWhole = true): Promise<void> {
    const { response } = this;
    const step = 256 << 10;
    for (let at = 0; at < bytes.length; at += step) {
      const piece = bytes.subarray(at, at + step);
      response.write(piece);
      if (response.destroyed) return;
      this.sent += piece.length;
      const pauseMs = this.#pauseMs();
      if (pauseMs > 0) await sleep(pauseMs);
      while (response.writableNeedDrain && !response.destroyed) await sleep(1);
    }
    if (!isWhole) await this.#cut();
    if (isWhole) response.end();
    else response.destroy();
  }

  page(): void {
    this.response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<!doctype html><p>Log in here.");
  }
}

type Fault = (exchange: Exchange, file: Buffer, earlier: number) => Promise<void> | void;

/**
 * Ways in which a server can fail to hand a file over, by the name that is asked for. Each knows how
 * often it was asked before.
 */
const FAULTS: Record<string, Fault> = {
  "headers.gguf": () => undefined,
  "middle.gguf"({ response }, file) {
    response.writeHead(200, { "content-length": file.length }).write(file.subarray(0, 1 << 20));
  },
  "short.gguf"({ response }, file) {
    const half = file.subarray(0, file.length / 2);
    response.writeHead(200, { "content-length": half.length }).end(half);
  },
  "long.gguf": async (exchange, file) => exchange.serve(file, "one", file.length, file.length + 1000),
  "drops-once.gguf": async (exchange, file, earlier) => exchange.serve(file, "one", earlier === 0 ? CUT : file.length),
  "drops.gguf": async (exchange, file) => exchange.serve(file, "one", CUT),
  async "no-ranges.gguf"(exchange, file, earlier) {
    exchange.response.writeHead(200, {
      "content-length": file.length,
      "last-modified": "Mon, 02 Nov 2026 10:00:00 GMT",
    });
    if (earlier === 0) await exchange.send(file.subarray(0, CUT), false);
    else await exchange.send(file);
  },
  "page.gguf": (exchange) => exchange.page(),
  async "portal.gguf"(exchange, file, earlier) {
    if (earlier === 0) await exchange.serve(file, "one", CUT);
    else exchange.page();
  },
  async "changed.gguf"(exchange, file, earlier) {
    if (earlier === 0) await exchange.serve(file, "one", CUT);
    else await exchange.serve(twin(file), "two");
  },
  "changes.gguf": async (exchange, file, earlier) => exchange.serve(file, String(earlier), CUT),
  async "range.gguf"(exchange, file, earlier) {
    if (earlier === 0) return exchange.serve(file, "one", CUT);
    const range = `bytes 1-${file.length - 1}/${file.length}`;
    exchange.response.writeHead(206, { etag: '"one"', "content-range": range, "content-length": file.length - 1 });
    await exchange.send(file.subarray(1));
  },
  "forbidden.gguf": ({ response }) => void response.writeHead(302, { location: "http://example.org/model.gguf" }).end(),
};

/** The same model by another name. */
export function twin(file: Buffer): Buffer {
  const other = Buffer.from(file);
  other.write("twin", other.indexOf("tiny"));
  return other;
}

/**
 * Serves one file at `/model.gguf`, and with a fault at the names of the faults, or the files of a
 * folder, with a pause between the pieces; `/elsewhere/ADDRESS` leads to that address; anything else is
 * not found.
 */
export class FileServer {
  /** What was asked for, in order. */
  readonly requests: { name: string; from: number; readonly sent: number }[] = [];
  /** Between two pieces. */
  pauseMs: number;
  readonly #server: http.Server;
  /** What cuts the connections whose answers have not come to their ends, by the names asked for. */
  readonly #held = new Map<string, () => void>();

  private constructor(find: (name: string) => Promise<Buffer | undefined>, pauseMs: number) {
    this.pauseMs = pauseMs;
    this.#server = http.createServer(async (request, response) => {
      response.setHeader("access-control-allow-origin", "*");
      response.setHeader("access-control-allow-headers", "If-Range, Range");
      response.setHeader("access-control-expose-headers", "Content-Range, ETag");
      const name = (request.url ?? "").split("?")[0]?.slice(1) ?? "";
      const [, elsewhere] = /^elsewhere\/(.*)$/u.exec(name) ?? [];
      const file = await find(name);
      if (request.method === "OPTIONS") {
        response.writeHead(204).end();
      } else if (elsewhere !== undefined) {
        response.writeHead(302, { location: decodeURIComponent(elsewhere) }).end();
      } else if (file) {
        const earlier = this.requests.filter((one) => one.name === name).length;
        const exchange = new Exchange(
          request,
          response,
          () => this.pauseMs,
          async () => new Promise((cut) => this.#held.set(name, cut)),
        );
        const { from } = exchange.range;
        this.requests.push({
          name,
          from,
          get sent() {
            return exchange.sent;
          },
        });
        const fault = FAULTS[name];
        await (fault ? fault(exchange, file, earlier) : exchange.serve(file));
      } else {
        response.writeHead(404).end();
      }
    });
  }

  static async start(path: string, pauseMs: number): Promise<FileServer> {
    return FileServer.#listen(
      async (name) => (name === "model.gguf" || FAULTS[name] ? readFile(path) : undefined),
      pauseMs,
    );
  }

  /** Serves the files of a folder. */
  static async ofFolder(folder: string): Promise<FileServer> {
    return FileServer.#listen(async (name) => readFile(join(folder, name)).catch(() => undefined), 0);
  }

  static async #listen(find: (name: string) => Promise<Buffer | undefined>, pauseMs: number): Promise<FileServer> {
    const server = new FileServer(find, pauseMs);
    await new Promise<void>((done) => server.#server.listen(0, "127.0.0.1", done));
    return server;
  }

  address(name = "model.gguf"): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${name}`;
  }

  /** Cuts a connection for a name when all was sent that will be, and `arrived` says that it has come. */
  async cut(name: string, arrived: () => Promise<void>): Promise<void> {
    while (!this.#held.has(name)) await sleep(10);
    await arrived();
    this.#held.get(name)?.();
    this.#held.delete(name);
  }

  /** Cuts every connection there is. */
  cutAll(): void {
    this.#server.closeAllConnections();
  }

  /** What was asked for under a name. */
  of(name: string): { from: number; sent: number }[] {
    return this.requests.filter((request) => request.name === name);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
