// Which model does which task, where the reader wants to decide that.

import type { Ability, ModelCard } from "../../offscreen/protocol/protocol";
import { message } from "../../offscreen/view/messages";
import type { Mode, Settings } from "../../offscreen/view/settings";
import { byId } from "../dom";

/** Questions are answered in the page's own words: any model will do. */
type Choosable = Exclude<Mode, "ask">;

const MODES: Choosable[] = ["summarize", "rewrite", "translate"];

export class Defaults {
  readonly #form = byId<HTMLFormElement>("defaults");
  #chosen: Settings["models"] = {};
  #models: ModelCard[] = [];

  constructor(changed: (models: Settings["models"]) => void) {
    this.#form.addEventListener("change", () => {
      const chosen = MODES.map((mode) => [mode, this.#select(mode).value] as const).filter(([, id]) => id !== "");
      this.#chosen = Object.fromEntries(chosen);
      changed(this.#chosen);
    });
  }

  /** Takes over what was chosen before. */
  show(chosen: Settings["models"]): void {
    this.#chosen = chosen;
    this.draw(this.#models);
  }

  /** Lists the models that can do each task. */
  draw(models: ModelCard[]): void {
    this.#models = models;
    for (const mode of MODES) {
      const chosen = this.#chosen[mode];
      // A translator does its direction wherever it is there: to choose one for all texts makes no sense.
      const general = models.filter(({ kind }) => kind === "language");
      const listed = general.filter((model) => model.id === chosen || (model.here && ability(model, mode) !== "unfit"));
      const options = listed.map((model) => ({ id: model.id, text: label(model, mode) }));
      fill(this.#select(mode), [{ id: "", text: message("bestModel") }, ...options], chosen ?? "");
    }
  }

  #select(mode: Choosable): HTMLSelectElement {
    return this.#form.elements.namedItem(mode) as HTMLSelectElement;
  }
}

function label(model: ModelCard, mode: Choosable): string {
  const { name } = model;
  if (!model.here) return message("notInstalledNote", { model: name });
  if (model.state.state === "onServer") {
    const { isLocal } = model.state.served.place;
    return message(isLocal ? "onServerNote" : "onOtherMachineNote", { model: name });
  }
  if (model.fit.fit === "too-large") return message("tooLargeNote", { model: name });
  return ability(model, mode) === "experimental" ? message("experimentalNote", { model: name }) : name;
}

/** How well a model does anything of a task. */
function ability({ abilities }: ModelCard, mode: Choosable): Ability {
  const all = mode === "summarize" ? [abilities.summarize] : abilities[mode].map((one) => one.ability);
  return all.includes("good") ? "good" : all.includes("experimental") ? "experimental" : "unfit";
}

function fill(select: HTMLSelectElement, options: { id: string; text: string }[], value: string): void {
  const isSame =
    options.length === select.options.length &&
    options.every(({ id, text }, at) => select.options[at]?.value === id && select.options[at]?.text === text);
  if (!isSame) select.replaceChildren(...options.map(({ id, text }) => new Option(text, id)));
  select.value = value;
}
