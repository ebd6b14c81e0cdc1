// Rounds of jobs under faults, at random moments told by a seed.

import { setTimeout as sleep } from "node:timers/promises";
import { random } from "../e2e/driver/random.ts";
import { FAULTS, type Fault } from "./faults.ts";
import { ended, INSTALLATION, KINDS, type Kind, ON_GPU, type Performed, perform, type Work } from "./jobs.ts";
import { Ledger } from "./ledger.ts";
import { Stage, type StageOptions } from "./stage.ts";
import { ELSEWHERE } from "./texts.ts";
import { blemish } from "./verdict.ts";

export interface PlayOptions extends StageOptions {
  seed: number;
  /** No round begins after so long, once everything is set up. */
  minutes: number;
  say(text: string): void;
}

/** What comes to light a moment later: a result that is stored, an error that nobody catches. */
const SETTLING_MS = 15_000;

/** Of a round: that another fault follows the first, that another job waits behind the first. */
const [ANOTHER_FAULT, ANOTHER_JOB] = [0.25, 0.25];

export async function play(options: PlayOptions): Promise<Ledger> {
  const stage = await Stage.set(options);
  try {
    const player = new Player(stage, options);
    await player.rehearse();
    const end = Date.now() + options.minutes * 60_000;
    for (let round = 1; Date.now() < end; round += 1) await player.round(round);
    return player.ledger;
  } finally {
    await stage.strike();
  }
}

class Player {
  readonly ledger = new Ledger();
  readonly #stage: Stage;
  readonly #random: () => number;
  readonly #say: (text: string) => void;
  readonly #kinds: Kind[];
  readonly #references = new Map<Kind, Performed>();
  /** Addresses of results that are still to be there. */
  #finished: string[] = [];

  constructor(stage: Stage, { seed, say, adapter }: PlayOptions) {
    this.#stage = stage;
    this.#random = random(seed);
    this.#say = say;
    this.#kinds = adapter === "none" ? KINDS : [...KINDS, ON_GPU];
  }

  /** Does each kind of job twice without a fault: what it comes to then, it must come to again. */
  async rehearse(): Promise<void> {
    for (const kind of this.#kinds) {
      const first = await perform(this.#stage, kind);
      // The first has the engine started and models loaded.
      const second = await perform(this.#stage, kind);
      if (first.text !== second.text) throw new Error(`a ${kind.name}: ${first.text}, then ${second.text}`);
      this.#references.set(kind, second);
      this.#say(`${kind.name} without a fault: ${second.ms} ms, ${JSON.stringify(second.text.slice(0, 60))}`);
    }
    await this.#stage.stand();
    const errors = this.#stage.witness.take();
    if (errors.length > 0) throw new Error(`without a fault: ${errors.join("\n")}`);
  }

  async round(round: number): Promise<void> {
    const faults = this.#draw();
    const kind = faults.some(({ onInstallation }) => onInstallation) ? INSTALLATION : this.#one(this.#kinds);
    const other =
      this.#random() < ANOTHER_JOB ? this.#one(this.#kinds.filter((one) => one !== INSTALLATION)) : undefined;
    const moments = faults.map(() => this.#random());
    const losses = await this.#perform(kind, other, faults, moments).catch((error: unknown) => [
      error instanceof Error ? error.message : String(error),
    ]);
    const names = faults.map(({ name }) => name);
    const job = other ? `${other.name}, ${kind.name}` : kind.name;
    this.ledger.enter(round, names, job, losses);
    this.#say(
      `${round}. ${job}: ${names.join(", ")}: ${losses.length === 0 ? "survived" : `LOST: ${losses.join("; ")}`}`,
    );
  }

  async #perform(kind: Kind, other: Kind | undefined, faults: Fault[], moments: number[]): Promise<string[]> {
    const stage = this.#stage;
    const losses: string[] = [];
    const waiting = other ? await other.start(stage) : undefined;
    let works = [...(waiting ? [waiting] : []), await kind.start(stage)];
    const struck = works.at(-1);
    if (!struck) throw new Error("no job");
    const { ms } = this.#reference(kind);
    for (const [at, fault] of faults.entries()) {
      await sleep((moments[at] ?? 0) * ms);
      await fault.strike(stage, struck);
      if (fault.takes === "page") works = works.filter((work) => work !== struck);
      if (fault.takes === "browser") works = [];
      // Nothing is left for another fault to befall.
      if (fault.takes !== undefined) break;
    }
    for (const work of works) losses.push(...(await this.#judge(work, faults)));
    for (const fault of faults) await fault.end?.(stage);
    for (const work of works) await work.tidy().catch((error: Error) => losses.push(error.message));
    if (faults.some(({ takes }) => takes === "browser")) this.#finished = [];
    if (works.length === 0) losses.push(...(await this.#again(kind)));
    if (kind === INSTALLATION && !works.includes(struck)) await struck.tidy();
    losses.push(...(await this.#settle()));
    for (const work of works) await work.page.close();
    await stage.closePopups();
    return losses;
  }

  /** What was lost of a job. */
  async #judge(work: Work, faults: Fault[]): Promise<string[]> {
    const end = await ended(work);
    if (end.state === "cancelled") return [`a ${work.kind.name} was cancelled, and nobody did that`];
    if (end.state === "done") {
      this.ledger.ends.result += 1;
      if (work.kind !== INSTALLATION) this.#finished.push(work.url);
      return this.#difference(work.kind, end.text);
    }
    this.ledger.ends.message += 1;
    const what = blemish(end.words);
    this.#say(`  ${work.kind.name}: ${end.words.replaceAll("\n", " ")}`);
    for (const fault of faults) await fault.end?.(this.#stage);
    return [...(what === undefined ? [] : [what]), ...(await this.#again(work.kind))];
  }

  /** Whether another job of the same kind comes to what it should. */
  async #again(kind: Kind): Promise<string[]> {
    // One that was broken off goes on when the round is tidied up.
    if (kind === INSTALLATION) return [];
    const work = await kind.start(this.#stage);
    const end = await ended(work);
    const losses =
      end.state === "done" ? this.#difference(kind, end.text) : [`the next ${kind.name}: ${JSON.stringify(end)}`];
    await work.tidy();
    await work.page.close();
    return losses;
  }

  #difference(kind: Kind, text: string): string[] {
    const reference = this.#reference(kind);
    return text === reference.text ? [] : [`a ${kind.name} came to ${JSON.stringify(text)}`];
  }

  /** What is found missing, or left over, once everything has come to rest. */
  async #settle(): Promise<string[]> {
    const stage = this.#stage;
    let kept = await stage.kept();
    let missing = await stage.missing();
    const end = Date.now() + SETTLING_MS;
    let looked = false;
    while (kept.pending.length > 0 || missing !== undefined) {
      if (Date.now() > end) break;
      await sleep(100);
      // A job whose engine was lost while nobody looked goes on when somebody does.
      if (!looked && kept.pending.length > 0) {
        const page = await stage.open("elsewhere", ELSEWHERE);
        await stage.popup(page);
        looked = true;
      }
      kept = await stage.kept();
      missing = await stage.missing();
    }
    const losses = kept.pending.map((url) => `a job never ends: ${url}`);
    if (missing !== undefined) losses.push(missing);
    this.#finished = this.#finished.slice(-10);
    const urls = kept.results.filter(({ state }) => state.state === "done").map(({ url }) => url);
    losses.push(...this.#finished.filter((url) => !urls.includes(url)).map((url) => `the result of ${url} is gone`));
    return [...losses, ...stage.witness.take()];
  }

  #draw(): Fault[] {
    const first = this.#fault(FAULTS);
    if (this.#random() >= ANOTHER_FAULT) return [first];
    return [first, this.#fault(FAULTS.filter(({ onInstallation }) => !onInstallation || first.onInstallation))];
  }

  /** One of these, by their weights. */
  #fault(faults: Fault[]): Fault {
    let at = this.#random() * faults.reduce((sum, { weight }) => sum + weight, 0);
    return faults.find(({ weight }) => (at -= weight) < 0) ?? this.#one(faults);
  }

  #one<T>(list: T[]): T {
    const found = list[Math.floor(this.#random() * list.length)];
    if (found === undefined) throw new Error("nothing to choose from");
    return found;
  }

  #reference(kind: Kind): Performed {
    const reference = this.#references.get(kind);
    if (!reference) throw new Error(`no ${kind.name} was rehearsed`);
    return reference;
  }
}
