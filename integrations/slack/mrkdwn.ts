/**
 * Slack's text format. `&`, `<` and `>` are its only control characters (docs.slack.dev, "Formatting message text"): escaped,
 * no text can become a link, a mention of a person or `<!channel>`.
 */
export const escapeMrkdwn = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A link of ours: the address is encoded so that it cannot end the link early. */
export function link(url: string, label: string): string {
  const address = new URL(url).href.replaceAll("|", "%7C").replaceAll(">", "%3E").replaceAll("<", "%3C");
  return `<${address.replaceAll("&", "&amp;")}|${escapeMrkdwn(label)}>`;
}

/** Bold on one line; stars and line breaks inside would end it. */
export const bold = (text: string): string => `*${escapeMrkdwn(text.replace(/[\s*]+/g, " ").trim())}*`;

export const quote = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => `>${escapeMrkdwn(line)}`)
    .join("\n");

/** Shown to everyone in their own zone; the fallback is for clients that cannot. */
export function localTime(iso: string): string {
  const at = new Date(iso);
  return `<!date^${Math.floor(at.getTime() / 1000)}^{date_short_pretty} {time}|${at.toISOString().slice(0, 16).replace("T", " ")} UTC>`;
}

/** Cuts raw text so that its escaped form fits; whole characters only, and the cut is visible. */
export function clip(text: string, limit: number): string {
  const characters = [...new Intl.Segmenter().segment(text.slice(0, limit + 1))].map(({ segment }) => segment);
  if (fitting(characters, limit) === characters.length) return text;
  return `${characters
    .slice(0, fitting(characters, limit - 1))
    .join("")
    .trimEnd()}…`;
}

function fitting(characters: readonly string[], limit: number): number {
  let length = 0;
  const first = characters.findIndex((character) => (length += escapeMrkdwn(character).length) > limit);
  return first === -1 ? characters.length : first;
}
