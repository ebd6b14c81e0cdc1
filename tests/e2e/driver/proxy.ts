// Everything the browser sends to the network passes here, whichever of its processes, pages or
// workers sends it: a proxy that writes down each request. It hands on to the hosts it is allowed
// to reach and refuses the rest.

import http from "node:http";
import type { AddressInfo } from "node:net";
import net from "node:net";

export class HttpProxy {
  /**
   * Every request since the last `forget`, refused ones too: "GET http://…" or "CONNECT host:443".
   */
  readonly requests: string[] = [];
  readonly #server: http.Server;
  readonly #tunnels = new Set<net.Socket>();
  readonly #allowed: (host: string) => boolean;

  private constructor(allowed: (host: string) => boolean) {
    this.#allowed = allowed;
    this.#server = http.createServer((request, response) => this.#forward(request, response));
    this.#server.on("connect", (request, socket: net.Socket, head) => this.#tunnel(request, socket, head));
  }

  /** Starts a proxy that hands on what goes to `allowed` hosts. */
  static async start(allowed: (host: string) => boolean): Promise<HttpProxy> {
    const proxy = new HttpProxy(allowed);
    await new Promise<void>((done) => proxy.#server.listen(0, "127.0.0.1", done));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /**
   * Starts counting anew. Tunnels end, so that no request can pass uncounted in one that is open.
   */
  forget(): void {
    this.requests.length = 0;
    for (const socket of this.#tunnels) socket.destroy();
  }

  async stop(): Promise<void> {
    this.forget();
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  #forward(request: http.IncomingMessage, response: http.ServerResponse): void {
    this.requests.push(`${request.method} ${request.url}`);
    const url = new URL(request.url ?? "/", "http://unnamed.invalid");
    if (!this.#allowed(url.hostname)) {
      response.writeHead(403).end();
      return;
    }
    const options = { method: request.method, headers: request.headers };
    const onward = http.request(url, options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      // What breaks off on one side does on the other.
      answer.on("close", () => {
        if (!answer.complete) response.destroy();
      });
    });
    response.on("close", () => {
      if (!response.writableFinished) onward.destroy();
    });
    onward.on("error", () => response.writeHead(502).end());
    request.pipe(onward);
  }

  #tunnel(request: http.IncomingMessage, socket: net.Socket, head: Buffer): void {
    this.requests.push(`CONNECT ${request.url}`);
    const { hostname, port } = new URL(`https://${request.url}`);
    if (!this.#allowed(hostname)) {
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const onward = net.connect(Number(port) || 443, hostname, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    this.#tunnels.add(socket);
    socket.on("close", () => {
      this.#tunnels.delete(socket);
      onward.destroy();
    });
    socket.on("error", () => onward.destroy());
    onward.on("error", () => socket.destroy());
  }
}
