// Which sites and languages the reader always or never wants translated. Kept on the disk, and only
// what was chosen by hand: no page that was merely read leaves a trace.

export type Habit = "always" | "never";

export interface Habits {
  /** By host name, without a port. */
  sites: Record<string, Habit>;
  /** By primary subtag of BCP 47. */
  languages: Record<string, Habit>;
}

/** Its name in the storage. */
export const HABITS_KEY = "habits";

export async function load(): Promise<Habits> {
  const { [HABITS_KEY]: stored } = await chrome.storage.local.get<{ [HABITS_KEY]?: Partial<Habits> }>(HABITS_KEY);
  return { sites: { ...stored?.sites }, languages: { ...stored?.languages } };
}

/** Sets or forgets a habit. Two views at once: the last one counts. */
export async function set(kind: keyof Habits, name: string, habit: Habit | undefined): Promise<Habits> {
  const habits = await load();
  if (habit) habits[kind][name] = habit;
  else delete habits[kind][name];
  await chrome.storage.local.set({ [HABITS_KEY]: habits });
  return habits;
}

/**
 * Whether a page is to be translated without being asked: what is said of its site counts before
 * what is said of its language.
 */
export function isWanted({ sites, languages }: Habits, host: string, language: string, to: string): boolean {
  if (language === to) return false;
  return (own(sites, host) ?? own(languages, language)) === "always";
}

/** The site of an address that can be a habit; undefined where Sotto can't be let in by itself. */
export function siteOf(url: string): string | undefined {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: "", hostname: "" };
  const isLoopback = protocol === "http:" && (hostname === "localhost" || hostname === "127.0.0.1");
  return protocol === "https:" || isLoopback ? hostname : undefined;
}

/** What the browser must allow for a habit: match patterns of `chrome.permissions`. */
export function originsOf(kind: keyof Habits, name: string): string[] {
  if (kind === "languages") return ["https://*/*"];
  return [name === "localhost" || name === "127.0.0.1" ? `http://${name}/*` : `https://${name}/*`];
}

/** The match patterns of all pages that may have to be translated. */
export function watchedOrigins({ sites, languages }: Habits): string[] {
  const kinds = [
    ["sites", sites],
    ["languages", languages],
  ] as const;
  const origins = kinds.flatMap(([kind, habits]) =>
    Object.entries(habits).flatMap(([name, habit]) => (habit === "always" ? originsOf(kind, name) : [])),
  );
  return [...new Set(origins)].toSorted();
}

/** Gives the permission for a habit back that no other needs. This machine's own is the servers' too. */
export async function giveBack(kind: keyof Habits, name: string, habits: Habits): Promise<void> {
  const needed = watchedOrigins(habits);
  const free = originsOf(kind, name).filter((origin) => origin.startsWith("https:") && !needed.includes(origin));
  if (free.length > 0) await chrome.permissions.remove({ origins: free });
}

function own(habits: Record<string, Habit>, name: string): Habit | undefined {
  return Object.hasOwn(habits, name) ? habits[name] : undefined;
}
