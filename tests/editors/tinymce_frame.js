import { tiny } from "./tinymce.js";

export const mount = () => tiny(false);
