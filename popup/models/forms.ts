// The two ways to bring a model of one's own. What becomes of it is told beside the form, and on
// the model's card.

import { FILE_CHANNEL, type FileMessage } from "../../offscreen/protocol/channels";
import type { Failure, ModelCard, ModelId, ModelSource } from "../../offscreen/protocol/protocol";
import { make } from "../../offscreen/view/elements";
import { byId } from "../dom";
import { failureBox } from "./failure";

/** What a form asked for last, and what was installed then. */
interface PendingInstall {
  /** The address or the file's name: the model's id until more is known of it. */
  source: string;
  installed: Set<string>;
  started: boolean;
}

/** A form and what it says about the installation that it began. */
export abstract class Form {
  readonly #outcome: HTMLElement;
  #pending: PendingInstall | undefined;
  #models: ModelCard[] = [];

  constructor(form: HTMLFormElement) {
    const outcome = form.querySelector<HTMLElement>(".outcome");
    if (!outcome) throw new Error(`#${form.id} has no place for its outcome`);
    this.#outcome = outcome;
  }

  /** Follows the installation by the models' states. */
  draw(models: ModelCard[]): void {
    this.#models = models;
    const pending = this.#pending;
    if (!pending) return;
    const card = models.find(({ id }) => id === pending.source);
    if (card?.state.state === "failed") {
      this.refuse(card.state.failure);
    } else if (card?.state.state === "installing") {
      pending.started = true;
    } else if (pending.started) {
      this.#pending = undefined;
      const fresh = models.find(({ id, state }) => state.state === "installed" && !pending.installed.has(id));
      // A file that was there before is installed anew, without a trace.
      this.showMessage(fresh ? `${fresh.name} is installed.` : "The installation has ended.");
    }
  }

  /** Takes note that an installation is stopped. */
  stopped(model: ModelId): void {
    if (this.#pending?.source !== model) return;
    this.#pending = undefined;
    this.showMessage("The installation was stopped.");
  }

  /** Says why the installation was refused. */
  refuse(failure: Pick<Failure, "message" | "remedy">): void {
    this.#pending = undefined;
    this.#outcome.replaceChildren(failureBox(failure));
  }

  /** Notes what is asked for now. */
  protected begin(source: string): void {
    const installed = this.#models.filter(({ state }) => state.state === "installed").map(({ id }) => id);
    this.#pending = { source, installed: new Set(installed), started: false };
    this.showMessage(`Installing ${source}…`);
  }

  protected showMessage(text: string): void {
    this.#outcome.replaceChildren(make("p", "soft", text));
  }
}

/**
 * From a file on this computer. A file cannot pass through the engine's port: it takes a channel of
 * its own.
 */
export class FileForm extends Form {
  readonly #send: (source: ModelSource) => void;
  readonly #channel = new BroadcastChannel(FILE_CHANNEL);

  constructor(send: (source: ModelSource) => void) {
    super(byId<HTMLFormElement>("by-file"));
    this.#send = send;
    const input = byId<HTMLInputElement>("file");
    input.addEventListener("change", () => {
      const [file] = input.files ?? [];
      if (file) this.install(file);
      // The same file can be chosen again after it was mended.
      input.value = "";
    });
  }

  /** Installs a file that was chosen or dropped. */
  install(file: File): void {
    this.begin(file.name);
    const handle = crypto.randomUUID();
    this.#channel.postMessage({ handle, file } satisfies FileMessage);
    this.#send({ from: "file", handle, name: file.name });
  }
}

/** From an address. Which of them are allowed is the engine's to say. */
export class UrlForm extends Form {
  readonly #url = byId<HTMLInputElement>("url");

  constructor(send: (source: ModelSource) => void) {
    const form = byId<HTMLFormElement>("by-address");
    super(form);
    const url = this.#url;
    const sha256 = byId<HTMLInputElement>("sha256");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const hash = sha256.value.trim().toLowerCase();
      const isHash = hash === "" || /^[0-9a-f]{64}$/.test(hash);
      url.setAttribute("aria-invalid", "false");
      sha256.setAttribute("aria-invalid", String(!isHash));
      if (!isHash) {
        sha256.focus();
        this.refuse({ message: "This is no SHA-256.", remedy: "It has 64 digits from 0 to 9 and a to f." });
        return;
      }
      this.begin(url.value.trim());
      send({ from: "address", url: url.value.trim(), sha256: hash === "" ? undefined : hash });
    });
  }

  override refuse(failure: Pick<Failure, "message" | "remedy"> & Partial<Failure>): void {
    super.refuse(failure);
    if (failure.code !== "address") return;
    this.#url.setAttribute("aria-invalid", "true");
    this.#url.focus();
  }
}
