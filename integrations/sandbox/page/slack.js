import { notice, post } from "./api.js";
import { drawBlock } from "./blocks.js";
import { byId, el, initials, showIfChanged, time, tint } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

let chosen;
const busy = new Set();

const tsToMs = (ts) => Number(ts) * 1000;
const anchor = (channel, ts) => `m-${channel}-${ts.replace(".", "")}`;

const namesOf = (slack) => ({
  user: (id) => slack.users.find((user) => user.id === id)?.realName ?? id,
  channel: (id) => slack.channels.find((channel) => channel.id === id)?.name ?? id,
});

const press = async (message, block, element, redraw) => {
  const key = `${message.channel}:${message.ts}`;
  if (element.url) return;
  busy.add(key);
  redraw();
  const user = byId("act-as").value;
  const body = { channel: message.channel, ts: message.ts, actionId: element.action_id, blockId: block.block_id, user };
  const answer = await post("click", body);
  if (answer.ok === false && answer.status !== undefined) notice("The app did not respond to this click.");
  busy.delete(key);
  redraw();
};

const lastInteraction = (slack, message) =>
  (slack.interactions ?? []).filter((row) => row.channel === message.channel && row.ts === message.ts).at(-1);

const clickState = (slack, message) => {
  const last = lastInteraction(slack, message);
  if (last?.outcome === "waiting") return el("p", { class: "click-state" }, "Waiting for the app…");
  if (last?.outcome !== "app did not respond") return undefined;
  return el("p", { class: "click-state failed" }, "⚠ App did not respond.");
};

const author = (slack, message) =>
  slack.users.find((user) => user.id === message.user) ?? { realName: message.user, isBot: false };

const heading = (slack, message) => {
  const user = author(slack, message);
  return el(
    "p",
    { class: "message-head" },
    el("strong", {}, user.realName),
    user.isBot && el("span", { class: "tag" }, "app"),
    time(tsToMs(message.ts)),
    message.edited && el("span", { class: "muted" }, "(edited)"),
    message.ephemeralTo &&
      el("span", { class: "muted" }, `only visible to ${namesOf(slack).user(message.ephemeralTo)}`),
  );
};

const body = (slack, message, redraw) => {
  const names = namesOf(slack);
  if (message.blocks === undefined) return el("p", { class: "message-text" }, mrkdwn(message.text, names));
  const key = `${message.channel}:${message.ts}`;
  const pressIn = (block, element) => press(message, block, element, redraw);
  return message.blocks.map((block) => drawBlock(block, { names, key, busy: busy.has(key), pressIn }));
};

const footer = (slack, message) => [
  message.files &&
    el(
      "p",
      { class: "muted" },
      message.files.map((id) => `File: ${slack.files.find((file) => file.id === id)?.name ?? id}`).join("  "),
    ),
  message.reactions &&
    el(
      "p",
      { class: "reactions" },
      message.reactions.map((reaction) => el("span", {}, `:${reaction.name}: ${reaction.users.length}`)),
    ),
  clickState(slack, message),
];

const drawMessage = (slack, message, redraw) => {
  const name = author(slack, message).realName;
  const replies = slack.messages.filter((row) => row.threadTs === message.ts && row.ts !== message.ts);
  return el(
    "article",
    { class: "message", id: anchor(message.channel, message.ts) },
    el("span", { class: `avatar ${tint(name)}`, "aria-hidden": "true" }, initials(name)),
    el(
      "div",
      { class: "message-body" },
      heading(slack, message),
      body(slack, message, redraw),
      footer(slack, message),
      replies.length > 0 &&
        el(
          "div",
          { class: "thread" },
          replies.map((reply) => drawMessage(slack, reply, redraw)),
        ),
    ),
  );
};

const isVisible = (message, user) => message.ephemeralTo === undefined || message.ephemeralTo === user;

const channelTab = (slack, channel, redraw) => {
  const count = slack.messages.filter((message) => message.channel === channel.id).length;
  const label = channel.kind === "im" ? `@${channel.name}` : `#${channel.name}`;
  const attributes = {
    type: "button",
    role: "tab",
    "aria-selected": String(channel.id === chosen),
    "data-key": `channel:${channel.id}`,
  };
  const choose = () => {
    chosen = channel.id;
    redraw();
  };
  return el(
    "button",
    { ...attributes, onclick: choose },
    label,
    count > 0 && el("span", { class: "count" }, String(count)),
  );
};

const composer = (slack, user) => {
  const channel = slack.channels.find((row) => row.id === chosen);
  const field = el("input", {
    "data-key": "composer",
    "aria-label": "Message",
    placeholder: `Message ${channel.kind === "im" ? channel.name : `#${channel.name}`} as ${namesOf(slack).user(user)}`,
  });
  const send = async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === "") return;
    field.value = "";
    await post("say", { channel: chosen, text, user });
  };
  return el(
    "form",
    { class: "composer", onsubmit: send },
    field,
    el("button", { type: "submit", class: "quiet" }, "Send"),
  );
};

/** The channel that a person most likely wants: the chosen one, else where somebody is asked, else where the newest message is. */
const settleChoice = (slack) => {
  if (slack.channels.some((channel) => channel.id === chosen)) return;
  const shown = slack.messages.filter((message) => !message.ephemeralTo);
  const asking = shown.filter(({ blocks = [] }) => blocks.some(({ type }) => type === "actions")).at(-1);
  const fallback = slack.channels.find((channel) => channel.name === "cx") ?? slack.channels[0];
  chosen = (asking ?? shown.at(-1) ?? { channel: fallback?.id }).channel;
};

export const openMessage = (channel, ts) => {
  chosen = channel;
  return anchor(channel, ts);
};

export const drawSlack = (state, user, redraw) => {
  const host = byId("slack");
  const slack = { users: [], channels: [], messages: [], files: [], interactions: [], ...state };
  settleChoice(slack);
  if (chosen === undefined) return;
  const inputs = [slack.messages, slack.channels, slack.interactions, chosen, user, [...busy]];
  const list = host.querySelector(".messages");
  const atEnd = list === null || list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  const position = list?.scrollTop ?? 0;
  showIfChanged(host, inputs, () => {
    const messages = slack.messages.filter((row) => row.channel === chosen && isVisible(row, user));
    const roots = messages.filter((row) => row.threadTs === undefined || row.threadTs === row.ts);
    const channel = slack.channels.find((row) => row.id === chosen);
    const empty = el("p", { class: "empty" }, `Nothing here yet. ${channel.purpose}.`);
    return [
      el(
        "div",
        { class: "tabs", role: "tablist", "aria-label": "Channels" },
        slack.channels.map((row) => channelTab(slack, row, redraw)),
      ),
      el(
        "div",
        { class: "messages scroll", tabindex: "0", role: "log", "aria-label": "Messages" },
        roots.length === 0 ? empty : roots.map((row) => drawMessage(slack, row, redraw)),
      ),
      composer(slack, user),
    ];
  });
  const fresh = host.querySelector(".messages");
  if (fresh !== list && fresh !== null) fresh.scrollTop = atEnd ? fresh.scrollHeight : position;
};
