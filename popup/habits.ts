// What is to be translated without being asked: this site, this language.

import { setText } from "../offscreen/view/elements";
import { giveBack, type Habit, type Habits, load, originsOf, set as setHabit, siteOf } from "../offscreen/view/habits";
import { message } from "../offscreen/view/messages";
import { languageName, primarySubtag } from "../offscreen/view/names";
import type { OneTimeOptions } from "./controls";
import { byId } from "./dom";
import { detectedLanguage, type State } from "./state";

const NONE: Habits = { sites: {}, languages: {} };

/** What a row is about: a site, or a language. */
interface Row {
  kind: keyof Habits;
  label: HTMLElement;
  select: HTMLSelectElement;
  /** The site or the language on view. */
  name: string | undefined;
}

export class HabitControls {
  readonly #place = byId<HTMLDetailsElement>("habits");
  readonly #rows: Row[] = [
    { kind: "sites", label: byId("site-habit-name"), select: byId("site-habit"), name: undefined },
    { kind: "languages", label: byId("language-habit-name"), select: byId("language-habit"), name: undefined },
  ];
  #habits = NONE;
  #problem = "";

  /** Calls `wanted` when the page on view is to be translated from now on. */
  constructor(wanted: () => void) {
    for (const row of this.#rows) row.select.addEventListener("change", () => void this.#change(row, wanted));
    // No choice for this time, as the other controls' are.
    this.#place.addEventListener("change", (event) => event.stopPropagation());
  }

  /** Finds out what holds. */
  async load(): Promise<void> {
    this.#habits = await allowed(await load());
  }

  draw(state: State, { scope, from }: OneTimeOptions): void {
    const [site, language] = this.#rows;
    const detected = from ?? detectedLanguage(state, "page");
    const subtag = detected === undefined ? undefined : primarySubtag(detected);
    if (!site || !language) return;
    site.name = siteOf(state.page?.url ?? "");
    language.name = subtag === state.settings.to ? undefined : subtag;
    // Incognito windows leave nothing behind. Elsewhere Sotto can't be let in by itself.
    const isPossible = !chrome.extension.inIncognitoContext && scope === "page" && site.name !== undefined;
    this.#place.hidden = !isPossible;
    if (!isPossible) return;
    setText(site.label, site.name ?? "");
    setText(
      language.label,
      language.name === undefined ? "" : message("pagesIn", { language: languageName(language.name) }),
    );
    for (const { kind, name, select } of this.#rows) {
      const row = select.closest("label");
      if (row) row.hidden = name === undefined;
      if (name !== undefined) select.value = this.#habits[kind][name] ?? "";
    }
    setText(byId("habits-summary"), this.#summary(site, language));
    setText(byId("habits-note"), this.#problem);
  }

  #summary(...rows: Row[]): string {
    for (const { kind, name } of rows) {
      const habit = name === undefined ? undefined : this.#habits[kind][name];
      if (name === undefined || habit === undefined) continue;
      const what = kind === "sites" ? name : languageName(name);
      return message(habit === "always" ? "alwaysTranslated" : "neverTranslated", { what });
    }
    return message("translateUnasked");
  }

  async #change({ kind, name, select }: Row, wanted: () => void): Promise<void> {
    if (name === undefined) return;
    const habit = (select.value || undefined) as Habit | undefined;
    this.#problem = "";
    // The browser asks during the click alone, and may close the popup over it: what is wanted is
    // written down first, and counts where the browser allows it.
    const saved = setHabit(kind, name, habit);
    const origins = originsOf(kind, name);
    const isAllowed = habit === "always" ? await chrome.permissions.request({ origins }).catch(() => false) : true;
    this.#habits = await allowed(await saved);
    if (habit !== "always") await giveBack(kind, name, this.#habits);
    if (!isAllowed) {
      this.#habits = await allowed(await setHabit(kind, name, undefined));
      this.#problem = message("habitNotAllowed");
      select.value = "";
    }
    if (habit === "always" && isAllowed) wanted();
  }
}

/** Without those that the browser does not let Sotto follow. */
async function allowed(habits: Habits): Promise<Habits> {
  const found: Habits = { sites: {}, languages: {} };
  for (const kind of ["sites", "languages"] as const) {
    for (const [name, habit] of Object.entries(habits[kind])) {
      const isKept = habit === "never" || (await chrome.permissions.contains({ origins: originsOf(kind, name) }));
      if (isKept) found[kind][name] = habit;
    }
  }
  return found;
}
