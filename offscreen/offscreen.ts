// The offscreen document: gives the engine's worker a place to live, and the views a way to it. It
// holds no state that matters: a lost document is made anew by the background, which replays the
// jobs that had not ended.

import { Files } from "./files";
import { ENGINE_PORT, type EngineMessage, jobOfPort, THREAD_CHANNEL } from "./protocol/channels";
import { isEngineMessage, isForEngine, isThreadFailure } from "./protocol/check";
import type { Command } from "./protocol/protocol";
import { Relay } from "./relay";
import { sendCommand } from "./view/command";

const relay = new Relay({
  startWorker: (name) => new Worker(new URL(`worker.js${location.search}`, import.meta.url), { type: "module", name }),
  reportEnd(view) {
    tell({ type: "ended", view });
  },
  reportActivity(isBusy) {
    tell({ type: "activity", isBusy });
  },
  close: () => window.close(),
});

const files = new Files();

/** Tells the background, which does not owe more than having heard it. */
function tell(command: Command): void {
  void sendCommand(command).then((reply) => {
    if (reply.type === "failed") console.error(`${command.type}: ${reply.failure.message}`);
  });
}

new BroadcastChannel(THREAD_CHANNEL).addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  if (isThreadFailure(data)) relay.handleThreadFailure(data);
});

/** Only Sotto's own pages may ask the engine for anything. */
function isTrusted(sender: chrome.runtime.MessageSender | undefined): boolean {
  return sender?.url?.startsWith(chrome.runtime.getURL("")) ?? false;
}

chrome.runtime.onConnect.addListener((port) => {
  const job = jobOfPort(port.name);
  if (port.name === ENGINE_PORT && isTrusted(port.sender)) relay.connectView(port);
  else if (job !== undefined && port.sender?.id === chrome.runtime.id) relay.connectJob(port, job);
});

chrome.runtime.onMessage.addListener((message: unknown, sender, sendResponse) => {
  if (!isForEngine(message) || !isTrusted(sender) || !isEngineMessage(message)) return undefined;
  if (message.type !== "read") {
    sendResponse(answer(message));
    return undefined;
  }
  void files.read(message.handle).then(sendResponse);
  return true;
});

function answer(message: Exclude<EngineMessage, { type: "read" }>): boolean {
  switch (message.type) {
    case "request":
      relay.send(message.request);
      return true;
    case "ended":
      relay.end(message.view);
      return true;
    case "isBusy":
      return relay.isBusy;
    default:
      return message satisfies never;
  }
}
