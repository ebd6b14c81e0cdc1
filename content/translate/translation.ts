// One translation of a page: its units, which of them have been replaced, and the way back. Once
// something is translated it knows what the page itself changes: a text that does is shown as the
// page wrote it, and is new.

import type { Block, JobId, JobView, Span } from "../../offscreen/protocol/protocol";
import { isConnected, isText, parentElement } from "../page/dom";
import { AttributeText } from "./attributes";
import type { Known } from "./collect";
import type { Unit } from "./unit";
import { Watch } from "./watch";

/** A text that the page has changed more often is left to it: a clock, a count. */
const CHANGES_LIMIT = 5;

/** What the engine is given for one index of its result. */
interface Line {
  unit: Unit;
  /** Which of the unit's blocks. */
  block: number;
  done: boolean;
}

export class Translation implements Known {
  readonly to: string;
  readonly #begins: () => void;
  /** What each job was given, in its order. */
  readonly #jobs = new Map<JobId, Line[]>();
  /** The units that are known, with what there is of their translations. */
  readonly #results = new Map<Unit, (Span[] | undefined)[]>();
  /** What texts have become: one that comes again need not be translated again. */
  readonly #memory = new Map<string, Span[]>();
  readonly #texts = new WeakMap<Node, Unit>();
  /** The units that a change of a node, or of what is in it, may concern. */
  readonly #places = new WeakMap<Node, Set<Unit>>();
  /** How often the page has changed a text in an element. */
  readonly #changes = new WeakMap<Element, number>();
  readonly #watch = new Watch((records) => this.#notice(records));
  #shown = true;
  #beside = false;
  #started = false;
  #isOver = false;
  /** Called when there may be something new on the page. */
  onStir: () => void = () => undefined;

  /** `begins` is called before the first unit is replaced: until then the page is as it was. */
  constructor(to: string, begins: () => void) {
    this.to = to;
    this.#begins = begins;
  }

  /** What of the page is known. */
  get units(): Unit[] {
    return [...this.#results.keys()];
  }

  /** Whether the translation is on view, not the original. */
  get shown(): boolean {
    return this.#shown;
  }

  /** Whether passages stand with their originals below them. */
  get beside(): boolean {
    return this.#beside;
  }

  /** Whether anything has been replaced. */
  get started(): boolean {
    return this.#started;
  }

  /** Whether another one has taken its place. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Takes in what a job is to translate, and returns what the engine is given of it. */
  add(job: JobId, units: Unit[]): Block[] {
    const lines = units.flatMap((unit) => unit.blocks.map((_, block) => ({ unit, block, done: false })));
    this.#jobs.set(job, lines);
    for (const unit of units) this.#results.set(unit, []);
    for (const unit of units) this.#index(unit);
    return units.flatMap(({ blocks }) => blocks);
  }

  /** Whether a job is one of this translation's. */
  has(job: JobId): boolean {
    return this.#jobs.has(job);
  }

  /** How many blocks a job was given. */
  size(job: JobId): number {
    return this.#jobs.get(job)?.length ?? 0;
  }

  /** Puts in what a job has finished since. */
  update({ job, sections }: JobView): void {
    const lines = this.#jobs.get(job);
    const finished = new Set<Unit>();
    for (const { index, status, text, spans } of sections) {
      const line = lines?.[index];
      if (status !== "checked" || !line || line.done) continue;
      line.done = true;
      const result = spans.length > 0 ? spans : [{ text, mark: undefined, verbatim: false }];
      this.#memory.set(keyOf(line.unit.blocks[line.block]), result);
      const results = this.#results.get(line.unit);
      if (!results) continue;
      results[line.block] = result;
      finished.add(line.unit);
    }
    if (finished.size > 0) this.#put(finished);
  }

  /** Puts in what is known of new units; returns those that are to be translated. */
  recall(units: Unit[]): Unit[] {
    const known = new Set<Unit>();
    const open = units.filter((unit) => {
      const results = unit.blocks.map((block) => this.#memory.get(keyOf(block)));
      if (results.includes(undefined)) return (this.#changes.get(unit.container) ?? 0) < CHANGES_LIMIT;
      this.#results.set(unit, results);
      known.add(unit);
      return false;
    });
    if (known.size > 0) this.#put(known);
    return open;
  }

  /** Shows these units as the page wrote them, and knows them no more. */
  release(units: Iterable<Unit>): void {
    this.#watch.quietly(() => {
      for (const unit of [...units].reverse()) {
        for (const node of unit.nodes) this.#texts.delete(node);
        for (const place of placesOf(unit)) this.#places.get(place)?.delete(unit);
        unit.restore();
        this.#results.delete(unit);
        this.#changes.set(unit.container, (this.#changes.get(unit.container) ?? 0) + 1);
      }
    });
  }

  /** Releases what the page has taken away; it may come back. */
  releaseGone(): void {
    this.release([...this.#results.keys()].filter(({ container }) => !isConnected(container)));
  }

  /** Looks at these parts of the page from now on. */
  watch(roots: (Document | ShadowRoot)[]): void {
    for (const root of roots) {
      if (this.#watch.add(root)) root.addEventListener("submit", ({ target }) => this.#send(target), { capture: true });
    }
  }

  /** Shows the original, or the translation again. */
  show(translation: boolean): void {
    this.#shown = translation;
    this.#watch.quietly(() => {
      if (translation) {
        for (const [unit, results] of this.#results) this.#translate(unit, results);
        return;
      }
      // Backwards: a unit may have been put into an element that another one is part of.
      for (const unit of [...this.#results.keys()].reverse()) unit.restore();
    });
    if (translation) this.onStir();
  }

  /** Shows each passage with its original below it, or alone again. */
  setBeside(beside: boolean): void {
    this.#beside = beside;
    if (this.#shown) this.show(true);
  }

  /** Shows the originals of some units alone; returns what ends that. */
  peek(units: Unit[]): () => void {
    this.#watch.quietly(() => {
      for (const unit of units) unit.restore();
    });
    return () => this.#put(new Set(units.filter((unit) => this.#results.has(unit))));
  }

  /** The units with text in an element, or in the nearest one around it that has some. */
  unitsAround(element: Element): Unit[] {
    for (let around: Element | null = element; around; around = parentElement(around)) {
      const units = this.#places.get(around);
      if (units && units.size > 0) return [...units];
    }
    return [];
  }

  /** Brings the original back for good. */
  end(): void {
    this.show(false);
    this.#watch.stop();
    this.#isOver = true;
  }

  unitOf(text: Text): Unit | undefined {
    return this.#texts.get(text);
  }

  hasAttribute(element: Element, name: string): boolean {
    return [...(this.#places.get(element) ?? [])].some((unit) => unit instanceof AttributeText && unit.name === name);
  }

  /** A form sends what the page wrote on its buttons; then they are translated again. */
  #send(form: EventTarget | null): void {
    const labels = this.units.filter(
      (unit) => unit instanceof AttributeText && (unit.container as HTMLInputElement).form === form,
    );
    this.#watch.quietly(() => {
      for (const unit of labels) unit.restore();
    });
    setTimeout(() => this.#put(new Set(labels.filter((unit) => this.#results.has(unit)))));
  }

  #put(units: Set<Unit>): void {
    if (!this.#started) this.#begins();
    this.#started = true;
    if (!this.#shown) return;
    this.#watch.quietly(() => {
      for (const unit of units) this.#translate(unit, this.#results.get(unit) ?? []);
    });
  }

  #translate(unit: Unit, results: (Span[] | undefined)[]): void {
    if (results.some((result) => result !== undefined)) unit.translate(results, this.to, this.#beside);
    this.#index(unit);
  }

  #index(unit: Unit): void {
    for (const node of unit.nodes) if (isText(node)) this.#texts.set(node, unit);
    for (const place of placesOf(unit)) {
      const units = this.#places.get(place);
      if (units) units.add(unit);
      else this.#places.set(place, new Set([unit]));
    }
  }

  /** What the page has changed itself is shown as it wrote it: two versions of a text are none. */
  #notice(records: MutationRecord[]): void {
    const near = new Set(records.flatMap(({ target }) => [...(this.#places.get(target) ?? [])]));
    this.release([...near].filter((unit) => !unit.isIntact()));
    this.onStir();
  }
}

/** What a unit stands in, and what it consists of. */
function placesOf(unit: Unit): Set<Node> {
  return new Set(unit.nodes.flatMap((node) => (node.parentNode ? [node, node.parentNode] : [node])));
}

function keyOf(block: Block | undefined): string {
  return JSON.stringify(block?.spans.map(({ text, mark, verbatim }) => [text, mark, verbatim]));
}
