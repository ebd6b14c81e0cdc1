/** What tells one page from another: its address without the fragment. */
export function pageKey(url: string): string {
  return url.split("#", 1)[0] ?? url;
}
