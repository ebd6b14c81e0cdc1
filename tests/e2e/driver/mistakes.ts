// What a model would mend in the texts of the tests, without one.

export const FIXES: [wrong: string, right: string][] = [
  ["There is many", "There are many"],
  ["which explain ", "which explains "],
  ["recieve", "receive"],
  ["I has", "I have"],
  ["She go ", "She goes "],
  ["He don't", "He doesn't"],
];

export function fixed(text: string): string {
  return FIXES.reduce((now, [wrong, right]) => now.replaceAll(wrong, right), text);
}
