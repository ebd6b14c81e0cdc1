// The page in the reader's language. Imported before whatever else the page runs.

import { DIRECTION, LANGUAGE, type MessageKey, message } from "../offscreen/view/messages";

/** Attributes that name a message, and those that it is for. */
const ATTRIBUTES = {
  "data-message-label": "aria-label",
  "data-message-placeholder": "placeholder",
  "data-message-title": "title",
} as const;

document.documentElement.lang = LANGUAGE;
document.documentElement.dir = DIRECTION;
for (const element of document.querySelectorAll<HTMLElement>("[data-message]")) {
  element.textContent = message(element.dataset["message"] as MessageKey);
}
for (const [named, attribute] of Object.entries(ATTRIBUTES)) {
  for (const element of document.querySelectorAll(`[${named}]`)) {
    element.setAttribute(attribute, message(element.getAttribute(named) as MessageKey));
  }
}
