// Where a card stands: below what it is about or above it, always on the screen. It grows away from
// it.

const GAP = 8;
/** Height a card wants to have to grow into. */
const GROW_HEIGHT = 300;
/** Height below which a card is of no use. */
const MIN_HEIGHT = 220;

/**
 * Puts `card` next to `about`, or into the middle of the screen when that is not seen or leaves no
 * room.
 */
export function positionCard(card: HTMLElement, about: DOMRect | undefined): void {
  const { innerHeight, innerWidth } = card.ownerDocument.defaultView ?? window;
  const { style } = card;
  const visible = about && about.width + about.height > 0 && about.bottom > 0 && about.top < innerHeight;
  const below = visible ? innerHeight - about.bottom - 2 * GAP : 0;
  const above = visible ? about.top - 2 * GAP : 0;
  const maxLeft = innerWidth - card.offsetWidth - GAP;
  style.left = `${Math.max(GAP, visible ? Math.min(about.left, maxLeft) : maxLeft / 2)}px`;
  style.top = style.bottom = "auto";
  if (visible && (below >= GROW_HEIGHT || (below >= above && below >= MIN_HEIGHT))) {
    style.top = `${about.bottom + GAP}px`;
    style.maxHeight = `${Math.min(below, 520)}px`;
  } else if (visible && above >= MIN_HEIGHT) {
    style.bottom = `${innerHeight - about.top + GAP}px`;
    style.maxHeight = `${Math.min(above, 520)}px`;
  } else {
    style.top = `${Math.max(GAP, (innerHeight - GROW_HEIGHT) / 3)}px`;
    style.maxHeight = `${innerHeight - Math.max(2 * GAP, (innerHeight - GROW_HEIGHT) / 3 + GAP)}px`;
  }
}
