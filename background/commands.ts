// Carries out the commands of Sotto's own pages, and the few that a card or bar on a page may give.

import type { Command, CommandReply, Failure, JobId } from "../offscreen/protocol/protocol";
import { noResult, noTab } from "../offscreen/view/failures";
import type { TabFrame } from "../offscreen/view/inject";
import { storedResult } from "../offscreen/view/results";
import { cancel, ensureEngine } from "./engine";
import { translateArrived } from "./habits";
import { jobEnded, placeOf } from "./jobs";
import { markEnd } from "./marks";
import { accept, restore, reveal } from "./page";
import { run, runFile, runMore } from "./run";
import { noteActivity } from "./update";

/** For Sotto's own pages, which may ask for anything. */
export async function handleCommand(command: Command): Promise<CommandReply> {
  switch (command.type) {
    case "ensureEngine":
      await ensureEngine();
      return { type: "ok" };
    case "run":
      return command.tab == null ? failed(noTab()) : run(command, { tab: command.tab, card: undefined });
    case "runFile":
      return runFile(command);
    case "cancel":
      await cancel(command.job);
      return { type: "ok" };
    case "accept":
      return withPlace(command.job, async (place) => {
        const view = await storedResult(command.job);
        return view?.state.state === "done" ? accept(place, command.job, view.state.text) : noResult();
      });
    case "restore":
      return withPlace(command.job, (place) => restore(place, command.job));
    case "reveal":
      return withPlace(command.job, (place) => reveal(place, command.text, command.place));
    case "openModels":
      return openModels(command.model);
    case "arrived":
      break;
    case "ended":
      await jobEnded(command.view);
      await markEnd(command.view);
      return { type: "ok" };
    case "activity":
      await noteActivity(command.isBusy);
      return { type: "ok" };
    default:
      command satisfies never;
  }
  throw new Error(`no view may ask for ${JSON.stringify(command)}`);
}

/**
 * For a script on a page: jobs on that page's own selection, and what shows nothing of other pages.
 */
export async function handlePageCommand(command: Command, place: TabFrame): Promise<CommandReply> {
  switch (command.type) {
    case "ensureEngine":
    case "openModels":
      return handleCommand(command);
    case "run":
      if (command.scope === "page" && command.task.task === "translate" && place.frame === 0) {
        return runMore(command, place);
      }
      if (command.scope !== "selection" || command.task.task === "summarize" || command.task.task === "ask") break;
      return run(command, { tab: place.tab, card: place.frame });
    case "arrived":
      if (place.frame !== 0) break;
      await translateArrived(place.tab);
      return { type: "ok" };
    case "cancel": {
      const own = await placeOf(command.job);
      if (!("tab" in own) || own.tab !== place.tab || own.frame !== place.frame) break;
      return handleCommand(command);
    }
    case "runFile":
    case "accept":
    case "restore":
    case "reveal":
    case "ended":
    case "activity":
      break;
    default:
      command satisfies never;
  }
  throw new Error(`a page may not ask for ${command.type}`);
}

async function withPlace(job: JobId, act: (place: TabFrame) => Promise<Failure | undefined>): Promise<CommandReply> {
  const place = await placeOf(job);
  const failure = "tab" in place ? await act(place) : place;
  return failure ? failed(failure) : { type: "ok" };
}

async function openModels(model: string | undefined): Promise<CommandReply> {
  const anchor = model == null ? "" : `#${encodeURIComponent(model)}`;
  await chrome.tabs.create({ url: chrome.runtime.getURL(`popup/models.html${anchor}`) });
  return { type: "ok" };
}

function failed(failure: Failure): CommandReply {
  return { type: "failed", failure };
}
