// Messages where they arrive: their size, and of all but requests the shape. The shape of requests
// is checked by the engine, which reads them by the protocol's own types.

import type { EngineMessage, FileMessage, ThreadFailure } from "./channels";
import type { Command, Place, Request } from "./protocol";

/** Characters of a message as JSON: a page of 4 MiB, each of its bytes written in three. */
const MOST = 16 << 20;
/** Of a command that carries neither a page nor a result. */
const MOST_OF_COMMAND = 1 << 20;

type Check = (value: unknown) => boolean;
type Fields = Record<string, Check>;

const text: Check = (value) => typeof value === "string";
const whole: Check = (value) => typeof value === "number" && Number.isInteger(value) && value >= 0;
const flag: Check = (value) => typeof value === "boolean";
const record: Check = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value);
const oneOf =
  (...values: string[]): Check =>
  (value) =>
    values.includes(value as string);

const TASKS: Record<string, Fields> = {
  summarize: { summaryType: text, length: text, format: text },
  ask: { question: text },
  rewrite: { options: record },
  translate: { from: optional(text), to: text },
};

const PLACES: Record<Place["place"], Fields> = { page: { number: whole }, time: { seconds: whole } };

const view: Check = (value) => record(value) && text((value as { job?: unknown }).job);
const task: Check = (value) => matches(value, "task", TASKS);

const COMMANDS: Record<Command["type"], Fields> = {
  ensureEngine: {},
  run: {
    job: text,
    tab: optional(whole),
    task,
    scope: oneOf("page", "selection"),
    choice: oneOf("auto", "gpu", "cpu"),
    model: optional(text),
  },
  runFile: {
    file: text,
    name: text,
    tab: optional(whole),
    task,
    choice: oneOf("auto", "gpu", "cpu"),
    model: optional(text),
  },
  cancel: { job: text },
  accept: { job: text },
  restore: { job: text },
  openModels: { model: optional(text) },
  arrived: {},
  reveal: { job: text, text, place: optional((value) => matches(value, "place", PLACES)) },
  ended: { view },
  activity: { isBusy: flag },
};

const REQUESTS: Record<Request["type"], true> = {
  attach: true,
  warm: true,
  start: true,
  cancel: true,
  install: true,
  server: true,
  stopInstall: true,
  offers: true,
  check: true,
  repair: true,
  unused: true,
  removeUnused: true,
  removeAll: true,
  remove: true,
};

/** Its requests are checked as those of any other way. */
const ENGINE_MESSAGES: Record<EngineMessage["type"], Fields> = {
  request: { target: oneOf("engine"), request: record },
  ended: { target: oneOf("engine"), view },
  isBusy: { target: oneOf("engine") },
  read: { target: oneOf("engine"), handle: text },
};

const FILE_MESSAGE: Fields = { handle: text, file: (value) => value instanceof File };
const THREAD_FAILURE: Fields = { engine: text, reason: text };

let refusals = 0;

/** Whether a message is a command of no unreasonable size. One that is not is counted. */
export function isCommand(message: unknown): message is Command {
  if (!matches(message, "type", COMMANDS)) return refuse("no command", message);
  const most = (message as Command).type === "ended" ? MOST : MOST_OF_COMMAND;
  return fits(message, most) || refuse("too large a command", message);
}

/** Whether a message is a request of no unreasonable size, as far as can be told without its types. */
export function isRequest(message: unknown): message is Request {
  const type = record(message) ? (message as { type?: unknown }).type : undefined;
  if (typeof type !== "string" || !Object.hasOwn(REQUESTS, type)) return refuse("no request", message);
  return fits(message, MOST) || refuse("too large a request", message);
}

/** Whether a message of the extension's is meant for the offscreen document, which hears all of them. */
export function isForEngine(message: unknown): boolean {
  return record(message) && (message as { target?: unknown }).target === "engine";
}

/** Whether a message is one of the background's to the offscreen document, of no unreasonable size. */
export function isEngineMessage(message: unknown): message is EngineMessage {
  if (!matches(message, "type", ENGINE_MESSAGES)) return refuse("no message to the engine", message);
  const given = message as EngineMessage;
  if (given.type === "request") return isRequest(given.request);
  return fits(given, MOST) || refuse("too large a message to the engine", message);
}

/** Whether a message hands over a file. */
export function isFileMessage(message: unknown): message is FileMessage {
  return (record(message) && has(message as object, FILE_MESSAGE)) || refuse("no file", message);
}

/** Whether a message tells of a thread that failed. */
export function isThreadFailure(message: unknown): message is ThreadFailure {
  return (record(message) && has(message as object, THREAD_FAILURE)) || refuse("no thread's failure", message);
}

/** Whether a value is one of several kinds, told by a tag, and has that kind's fields and no others. */
function matches(value: unknown, tag: string, kinds: Record<string, Fields>): boolean {
  if (!record(value)) return false;
  const { [tag]: kind, ...rest } = value as Record<string, unknown>;
  if (typeof kind !== "string" || !Object.hasOwn(kinds, kind)) return false;
  return has(rest, kinds[kind] ?? {});
}

/** Whether a value has these fields and no others. */
function has(value: object, fields: Fields): boolean {
  return (
    Object.keys(value).every((name) => Object.hasOwn(fields, name)) &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]))
  );
}

function fits(message: unknown, most: number): boolean {
  return JSON.stringify(message).length <= most;
}

function refuse(why: string, message: unknown): false {
  refusals += 1;
  const type = record(message) ? String((message as { type?: unknown }).type) : typeof message;
  console.warn(`refused message ${refusals}: ${why} (${type.slice(0, 40)})`);
  return false;
}
