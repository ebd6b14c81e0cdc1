// The page in the active tab, as far as the browser lets Sotto see it: that takes the reader's
// click on the toolbar.

import { detectLanguage, pageLanguage, readSelection } from "../offscreen/view/page";
import type { Page, SelectedText } from "./state";

export async function findPage(): Promise<Page> {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  return { tab: tab?.id, title: tab?.title ?? "", url: tab?.url ?? "", lang: undefined, selection: undefined };
}

/**
 * What the page's own process has to tell, which may take a while: its language and what is
 * selected.
 */
export async function inspectPage(page: Page): Promise<Page> {
  if (page.tab === undefined) return page;
  const [lang, selection] = await Promise.all([pageLanguage(page.tab), selectionIn(page.tab)]);
  return { ...page, lang, selection };
}

async function selectionIn(tab: number): Promise<SelectedText | undefined> {
  const read = await readSelection(tab, null);
  if ("failure" in read) return read.failure.code === "no-text" ? { text: "", lang: undefined } : undefined;
  const { text, lang } = read.ok.selection;
  return { text: text.trim(), lang: await detectLanguage(text, lang) };
}
