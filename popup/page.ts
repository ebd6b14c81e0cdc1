// The page in the active tab, as far as the browser lets Sotto see it: that takes the reader's click on the toolbar.
import type { Page } from "./state";

export async function findPage(): Promise<Page> {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  return { tab: tab?.id, title: tab?.title ?? "", url: tab?.url ?? "", lang: undefined, selection: undefined };
}

/** What the page's own process has to tell, which may take a while: its language and what is selected. */
export async function lookInto(page: Page): Promise<Page> {
  if (page.tab === undefined) return page;
  const [pageLang, selection] = await Promise.all([languageOf(page.tab), selectionIn(page.tab)]);
  const lang = (selection ? await languageOfText(selection) : undefined) ?? pageLang;
  return { ...page, lang, selection };
}

/** The language of a text (BCP 47), where the browser is sure of it. */
async function languageOfText(text: string): Promise<string | undefined> {
  const { isReliable, languages } = await chrome.i18n.detectLanguage(text);
  return isReliable ? languages[0]?.language : undefined;
}

async function languageOf(tab: number): Promise<string | undefined> {
  try {
    const lang = await chrome.tabs.detectLanguage(tab);
    return lang === "und" || lang === "" ? undefined : lang;
  } catch {
    // A page of the browser's own, or one that this view may not look into.
    return undefined;
  }
}

/** The selected text, in whichever frame or field it is. */
async function selectionIn(tabId: number): Promise<string | undefined> {
  try {
    const target = { tabId, allFrames: true };
    const found = await chrome.scripting.executeScript({ target, func: selectedText });
    return found.map(({ result }) => result ?? "").find((text) => text !== "") ?? "";
  } catch {
    return undefined;
  }
}

/** Runs in the page. */
function selectedText(): string {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type !== "password")) {
    const { selectionStart: start, selectionEnd: end } = field;
    if (start !== null && end !== null && start !== end) return field.value.slice(start, end).trim();
  }
  return document.getSelection()?.toString().trim() ?? "";
}
