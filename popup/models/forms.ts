// The ways to bring a model of one's own. What becomes of it is told beside the form, and on
// the model's card.

import { FILE_CHANNEL, type FileMessage } from "../../offscreen/protocol/channels";
import type { Failure, InstallEnd, ModelSource } from "../../offscreen/protocol/protocol";
import { make, setText } from "../../offscreen/view/elements";
import { message } from "../../offscreen/view/messages";
import { byId } from "../dom";
import { failureBox } from "./failure";
import { host } from "./words";

/** Asks for an installation; gives the key under which its end is told. */
export type Install = (source: ModelSource) => string;

const INTERRUPTED: Pick<Failure, "message" | "remedy"> = {
  message: message("installInterrupted"),
  remedy: message("chooseOtherFile"),
};

/** A form and what it says about the installation that it began. */
export abstract class Form {
  readonly #outcome: HTMLElement;
  readonly #install: Install;
  /** Of the installation that it asked for last, until that has ended. */
  #key: string | undefined;

  constructor(form: HTMLFormElement, install: Install) {
    const outcome = form.querySelector<HTMLElement>(".outcome");
    if (!outcome) throw new Error(`#${form.id} has no place for its outcome`);
    this.#outcome = outcome;
    this.#install = install;
  }

  /** Tells how an installation ended, if it is this form's. */
  ended(key: string, end: InstallEnd): void {
    if (key !== this.#key) return;
    this.#key = undefined;
    switch (end.end) {
      case "installed":
        this.say(this.doneText(end.name));
        break;
      case "stopped":
        this.say(message("installStopped"));
        break;
      case "paused":
        this.say(message("downloadPaused"));
        break;
      case "failed":
        this.refuse(end.failure);
        break;
      default:
        end satisfies never;
    }
  }

  /** The engine that installed is gone: its end will not be told. */
  interrupted(): void {
    if (this.#key !== undefined) this.refuse(INTERRUPTED);
  }

  /** Says why there was no installation. */
  protected refuse(failure: Pick<Failure, "message" | "remedy"> & Partial<Failure>): void {
    this.#key = undefined;
    this.#outcome.replaceChildren(failureBox(failure));
  }

  /** Asks for what the reader knows by this name. */
  protected begin(name: string, source: ModelSource): void {
    this.say(message("installing", { name }));
    this.#key = this.#install(source);
  }

  protected doneText(name: string): string {
    return message("isInstalled", { name });
  }

  protected say(text: string): void {
    this.#outcome.replaceChildren(make("p", "soft", text));
  }
}

/**
 * From a file on this computer. A file cannot pass through the engine's port: it takes a channel of
 * its own.
 */
export class FileForm extends Form {
  readonly #channel = new BroadcastChannel(FILE_CHANNEL);

  constructor(install: Install) {
    super(byId<HTMLFormElement>("by-file"), install);
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
    const handle = crypto.randomUUID();
    this.#channel.postMessage({ handle, file } satisfies FileMessage);
    this.begin(file.name, { from: "file", handle, name: file.name });
  }
}

/** From an address. Which of them are allowed is the engine's to say. */
export class UrlForm extends Form {
  readonly #url = byId<HTMLInputElement>("url");

  constructor(install: Install) {
    const form = byId<HTMLFormElement>("by-address");
    super(form, install);
    const url = this.#url;
    const sha256 = byId<HTMLInputElement>("sha256");
    url.addEventListener("input", () => {
      const from = host(url.value.trim());
      setText(byId("from"), from === undefined ? "" : message("fetchedFrom", { host: from }));
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const hash = sha256.value.trim().toLowerCase();
      const isHash = hash === "" || /^[0-9a-f]{64}$/.test(hash);
      url.setAttribute("aria-invalid", "false");
      sha256.setAttribute("aria-invalid", String(!isHash));
      if (!isHash) {
        sha256.focus();
        this.refuse({ message: message("noSha256"), remedy: message("sha256Form") });
        return;
      }
      const address = url.value.trim();
      this.begin(address, { from: "address", url: address, sha256: hash === "" ? undefined : hash });
    });
  }

  protected override refuse(failure: Pick<Failure, "message" | "remedy"> & Partial<Failure>): void {
    super.refuse(failure);
    if (failure.code !== "address") return;
    this.#url.setAttribute("aria-invalid", "true");
    this.#url.focus();
  }
}
