// What models there are, as the engine knows them.
import { ENGINE_PORT } from "../offscreen/protocol/channels";
import type { Event, ModelCard, Request } from "../offscreen/protocol/protocol";
import { ensureEngine } from "./engine";

/** An engine that has just started looks for its models first. */
const TIMEOUT_MS = 5000;

/** The models, or none when the engine does not tell in time. */
export async function knownModels(): Promise<ModelCard[]> {
  await ensureEngine();
  const port = chrome.runtime.connect({ name: ENGINE_PORT });
  const models = await new Promise<ModelCard[]>((resolve) => {
    port.onMessage.addListener((event: Event) => {
      if ((event.type === "snapshot" || event.type === "models") && event.models.length > 0) resolve(event.models);
    });
    port.onDisconnect.addListener(() => resolve([]));
    setTimeout(() => resolve([]), TIMEOUT_MS);
    port.postMessage({ type: "attach" } satisfies Request);
  });
  port.disconnect();
  return models;
}
