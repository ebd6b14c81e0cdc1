// The page on which models are installed, removed and chosen.
// Like the popup it is a view over the engine's events; its port stays open while an installation
// runs, so that the engine does too.

import "./localize";
import type { Failure, ModelCard, ModelSource } from "../offscreen/protocol/protocol";
import { setText } from "../offscreen/view/elements";
import { message } from "../offscreen/view/messages";
import { primarySubtag } from "../offscreen/view/names";
import * as settings from "../offscreen/view/settings";
import { byId } from "./dom";
import { setUpDrop } from "./drop";
import { Link } from "./link";
import { confirmRemoval } from "./models/confirm";
import { Defaults } from "./models/defaults";
import { failureBox } from "./models/failure";
import { Finder } from "./models/finder";
import { FileForm, UrlForm } from "./models/forms";
import { ModelView } from "./models/model_view";
import { forgetPermission, ServerForm } from "./models/server_form";
import { StorageView } from "./models/storage";
import { Translators } from "./models/translators";

const lists = {
  language: byId("list"),
  translator: byId("translators"),
  library: byId("library"),
  served: byId("served"),
};
const views = new Map<string, ModelView>();
const translators = new Translators();
const defaults = new Defaults((models) => void settings.save({ models }));
const fileForm = new FileForm(install);
const urlForm = new UrlForm(install);
const serverForm = new ServerForm(install, (address, list) => {
  const key = crypto.randomUUID();
  link.send({ type: "server", address, list, key });
  return key;
});
const forms = [fileForm, urlForm, serverForm];
/** The models that were told of last. */
let known: ModelCard[] = [];
const finder = new Finder(() => draw(known));
const storage = new StorageView({
  removeUnused: () => link.send({ type: "removeUnused" }),
  removeAll: () => link.send({ type: "removeAll" }),
});
/** What is stored, as far as the models tell: what nothing uses is asked for when that changes. */
let stored = "";
/** Which model's view asked for an installation, by its key. */
const asked = new Map<string, ModelView>();
/** The reader's languages: of the browser, and the one that is translated into. */
const languages = new Set(navigator.languages.map(primarySubtag));
/** Of which model something was asked for last: a refusal is shown there. */
let requester: ModelView | undefined;
let isShown = false;

const link = new Link({
  connected() {},
  lost() {
    setText(byId("announcer"), message("engineRestarting"));
    for (const form of forms) form.interrupted();
  },
  event(event) {
    switch (event.type) {
      case "snapshot":
      case "models":
        // An engine that has just started, after a crash too, has not looked for its models yet.
        if (event.models.length > 0) draw(event.models);
        break;
      case "installEnded":
        for (const form of forms) form.ended(event.key, event.end);
        if (event.end.end === "failed") asked.get(event.key)?.refuse(event.end.failure);
        asked.delete(event.key);
        break;
      case "server":
        void serverForm.answered(event.key, event.answer);
        break;
      case "unused":
        storage.offer(event.files, event.bytes);
        break;
      case "freed":
        storage.freed(event.bytes);
        link.send({ type: "unused" });
        break;
      case "rejected":
        refuse(event.failure);
        break;
      case "model":
      case "offers":
      case "job":
      case "progress":
      case "section":
      case "token":
        break;
      default:
        event satisfies never;
    }
  },
});

/** Asks for an installation; its end comes under the key. */
function install(source: ModelSource): string {
  const key = crypto.randomUUID();
  // So that the browser keeps it when its disk fills. A worker has no way to ask.
  void navigator.storage.persist();
  link.send({ type: "install", source, key });
  return key;
}

function draw(models: ModelCard[]): void {
  known = models;
  byId("starting").hidden = true;
  const focused = [...views.values()].find(({ root }) => root.contains(document.activeElement));
  const gone = new Set(views.keys());
  for (const model of models.toSorted((a, b) => rank(a) - rank(b))) {
    gone.delete(model.id);
    const view = views.get(model.id) ?? add(model);
    view.draw(model);
  }
  for (const id of gone) {
    views.get(id)?.root.remove();
    views.delete(id);
  }
  byId("more").hidden = lists.library.childElementCount === 0;
  defaults.draw(models);
  const shown = models.flatMap((model) => {
    const view = views.get(model.id);
    return view ? [{ model, view }] : [];
  });
  translators.draw(shown.filter(({ model }) => model.kind === "translator"));
  finder.filter(shown);
  if (focused) keepFocus(focused, models);
  showNamed();
  const now = JSON.stringify(models.map(({ id, state }) => [id, state.state]));
  if (now === stored) return;
  stored = now;
  link.send({ type: "unused" });
  void storage.draw();
}

/** Where the card is gone that had the focus, the one that came in its place gets it, or the heading of its list. */
function keepFocus({ root, id }: ModelView, models: ModelCard[]): void {
  if (root.isConnected && !root.hidden) return;
  // What was installed from an address is known by its hash from then on.
  const successor = models.find((model) => model.id !== id && model.source === id);
  const view = successor && views.get(successor.id);
  if (view) view.focus();
  else byId(root.dataset["kind"] === "translator" ? "translators-title" : "list-title").focus();
}

function add(model: ModelCard): ModelView {
  const view = new ModelView(model.id, languages, {
    install: (source) => void asked.set(install(source), view),
    stop: (id) => link.send({ type: "stopInstall", model: id }),
    discard: (id) => link.send({ type: "remove", model: id }),
    check: (id) => {
      requester = view;
      link.send({ type: "check", model: id });
    },
    repair: (id) => {
      requester = view;
      link.send({ type: "repair", model: id });
    },
    remove: async (shown) => {
      if (shown.state.state === "onServer") await forgetPermission(shown, known);
      else if (!(await confirmRemoval(shown))) return;
      requester = view;
      link.send({ type: "remove", model: shown.id });
    },
  });
  views.set(model.id, view);
  lists[listOf(model)].append(view.root);
  return view;
}

function listOf({ estimated, kind, state }: ModelCard): keyof typeof lists {
  if (state.state === "onServer") return "served";
  return estimated ? "library" : kind;
}

/** In which order models are listed that are seen for the first time: what is here comes first. */
function rank({ packaged, state }: ModelCard): number {
  return state.state === "installed" ? 0 : packaged ? 1 : 2;
}

function refuse(failure: Failure): void {
  if (requester) requester.refuse(failure);
  else setText(byId("announcer"), `${failure.message} ${failure.remedy}`);
  // An engine that cannot start tells of no models.
  const starting = byId("starting");
  if (!starting.hidden) starting.replaceChildren(failureBox(failure));
  for (const form of forms) form.interrupted();
}

/** Shows the model that the page was opened at, once. */
function showNamed(): void {
  const id = decodeURIComponent(location.hash.slice(1));
  const view = views.get(id);
  if (!view || isShown) return;
  isShown = true;
  translators.choose(id);
  view.show();
}

setUpDrop((file) => fileForm.install(file));
window.addEventListener("hashchange", () => {
  isShown = false;
  showNamed();
});
const { models: chosen, to } = await settings.load();
defaults.show(chosen);
languages.add(to);
await link.connect();
