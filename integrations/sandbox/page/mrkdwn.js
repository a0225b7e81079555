import { el, time } from "./dom.js";

/** Those that the product writes; others stand as they were sent. */
const EMOJI = { white_check_mark: "✅", x: "❌", hourglass: "⌛", leftwards_arrow_with_hook: "↩️" };

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Slack's own markup: what is found first is drawn first, and what is within it again. */
const rules = [
  { pattern: /```([\s\S]+?)```/, draw: (match) => el("pre", {}, unescape(match[1])) },
  { pattern: /`([^`\n]+)`/, draw: (match) => el("code", {}, unescape(match[1])) },
  { pattern: /<@(\w+)>/, draw: (match, names) => el("span", { class: "mention" }, `@${names.user(match[1])}`) },
  {
    pattern: /<#(\w+)(?:\|[^>]*)?>/,
    draw: (match, names) => el("span", { class: "mention" }, `#${names.channel(match[1])}`),
  },
  { pattern: /<!date\^(\d+)\^[^|>]*\|[^>]*>/, draw: (match) => time(Number(match[1]) * 1000) },
  { pattern: /:(\w+):/, draw: (match) => EMOJI[match[1]] ?? match[0] },
  {
    pattern: /<(https?:[^|>]+|mailto:[^|>]+|tel:[^|>]+)(?:\|([^>]+))?>/,
    draw: (match) =>
      el("a", { href: unescape(match[1]), target: "_blank", rel: "noreferrer" }, unescape(match[2] ?? match[1])),
  },
  { pattern: /(?<![\w*])\*([^*\n]+)\*(?!\w)/, draw: (match, names) => el("strong", {}, mrkdwn(match[1], names)) },
  { pattern: /(?<!\w)_([^_\n]+)_(?!\w)/, draw: (match, names) => el("em", {}, mrkdwn(match[1], names)) },
  { pattern: /(?<!\w)~([^~\n]+)~(?!\w)/, draw: (match, names) => el("s", {}, mrkdwn(match[1], names)) },
  { pattern: /^(?:>|&gt;) ?(.*)$/m, draw: (match, names) => el("blockquote", {}, mrkdwn(match[1], names)) },
];

const firstMatch = (text) =>
  rules
    .map((rule) => ({ rule, match: rule.pattern.exec(text) }))
    .filter(({ match }) => match !== null)
    .sort((a, b) => a.match.index - b.match.index)[0];

export const mrkdwn = (text, names) => {
  const found = firstMatch(text);
  if (found === undefined) return text === "" ? [] : [unescape(text)];
  const { rule, match } = found;
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  return [...(before === "" ? [] : [unescape(before)]), rule.draw(match, names), ...mrkdwn(after, names)];
};

export const slackText = (text, names) =>
  text?.type === "plain_text" ? [text.text ?? ""] : mrkdwn(text?.text ?? "", names);
