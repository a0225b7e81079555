type Cell = string | number | null;

/** RFC 4180, with the line ends that it asks for. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellText).join(",")}\r\n`;

/** What begins like a formula is shown as text by spreadsheets only with an apostrophe before it (OWASP, CSV injection). */
function cellText(value: Cell): string {
  const text = String(value ?? "");
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
