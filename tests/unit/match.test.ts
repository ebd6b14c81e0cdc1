// Where a passage stands in a page, both as letters only.

import assert from "node:assert/strict";
import { test } from "node:test";
import { match } from "../../content/highlight/match";

function found(passage: string, page: string): string | undefined {
  const place = match(passage, page);
  return place && page.slice(place.start, place.end);
}

const PAGE = "themenulakeorrin1isthethirdlakeofthecountybyitsareaanditsdeepestpoint2lies212metresdeepthefooter";

test("a passage that stands there as it is", () => {
  assert.equal(found("thethirdlakeofthecounty", PAGE), "thethirdlakeofthecounty");
  assert.equal(found("themenu", PAGE), "themenu");
});

test("what only the page has is stepped over, wherever it stands", () => {
  const passage = "lakeorrinisthethirdlakeofthecountybyitsareaanditsdeepestpointlies212metresdeep";
  assert.equal(found(passage, PAGE), PAGE.slice(7, -9));
  assert.equal(
    found("港の町では９年間で25人が事故にあいました", "港みなとの町では９年ねん間で25人が事故にあいました坂や"),
    "港みなとの町では９年ねん間で25人が事故にあいました",
  );
});

test("what only the passage has is stepped over", () => {
  const page = "theproductisrealbecauseofthesymmetryofthematrixandnothingelse";
  assert.equal(found("theproductvavisrealbecauseofthesymmetryaaofthematrix", page), page.slice(0, -14));
});

test("the place that has most of the passage is taken", () => {
  const first = "thecouncilofthetownsaidthatnobodyknew";
  const page = `${first}whyxxxx${first}thereasonofit`;
  assert.equal(found(`${first}thereason1ofit`, page), page.slice(first.length + 7));
});

test("what is not there is not found", () => {
  assert.equal(found("thebakerofthevillagebakesbreadatnight", PAGE), undefined);
  assert.equal(found("zz", PAGE), undefined);
});

test("a hostile page takes no longer than another of its length", () => {
  const page = "ab".repeat(500_000);
  assert.equal(found(`${"ab".repeat(200)}${"c".repeat(600)}`, page), undefined);
});
