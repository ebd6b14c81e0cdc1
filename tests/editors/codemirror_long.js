import { mount as open } from "./codemirror.js";
import { LISBON } from "./letter.js";

/** More lines than are drawn. */
export const mount = () => open([LISBON, ...Array.from({ length: 900 }, (_, i) => `Line ${i} are a line.`)]);
