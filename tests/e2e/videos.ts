// Pages of videos as sites build them around their transcripts; what is said is an article's text.

/** Seconds of a segment, and words of it. */
export const SEGMENT = { seconds: 3, words: 8 };

interface Segment {
  at: string;
  text: string;
}

/** The markup of a list of segments: of the largest site two, and two that others use. */
export const LISTS: Record<string, (segments: Segment[]) => string> = {
  renderer: (segments) =>
    `<ytd-transcript-segment-list-renderer><div id=segments-container>${segments
      .map(
        ({ at, text }) =>
          `<ytd-transcript-segment-renderer><div class=segment role=button tabindex=0 aria-label="${text}">
           <div class=segment-start-offset tabindex=-1 aria-hidden=true><div class=segment-timestamp>${at}</div></div>
           <yt-formatted-string class=segment-text aria-hidden=true tabindex=-1>${text}</yt-formatted-string>
           </div></ytd-transcript-segment-renderer>`,
      )
      .join("")}</div></ytd-transcript-segment-list-renderer>`,
  viewModel: (segments) =>
    `<yt-section-list-renderer><div class=contents>${segments
      .map(
        ({ at, text }) =>
          `<transcript-segment-view-model role=button tabindex=0><div class=timestamp>${at}</div>
           <div class=label>${at.replace(":", " minutes, ")} seconds</div>
           <span class=string role=text>${text}</span></transcript-segment-view-model>`,
      )
      .join("")}</div></yt-section-list-renderer>`,
  buttons: (segments) =>
    `<div role=list>${segments.map(({ at, text }) => `<button role=listitem><span>${at}</span><span>${text}</span></button>`).join("")}</div>`,
  paragraphs: (segments) =>
    `<div>${segments.map(({ at, text }) => `<p><a href="#t">${at}</a> ${text}</p>`).join("")}</div>`,
};

const STYLE = `body { font: 15px sans-serif; display: flex; gap: 24px }
  video { width: 640px; height: 360px; background: #222 }
  aside { width: 380px } #panel { height: 400px; overflow: auto; border: 1px solid #ccc }
  ytd-transcript-segment-renderer, transcript-segment-view-model, #panel button { display: block }
  .segment, transcript-segment-view-model { display: flex; gap: 12px; padding: 4px }
  #panel button { border: 0; background: none; text-align: left } #panel button span { margin-right: 8px }
  .label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0) }`;

/** A video that is there without a network: silence of so many seconds. */
const SILENCE = `const video = document.querySelector("video");
  const rate = 3000, size = rate * Number(video.dataset.seconds), view = new DataView(new ArrayBuffer(44 + size));
  const word = (at, letters) => [...letters].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  word(0, "RIFF"); view.setUint32(4, 36 + size, true); word(8, "WAVEfmt "); view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); view.setUint16(22, 1, true); view.setUint32(24, rate, true); view.setUint32(28, rate, true);
  view.setUint16(32, 1, true); view.setUint16(34, 8, true); word(36, "data"); view.setUint32(40, size, true);
  new Uint8Array(view.buffer).fill(128, 44);
  video.src = URL.createObjectURL(new Blob([view], { type: "audio/wav" }));`;

/** A video's page, with its transcript in a panel where a list is given, and all that stands around one. */
export function videoPage(said: string, list: ((segments: Segment[]) => string) | undefined): string {
  const words = said.split(/\s+/u);
  const count = Math.ceil(words.length / SEGMENT.words);
  const segments = Array.from({ length: count }, (_, i) => ({
    at: clock(i * SEGMENT.seconds),
    text: words.slice(i * SEGMENT.words, (i + 1) * SEGMENT.words).join(" "),
  }));
  const chapters = [0, 40, 95, 150].map((at, i) => `<div><a href="#">${clock(at)}</a> Part ${i + 1}</div>`).join("");
  const cards = [754, 63, 3723, 301, 2710, 98, 421].map(
    (length, i) =>
      `<div><span class=time>${clock(length)}</span><a href="/watch${i}">Another film, number ${i}</a></div>`,
  );
  const panel = list ? `<div id=panel>${list(segments)}</div>` : "";
  return `<!doctype html><html lang=en><title>The coast that moves - Filmhouse</title><style>${STYLE}</style>
    <main><video controls data-seconds=${count * SEGMENT.seconds}></video><h1>The coast that moves</h1>
    <p>48,210 views, three years ago</p><div>A film about a village that had to move. It was shown at the library in May.${chapters}</div>
    <div>At 1:12 the picture shakes, but I liked it.</div><div>First!</div></main>
    <aside>${panel}${cards.join("")}</aside><script>${SILENCE}</script></html>`;
}

function clock(seconds: number): string {
  const rest = `${String(seconds % 60).padStart(2, "0")}`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}
