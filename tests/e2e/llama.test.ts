// llama.cpp's own server, with the packaged model, as a server of the reader's: what it sends is what
// Sotto reads, and no stand-in's idea of it.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { environment } from "./driver/browser.ts";
import { ModelsPage } from "./driver/models.ts";
import { artifact, Harness, summary } from "./harness.ts";
import { FERRY, LIGHTHOUSE } from "./pages.ts";

const FILE = "SmolLM2-135M-Instruct.Q4_1.gguf";
/** Empty where there is no such package for this machine. */
const LLAMA = environment("SOTTO_LLAMA");

describe("llama.cpp's server", { skip: LLAMA === "" && "it is not made for this machine" }, () => {
  let harness: Harness;
  let server: ChildProcess;
  let address: string;

  before(async () => {
    const script = join(environment("SOTTO_ROOT"), "tests/llama/serve.py");
    server = spawn("python3", [script, join(environment("SOTTO_DIST"), "models", FILE)], {
      env: { ...process.env, PYTHONPATH: LLAMA },
      stdio: ["pipe", "pipe", "ignore"],
    });
    const [line] = (await once(server.stdout ?? server, "data")) as [Buffer];
    address = line.toString().trim();
    harness = await Harness.start({ adapter: "none" });
  });
  after(async () => {
    await harness?.stop();
    server.kill();
  });

  test("its model summarises a page, from the address to the points", async () => {
    const models = await ModelsPage.open(harness.browser);
    await models.allowHost(`${address}/*`, harness.browser);
    await models.enterServer(address);
    await models.page.locator("#server-model").waitFor();
    const [name = ""] = await models.page.locator("#server-model option").allInnerTexts();
    assert.ok(name.endsWith(FILE), name);
    const card = await models.addServed(address, name);
    const said = await models.said(card);
    assert.match(said, /2,048 tokens/u);
    assert.doesNotMatch(said, /taken for granted/u, "the server says so");
    await models.prefer("summarize", await models.servedId(name));

    const popup = await harness.popup(await harness.open("ferry", FERRY), {
      type: "key-points",
      length: "short",
    });
    await popup.run();
    const { points } = await summary(popup, 240_000);
    assert.ok(
      points.some(({ status }) => status === "checked"),
      JSON.stringify(points),
    );
    const job = await popup.job();
    assert.ok(job?.state.state === "done");
    const { device, promptTokens, outputTokens, decodeTps } = job.state.stats;
    assert.deepEqual([device.backend, device.adapter], ["server", new URL(address).host]);
    assert.ok(promptTokens > 0 && outputTokens > 0 && decodeTps > 0, "the server counts");
    assert.equal(job.server?.model, name);
    await popup.target.screenshot(artifact("llama.png"));
    await popup.close();
  });

  test("a cancel ends its work, and it answers the next", async () => {
    const popup = await harness.popup(await harness.open("lighthouse", LIGHTHOUSE), {
      type: "key-points",
      length: "long",
    });
    await popup.run();
    await popup.until("the server to write", ({ points }) => points.some(({ status }) => status === "draft"));
    await popup.cancel();
    assert.equal((await popup.ended(2000)).state, "cancelled");
    await popup.choose({ type: "tldr", length: "short" });
    await popup.run();
    await summary(popup, 120_000);
    await popup.close();
  });
});
