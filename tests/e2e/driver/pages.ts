// A loopback server for the pages that the extension is tried on.

import http from "node:http";
import type { AddressInfo } from "node:net";

interface Served {
  type: string;
  content: string | Uint8Array;
}

/** Serves pages and files by their path: "/name" gives what was added as `name`. */
export class Pages {
  readonly #server: http.Server;
  readonly #pages = new Map<string, Served>();

  private constructor() {
    this.#server = http.createServer((request, response) => {
      const served = this.#pages.get(request.url ?? "/");
      response.writeHead(served ? 200 : 404, { "content-type": served?.type ?? "text/html; charset=utf-8" });
      response.end(served?.content);
    });
  }

  static async start(): Promise<Pages> {
    const pages = new Pages();
    await new Promise<void>((done) => pages.#server.listen(0, "127.0.0.1", done));
    return pages;
  }

  /** Adds a page and returns its address. */
  add(name: string, html: string): string {
    return this.addFile(name, "text/html; charset=utf-8", html);
  }

  /** Adds a file of another type and returns its address. */
  addFile(name: string, type: string, content: string | Uint8Array): string {
    this.#pages.set(`/${name}`, { type, content });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${name}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
