// Files in a tab, and files dropped on Sotto: read as text, wherever there is any, and said plainly
// where there is none.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { deflateSync } from "node:zlib";
import type { Page } from "playwright-core";
import type { JobView } from "../../offscreen/protocol/protocol";
import { environment } from "./driver/browser.ts";
import type { Popup } from "./driver/popup.ts";
import { Harness, summary } from "./harness.ts";
import { look } from "./look.ts";

const PDF = "application/pdf";

const squeeze = (text: string): string => text.replace(/\s+/gu, "");

async function pdf(name: string): Promise<Buffer> {
  return readFile(join(environment("SOTTO_ROOT"), "tests/pdf", `${name}.pdf`));
}

async function expected(name: string): Promise<string> {
  return squeeze(await readFile(join(environment("SOTTO_ROOT"), "tests/pdf", `${name}.txt`), "utf8"));
}

/** A file of so many pages, of which each has its content made of a text. */
function pages(count: number, content: (page: number) => Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.4\n")];
  const object = (number: number, body: Buffer | string): void => {
    parts.push(Buffer.from(`${number} 0 obj\n`), Buffer.from(body), Buffer.from("\nendobj\n"));
  };
  object(1, "<</Type/Catalog/Pages 2 0 R>>");
  const kids = Array.from({ length: count }, (_, page) => `${4 + 2 * page} 0 R`).join(" ");
  object(2, `<</Type/Pages/Kids[${kids}]/Count ${count}>>`);
  object(3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
  for (let page = 0; page < count; page += 1) {
    const stream = content(page + 1);
    const font = "/Resources<</Font<</F 3 0 R>>>>";
    object(4 + 2 * page, `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${5 + 2 * page} 0 R${font}>>`);
    const head = Buffer.from(`<</Filter/FlateDecode/Length ${stream.length}>>stream\n`);
    object(5 + 2 * page, Buffer.concat([head, stream, Buffer.from("\nendstream")]));
  }
  parts.push(Buffer.from("trailer<</Root 1 0 R>>\n"));
  return Buffer.concat(parts);
}

function report(page: number): Buffer {
  const lines = Array.from({ length: 40 }, (_, line) => {
    const number = 40 * page + line;
    return `(Station ${number} measured ${(number * 7) % 90} litres of rain and sent its report to the office.) Tj 0 -16 Td`;
  });
  return deflateSync(`BT /F 10 Tf 60 780 Td ${lines.join("\n")} ET`);
}

describe("documents", () => {
  let harness: Harness;
  before(async () => void (harness = await Harness.start({ adapter: "none" })));
  after(async () => harness.stop());

  const open = async (name: string, type: string, content: string | Uint8Array): Promise<Page> =>
    harness.browser.open(harness.pages.addFile(name, type, content));

  const run = async (popup: Popup): Promise<JobView> => {
    await popup.run();
    await summary(popup);
    const job = await popup.job();
    assert.ok(job?.state.state === "done");
    return job;
  };

  const refused = async (name: string, content: Uint8Array, why: RegExp): Promise<void> => {
    const popup = await harness.popup(await open(name, PDF, content));
    await popup.run();
    const shown = await popup.ended();
    assert.equal(shown.state, "failed");
    assert.match(shown.error, why);
    assert.notEqual(shown.remedy, "");
    await popup.close();
  };

  test("a PDF in a tab: summarised, each point with its page, nothing asked but the file itself", async () => {
    const page = await open("running.pdf", PDF, await pdf("running"));
    const popup = await harness.popup(page, { mode: "summarize", type: "key-points", length: "short" });
    harness.browser.proxy.forget();
    const job = await run(popup);
    const others = harness.browser.proxy.requests.filter((request) => !request.includes("/running.pdf"));
    assert.deepEqual(others, [], "no other address is asked");
    const text = await expected("running");
    assert.equal(job.subject.subject, "document");
    for (const { source } of job.sections) {
      assert.ok(source && text.includes(squeeze(source.text)), `a sentence of the file: ${source?.text}`);
      assert.ok(source.place?.place === "page" && source.place.number >= 1 && source.place.number <= 4, "its page");
    }
    assert.ok(job.coverage && job.coverage > 0.99, `covered: ${job.coverage}`);
    await popup.target.click("#output .point[data-index='0'] .source");
    const cite = await popup.target.evaluate(() => document.querySelector(".passage cite")?.textContent, null);
    assert.match(cite ?? "", /^p\. [1-4]/u);
    await look(popup.target, "popup-pdf");
    await popup.close();
  });

  test("a scan, a locked and a damaged PDF: said plainly", async () => {
    await refused("scanned.pdf", await pdf("scanned"), /scan/u);
    await refused("encrypted.pdf", await pdf("encrypted"), /password/u);
    await refused("damaged.pdf", (await pdf("columns")).subarray(0, 200), /damaged/u);
  });

  test("a PDF that unpacks to more than there is memory: refused, and the next one is read", async () => {
    // Packed twice, half a gigabyte is a few kilobytes.
    const bomb = deflateSync(deflateSync(Buffer.alloc(1 << 29, " ")));
    const many = pages(16, () => bomb)
      .toString("latin1")
      .replaceAll("/FlateDecode", "[/FlateDecode/FlateDecode]");
    await refused("bomb.pdf", Buffer.from(many, "latin1"), /memory or time|no text/u);
    const popup = await harness.popup(await open("after.pdf", PDF, await pdf("columns")));
    await run(popup);
    await popup.close();
  });

  test("200 pages are summarised whole", async () => {
    const popup = await harness.popup(await open("long.pdf", PDF, pages(200, report)));
    const job = await run(popup);
    assert.ok(job.coverage && job.coverage > 0.99, `covered: ${job.coverage}`);
    for (const { source } of job.sections) {
      const station = Number(/Station (\d+)/u.exec(source?.text ?? "")?.[1]);
      assert.deepEqual(source?.place, { place: "page", number: Math.floor(station / 40) }, source?.text);
    }
    await popup.close();
  });

  test("a plain text in a tab: summarised, its sources shown in it", async () => {
    const text = (await readFile(join(environment("SOTTO_ROOT"), "tests/pdf/running.txt"), "utf8")).trim();
    const page = await open("notes.txt", "text/plain; charset=utf-8", text);
    const popup = await harness.popup(page);
    const job = await run(popup);
    for (const { source } of job.sections) assert.ok(source && squeeze(text).includes(squeeze(source.text)));
    await popup.target.click("#output .point[data-index='0'] .source");
    await page.waitForFunction(() => CSS.highlights.has("sotto"));
    await popup.close();
  });

  test("a PDF is asked, and answers with a sentence of it", async () => {
    const page = await open("asked.pdf", PDF, await pdf("running"));
    const popup = await harness.popup(page, { mode: "ask", question: "How much of the work does the county pay?" });
    const job = await run(popup);
    const [answer, ...others] = job.sections;
    assert.match(answer?.text ?? "", /the county pays one half/u);
    assert.deepEqual(answer?.source?.place, { place: "page", number: 1 });
    assert.deepEqual(others, []);
    await popup.close();
  });

  test("a PDF in another language is translated, in the popup", async () => {
    const lines = [
      "Der Stadtrat hat beschlossen, die alte Br\\374cke am Hafen zu schlie\\337en.",
      "Die Arbeiten dauern zwei Jahre.",
    ];
    const content = Buffer.from(`BT /F 12 Tf 60 780 Td ${lines.map((line) => `(${line}) Tj 0 -16 Td`).join("\n")} ET`);
    const page = await open(
      "german.pdf",
      PDF,
      pages(1, () => deflateSync(content)),
    );
    const popup = await harness.popup(page, { mode: "translate", from: "de", to: "en" });
    harness.browser.proxy.forget();
    const job = await run(popup);
    assert.ok(job.state.state === "done");
    assert.match(job.state.text, /council/iu);
    assert.match(job.state.text, /two years/iu);
    const others = harness.browser.proxy.requests.filter((request) => !request.includes("/german.pdf"));
    assert.deepEqual(others, [], "no other address is asked");
    await look(popup.target, "popup-pdf-translated");
    await popup.close();
  });

  test("a PDF dropped on the side panel is summarised, although the tab shows a page", async () => {
    const page = await harness.open("page", "<!doctype html><html lang=en><title>A page</title><p>Something else.");
    const panel = await harness.panel(await harness.popup(page, { mode: "summarize" }));
    const bytes = (await pdf("columns")).toString("base64");
    await panel.target.evaluate((base64) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      data.items.add(new File([content], "columns.pdf", { type: "application/pdf" }));
      for (const type of ["dragover", "drop"]) {
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
      }
    }, bytes);
    await summary(panel);
    const job = await panel.job();
    assert.equal(job?.title, "Two places by the water and what became of them");
    const text = await expected("columns");
    for (const { source } of job.sections) assert.ok(source && text.includes(squeeze(source.text)), source?.text);
    await panel.close();
  });
});
