// A server of the reader's: added after the browser was asked, chosen by nobody else, checked as any
// model is, and named with every result. What it may do wrong ends in words.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { ChatServer, FAULTS, FOLDERS, PAUSING, WRITER } from "./driver/chat.ts";
import { ModelsPage } from "./driver/models.ts";
import type { Popup } from "./driver/popup.ts";
import { artifact, Harness, summary } from "./harness.ts";
import { look } from "./look.ts";
import { LIGHTHOUSE, NOTE } from "./pages.ts";

/** A job that a model on a server does not bring to its end: why is said, and what helps. */
async function assertFails(
  harness: Harness,
  models: ModelsPage,
  server: ChatServer,
  model: string,
  says: RegExp,
): Promise<void> {
  await models.addServed(`http://${server.host}/`, model);
  await models.prefer("summarize", await models.servedId(model));
  const popup = await harness.popup(await harness.open("lighthouse", LIGHTHOUSE), { type: "key-points" });
  await popup.run();
  const { state, error, remedy } = await popup.ended(60_000);
  assert.equal(state, "failed");
  assert.match(error, says);
  assert.ok(error.includes(server.host) && remedy !== "", `${error} ${remedy}`);
  await popup.close();
}

async function begin(): Promise<{ harness: Harness; server: ChatServer; models: ModelsPage }> {
  const harness = await Harness.start({ adapter: "none", allowed: (host) => host === "127.0.0.1" });
  return { harness, server: await ChatServer.start(), models: await ModelsPage.open(harness.browser) };
}

// In a browser of its own, so that the others do not wait for it too.
async function assertSilenceFails(): Promise<void> {
  const { harness, server, models } = await begin();
  try {
    await models.allowHost(`http://${server.host}/*`, harness.browser);
    await assertFails(harness, models, server, PAUSING, /nothing for 30 seconds/u);
  } finally {
    await harness.stop();
    await server.stop();
  }
}

describe("a server of the reader's", () => {
  let silence: Promise<void>;
  let harness: Harness;
  let server: ChatServer;
  let models: ModelsPage;

  before(async () => {
    silence = assertSilenceFails();
    // Told by the test that waits for it.
    silence.catch(() => undefined);
    ({ harness, server, models } = await begin());
  });
  after(async () => {
    await silence.catch(() => undefined);
    await harness.stop();
    await server.stop();
  });

  const address = (folder = ""): string => `http://${server.host}/${folder}`;
  const text = async (popup: Popup, selector: string): Promise<string> =>
    popup.target.evaluate((wanted) => document.querySelector<HTMLElement>(wanted)?.innerText ?? "", selector);

  test("an address that others on the way could read is refused, and so is one with what may be a key", async () => {
    harness.browser.proxy.forget();
    for (const refused of [
      "http://192.168.1.5:11434",
      "http://example.org",
      "https://me:secret@example.org",
      "llama",
    ]) {
      await models.enterServer(refused);
      assert.match(await models.outcome("by-server"), /no address that Sotto sends text to[\s\S]*https:\/\//u);
    }
    assert.deepEqual(harness.browser.proxy.requests, []);
  });

  test("another machine: only after a warning that text leaves this one", async () => {
    harness.browser.proxy.forget();
    await models.enterServer("https://example.org");
    const dialog = models.page.locator("#leaving");
    await dialog.waitFor();
    const warning = await dialog.innerText();
    for (const part of ["Send text to example.org?", "leaves this machine", "can be read and kept"]) {
      assert.ok(warning.includes(part), `${part} in ${warning}`);
    }
    await models.page.screenshot({ path: artifact("server-warning.png") });
    await models.page.keyboard.press("Escape");
    assert.match(await models.outcome("by-server"), /Nothing was sent/u);
    assert.deepEqual(harness.browser.proxy.requests, [], "nothing was sent before, and nothing is");
    await models.allowHost("https://example.org/*", harness.browser);
    await models.enterServer("https://example.org");
    await dialog.getByRole("button", { name: "Send it there" }).click();
    assert.match(await models.outcome("by-server"), /example\.org cannot be reached[\s\S]*Start it/u);
    assert.deepEqual(new Set(harness.browser.proxy.requests), new Set(["CONNECT example.org:443"]));
  });

  test("this machine: nothing is sent before the browser was asked, for this one host", async () => {
    assert.deepEqual(await models.hosts(), ["https://example.org/*"]);
    await models.enterServer(address());
    // The browser's question stands open; nobody can answer it here.
    await sleep(500);
    assert.equal(server.asked.length, 0);
    await models.page.reload();
    await models.page.locator(".card").first().waitFor();
    await models.allowHost(`http://${server.host}/*`, harness.browser);
    await models.enterServer(address());
    await models.page.locator("#server-model").waitFor();
    assert.deepEqual((await models.hosts()).sort(), [`http://${server.host}/*`, "https://example.org/*"]);
    const [{ path, body } = { path: "", body: "?" }] = server.asked;
    assert.deepEqual([path, body, server.asked.length], ["/v1/models", "", 1]);
  });

  test("each fault of a list of models ends in its own words", async () => {
    for (const [folder, { says }] of Object.entries(FOLDERS)) {
      await models.enterServer(address(folder));
      const outcome = await models.outcome("by-server");
      assert.match(outcome, says, folder);
      assert.ok(outcome.includes(server.host) && outcome.split("\n").length >= 2, `a remedy: ${outcome}`);
    }
  });

  test("a model that is added says where it is, and is chosen by nobody else", async () => {
    const card = await models.addServed(address(), WRITER);
    const said = await models.said(card);
    for (const part of ["On your server", "Not measured", "2,048 tokens", `http://${server.host}/v1`]) {
      assert.ok(said.includes(part), `${part} in ${said}`);
    }
    await models.page.screenshot({ path: artifact("server.png"), fullPage: true });
    const options = await models.page.locator('#defaults select[name="summarize"] option').allInnerTexts();
    assert.ok(options.includes(`${WRITER} (${server.host}): your server (experimental)`), options.join());
    assert.equal(await models.page.locator('#defaults select[name="summarize"]').inputValue(), "");
    const popup = await harness.popup(await harness.open("note", NOTE));
    await popup.until("the models", ({ device }) => device !== "Starting the engine");
    assert.doesNotMatch(await text(popup, "#hint"), /server/u);
    await popup.close();
    assert.equal(server.conversations.length, 0, "nothing is sent that nobody chose");
  });

  test("what it writes is shown with who wrote it, and is held against the page", async () => {
    await models.prefer("summarize", await models.servedId(WRITER));
    const popup = await harness.popup(await harness.open("lighthouse", LIGHTHOUSE), {
      type: "key-points",
      length: "short",
    });
    await popup.until("the hint", ({ state }) => state === "idle");
    assert.match(await text(popup, "#hint"), new RegExp(`Your server at ${server.host} writes it`, "u"));
    assert.equal(server.conversations.length, 0, "nothing is sent ahead of a job");
    await popup.run();
    const { points, device } = await summary(popup);
    assert.ok(
      points.some(({ status }) => status === "checked"),
      JSON.stringify(points),
    );
    assert.match(await text(popup, "#facts"), new RegExp(`Written by ${WRITER} on your server at ${server.host}`, "u"));
    assert.match(device, new RegExp(`Your server · ${server.host}`, "u"));
    await look(popup.target, "server-summary");
    const asked = server.conversations.at(0);
    assert.match(asked?.origin ?? "", /^chrome-extension:/u);
    assert.match(asked?.body ?? "", /lighthouse of Varn/u);
    await popup.close();

    await models.addServed(address(), "inventor");
    await models.prefer("summarize", await models.servedId("inventor"));
    const other = await harness.popup(await harness.open("note", NOTE), { type: "key-points", length: "short" });
    await other.run();
    const invented = await summary(other);
    assert.ok(!JSON.stringify(invented.points).includes("Norway"), "what it made up is not shown");
    await other.close();
  });

  test("a cancel ends a request at once, whether an answer has begun or not", async () => {
    for (const model of ["silent", PAUSING]) {
      await models.addServed(address(), model);
      await models.prefer("summarize", await models.servedId(model));
      const popup = await harness.popup(await harness.open("lighthouse", LIGHTHOUSE), { type: "key-points" });
      const before = server.conversations.length;
      await popup.run();
      while (server.conversations.length === before) await sleep(20);
      const asked = server.conversations.at(-1);
      assert.ok(asked?.isOpen);
      await popup.cancel();
      assert.equal((await popup.ended(2000)).state, "cancelled");
      while (asked.isOpen) await sleep(20);
      assert.match(await text(popup, "#facts"), new RegExp(`Written by ${model} on your server`, "u"));
      await popup.close();
    }
  });

  describe("each fault of a server ends the job in its own words", () => {
    for (const [name, { says }] of Object.entries(FAULTS)) {
      test(name, async () => {
        await assertFails(harness, models, server, name, says);
      });
    }

    test("silence in the middle of an answer", async () => {
      await silence;
    });
  });

  test("what is removed is forgotten, and the browser's permission with the last of a host", async () => {
    const count = server.asked.length;
    for (const name of [WRITER, "inventor", "silent", PAUSING, ...Object.keys(FAULTS)]) {
      assert.ok((await models.hosts()).includes(`http://${server.host}/*`));
      const card = models.served(name);
      await card.getByRole("button", { name: "Remove" }).click();
      await card.waitFor({ state: "detached" });
    }
    assert.ok(!(await models.hosts()).includes(`http://${server.host}/*`));
    assert.ok(!(await models.stored()).some((name) => name.endsWith(".server")));
    assert.equal(server.asked.length, count, "and nothing was asked for that");
  });
});
