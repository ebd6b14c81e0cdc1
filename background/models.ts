// What models there are, as the engine knows them.
import type { Event, ModelCard, Request } from "../offscreen/protocol/protocol";
import { ensureEngine } from "./engine";

/** An engine that has just started looks for its models first. */
const PATIENCE_MS = 5000;

/** The models, or none when the engine does not tell in time. */
export async function knownModels(): Promise<ModelCard[]> {
  await ensureEngine();
  const port = chrome.runtime.connect({ name: "engine" });
  const models = await new Promise<ModelCard[]>((tell) => {
    port.onMessage.addListener((event: Event) => {
      if ((event.type === "snapshot" || event.type === "models") && event.models.length > 0) tell(event.models);
    });
    port.onDisconnect.addListener(() => tell([]));
    setTimeout(() => tell([]), PATIENCE_MS);
    port.postMessage({ type: "attach" } satisfies Request);
  });
  port.disconnect();
  return models;
}
