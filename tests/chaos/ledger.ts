// What became of the jobs, by fault.

interface Row {
  fault: string;
  times: number;
  survived: number;
  lost: number;
}

export interface Loss {
  round: number;
  /** The faults of that round. */
  faults: string[];
  /** The job that they befell. */
  job: string;
  /** What was lost. */
  what: string;
}

export class Ledger {
  readonly losses: Loss[] = [];
  /** Jobs that ended with a result, and those that ended with a message. */
  readonly ends = { result: 0, message: 0 };
  readonly #rows = new Map<string, Row>();

  get rows(): Row[] {
    return [...this.#rows.values()].toSorted((one, other) => one.fault.localeCompare(other.fault));
  }

  /** Enters a round: each of its faults is told of. */
  enter(round: number, faults: string[], job: string, losses: string[]): void {
    for (const fault of new Set(faults)) {
      const row = this.#rows.get(fault) ?? { fault, times: 0, survived: 0, lost: 0 };
      row.times += 1;
      if (losses.length > 0) row.lost += 1;
      else row.survived += 1;
      this.#rows.set(fault, row);
    }
    for (const what of losses) this.losses.push({ round, faults, job, what });
  }

  /** The table as text. */
  get table(): string {
    const cells = [
      ["fault", "times", "survived", "lost"],
      ...this.rows.map(({ fault, times, survived, lost }) => [fault, `${times}`, `${survived}`, `${lost}`]),
    ];
    const widths = [0, 1, 2, 3].map((at) => Math.max(...cells.map((row) => (row[at] ?? "").length)));
    const line = (row: string[]): string =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  ");
    return cells.map(line).join("\n");
  }
}
