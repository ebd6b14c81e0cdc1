// Translating without being asked what the reader always wants translated. The browser tells of
// these sites' pages alone, as far as the reader has let Sotto at them; incognito windows have no
// habits.

import type { Task } from "../offscreen/protocol/protocol";
import { markFailed } from "../offscreen/view/badge";
import { isWanted, load, siteOf, watchedOrigins } from "../offscreen/view/habits";
import { message } from "../offscreen/view/messages";
import { primarySubtag } from "../offscreen/view/names";
import { newJob } from "../offscreen/view/new_job";
import { offerQuestion } from "../offscreen/view/offers";
import { pageLanguage } from "../offscreen/view/page";
import * as settings from "../offscreen/view/settings";
import { askOffers } from "./offers";
import { run } from "./run";

const SCRIPT = "habit";

let watching = Promise.resolve();

/** Has the browser tell of the pages that the habits are about, and of no others. */
export async function watchHabits(): Promise<void> {
  watching = watching.then(watch).catch(console.error);
  await watching;
}

async function watch(): Promise<void> {
  if (chrome.extension.inIncognitoContext) return;
  const matches: string[] = [];
  for (const origin of watchedOrigins(await load())) {
    if (await chrome.permissions.contains({ origins: [origin] })) matches.push(origin);
  }
  const registered = await chrome.scripting.getRegisteredContentScripts({ ids: [SCRIPT] });
  if (registered.length > 0) await chrome.scripting.unregisterContentScripts({ ids: [SCRIPT] });
  if (matches.length === 0) return;
  await chrome.scripting.registerContentScripts([{ id: SCRIPT, matches, js: [`content/${SCRIPT}.js`] }]);
}

/** A page has loaded: translates it, if that is a habit. */
export async function translateArrived(tab: number): Promise<void> {
  if (chrome.extension.inIncognitoContext) return;
  const { url = "" } = await chrome.tabs.get(tab);
  const site = siteOf(url);
  if (site === undefined) return;
  const [habits, { choice, models, to }, detected] = await Promise.all([load(), settings.load(), pageLanguage(tab)]);
  const from = detected === undefined ? undefined : primarySubtag(detected);
  if (from === undefined || !isWanted(habits, site, from, to)) return;
  const task: Task = { task: "translate", from, to };
  const chosen = models.translate;
  let [offer] = await askOffers([offerQuestion(task, chosen)]);
  // What nobody has clicked is sent to no server.
  if (offer?.model?.isServed) [offer] = await askOffers([offerQuestion(task, undefined)]);
  if (!offer?.model || offer.ability === "unfit") {
    await markFailed(tab, message("noModelForPage"));
    return;
  }
  const command = { job: newJob(), task, scope: "page", choice, model: offer.model.id } as const;
  const reply = await run(command, { tab, card: undefined });
  if (reply.type === "failed") await markFailed(tab, reply.failure.message);
}
