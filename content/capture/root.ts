// Where on a page its text is.

import { document, textContent } from "../page/dom";

const DIALOGS = "dialog[open],[role=dialog][aria-modal=true],[popover]:popover-open";
/** What says that something is there to be read. */
const READING = "article,main,[role=article],[role=main],[itemprop~=articleBody]";
/** What is there to be decided on. */
const CHOICES = "input[type=checkbox],[role=switch],[role=checkbox]";
/** Characters of an article at least: a notice is shorter. */
const ARTICLE_LENGTH = 500;
/** Dialogs that are looked at. */
const DIALOGS_LIMIT = 20;

/** The dialog that an article is shown in, over what the reader came from; or else the body. */
export function readingRoot(): Element {
  const dialogs = [...document.querySelectorAll(DIALOGS)].slice(-DIALOGS_LIMIT);
  return dialogs.findLast(holdsArticle) ?? document.body;
}

function holdsArticle(dialog: Element): boolean {
  if (!Element.prototype.checkVisibility.call(dialog, { visibilityProperty: true, opacityProperty: true }))
    return false;
  if (Element.prototype.querySelector.call(dialog, CHOICES)) return false;
  const article = Element.prototype.querySelector.call(dialog, READING);
  return article !== null && (textContent(article)?.trim().length ?? 0) >= ARTICLE_LENGTH;
}
