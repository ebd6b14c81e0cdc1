// What "Copy" puts on the clipboard: markdown for plain places, a real list for rich ones.
import type { JobView } from "../offscreen/protocol/protocol";
import { make } from "./dom";

/** The text that can be copied: what the model or the page has settled, no previews. */
export function copyText(job: JobView | undefined): string {
  if (!job) return "";
  if (job.state.state === "done") return job.state.text;
  const texts = written(job);
  return isList(job) ? texts.map((text) => `- ${text}`).join("\n") : texts.join(" ");
}

export async function copy(job: JobView): Promise<void> {
  const plain = new Blob([copyText(job)], { type: "text/plain" });
  const rich = new Blob([html(job)], { type: "text/html" });
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": plain, "text/html": rich })]);
}

function html(job: JobView): string {
  if (!isList(job)) return make("p", "", written(job).join(" ")).outerHTML;
  const list = make("ul", "");
  list.append(...written(job).map((text) => make("li", "", text)));
  return list.outerHTML;
}

function written(job: JobView): string[] {
  return job.sections.filter(({ status, text }) => status !== "preview" && text !== "").map(({ text }) => text);
}

/** Whether a job's sections are points of a list. */
export function isList(job: JobView): boolean {
  return job.task.task === "summarize" && job.task.summaryType === "key-points";
}
