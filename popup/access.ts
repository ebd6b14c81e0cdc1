// The side panel stays when the reader goes to another site, which Sotto may not see: the click on
// its button counted for the site before. The browser is asked for that one site, in a click.

import { setText } from "../offscreen/view/elements";
import { byId } from "./dom";
import type { Page } from "./state";
import { ACCESS } from "./words";

export class Access {
  readonly #place = byId("access");
  readonly #ask = byId<HTMLButtonElement>("access-ask");
  #tab: number | undefined;

  constructor() {
    this.#ask.addEventListener("click", () => void this.#request());
  }

  /** Of a page that Sotto may not see the browser tells no address. */
  draw(page: Page): void {
    const isMissing = page.tab !== undefined && page.url === "";
    if (isMissing && (this.#place.hidden || this.#tab !== page.tab)) {
      setText(byId("access-text"), ACCESS.missing);
      this.#ask.hidden = false;
    }
    this.#place.hidden = !isMissing;
    this.#tab = page.tab;
  }

  async #request(): Promise<void> {
    const tabId = this.#tab;
    if (tabId === undefined) return;
    // Not in every browser, whatever the types say; the address, which the older way takes, is not known.
    const canAsk = "addHostAccessRequest" in chrome.permissions;
    const asked =
      canAsk &&
      (await chrome.permissions.addHostAccessRequest({ tabId }).then(
        () => true,
        () => false,
      ));
    setText(byId("access-text"), asked ? ACCESS.asked : ACCESS.refused);
    this.#ask.hidden = true;
  }
}
