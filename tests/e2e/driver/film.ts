// A moving picture out of pictures of the same size: an animated PNG. The pictures stay as the browser
// made them; only their data is put in a row (PNG, third edition, 11.3.6).

import { setTimeout as sleep } from "node:timers/promises";
import { crc32 } from "node:zlib";
import type { Target } from "./target.ts";

/** Between two pictures. */
const STEP_MS = 120;

export interface Frame {
  png: Buffer;
  /** How long it stands. */
  ms: number;
}

interface Chunk {
  type: string;
  data: Buffer;
}

const SIGNATURE = 8;
/** Of a chunk: its length, type and checksum. */
const FRAME = 12;

/** Takes pictures of a target as long as something goes on there; those that differ, each as long as it stood. */
export async function record(target: Target, goesOn: () => boolean): Promise<Frame[]> {
  const frames: Frame[] = [];
  let last = Date.now();
  for (let isLast = false; !isLast; await sleep(STEP_MS)) {
    isLast = !goesOn();
    const png = await target.capture();
    const now = Date.now();
    const before = frames.at(-1);
    if (before) before.ms += now - last;
    last = now;
    if (!before || !png.equals(before.png)) frames.push({ png, ms: 0 });
  }
  return frames;
}

/** At most so many of them, evenly; each stands for those that go. */
export function thinned(frames: Frame[], most: number): Frame[] {
  const kept = new Map<number, Frame>();
  frames.forEach((frame, i) => {
    const place = Math.floor((i * Math.min(most, frames.length)) / frames.length);
    const before = kept.get(place);
    if (before) before.ms += frame.ms;
    else kept.set(place, { ...frame });
  });
  return [...kept.values()];
}

/** Played again and again. */
export function animated(frames: Frame[]): Buffer {
  const [first] = frames;
  if (!first) throw new Error("a film needs a picture");
  const head = data(first.png, "IHDR");
  const control = Buffer.alloc(8);
  control.writeUInt32BE(frames.length, 0);
  let sequence = 0;
  const parts = [first.png.subarray(0, SIGNATURE), chunk("IHDR", head), chunk("acTL", control)];
  frames.forEach(({ png, ms }, i) => {
    if (!data(png, "IHDR").equals(head)) throw new Error("the pictures of a film have one size");
    parts.push(chunk("fcTL", frameControl(sequence++, head, ms)));
    for (const part of chunksOf(png).filter(({ type }) => type === "IDAT")) {
      if (i === 0) {
        parts.push(chunk("IDAT", part.data));
        continue;
      }
      const number = Buffer.alloc(4);
      number.writeUInt32BE(sequence++);
      parts.push(chunk("fdAT", Buffer.concat([number, part.data])));
    }
  });
  return Buffer.concat([...parts, chunk("IEND", Buffer.alloc(0))]);
}

/** A frame that covers the whole picture and takes its place. */
function frameControl(sequence: number, head: Buffer, ms: number): Buffer {
  const control = Buffer.alloc(26);
  control.writeUInt32BE(sequence, 0);
  head.copy(control, 4, 0, 8);
  control.writeUInt16BE(Math.min(Math.max(Math.round(ms), 0), 0xffff), 20);
  control.writeUInt16BE(1000, 22);
  return control;
}

function data(png: Buffer, type: string): Buffer {
  const found = chunksOf(png).find((part) => part.type === type);
  if (!found) throw new Error(`no ${type} in the picture`);
  return found.data;
}

function chunksOf(bytes: Buffer): Chunk[] {
  const found: Chunk[] = [];
  for (let at = SIGNATURE; at + FRAME <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    found.push({ type: bytes.toString("latin1", at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
    at += FRAME + length;
  }
  return found;
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
