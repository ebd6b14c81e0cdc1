import { blocksOf, element, HTML, LISBON } from "./letter.js";

export function mount() {
  const root = element();
  root.contentEditable = "true";
  root.innerHTML = HTML;
  const html = () => root.innerHTML.replaceAll("&nbsp;", " ");
  return {
    root: () => root,
    model: html,
    blocks: () => blocksOf(html()),
    before: () => root.querySelector("p").firstChild.insertData(0, "NEW "),
    inside: () => root.querySelectorAll("p")[1].firstChild.insertData(LISBON.indexOf("many"), "very "),
    remove: () => root.remove(),
  };
}
