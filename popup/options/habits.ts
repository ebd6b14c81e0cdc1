// The sites and languages that are always or never translated, and how to forget one.

import { make } from "../../offscreen/view/elements";
import { giveBack, type Habits, load, set } from "../../offscreen/view/habits";
import { message } from "../../offscreen/view/messages";
import { languageName } from "../../offscreen/view/names";
import { byId } from "../dom";
import { NO_HABITS } from "./words";

/** Lists them as they are now. */
export async function showHabits(): Promise<void> {
  const habits = await load();
  const kinds = ["languages", "sites"] as const;
  const rows = kinds.flatMap((kind) =>
    Object.keys(habits[kind])
      .toSorted()
      .map((name) => row(kind, name, habits)),
  );
  byId("habits").replaceChildren(...(rows.length > 0 ? rows : [make("li", "soft", NO_HABITS)]));
}

function row(kind: keyof Habits, name: string, habits: Habits): HTMLElement {
  const what = kind === "languages" ? languageName(name) : name;
  const line = make("li", "", `${message(habits[kind][name] === "always" ? "habitAlways" : "habitNever", { what })} `);
  const forget = make("button", "quiet", message("forget"));
  forget.type = "button";
  forget.setAttribute("aria-label", message("forgetWhat", { what }));
  forget.addEventListener("click", async () => giveBack(kind, name, await set(kind, name, undefined)));
  line.append(forget);
  return line;
}
