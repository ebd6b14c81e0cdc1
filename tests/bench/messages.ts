// What the page and the engine's worker tell each other.

/**
 * What the worker is asked to do; it answers each with one {@link Answer}, after a run's tokens.
 */
export type Question =
  | { type: "fetch"; url: string }
  | { type: "load"; backend: string }
  | { type: "run"; prompt: number; decode: number; run: number; lookup: boolean; probed: boolean }
  | { type: "bandwidth" };

export type Answer =
  | { type: "ready" }
  | { type: "token"; text: string }
  | { type: "fetched" }
  | { type: "loaded"; loaded: Loaded }
  | { type: "ran"; lookup: Lookup; probed: Probed | null }
  | { type: "bandwidth"; rate: number | null }
  | { type: "failed"; message: string };

/** A model on a device, as the engine tells it. */
export interface Loaded {
  device: {
    backend: string;
    adapter: string;
    reason?: string | undefined;
    /** Threads of the processor that compute, where there can be several. */
    threads?: { count: number; reason?: string | undefined } | undefined;
  };
  features: { subgroup: number; f16: boolean; intDot: boolean };
  loadMs: number;
  bytesPerToken: number;
  dispatchesPerToken: number;
}

/** Tokens that were drafted since the model was loaded. */
export interface Lookup {
  drafted: number;
  accepted: number;
}

/** What the GPU was given to do for each token of the middle of a run. */
export interface Probed {
  dispatches: number;
  submits: number;
  /** Milliseconds that it took the GPU; null where it has no timestamps. */
  gpuMs: number | null;
}
