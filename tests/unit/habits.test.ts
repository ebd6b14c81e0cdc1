// Which pages are translated without being asked.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Habits, isWanted, originsOf, siteOf, watchedOrigins } from "../../offscreen/view/habits";

const HABITS: Habits = {
  sites: { "lemonde.fr": "always", "www.spiegel.de": "never", localhost: "always" },
  languages: { de: "always", fr: "never" },
};

describe("habits", () => {
  test("of a site count before those of a language", () => {
    assert.ok(isWanted(HABITS, "lemonde.fr", "fr", "en"));
    assert.ok(!isWanted(HABITS, "www.liberation.fr", "fr", "en"));
    assert.ok(isWanted(HABITS, "www.zeit.de", "de", "en"));
    assert.ok(!isWanted(HABITS, "www.spiegel.de", "de", "en"));
    assert.ok(!isWanted(HABITS, "elpais.com", "es", "en"), "what nothing is said of is asked for");
    assert.ok(!isWanted(HABITS, "constructor", "toString", "en"), "what every object has is no habit");
  });

  test("leave a page alone that is in the wanted language", () => {
    assert.ok(!isWanted(HABITS, "lemonde.fr", "en", "en"));
  });

  test("are of sites that the browser may let Sotto into by itself", () => {
    assert.equal(siteOf("https://www.zeit.de:8443/index?a#b"), "www.zeit.de");
    assert.equal(siteOf("http://localhost:8080/"), "localhost");
    for (const address of ["http://example.org/", "chrome://settings", "file:///tmp/a.html", "no address", ""]) {
      assert.equal(siteOf(address), undefined, address);
    }
  });

  test("take permission for their own pages and no more", () => {
    assert.deepEqual(originsOf("sites", "lemonde.fr"), ["https://lemonde.fr/*"]);
    assert.deepEqual(originsOf("sites", "127.0.0.1"), ["http://127.0.0.1/*"]);
    assert.deepEqual(watchedOrigins({ ...HABITS, languages: {} }), ["http://localhost/*", "https://lemonde.fr/*"]);
    assert.ok(watchedOrigins(HABITS).includes("https://*/*"), "a language is spoken anywhere");
    assert.deepEqual(watchedOrigins({ sites: { a: "never" }, languages: { de: "never" } }), []);
  });
});
