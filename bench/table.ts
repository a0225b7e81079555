export const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Of rounds measured alike, the one in the middle. */
export function middleOf<Row>(rounds: readonly Row[], by: (row: Row) => number): Row {
  const sorted = rounds.toSorted((a, b) => by(a) - by(b));
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error("nothing was measured");
  return middle;
}

/** Columns as wide as what stands in them; the first is to the left, the others to the right. */
export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => (row[column] ?? "").length)));
  for (const row of [header, ...rows])
    print(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  "),
    );
}
