// The letter that every editor here is opened with, wrong in five places.

export const GREETING = "Dear Anna,";
export const LISBON =
  "It was good to see you. There is many reasons to visit Lisbon in the spring. The city is bright and the food is cheap.";
/** The middle one is bold. */
export const PACKAGE = [
  "Please let me know if you ",
  "recieve the package",
  " before Friday. I has two brothers and one sister.",
];
export const LIST = ["She go to the market every Saturday.", "He don't like coffee in the morning."];
export const REGARDS = "Best regards, Tom";

export const BLOCKS = [GREETING, LISBON, PACKAGE.join(""), ...LIST, REGARDS];

const [start, bold, end] = PACKAGE;
export const HTML =
  `<p>${GREETING}</p><p>${LISBON}</p><p>${start}<strong>${bold}</strong>${end}</p>` +
  `<ul>${LIST.map((item) => `<li>${item}</li>`).join("")}</ul><p>${REGARDS}</p>`;

/** The texts of the innermost blocks of an HTML document. */
export function blocksOf(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return [...body.querySelectorAll("p, li, h1, h2, h3")].map(({ textContent }) => textContent);
}

/** A document as text, whatever order its properties have. */
export function stable(document) {
  const sorted = (_, value) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value;
  return JSON.stringify(document, sorted);
}

/** An element to make an editor of. */
export function element(name = "div") {
  const made = document.createElement(name);
  document.querySelector("#host").append(made);
  return made;
}
