// Where a card stands: below what it is about or above it, always on the screen. It grows away from it.

const GAP = 8;
/** Height a card wants to have to grow into. */
const ROOM = 300;
/** Height below which a card is of no use. */
const LEAST = 220;

/** Puts `card` next to `about`, or into the middle of the screen when that is not seen or leaves no room. */
export function place(card: HTMLElement, about: DOMRect | undefined): void {
  const { style } = card;
  const seen = about && about.width + about.height > 0 && about.bottom > 0 && about.top < innerHeight;
  const below = seen ? innerHeight - about.bottom - 2 * GAP : 0;
  const above = seen ? about.top - 2 * GAP : 0;
  const most = innerWidth - card.offsetWidth - GAP;
  style.left = `${Math.max(GAP, seen ? Math.min(about.left, most) : most / 2)}px`;
  style.top = style.bottom = "auto";
  if (seen && (below >= ROOM || (below >= above && below >= LEAST))) {
    style.top = `${about.bottom + GAP}px`;
    style.maxHeight = `${Math.min(below, 520)}px`;
  } else if (seen && above >= LEAST) {
    style.bottom = `${innerHeight - about.top + GAP}px`;
    style.maxHeight = `${Math.min(above, 520)}px`;
  } else {
    style.top = `${Math.max(GAP, (innerHeight - ROOM) / 3)}px`;
    style.maxHeight = `${innerHeight - Math.max(2 * GAP, (innerHeight - ROOM) / 3 + GAP)}px`;
  }
}
