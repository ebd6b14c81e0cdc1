// Whether a failure is told in words that its reader can use.

/** What no reader should meet: the words of machines. What stands in brackets is a detail for a report. */
const RAW =
  /undefined|\bnull\b|\[object|\bNaN\b|\w+(Error|Exception)\b|Uncaught|panicked|unreachable|message (channel|port) closed|asynchronous response|Receiving end|No tab with id|context invalidated/iu;

/** What is wrong with the words of a failure, if anything is. */
export function blemish(words: string): string | undefined {
  const read = words.replaceAll(/\([^)]*\)/gu, "").trim();
  if (read === "") return "a failure without words";
  const raw = RAW.exec(read)?.[0];
  if (raw !== undefined) return `a failure in a machine's words (${raw}): ${words}`;
  // What happened, and what to do about it.
  if (!/[.…]\s*\S/u.test(read)) return `a failure without a remedy: ${words}`;
  return undefined;
}
