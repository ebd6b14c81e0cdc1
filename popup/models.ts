// The page on which models are installed, removed and chosen; the extension's options page too. Like the popup it is a view
// over the engine's events; its port stays open while an installation runs, so that the engine does too.
import * as settings from "../offscreen/view/settings";
import { setText } from "../offscreen/view/elements";
import type { Failure, ModelCard, ModelSource } from "../offscreen/protocol/protocol";
import { byId } from "./dom";
import { Link } from "./link";
import { Card } from "./models/card";
import { confirmRemoval } from "./models/confirm";
import { Defaults } from "./models/defaults";
import { setUpDrop } from "./models/drop";
import { FileForm, UrlForm } from "./models/forms";

const list = byId("list");
const cards = new Map<string, Card>();
const defaults = new Defaults((models) => void settings.save({ models }));
const fileForm = new FileForm((source) => install(source, fileForm));
const urlForm = new UrlForm((source) => install(source, urlForm));
/** Where something was asked for last: a refusal is told there. */
let asked: { refuse(failure: Failure): void } | undefined;
let isShown = false;

const link = new Link({
  connected() {},
  lost() {
    setText(byId("announcer"), "The engine stopped; starting it again.");
  },
  event(event) {
    switch (event.type) {
      case "snapshot":
      case "models":
        draw(event.models);
        break;
      case "rejected":
        refuse(event.failure);
        break;
      case "model":
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

function install(source: ModelSource, from: typeof asked): void {
  asked = from;
  link.send({ type: "install", source });
}

function draw(models: ModelCard[]): void {
  byId("starting").hidden = true;
  const gone = new Set(cards.keys());
  for (const model of models) {
    gone.delete(model.id);
    const card = cards.get(model.id) ?? add(model);
    card.draw(model);
  }
  for (const id of gone) {
    cards.get(id)?.root.remove();
    cards.delete(id);
  }
  defaults.draw(models);
  fileForm.draw(models);
  urlForm.draw(models);
  showNamed();
}

function add(model: ModelCard): Card {
  const card = new Card(model.id, {
    install: (source) => install(source, card),
    stop: (id) => {
      for (const form of [fileForm, urlForm]) form.stopped(id);
      link.send({ type: "stopInstall", model: id });
    },
    remove: async (shown) => {
      if (!(await confirmRemoval(shown))) return;
      asked = card;
      link.send({ type: "remove", model: shown.id });
    },
  });
  cards.set(model.id, card);
  list.append(card.root);
  return card;
}

function refuse(failure: Failure): void {
  if (asked) asked.refuse(failure);
  else setText(byId("announcer"), `${failure.message} ${failure.remedy}`);
}

/** Shows the model that the page was opened at, once. */
function showNamed(): void {
  const card = cards.get(decodeURIComponent(location.hash.slice(1)));
  if (!card || isShown) return;
  isShown = true;
  card.show();
}

setUpDrop((file) => fileForm.take(file));
window.addEventListener("hashchange", () => {
  isShown = false;
  showNamed();
});
defaults.show((await settings.load()).models);
await link.connect();
