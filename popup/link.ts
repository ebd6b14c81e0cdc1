// The connection to the engine: made after the popup is drawn, made again when it is lost.

import { ENGINE_PORT } from "../offscreen/protocol/channels";
import type { Event, Request } from "../offscreen/protocol/protocol";
import { sendCommand } from "../offscreen/view/command";

/** Pause before a lost engine is asked for again. */
const RETRY_MS = 500;

interface Listener {
  /** The engine is there; the answer to `Attach` is on its way. */
  connected(): void;
  lost(): void;
  event(event: Event): void;
}

export class Link {
  readonly #listener: Listener;
  #port: chrome.runtime.Port | undefined;
  /** Requests made while there was no connection. */
  #waiting: Request[] = [];

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  async connect(): Promise<void> {
    const reply = await sendCommand({ type: "ensureEngine" });
    if (reply.type === "failed") {
      this.#listener.event({ type: "rejected", failure: reply.failure, job: undefined });
      return;
    }
    const port = chrome.runtime.connect({ name: ENGINE_PORT });
    port.onMessage.addListener((event: Event) => this.#listener.event(event));
    port.onDisconnect.addListener(() => {
      this.#port = undefined;
      this.#listener.lost();
      setTimeout(() => void this.connect(), RETRY_MS);
    });
    this.#port = port;
    this.send({ type: "attach" });
    for (const request of this.#waiting.splice(0)) this.send(request);
    this.#listener.connected();
  }

  send(request: Request): void {
    if (this.#port) this.#port.postMessage(request);
    else this.#waiting.push(request);
  }
}
