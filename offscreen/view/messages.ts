// What the interface says, in the reader's language: the messages of `locales/`, of which the browser
// chooses the language. In them, `{name}` stands for what is filled in.

import english from "./locales/en/messages.json";

type Key = keyof typeof english;
type Category = Intl.LDMLPluralRule;

/** A message that depends on no number. */
export type MessageKey = Exclude<Key, `${string}_${Category}`>;

/** A message with a version for each category of the language's plurals: `blocks` for `blocks_one`, `blocks_other`. */
export type PluralKey = Key extends infer K ? (K extends `${infer Base}_other` ? Base : never) : never;

/** What is filled in, by its name: numbers as the language writes them. */
type Filling = Record<string, string | number>;

const CATEGORIES: Category[] = ["zero", "one", "two", "few", "many", "other"];

/** First Strong Isolate and Pop Directional Isolate: between them text has a direction of its own. */
const [FSI, PDI] = ["\u2068", "\u2069"];

const texts = readAll();

/** Of the messages: BCP 47. */
export const LANGUAGE = text("language");
export const DIRECTION = text("direction");
/** The language with the reader's region, where that is known: for numbers, dates and names. */
export const LOCALE = regional(LANGUAGE);

const numbers = new Intl.NumberFormat(LOCALE);
const plurals = new Intl.PluralRules(LANGUAGE);

export function message(key: MessageKey, filling: Filling = {}): string {
  return fill(text(key), filling);
}

/** The version for so many, which is filled in as `count`. */
export function plural(key: PluralKey, count: number, filling: Filling = {}): string {
  const version = texts.get(`${key}_${plurals.select(count)}`) ?? text(`${key}_other`);
  return fill(version, { count, ...filling });
}

function text(key: Key): string {
  return texts.get(key) ?? "";
}

/**
 * All at once: a script on a page may outlive its extension, which then answers nothing. The engine's
 * document has no messages, nor have the tests that run without a browser: English is theirs.
 */
function readAll(): Map<string, string> {
  const found = new Map(Object.entries(english).map(([key, { message: version }]) => [key, version]));
  const browser = messagesOfBrowser();
  const keys = [...found.keys()].flatMap((key) =>
    key.endsWith("_other") ? CATEGORIES.map((category) => key.replace(/other$/u, category)) : [key],
  );
  for (const key of keys) {
    const version = browser?.getMessage(key);
    if (version) found.set(key, version);
  }
  return found;
}

/** Not everywhere, whatever the types say. */
function messagesOfBrowser(): typeof chrome.i18n | undefined {
  return (globalThis.chrome as Partial<typeof chrome> | undefined)?.i18n;
}

function regional(language: string): string {
  const reader = messagesOfBrowser()?.getUILanguage() ?? language;
  const primary = (tag: string): string | undefined => tag.split("-")[0];
  return primary(reader) === primary(language) ? reader : language;
}

/** In a language that is written from the right, what is filled in must not turn the words around it about. */
function fill(version: string, filling: Filling): string {
  return version.replaceAll(/\{(\w+)\}/gu, (name, key: string) => {
    const value = filling[key];
    if (typeof value === "number") return numbers.format(value);
    if (value === undefined) return name;
    return DIRECTION === "rtl" ? `${FSI}${value}${PDI}` : value;
  });
}
