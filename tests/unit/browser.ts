// The names that the scripts of a page find in a browser, and Node has not: imported before what
// asks for them. There is nothing behind them.

for (const name of ["Node", "Element", "HTMLElement", "HTMLIFrameElement", "HTMLFrameElement"]) {
  Object.defineProperty(globalThis, name, { value: class {} });
}
Object.defineProperty(globalThis, "document", { value: {} });
