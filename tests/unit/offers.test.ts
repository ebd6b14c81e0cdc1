// What a view asks the engine about the tasks that it stands ready for, and when it asks again.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { missingModel } from "../../content/card/options";
import type { ModelCard, Offer, OfferedModel, OfferQuestion, Task } from "../../offscreen/protocol/protocol";
import { gettingOf, OfferCache, offerQuestion } from "../../offscreen/view/offers";

const SHORTER: Task = { task: "rewrite", options: { length: "shorter" } };
const LONGER: Task = { task: "rewrite", options: { length: "longer" } };

const LARGE: OfferedModel = {
  id: "large",
  kind: "language",
  name: "Large",
  here: false,
  isServed: false,
  bytes: 1,
  host: undefined,
};

function model(changes: Partial<ModelCard>): ModelCard {
  return {
    id: "small",
    kind: "language",
    name: "Small",
    family: "llama",
    licence: undefined,
    languages: "English",
    goodFor: "",
    bytes: 1,
    sha256: "",
    memory: 1,
    fit: { fit: "fits" },
    estimated: false,
    context: 1,
    source: "package",
    packaged: true,
    here: true,
    interrupted: false,
    state: { state: "installed", checked: false },
    abilities: { summarize: "good", rewrite: [], translate: [] },
    speed: undefined,
    update: undefined,
    ...changes,
  };
}

function answer(question: OfferQuestion, changes: Partial<Offer> = {}): Offer {
  return {
    key: question.key,
    ability: "good",
    model: { ...LARGE, id: "small", name: "Small", here: true },
    instead: undefined,
    ...changes,
  };
}

describe("offers", () => {
  let asked: OfferQuestion[][];
  let cache: OfferCache;
  const settled = async () => new Promise((resolve) => setImmediate(resolve));
  const keys = (): string[][] => asked.map((questions) => questions.map(({ key }) => key));
  const key = (task: Task, id?: string): string => offerQuestion(task, id).key;

  beforeEach(() => {
    asked = [];
    cache = new OfferCache((questions) => asked.push(questions));
    cache.handleEvent({ type: "snapshot", model: { state: "idle" }, models: [model({})], jobs: [] });
  });

  test("what is wanted at one moment is asked for at once, and only once", async () => {
    for (const task of [SHORTER, LONGER, SHORTER]) assert.equal(cache.get(task, undefined), undefined);
    await settled();
    assert.deepEqual(keys(), [[key(SHORTER), key(LONGER)]]);
    const offer = answer(offerQuestion(SHORTER, undefined));
    cache.handleEvent({ type: "offers", offers: [offer] });
    assert.deepEqual(cache.get(SHORTER, undefined), offer);
    await settled();
    assert.equal(asked.length, 1);
  });

  test("the model that the reader has set is another question", async () => {
    cache.get(SHORTER, undefined);
    cache.get(SHORTER, "large");
    await settled();
    assert.deepEqual(keys(), [[key(SHORTER), key(SHORTER, "large")]]);
  });

  test("when the models change all is asked anew; until the answer comes the last one stands", async () => {
    cache.get(SHORTER, undefined);
    await settled();
    const offer = answer(offerQuestion(SHORTER, undefined));
    cache.handleEvent({ type: "offers", offers: [offer] });
    cache.handleEvent({ type: "models", models: [model({}), model({ id: "large", here: false })] });
    assert.deepEqual(cache.get(SHORTER, undefined), offer);
    await settled();
    assert.equal(asked.length, 2);
  });

  test("how far an installation has come changes nothing", async () => {
    cache.get(SHORTER, undefined);
    await settled();
    for (const bytes of [1, 2]) {
      cache.handleEvent({
        type: "models",
        models: [model({ state: { state: "installing", bytes, total: 10, step: "fetching" } })],
      });
    }
    cache.get(SHORTER, undefined);
    await settled();
    assert.equal(asked.length, 1);
  });

  test("another engine is asked anew", async () => {
    cache.get(SHORTER, undefined);
    await settled();
    cache.handleEvent({ type: "snapshot", model: { state: "idle" }, models: [model({})], jobs: [] });
    cache.get(SHORTER, undefined);
    await settled();
    assert.equal(asked.length, 2);
  });

  test("a model that is there is chosen, another is got", () => {
    assert.equal(gettingOf(LARGE), "Get Large");
    assert.equal(gettingOf({ ...LARGE, here: true }), "Choose Large");
  });

  test("the card says what a task needs that is not there", () => {
    const question = offerQuestion(LONGER, undefined);
    assert.equal(missingModel(undefined), undefined);
    assert.equal(missingModel(answer(question, { ability: "experimental", instead: LARGE })), undefined);
    assert.equal(missingModel(answer(question, { ability: "unfit", instead: LARGE })), "needs Large");
    assert.equal(missingModel(answer(question, { ability: "unfit" })), "needs a larger model");
  });
});
