// What went wrong, and what to do about it.

import type { Failure } from "../../offscreen/protocol/protocol";
import { make } from "../../offscreen/view/elements";

export function failureBox({ message, remedy }: Pick<Failure, "message" | "remedy">): HTMLElement {
  const box = make("div", "error");
  box.append(make("p", "", message));
  if (remedy) box.append(make("p", "", remedy));
  return box;
}
