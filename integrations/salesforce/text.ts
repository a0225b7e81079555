/** Salesforce refuses longer values (STRING_TOO_LONG); a cut text is better than a step that is stuck. */
const LINE_LONGEST = 255;
const TEXT_LONGEST = 32_000;

export const line = (text: string): string => cut(text.replace(/\s+/g, " ").trim(), LINE_LONGEST);

export const longText = (text: string): string => cut(text, TEXT_LONGEST);

const cut = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Plain text as the HTML that a note holds: nothing in it can be a tag. */
export const noteHtml = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .split(/\n{2,}/)
    .map(
      (paragraph) =>
        `<p>${paragraph.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char).replaceAll("\n", "<br>")}</p>`,
    )
    .join("");
