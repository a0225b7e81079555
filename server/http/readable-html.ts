const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** An object for reading: nested lists, no script, nothing that is loaded. */
export const readableHtml = (title: string, value: object): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escape(title)}</title></head>
<body>
<h1>${escape(title)}</h1>
${section(value, 2)}
</body>
</html>
`;

function section(value: object, level: number): string {
  return Object.entries(value)
    .map(([name, inner]) =>
      isBranch(inner)
        ? `<h${level}>${escape(name)}</h${level}>\n${branch(inner, Math.min(level + 1, 6))}`
        : line(name, inner),
    )
    .join("\n");
}

const isBranch = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !(value instanceof Date);

function branch(value: object, level: number): string {
  if (!Array.isArray(value)) return section(value, level);
  const items = value.map((item: unknown) => `<li>${isBranch(item) ? section(item, level) : leaf(item)}</li>`);
  return items.length > 0 ? `<ol>\n${items.join("\n")}\n</ol>` : "<p>None.</p>";
}

const line = (name: string, value: unknown): string => `<p><b>${escape(name)}</b>: ${leaf(value)}</p>`;

function leaf(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return escape(typeof value === "string" ? value : JSON.stringify(value).replaceAll('"', ""));
}
