// Where there is room for a surface: a card in a frame of a few lines would be all of the frame.

const WIDTH_PX = 340;
const HEIGHT_PX = 300;

type View = Window & typeof globalThis;

/** This window; from a small frame, the smallest one around it that has room and can be reached. */
export function roomyWindow(): View {
  let view: View = window;
  while (view.innerWidth < WIDTH_PX || view.innerHeight < HEIGHT_PX) {
    // None at the top, nor in a frame of another site.
    if (!view.frameElement) return window;
    view = view.parent as View;
  }
  return view;
}

/** A box in this window as it lies in one around it. */
export function boxIn(view: View, { x, y, width, height }: DOMRect): DOMRect {
  const box = new DOMRect(x, y, width, height);
  for (let inner: View = window; inner !== view && inner.frameElement; inner = inner.parent as View) {
    const frame = inner.frameElement;
    const { left, top } = frame.getBoundingClientRect();
    box.x += left + frame.clientLeft;
    box.y += top + frame.clientTop;
  }
  return box;
}
