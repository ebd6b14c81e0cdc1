// What a reader looks for among the models.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readSearch } from "../../popup/models/search";

const TAGS = ["en", "de", "fr", "es", "et", "nl", "nb", "zh"];
const languages = (text: string, reader = ["en"]): string[] => readSearch(text, TAGS, reader).languages;

describe("a search", () => {
  test("two languages, however they are written", () => {
    for (const text of ["de en", "German → English", "deutsch->englisch", "DE-EN", "german to english", "Germ Engl"]) {
      assert.deepEqual(languages(text, ["de"]), ["de", "en"], text);
    }
    assert.deepEqual(languages("Français, Español"), ["fr", "es"], "as they are called there");
    assert.deepEqual(languages("francais espanol"), ["fr", "es"], "without their accents");
    assert.deepEqual(languages("allemand", ["fr"]), ["de"], "as the reader calls them");
    assert.deepEqual(languages("中文"), ["zh"]);
  });

  test("what is no language is a word", () => {
    assert.deepEqual(readSearch("Qwen3 de", TAGS, ["en"]), { languages: ["de"], words: ["qwen3"] });
    assert.deepEqual(readSearch("  gemma 3 ", TAGS, ["en"]), { languages: [], words: ["gemma", "3"] });
    assert.deepEqual(readSearch("", TAGS, ["en"]), { languages: [], words: [] });
    assert.deepEqual(languages("ge"), [], "two letters are a code or nothing");
  });
});
