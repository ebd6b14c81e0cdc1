// What the engine offers, asked by the background.

import { ENGINE_PORT } from "../offscreen/protocol/channels";
import type { Event, Offer, OfferQuestion, Request } from "../offscreen/protocol/protocol";
import { ensureEngine } from "./engine";

/** An engine that has just started looks for its models first. */
const TIMEOUT_MS = 5000;

/** The answers in the order of the questions, or none when the engine does not tell in time. */
export async function askOffers(questions: OfferQuestion[]): Promise<Offer[]> {
  await ensureEngine();
  const port = chrome.runtime.connect({ name: ENGINE_PORT });
  const send = (request: Request): void => port.postMessage(request);
  const offers = await new Promise<Offer[]>((resolve) => {
    port.onMessage.addListener((event: Event) => {
      if ((event.type === "snapshot" || event.type === "models") && event.models.length > 0) {
        send({ type: "offers", questions });
      } else if (event.type === "offers") {
        // Another view's answers come this way too.
        const found = questions.map(({ key }) => event.offers.find((offer) => offer.key === key));
        if (found.every((offer) => offer !== undefined)) resolve(found);
      }
    });
    port.onDisconnect.addListener(() => resolve([]));
    setTimeout(() => resolve([]), TIMEOUT_MS);
    send({ type: "attach" });
  });
  port.disconnect();
  return offers;
}
