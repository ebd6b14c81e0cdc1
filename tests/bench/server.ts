// A loopback server for the benchmark's page: isolated, as engines with threads need it.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** Serves these files, by their path. */
export async function serve(files: Record<string, string>): Promise<{ origin: string; stop: () => Promise<void> }> {
  const server = http.createServer((request, response) => {
    const file = files[request.url ?? "/"];
    if (request.url === "/") {
      response.writeHead(200, { ...ISOLATED, "content-type": "text/html" });
      response.end(`<!doctype html><title>bench</title><script type="module" src="/page.js"></script>`);
    } else if (file === undefined) {
      response.writeHead(404).end();
    } else {
      void send(file, response);
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function send(file: string, response: http.ServerResponse): Promise<void> {
  const { size } = await stat(file);
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { ...ISOLATED, "content-type": type, "content-length": size });
  createReadStream(file).pipe(response);
}
