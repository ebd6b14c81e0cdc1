// The messages of the interface: every language has all of them, none is there for nothing, and
// nothing is said past them.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import english from "../../offscreen/view/locales/en/messages.json";
import { message, plural } from "../../offscreen/view/messages";

const ROOT = process.env["SOTTO_ROOT"] ?? ".";
const LOCALES = join(ROOT, "offscreen/view/locales");
const CATEGORY = /_(?:zero|one|two|few|many|other)$/u;

type Messages = Record<string, { message: string }>;

/** The names in a message of what is filled in. */
function fillings(text: string): Set<string> {
  return new Set([...text.matchAll(/\{(\w+)\}/gu)].map(([, name = ""]) => name));
}

async function files(folder: string, ending: string): Promise<{ name: string; text: string }[]> {
  const names = (await readdir(join(ROOT, folder), { recursive: true })).filter((name) => name.endsWith(ending));
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(ROOT, folder, name), "utf8") })));
}

describe("messages", () => {
  const locales = new Map<string, Messages>();
  let scripts: { name: string; text: string }[];
  let pages: { name: string; text: string }[];

  before(async () => {
    for (const locale of await readdir(LOCALES)) {
      locales.set(locale, JSON.parse(await readFile(join(LOCALES, locale, "messages.json"), "utf8")));
    }
    const rooms = await Promise.all(
      ["background", "content", "offscreen/view", "popup"].map((room) => files(room, ".ts")),
    );
    scripts = rooms.flat().filter(({ name }) => !name.endsWith(".d.ts"));
    pages = await files("popup", ".html");
  });

  test("are filled in, with numbers as the language writes them", () => {
    assert.equal(message("fromTo", { from: "German", to: "English" }), "German → English");
    assert.equal(message("quoted", { text: "{text} $1 $&" }), "“{text} $1 $&”");
    assert.deepEqual(
      [1, 2, 1234].map((count) => plural("blocks", count)),
      ["1 block", "2 blocks", "1,234 blocks"],
    );
    assert.equal(plural("blocksOf", 3, { done: 2 }), "2 of 3 blocks");
  });

  test("are the same in every language, filled in with the same, each plural in all that the language has", () => {
    for (const [locale, messages] of locales) {
      const language = messages["language"]?.message ?? "";
      assert.equal(language.replace("-", "_"), locale);
      assert.match(messages["direction"]?.message ?? "", /^(ltr|rtl)$/u);
      // The browser's store takes no longer ones.
      assert.ok((messages["description"]?.message ?? "").length <= 132, `${locale}: description`);
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
      const expected = Object.keys(english).flatMap((key) => {
        if (!CATEGORY.test(key)) return [key];
        return key.endsWith("_other") ? pluralCategories.map((category) => key.replace(/other$/u, category)) : [];
      });
      assert.deepEqual(Object.keys(messages).toSorted(), expected.toSorted(), locale);
      for (const [key, { message: text }] of Object.entries(messages)) {
        const stem = key.replace(CATEGORY, "_other") as keyof typeof english;
        const wanted = fillings(english[stem].message);
        const found = fillings(text);
        // "one block" may be said without its number.
        if (CATEGORY.test(key) && !key.endsWith("_other")) found.add("count");
        assert.deepEqual([...found].toSorted(), [...wanted].toSorted(), `${locale}: ${key}`);
        assert.equal(text, text.trim(), `${locale}: ${key}`);
        assert.ok(text !== "" && !text.includes("$"), `${locale}: ${key}`);
      }
    }
  });

  test("are all used, and called with what they are filled in with", async () => {
    const manifest = await readFile(join(ROOT, "manifest.json"), "utf8");
    const all = [...scripts, ...pages].map(({ text }) => text).join("\n");
    for (const key of Object.keys(english)) {
      const name = key.replace(CATEGORY, "");
      assert.ok(all.includes(`"${name}"`) || manifest.includes(`__MSG_${name}__`), `${key} is not used`);
    }
    for (const { name, text } of scripts) {
      for (const [, call, key = "", filling = ""] of text.matchAll(
        /\b(message|plural)\(\s*"(\w+)"(?:,[^,;{}]*)??(?:,\s*\{([^}]*)\})?,?\s*\)/gu,
      )) {
        const known = english[(call === "plural" ? `${key}_other` : key) as keyof typeof english];
        const given = [...filling.matchAll(/(?:^|,)\s*(\w+)(?=\s*(?:[:,]|$))/gu)].map(([, given = ""]) => given);
        if (call === "plural") given.push("count");
        assert.deepEqual(given.toSorted(), [...fillings(known.message)].toSorted(), `${name}: ${key}`);
      }
    }
  });

  test("say all that a page or a script says", () => {
    for (const { name, text } of pages) {
      const named = [...text.matchAll(/data-message(?:-\w+)?="(\w+)"/gu)].map(([, key = ""]) => key);
      for (const key of named) assert.ok(key in english, `${name} has ${key}`);
      // The article of the first page is there to be read by the model, which knows English.
      const rest = text.replace(/<article id="article".*?<\/article>|<!--.*?-->|<title>Sotto<\/title>/gsu, "");
      const said = [...rest.matchAll(/>([^<]*)</gu)].map(([, words = ""]) => words.trim());
      const names = /^(?:|→|GPU|CPU|SHA-256|[a-z]+[A-Za-z]*)$/u;
      assert.deepEqual(
        said.filter((words) => !names.test(words)),
        [],
        name,
      );
      assert.deepEqual(rest.match(/ (?:title|aria-label|placeholder)="(?!http)[^"]+"/gu) ?? [], [], name);
    }
    for (const { name, text } of scripts) {
      // What is told to developers is in English.
      if (name === "options/diagnostics.ts" || name === "options/system.ts") continue;
      const code = text
        .replace(/^\s*(?:\/\/|\/?\*).*$/gmu, "")
        .replace(/\bnew \w*Error\([^;]*;|justification: .*$/gmu, "");
      const literals = [...code.matchAll(/(["`])((?:(?!\1).)*)\1/gu)].map(([, , literal = ""]) => literal);
      const sentences = literals.filter((literal) => /^[A-Z][a-z’']+(?: \$\{| [a-z]|[.…]$)/u.test(literal));
      assert.deepEqual(sentences, [], name);
    }
  });
});
