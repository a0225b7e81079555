import type { Opened, Sealer } from "../ports.js";

/** Seals by writing the place before the value, so that a cell opened elsewhere is noticed; subjects can be erased. */
export function createFakeSealer(): Sealer & { erase(subjectId: string): void } {
  const erased = new Set<string>();
  return {
    erase: (subjectId) => void erased.add(subjectId),
    seal: (_reader, cells) =>
      Promise.resolve(cells.map((cell) => (erased.has(cell.subjectId) ? null : Buffer.from(JSON.stringify(cell))))),
    open: (_reader, cells) =>
      Promise.resolve(
        cells.map(({ sealed, place }): Opened => {
          if (!sealed) return { erased: true };
          const cell = JSON.parse(sealed.toString()) as { subjectId: string; place: string; value: unknown };
          if (cell.place !== place) throw new Error(`sealed for ${cell.place}, opened at ${place}`);
          return erased.has(cell.subjectId) ? { erased: true } : { erased: false, value: cell.value };
        }),
      ),
  };
}
