// The service worker: what only it can do for the views. It may be stopped at any time, so it keeps nothing in memory,
// and its listeners are registered at once.
import type { Command, CommandReply, Request } from "../offscreen/protocol/protocol";
import { ensureEngine, send } from "./engine";
import { ended, forget, remember, tabOf } from "./jobs";
import { capture, reveal } from "./page";

chrome.runtime.onMessage.addListener((command: Command, sender, reply: (reply: CommandReply) => void) => {
  // Only Sotto's own pages may command, no content script.
  if (!sender.url?.startsWith(chrome.runtime.getURL(""))) return;
  obey(command).then(reply, (error: unknown) =>
    reply({
      type: "failed",
      failure: {
        code: "internal",
        message: `Sotto's background worker failed: ${error instanceof Error ? error.message : String(error)}`,
        remedy: "Try again. If it happens again, reload the extension on chrome://extensions.",
        model: undefined,
      },
    }),
  );
  return true;
});

async function obey(command: Command): Promise<CommandReply> {
  switch (command.type) {
    case "ensureEngine":
      await ensureEngine();
      return { type: "ok" };
    case "run":
      return run(command);
    case "reveal": {
      const tab = await tabOf(command.job);
      const failure = typeof tab === "number" ? await reveal(tab, command.text) : tab;
      return failure ? { type: "failed", failure } : { type: "ok" };
    }
    case "accept":
    case "restore":
      throw new Error(`${command.type} has nothing to work on`);
    case "openModels": {
      const anchor = command.model === undefined ? "" : `#${encodeURIComponent(command.model)}`;
      await chrome.tabs.create({ url: chrome.runtime.getURL(`popup/models.html${anchor}`) });
      return { type: "ok" };
    }
    case "ended":
      await ended(command.view);
      return { type: "ok" };
    default:
      command satisfies never;
      throw new Error(`unknown command ${JSON.stringify(command)}`);
  }
}

async function run({ task, choice, model }: Extract<Command, { type: "run" }>): Promise<CommandReply> {
  const [captured] = await Promise.all([capture(), ensureEngine()]);
  if ("failure" in captured) return { type: "failed", failure: captured.failure };
  const { tab, page } = captured.ok;
  const job = crypto.randomUUID();
  const start: Request = { type: "start", job, task, input: { input: "page", page }, choice, model };
  await remember(start, tab);
  try {
    await send(start);
  } catch (error) {
    await forget(job);
    throw error;
  }
  return { type: "started", job };
}
