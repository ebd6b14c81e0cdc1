// A style sheet is imported as its text, for a shadow tree.
declare module "*.css" {
  const text: string;
  export default text;
}
