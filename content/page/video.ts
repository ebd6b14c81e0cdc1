// The video that a page is about, as far as its looks tell.

import { box, document } from "./dom";

/** Share of the view that it covers at least: smaller ones stand beside something. */
const LEAST_SHARE = 0.1;
/** Videos that are looked at. */
const VIDEOS_LIMIT = 50;

/** The largest video that is on view or was scrolled out of it, and is no moving ornament. */
export function mainVideo(): HTMLVideoElement | undefined {
  const videos = [...document.querySelectorAll("video")].slice(0, VIDEOS_LIMIT).filter((video) => !isOrnament(video));
  const [largest] = videos.map((video) => ({ video, size: size(video) })).sort((a, b) => b.size - a.size);
  return largest && largest.size >= LEAST_SHARE * innerWidth * innerHeight ? largest.video : undefined;
}

/** How long it is, in seconds; undefined too where that is not known yet, and of a broadcast. */
export function duration(video: HTMLVideoElement): number | undefined {
  return Number.isFinite(video.duration) && video.duration > 0 ? video.duration : undefined;
}

function isOrnament({ loop, muted, controls }: HTMLVideoElement): boolean {
  return loop && muted && !controls;
}

function size(video: HTMLVideoElement): number {
  const { width, height } = box(video);
  return width * height;
}
