// What the page of the models says of a download.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ModelCard } from "../../offscreen/protocol/protocol";
import { Pace } from "../../popup/models/pace";
import { host, part, shortage, transferText } from "../../popup/models/words";

describe("a download in words", () => {
  test("how much of it is there", () => {
    assert.equal(part(41e6, 98_362_432), "41 of 98 MB");
    assert.equal(part(41e6, 2.4e9), "41 MB of 2.4 GB");
    assert.equal(part(1.2e9, 2.4e9), "1.2 of 2.4 GB");
    assert.equal(part(41e6, undefined), "41 MB");
    assert.equal(part(41e6, 40e6), "41 MB", "more than was announced");
  });

  test("how fast it comes, and for how long yet", () => {
    assert.equal(transferText(41e6, 98e6, undefined), "41 of 98 MB");
    assert.equal(transferText(41e6, 98e6, 3.21e6), "41 of 98 MB · 3.2 MB/s · 18\u00a0s left");
    assert.equal(transferText(0, 4e9, 1e6), "0 MB of 4 GB · 1 MB/s · 1 h left");
    assert.equal(transferText(0, 300e6, 1e6), "0 of 300 MB · 1 MB/s · 5 min left");
    assert.equal(transferText(41e6, 98e6, 0), "41 of 98 MB · 0 MB/s");
    assert.equal(transferText(98e6, 98e6, 1e6), "98 of 98 MB · 1 MB/s");
  });

  test("whom it comes from", () => {
    assert.equal(host("https://me:secret@example.org:8080/model.gguf?key"), "example.org:8080");
    assert.equal(host("model.gguf"), undefined);
    assert.equal(host("mailto:me"), undefined);
  });
});

describe("a model without room", () => {
  const text = (fit: ModelCard["fit"]): string => shortage({ fit } as ModelCard);

  test("says what it needs, what there is, and whether a GPU would help", () => {
    assert.equal(text({ fit: "fits" }), "");
    const bytes = { needs: 2.64e9, has: 2 ** 31 };
    const start = "Needs about 2.6 GB of memory, more than the 2.1 GB that this browser gives: ";
    assert.equal(text({ fit: "on-gpu", ...bytes }), `${start}it takes a GPU that has as much.`);
    assert.equal(text({ fit: "too-large", ...bytes }), `${start}it cannot be run here.`);
  });
});

describe("the pace", () => {
  test("is that of the last seconds", () => {
    const pace = new Pace();
    assert.equal(pace.perSecond, undefined);
    for (let at = 0; at <= 10_000; at += 100) pace.note(at, at * 1000);
    assert.equal(pace.perSecond, 1e6);
    for (let at = 10_100; at <= 20_000; at += 100) pace.note(at, 10e6 + (at - 10_000) * 3000);
    assert.equal(pace.perSecond, 3e6);
  });

  test("of what begins anew, and too early, there is none", () => {
    const pace = new Pace();
    pace.note(0, 5e6);
    pace.note(400, 6e6);
    assert.equal(pace.perSecond, undefined);
    pace.note(1000, 7e6);
    assert.equal(pace.perSecond, 2e6);
    pace.note(1100, 0);
    assert.equal(pace.perSecond, undefined);
    pace.note(2100, 1e6);
    assert.equal(pace.perSecond, 1e6);
    pace.reset();
    assert.equal(pace.perSecond, undefined);
  });
});
