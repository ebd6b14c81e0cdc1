// What "Copy" puts on the clipboard: markdown for plain places, a real list for rich ones.

import type { JobView, Section } from "../offscreen/protocol/protocol";
import { make } from "../offscreen/view/elements";
import { shape } from "../offscreen/view/shape";

/** The text that can be copied: what the model or the page has settled, no previews. */
export function copyText(job: JobView | undefined): string {
  if (!job) return "";
  if (job.state.state === "done") return job.state.text;
  const texts = written(job).map(({ text }) => text);
  switch (shape(job)) {
    case "points":
      return texts.map((text) => `- ${text}`).join("\n");
    case "prose":
      return texts.join(" ");
    case "text":
      return written(job)
        .map(({ before, text }) => before + text)
        .join("");
    case "blocks":
      return texts.join("\n\n");
  }
}

export async function copy(job: JobView): Promise<void> {
  const plain = new Blob([copyText(job)], { type: "text/plain" });
  const rich = new Blob([html(job)], { type: "text/html" });
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": plain, "text/html": rich })]);
}

function html(job: JobView): string {
  if (shape(job) !== "points") {
    const paragraphs = copyText(job).split(/\n{2,}/);
    return paragraphs.map((text) => make("p", "", text).outerHTML.replaceAll("\n", "<br>")).join("");
  }
  const list = make("ul", "");
  list.append(...written(job).map(({ text }) => make("li", "", text)));
  return list.outerHTML;
}

function written(job: JobView): Section[] {
  return job.sections.filter(({ status, text }) => status !== "preview" && text !== "");
}
