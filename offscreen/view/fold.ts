// How a job's view changes with each event of the engine.
import type { Event, JobView, Section } from "../protocol/protocol";

/** Whether a job is still being worked on. */
export function isActive({ state }: JobView): boolean {
  return state.state === "queued" || state.state === "running";
}

/** Takes in one event of a job; other jobs' events and late ones change nothing. */
export function advance(view: JobView | undefined, event: Event): JobView | undefined {
  if (event.type === "job") return event.view;
  if (!view || !isActive(view) || !("job" in event) || event.job !== view.job) return view;
  switch (event.type) {
    case "progress":
      view.progress = event.progress;
      break;
    case "section":
      put(view.sections, event.section);
      break;
    case "token": {
      const section = view.sections.find(({ index }) => index === event.section);
      if (section) section.text += event.text;
      break;
    }
    default:
      event satisfies never;
  }
  return view;
}

/** Adds a section in its order, or replaces the one of its index. */
function put(sections: Section[], section: Section): void {
  const place = sections.findIndex(({ index }) => index >= section.index);
  if (place < 0) sections.push(section);
  else sections.splice(place, sections[place]?.index === section.index ? 1 : 0, section);
}
