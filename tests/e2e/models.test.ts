// The page of the models: files and addresses, good ones and damaged ones, progress, stopping,
// removing, choosing.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { environment } from "./driver/browser.ts";
import { FileServer, Files } from "./driver/files.ts";
import { ModelsPage } from "./driver/models.ts";
import { Harness, summary } from "./harness.ts";
import { NOTE } from "./pages.ts";

/** A model of the package: `llama`, and in no need of being fetched. */
const PACKAGED = join(environment("SOTTO_DIST"), "models/SmolLM2-135M-Instruct.Q4_1.gguf");
const NAME = "SmolLM2-135M-Instruct";
/** Random weights: a file that no catalogue knows. */
const TINY = environment("SOTTO_TINY");
const OWN = "tiny";
/** The name of another such model. */
const OTHER = "twin";

const isModel = (name: string): boolean => /\.(gguf|part|journal)$/u.test(name);

describe("models", () => {
  let harness: Harness;
  let files: Files;
  let models: ModelsPage;

  before(async () => {
    harness = await Harness.start({ adapter: "none" });
    files = await Files.create();
    models = await ModelsPage.open(harness.browser);
  });
  after(async () => {
    await harness.stop();
    await files.remove();
  });

  test("each model says what it is, does and takes", async () => {
    const text = await models.said(models.card(NAME));
    for (const part of [
      "Comes with Sotto",
      "Apache-2.0",
      "English",
      "98 MB",
      "8,192 tokens",
      "summaries",
      "b179c9523d",
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
  });

  test("what others publish is listed behind one line, with about what it weighs and whence it comes", async () => {
    const { page } = models;
    const card = models.card("Qwen3-1.7B");
    assert.equal(await card.isVisible(), false);
    await page.locator("#more > summary").focus();
    await page.keyboard.press("Enter");
    await card.waitFor();
    for (const part of ["Not installed", "Not measured", "Apache-2.0", "about 1.1 GB"]) {
      assert.ok((await models.said(card)).includes(part), part);
    }
    await card.getByRole("button", { name: "Get about 1.1 GB from huggingface.co" }).waitFor();
    await page.locator("#more > summary").focus();
    await page.keyboard.press("Enter");
    assert.equal(await card.isVisible(), false);
  });

  describe("a damaged file is refused with its reason, and nothing of it stays", () => {
    /** The kinds of damage: how to make the file, and what must be said. */
    const kinds: [kind: string, make: (name: string) => Promise<string>, reason: RegExp][] = [
      ["no GGUF file at all", (name) => files.write(name, "Dear diary, today I bought a lighthouse."), /not a GGUF/iu],
      ["an empty file", (name) => files.write(name, ""), /GGUF|ends at byte/u],
      [
        "a file cut off in its tensors",
        async (name) => {
          const path = await files.copy(name, TINY);
          await files.resize(name, 10_000_000);
          return path;
        },
        /the file was cut off/iu,
      ],
      [
        "a file cut off in its header",
        async (name) => {
          const path = await files.copy(name, TINY);
          await files.resize(name, 20_000);
          return path;
        },
        /ends at byte/u,
      ],
      [
        "an unsupported family",
        async (name) => {
          const path = await files.copy(name, TINY);
          await files.replace(name, "llama", "mamba");
          return path;
        },
        /mamba/u,
      ],
      [
        "an unknown version of the format",
        async (name) => {
          const path = await files.copy(name, TINY);
          await files.patch(name, 4, Uint8Array.of(99, 0, 0, 0));
          return path;
        },
        /version 99/iu,
      ],
      [
        "lengths that lie",
        async (name) => {
          const path = await files.copy(name, TINY);
          await files.patch(name, 8, new Uint8Array(8).fill(0x7f));
          return path;
        },
        /over the limit|ends at byte/u,
      ],
      [
        "a file larger than any that can be run",
        async (name) => {
          const path = await files.copy(name, TINY);
          await files.resize(name, 5_000_000_000);
          return path;
        },
        /larger than/iu,
      ],
    ];
    for (const [index, [kind, make, reason]] of kinds.entries()) {
      test(kind, async () => {
        const name = `damaged-${index}.gguf`;
        await models.chooseFile(await make(name));
        const outcome = await models.outcome("by-file");
        assert.match(outcome, reason);
        assert.ok(outcome.split("\n").length >= 2, `and a remedy: ${outcome}`);
        const card = await models.until(name, "failed");
        assert.ok((await card.innerText()).includes(outcome.split("\n")[0] ?? "?"), "the card says the same");
        await models.press(name, "Dismiss");
        await models.card(name).waitFor({ state: "detached" });
        assert.deepEqual((await models.stored()).filter(isModel), [], "nothing of it is kept");
      });
    }
  });

  test("an address that models are not fetched from is refused before anything is fetched", async () => {
    harness.browser.proxy.forget();
    for (const address of ["http://example.org/model.gguf", "ftp://127.0.0.1/model.gguf", "model.gguf"]) {
      await models.enterAddress(address);
      assert.match(await models.outcome("by-address"), /https:\/\//u);
    }
    await models.enterAddress("https://example.org/model.gguf", "abc");
    assert.match(await models.outcome("by-address"), /SHA-256/u);
    assert.deepEqual(harness.browser.proxy.requests, []);
  });

  describe("by address", () => {
    let server: FileServer;
    let sha256: string;
    before(async () => {
      const path = await files.copy("served.gguf", TINY);
      sha256 = createHash("sha256")
        .update(await readFile(path))
        .digest("hex");
      server = await FileServer.start(path, 20);
    });
    after(async () => server.stop());

    test("a wrong hash is refused", async () => {
      await models.enterAddress(server.address(), "0".repeat(64));
      assert.match(await models.outcome("by-address"), /SHA-256 is not the expected one/iu);
      await models.press("model.gguf", "Dismiss");
      assert.deepEqual((await models.stored()).filter(isModel), []);
    });

    test("what is not there is said to be missing", async () => {
      await models.enterAddress(server.address("other.gguf"));
      assert.match(await models.outcome("by-address"), /could not be fetched.*404/iu);
      await models.press("other.gguf", "Dismiss");
    });

    test("cancelled half-way, nothing stays", async () => {
      await models.enterAddress(server.address());
      await models.until("model.gguf", "installing");
      await models.press("model.gguf", "Cancel");
      await models.card("model.gguf").waitFor({ state: "detached" });
      assert.match(await models.outcome("by-address"), /stopped/iu);
      await models.page.waitForFunction(async () => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("models");
        for await (const name of folder.keys()) if (/\.(part|journal)$/u.test(name)) return false;
        return true;
      });
      assert.deepEqual((await models.stored()).filter(isModel), []);
    });

    describe("what comes wrong, or not at all", () => {
      test("a server that falls silent can be stopped at once, and may be given up by itself", async () => {
        for (const name of ["middle.gguf", "headers.gguf"]) {
          await models.enterAddress(server.address(name));
          await models.until(name, "installing");
        }
        await models.press("headers.gguf", "Pause");
        await models.card("headers.gguf").waitFor({ state: "detached", timeout: 5000 });
        assert.match(await models.outcome("by-address"), /stopped/iu);
        const given = await models.until("middle.gguf", "failed");
        assert.match(await given.innerText(), /nothing arrived for 30 seconds/iu);
        assert.match(await given.innerText(), /Try again/u);
        await models.press("middle.gguf", "Dismiss");
      });

      test("a file that ends too soon: said, dismissed, and nothing of it stays", async () => {
        await models.enterAddress(server.address("short.gguf"));
        assert.match(await models.outcome("by-address"), /cut off|ends at byte/iu);
        await models.press("short.gguf", "Dismiss");
        await models.card("short.gguf").waitFor({ state: "detached" });
        assert.deepEqual((await models.stored()).filter(isModel), []);
      });
    });

    test("installed with progress, from that host alone, and removed again", async () => {
      harness.browser.proxy.forget();
      await models.enterAddress(`${server.address()}?token=secret`, sha256);
      const card = await models.until("model.gguf", "installing");
      await card.evaluate((element) => {
        const bar = element.querySelector("progress");
        const seen = new Set<number>();
        Object.assign(globalThis, { sottoShares: seen });
        new MutationObserver(() => bar && seen.add(bar.value)).observe(element, { subtree: true, attributes: true });
      });
      assert.match(await models.outcome("by-address"), new RegExp(`${OWN}.* is installed`, "u"));
      const shares = await models.page.evaluate(() => [
        ...(globalThis as unknown as { sottoShares: Set<number> }).sottoShares,
      ]);
      assert.ok(shares.length >= 3, `the bar is seen to move: ${shares.join(", ")}`);
      const installed = await models.until(OWN, "installed");
      assert.ok((await models.said(installed)).includes(sha256));
      assert.ok(!(await models.said(installed)).includes("secret"), "what may be a key is not kept");
      const { host } = new URL(server.address());
      assert.ok(harness.browser.proxy.requests.length > 0);
      for (const request of harness.browser.proxy.requests) assert.ok(request.includes(host), request);

      await models.press(OWN, "Remove");
      await models.page.getByRole("button", { name: "Keep", exact: true }).click();
      await models.until(OWN, "installed");
      await models.press(OWN, "Remove");
      await models.page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
      await models.card(OWN).waitFor({ state: "detached" });
      assert.deepEqual((await models.stored()).filter(isModel), []);
    });
  });

  test("a file dropped anywhere on the page is installed; the catalogue knows it under whatever name", async () => {
    const path = await files.copy("something-else.gguf", PACKAGED);
    await models.page.evaluate(() => {
      const input = document.createElement("input");
      input.type = "file";
      input.id = "carrier";
      document.body.append(input);
    });
    await models.page.locator("#carrier").setInputFiles(path);
    await models.page.evaluate(() => {
      const carrier = document.querySelector<HTMLInputElement>("#carrier");
      const dataTransfer = new DataTransfer();
      for (const file of carrier?.files ?? []) dataTransfer.items.add(file);
      carrier?.remove();
      const fire = (type: string): boolean =>
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      fire("dragover");
      if (getComputedStyle(document.querySelector("#drop-hint") ?? document.body).display === "none") {
        throw new Error("nothing tells that the page takes the file");
      }
      fire("drop");
    });
    assert.match(await models.outcome("by-file"), new RegExp(`${NAME} is installed`, "u"));
    await models.until(NAME, "installed");
  });

  test("the model chosen for a task does the next job", async () => {
    await models.chooseFile(await files.copy("own.gguf", TINY));
    assert.match(await models.outcome("by-file"), new RegExp(OWN, "u"));
    await models.prefer("summarize", await models.id(OWN));
    const page = await harness.open("note", NOTE);
    const popup = await harness.popup(page, { mode: "summarize", type: "tldr", length: "short" });
    await popup.run();
    await summary(popup);
    const own = await popup.job();
    assert.ok(own?.state.state === "done");
    assert.match(own.state.stats.model, new RegExp(OWN, "u"));
    await popup.close();

    await models.page.bringToFront();
    await models.prefer("summarize", "");
    const again = await harness.popup(await harness.open("note", NOTE), { mode: "summarize" });
    await again.run();
    await again.until("the new job", ({ state }) => state === "queued" || state === "running");
    await summary(again);
    const other = await again.job();
    assert.ok(other?.state.state === "done");
    assert.equal(other.state.stats.model, NAME);
    await again.close();
  });

  test("everything can be done with the keyboard", async () => {
    const { page } = models;
    await page.bringToFront();
    await page.locator("#defaults select").first().focus();
    const seen: string[] = [];
    for (let i = 0; i < 30; i += 1) {
      seen.push(
        await page.evaluate(
          () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.id ?? "",
        ),
      );
      await page.keyboard.press("Tab");
    }
    for (const wanted of [`Remove ${NAME}`, "file", "url", "sha256"]) {
      assert.ok(seen.includes(wanted), `${wanted} is reached by Tab: ${seen.join(", ")}`);
    }
    await page.getByRole("button", { name: new RegExp(`^Remove ${OWN}`, "u") }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.querySelector("dialog")?.open), false);
    await models.until(OWN, "installed");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await models.card(OWN).waitFor({ state: "detached" });
  });
});

test("what is known of own models is never lost: installed again, of another version, damaged, of nothing", async () => {
  const profile = await mkdtemp(join(tmpdir(), "sotto-"));
  const files = await Files.create();
  try {
    const first = await Harness.start({ adapter: "none", profile });
    const models = await ModelsPage.open(first.browser);
    for (const name of ["a-long-name-of-a-file.gguf", "b.gguf"]) {
      await models.chooseFile(await files.copy(name, TINY));
      await (await models.until(OWN, "installed")).filter({ hasText: name }).waitFor();
      assert.equal(await models.card(OWN).count(), 1, "it is the same model");
    }
    await files.copy("other.gguf", TINY);
    await files.replace("other.gguf", OWN, OTHER);
    await models.chooseFile(files.at("other.gguf"));
    await models.until(OTHER, "installed");
    const [own, other] = [await models.id(OWN), await models.id(OTHER)];
    assert.deepEqual(await notes(models), { [own]: "b.gguf", [other]: "other.gguf" });

    await writeNotes(models, {
      [own]: "{",
      [other]: '{ "source": "other.gguf", "of": "another version" }',
      ["0".repeat(64)]: "{}",
    });
    await first.stop();
    const second = await Harness.start({ adapter: "none", profile });
    try {
      const again = await ModelsPage.open(second.browser);
      assert.deepEqual([await again.id(OWN), await again.id(OTHER)], [own, other]);
      assert.deepEqual(await notes(again), { [own]: "a file", [other]: "other.gguf" }, "made anew, and no others");
    } finally {
      await second.stop();
    }
  } finally {
    await files.remove();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** What the notes beside the stored models say of where each is from, by the models' ids. */
async function notes(models: ModelsPage): Promise<Record<string, string>> {
  return models.page.evaluate(async () => {
    const found: Record<string, string> = {};
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("models");
    for await (const entry of folder.values()) {
      if (!(entry instanceof FileSystemFileHandle && entry.name.endsWith(".json"))) continue;
      found[entry.name.replace(".json", "")] = JSON.parse(await (await entry.getFile()).text()).source;
    }
    return found;
  });
}

/** Puts these notes beside the stored models, or beside none. */
async function writeNotes(models: ModelsPage, texts: Record<string, string>): Promise<void> {
  await models.page.evaluate(async (texts) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("models");
    for (const [id, text] of Object.entries(texts)) {
      const stream = await (await folder.getFileHandle(`${id}.json`, { create: true })).createWritable();
      await stream.write(text);
      await stream.close();
    }
  }, texts);
}
