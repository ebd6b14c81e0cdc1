// A loopback server for the pages that the extension is tried on.

import http from "node:http";
import type { AddressInfo } from "node:net";

/** Serves pages by their path: "/name" gives the HTML of `name`. */
export class Pages {
  readonly #server: http.Server;
  readonly #pages = new Map<string, string>();

  private constructor() {
    this.#server = http.createServer((request, response) => {
      const html = this.#pages.get(request.url ?? "/");
      response.writeHead(html === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" });
      response.end(html);
    });
  }

  static async start(): Promise<Pages> {
    const pages = new Pages();
    await new Promise<void>((done) => pages.#server.listen(0, "127.0.0.1", done));
    return pages;
  }

  /** Adds a page and returns its address. */
  add(name: string, html: string): string {
    this.#pages.set(`/${name}`, html);
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${name}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
