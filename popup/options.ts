// The page of the settings. It shows what is chosen and what the browser and the engine tell;
// models have a page of their own.

import "./localize";
import { setText } from "../offscreen/view/elements";
import { failureNotes } from "../offscreen/view/failure_log";
import { applyEvent, initialEngineState } from "../offscreen/view/fold";
import * as settings from "../offscreen/view/settings";
import { byId } from "./dom";
import { Link } from "./link";
import { Defaults } from "./options/defaults";
import { diagnosticsText } from "./options/diagnostics";
import { showHabits } from "./options/habits";
import { setUpShortcuts } from "./options/shortcuts";
import { systemFacts } from "./options/system";
import { KeptWishes } from "./options/wishes";
import { COPIED } from "./options/words";
import { storageUsed, usedText } from "./storage_used";

const engine = initialEngineState();
const defaults = new Defaults(settings.defaults(), (change) => void settings.save(change));
const wishes = new KeptWishes((kept) => void settings.save({ wishes: kept }));
const keepsHistory = byId<HTMLInputElement>("keeps-history");
const link = new Link({
  connected() {},
  lost() {},
  event(event) {
    applyEvent(engine, event);
    if (event.type !== "snapshot" && event.type !== "models" && event.type !== "model") return;
    defaults.draw(engine.models);
    void drawDiagnostics();
  },
});

async function drawDiagnostics(): Promise<void> {
  const [system, failures] = await Promise.all([systemFacts(), failureNotes()]);
  const text = diagnosticsText({ system, failures, model: engine.model, models: engine.models });
  setText(byId("diagnostics"), text);
}

async function showSettings(): Promise<void> {
  const chosen = await settings.load();
  defaults.show(chosen);
  wishes.show(chosen.wishes);
  keepsHistory.checked = chosen.keepsHistory;
}

keepsHistory.addEventListener("change", () => void settings.save({ keepsHistory: keepsHistory.checked }));
byId("copy-diagnostics").addEventListener("click", async () => {
  await drawDiagnostics();
  await navigator.clipboard.writeText(byId("diagnostics").textContent ?? "");
  setText(byId("copied"), COPIED);
});
chrome.storage.local.onChanged.addListener(() => {
  void showSettings();
  void showHabits();
  void drawDiagnostics();
});
setUpShortcuts();
setText(byId("used"), usedText(await storageUsed()));
await showSettings();
await showHabits();
await drawDiagnostics();
await link.connect();
