// What the engine offers: how well a task would be done, by which model, and what would do it
// better. It decides; a view asks for what it stands ready for, and shows the answer.

import type { Event, ModelCard, ModelId, Offer, OfferedModel, OfferQuestion, Task } from "../protocol/protocol";
import { message } from "./messages";

/** What a view asks of a task and the model that the reader has set for it, if any. */
export function offerQuestion(task: Task, model: ModelId | undefined): OfferQuestion {
  return { key: JSON.stringify([task, model]), task, model };
}

/**
 * What the reader does to have a model do something: it is chosen where it is there, or got first.
 */
export function gettingOf({ here, name }: Pick<OfferedModel, "here" | "name">): string {
  return message(here ? "chooseModel" : "getModel", { model: name });
}

/**
 * The offers heard so far. Each is asked for when it is first wanted, and again when the models
 * have changed.
 */
export class OfferCache {
  readonly #ask: (questions: OfferQuestion[]) => void;
  readonly #offers = new Map<string, Offer>();
  /** Asked for since the models last changed. */
  readonly #asked = new Set<string>();
  #waiting: OfferQuestion[] = [];
  #models = "";

  /** `ask` hands questions to the engine, all of a moment together. */
  constructor(ask: (questions: OfferQuestion[]) => void) {
    this.#ask = ask;
  }

  /**
   * The offer, or the last one while the models that have changed are asked about anew; undefined
   * before the first.
   */
  get(task: Task, model: ModelId | undefined): Offer | undefined {
    const question = offerQuestion(task, model);
    if (!this.#asked.has(question.key)) {
      this.#asked.add(question.key);
      if (this.#waiting.length === 0) queueMicrotask(() => this.#ask(this.#waiting.splice(0)));
      this.#waiting.push(question);
    }
    return this.#offers.get(question.key);
  }

  handleEvent(event: Event): void {
    switch (event.type) {
      case "offers":
        for (const offer of event.offers) this.#offers.set(offer.key, offer);
        break;
      case "snapshot":
        // Another engine may have come in the place of the one that was asked.
        this.#asked.clear();
        this.#models = availability(event.models);
        break;
      case "models": {
        const models = availability(event.models);
        if (models !== this.#models) this.#asked.clear();
        this.#models = models;
        break;
      }
      default:
        break;
    }
  }
}

/** What offers depend on: not how far an installation has come. */
function availability(models: ModelCard[]): string {
  return JSON.stringify(models.map(({ id, here, bytes }) => [id, here, bytes]));
}
