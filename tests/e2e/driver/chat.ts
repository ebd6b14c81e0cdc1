// A server of the reader's on this machine, with the interface that OpenAI made common. Its models are
// ways in which it answers, well or not; so are the folders that its interface is looked for in.

import http from "node:http";
import type { AddressInfo } from "node:net";

/** What a model does with a conversation. */
type Model = (exchange: Exchange) => void;

/** A conversation that was sent, and its answer. */
class Exchange {
  readonly messages: { role: string; content: string }[];
  readonly response: http.ServerResponse;

  constructor(messages: { role: string; content: string }[], response: http.ServerResponse) {
    this.messages = messages;
    this.response = response;
  }

  begin(): void {
    this.response.writeHead(200, { "content-type": "text/event-stream" });
  }

  send(delta: object, finish: string | null = null): void {
    const chunk = { object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: finish }] };
    this.response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  }

  /** Streams a whole answer, word by word. */
  say(text: string): void {
    this.begin();
    this.send({ role: "assistant", content: null });
    for (const word of text.split(/(?<= )/u)) this.send({ content: word });
    this.send({}, "stop");
    const usage = { prompt_tokens: 40, completion_tokens: 12, total_tokens: 52 };
    this.response.end(`data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`);
  }

  refuse(status: number, message: string): void {
    this.response.writeHead(status, { "content-type": "application/json" });
    this.response.end(JSON.stringify({ error: { message } }));
  }

  page(): void {
    this.response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>Log in here.");
  }
}

/** A model that writes well: the first sentences of the text that it is to summarise, without their asides. */
export const WRITER = "writer";

/** The ways to fail, by what a reader has to be told. */
export const FAULTS: Record<string, { model: Model; says: RegExp }> = {
  page: { model: (exchange) => exchange.page(), says: /sent a web page/u },
  redirect: {
    model: ({ response }) => void response.writeHead(307, { location: "http://example.org/" }).end(),
    says: /another address/u,
  },
  key: { model: (exchange) => exchange.refuse(401, "no"), says: /wants a key/u },
  forbidden: { model: (exchange) => exchange.refuse(403, "no"), says: /does not answer browser extensions/u },
  gone: { model: (exchange) => exchange.refuse(404, "no"), says: /does not have the model gone/u },
  loading: { model: (exchange) => exchange.refuse(503, "Loading model"), says: /is busy: “Loading model”/u },
  failing: { model: (exchange) => exchange.refuse(500, "out of memory"), says: /status 500\): “out of memory”/u },
  nonsense: {
    model: ({ response }) => void response.writeHead(200).end("data: {oops}\n\n"),
    says: /cannot be read: a piece of its answer/u,
  },
  endless: {
    model({ response }) {
      response.writeHead(200);
      const more = (): void => void (response.destroyed || response.write("data: ".padEnd(1 << 16, "a"), more));
      more();
    },
    says: /a line does not end/u,
  },
  breaking: {
    model(exchange) {
      exchange.begin();
      exchange.send({ content: "The " });
      setTimeout(() => exchange.response.destroy(), 200);
    },
    says: /stopped in the middle/u,
  },
  short: {
    model(exchange) {
      exchange.begin();
      exchange.send({ content: "The " });
      exchange.response.end();
    },
    says: /stopped in the middle/u,
  },
  thinking: {
    model(exchange) {
      exchange.begin();
      exchange.send({ reasoning_content: "Hm, the lighthouse …" });
      exchange.send({}, "length");
      exchange.response.end();
    },
    says: /on thinking/u,
  },
};

/** A model that begins an answer and sends nothing more. */
export const PAUSING = "pausing";

const MODELS: Record<string, Model> = {
  [WRITER](exchange) {
    const text = exchange.messages.find(({ role }) => role === "user")?.content ?? "";
    const count = Number(/List the (\d+) most/u.exec(text)?.[1] ?? 1);
    const sentences = text.match(/[A-Z][^.\n]{30,}\./gu) ?? [];
    const points = sentences.slice(0, count).map((sentence) => sentence.replace(/, who .*\./u, "."));
    exchange.say(points.join("\n- "));
  },
  inventor: (exchange) => exchange.say("In 2047 the Queen of Norway sold the tower to a bank for 9 million kroner."),
  silent: () => undefined,
  [PAUSING](exchange) {
    exchange.begin();
    exchange.send({ content: "The " });
  },
  ...Object.fromEntries(Object.entries(FAULTS).map(([name, { model }]) => [name, model])),
};

/** What folders do that are no interface, and what a reader has to be told. */
export const FOLDERS: Record<string, { list: (response: http.ServerResponse) => void; says: RegExp }> = {
  nothing: { list: (response) => void response.writeHead(404).end("404 page not found"), says: /no OpenAI-compat/u },
  page: {
    list: (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html>"),
    says: /sent a web page/u,
  },
  key: { list: (response) => void response.writeHead(401).end("{}"), says: /wants a key/u },
  forbidden: { list: (response) => void response.writeHead(403).end(), says: /does not answer browser extensions/u },
  moved: {
    list: (response) => void response.writeHead(302, { location: "http://example.org/v1/models" }).end(),
    says: /another address/u,
  },
  empty: { list: (response) => void response.end('{"data":[]}'), says: /has no model/u },
  other: { list: (response) => void response.end('{"version":1}'), says: /cannot be read: its list of models/u },
  long: { list: (response) => void response.end(" ".repeat(5 << 20)), says: /more than any answer has/u },
};

interface Asked {
  path: string;
  origin: string | undefined;
  body: string;
  /** Whether the browser waits for more of the answer. */
  readonly isOpen: boolean;
}

export class ChatServer {
  /** Every request, in order. It answers none as pages of other origins need it (CORS). */
  readonly asked: Asked[] = [];
  readonly #server: http.Server;

  private constructor() {
    this.#server = http.createServer(async (request, response) => {
      let body = "";
      for await (const piece of request) body += piece;
      const path = request.url ?? "";
      this.asked.push({
        path,
        origin: request.headers.origin,
        body,
        get isOpen() {
          return !response.writableEnded && !response.destroyed;
        },
      });
      const [, folder, rest] = /^\/(?:(\w+)\/)?v1\/(.*)$/u.exec(path) ?? [];
      const fault = folder === undefined ? undefined : FOLDERS[folder];
      if (fault) fault.list(response);
      else if (rest === "models") {
        const data = Object.keys(MODELS).map((id) => ({ id, object: "model", owned_by: "library" }));
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ object: "list", data }));
      } else if (rest === "chat/completions") {
        const { model, messages } = JSON.parse(body);
        MODELS[model]?.(new Exchange(messages, response));
      } else response.writeHead(404).end();
    });
  }

  static async start(): Promise<ChatServer> {
    const server = new ChatServer();
    await new Promise<void>((done) => server.#server.listen(0, "127.0.0.1", done));
    return server;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What was asked of its models. */
  get conversations(): Asked[] {
    return this.asked.filter(({ path }) => path.endsWith("/chat/completions"));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
