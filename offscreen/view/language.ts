// The language of a text, found out on this device: the browser's own detector asks nobody.

/** Enough to know a language by; more only takes longer. */
const SAMPLE = 4096;

/** The language of a text where the browser is sure of it, else the declared one (BCP 47). */
export async function languageOf(text: string, declared: string | undefined): Promise<string | undefined> {
  const { isReliable, languages } = await chrome.i18n.detectLanguage(text.slice(0, SAMPLE));
  const [likeliest] = languages.sort((a, b) => b.percentage - a.percentage);
  if (isReliable && likeliest && likeliest.language !== "und") return likeliest.language;
  return declared ?? undefined;
}
