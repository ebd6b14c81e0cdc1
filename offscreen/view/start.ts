// A job as it was asked for, before the engine has told of it.

import type { Input, JobView, Request, Subject } from "../protocol/protocol";

export type Start = Extract<Request, { type: "start" }>;

/** What a view shows of it. The session in Rust begins with the same. */
export function queuedJob({ job, task, input }: Start): JobView {
  const { url, title, leftOut } = page(input);
  return {
    job,
    task,
    url,
    title,
    subject: subject(input),
    state: { state: "queued" },
    progress: undefined,
    sections: [],
    coverage: undefined,
    leftOut,
    video: undefined,
    server: undefined,
  };
}

/** The same input without its text: what is left when that is too large to be kept. */
export function withoutText(input: Input): Input {
  switch (input.input) {
    case "page":
      return { ...input, page: { ...input.page, html: "" } };
    case "selection":
      return { ...input, selection: { ...input.selection, text: "" } };
    case "blocks":
      return { ...input, blocks: { ...input.blocks, blocks: [] } };
    case "document":
      return { ...input, document: { ...input.document, blocks: [], pages: [] } };
    default:
      return input satisfies never;
  }
}

/** The same input as of the page at an address. */
export function withAddress(input: Input, url: string): Input {
  switch (input.input) {
    case "page":
      return { ...input, page: { ...input.page, url } };
    case "selection":
      return { ...input, selection: { ...input.selection, url } };
    case "blocks":
      return { ...input, blocks: { ...input.blocks, url } };
    case "document":
      return { ...input, document: { ...input.document, url } };
    default:
      return input satisfies never;
  }
}

function page(input: Input): Pick<JobView, "url" | "title" | "leftOut"> {
  switch (input.input) {
    case "page":
      return input.page;
    case "selection":
      return input.selection;
    case "blocks":
      return input.blocks;
    case "document":
      return input.document;
    default:
      return input satisfies never;
  }
}

function subject(input: Input): Subject {
  switch (input.input) {
    case "page":
      return { subject: "page" };
    case "selection":
      return { subject: "selection", editable: input.selection.editable };
    case "blocks":
      return { subject: "blocks", count: input.blocks.blocks.length };
    case "document":
      return { subject: "document" };
    default:
      return input satisfies never;
  }
}
