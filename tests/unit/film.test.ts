// Moving pictures.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { crc32, deflateSync, inflateSync } from "node:zlib";
import { animated, thinned } from "../e2e/driver/film";

function chunk(type: string, data: Buffer): Buffer {
  const whole = Buffer.alloc(data.length + 12);
  whole.writeUInt32BE(data.length);
  whole.write(type, 4, "latin1");
  data.copy(whole, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), data.length + 8);
  return whole;
}

/** A grey picture of one row, its data in two parts. */
function png(row: number[]): Buffer {
  const head = Buffer.from([0, 0, 0, row.length, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const data = deflateSync(Buffer.from([0, ...row]));
  const parts = [chunk("IHDR", head), chunk("IDAT", data.subarray(0, 4)), chunk("IDAT", data.subarray(4))];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts, chunk("IEND", Buffer.alloc(0))]);
}

function chunks(bytes: Buffer): { type: string; data: Buffer }[] {
  const found = [];
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12) {
    const length = bytes.readUInt32BE(at);
    assert.equal(bytes.readUInt32BE(at + 8 + length), crc32(bytes.subarray(at + 4, at + 8 + length)));
    found.push({ type: bytes.toString("latin1", at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
  }
  return found;
}

describe("films", () => {
  test("hold each picture, how long it stands, and their parts in order", () => {
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const parts = chunks(animated(rows.map((row, i) => ({ png: png(row), ms: 100 + i }))));
    assert.deepEqual(
      parts.map(({ type }) => type),
      ["IHDR", "acTL", "fcTL", "IDAT", "IDAT", "fcTL", "fdAT", "fdAT", "IEND"],
    );
    const numbered = parts.filter(({ type }) => type === "fcTL" || type === "fdAT");
    assert.deepEqual(
      numbered.map(({ data }) => data.readUInt32BE()),
      [0, 1, 2, 3],
    );
    const controls = parts.filter(({ type }) => type === "fcTL");
    assert.deepEqual(
      controls.map(({ data }) => data.readUInt16BE(20) / data.readUInt16BE(22)),
      [0.1, 0.101],
    );
    const [first, second] = ["IDAT", "fdAT"].map((type) =>
      Buffer.concat(
        parts.filter((part) => part.type === type).map(({ data }) => data.subarray(type === "fdAT" ? 4 : 0)),
      ),
    );
    assert.deepEqual(
      [first, second].map((data) => [...inflateSync(data ?? Buffer.alloc(0))].slice(1)),
      rows,
    );
    assert.throws(
      () =>
        animated([
          { png: png([1]), ms: 1 },
          { png: png([1, 2]), ms: 1 },
        ]),
      /one size/u,
    );
  });

  test("are thinned evenly, and take as long as before", () => {
    const frames = Array.from({ length: 50 }, (_, i) => ({ png: png([i]), ms: 10 }));
    const kept = thinned(frames, 16);
    assert.equal(kept.length, 16);
    assert.equal(
      kept.reduce((sum, { ms }) => sum + ms, 0),
      500,
    );
    assert.deepEqual(thinned(frames.slice(0, 3), 16), frames.slice(0, 3));
  });
});
