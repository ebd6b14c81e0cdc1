// A place in a text's source, in words.

import type { Place } from "../protocol/protocol";
import { message } from "./messages";

/** "p. 3", "12:34", "1:02:03". */
export function placeText(place: Place): string {
  switch (place.place) {
    case "page":
      return message("pageNumber", { page: place.number });
    case "time":
      return clock(place.seconds);
    default:
      return place satisfies never;
  }
}

function clock(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const parts = hours > 0 ? [hours, twoDigits(minutes), twoDigits(rest)] : [minutes, twoDigits(rest)];
  return parts.join(":");
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
