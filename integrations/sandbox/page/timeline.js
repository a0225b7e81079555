import { byId, el, showIfChanged, time } from "./dom.js";

const SYSTEM_NAMES = { slack: "Slack", jira: "Jira", salesforce: "Salesforce" };
const KEEP = 60;

/** Everything known of one idempotency key: what took effect, and every request that carried it. */
const groupsOf = (effects, log) => {
  const groups = new Map();
  const groupOf = (key, at) => {
    if (!groups.has(key)) groups.set(key, { key, at, effects: [], requests: [] });
    return groups.get(key);
  };
  for (const effect of effects) groupOf(effect.key, effect.at).effects.push(effect);
  for (const entry of log) {
    if (entry.key !== undefined && entry.direction === "in") groupOf(entry.key, entry.at).requests.push(entry);
  }
  return [...groups.values()].sort((a, b) => b.at - a.at).slice(0, KEEP);
};

const systemsOf = (group) => [...new Set([...group.effects, ...group.requests].map((row) => row.system))];

const outcome = (group) => {
  if (group.effects.length > 1) return el("span", { class: "verdict bad" }, `✕ happened ${group.effects.length} times`);
  if (group.effects.length === 1) return el("span", { class: "verdict good" }, "✓ happened once");
  return el("span", { class: "verdict" }, "– nothing happened");
};

const attempt = (entry) => {
  const text = entry.fault ? entry.fault.replaceAll("_", " ") : String(entry.status ?? "no answer");
  const bad = entry.fault !== undefined || entry.status === null || entry.status >= 400;
  return el(
    "span",
    { class: `attempt ${bad ? "bad" : ""}`, title: `${entry.operation} answered ${entry.status ?? "nothing"}` },
    text,
  );
};

/** A Slack message's id says nothing to a person; its channel does. */
const effectName = (effect, channels) => {
  const channel = effect.system === "slack" && channels.find((row) => effect.externalId.startsWith(`${row.id}:`));
  return channel ? `message in #${channel.name}` : effect.externalId;
};

const effectLink = (effect, channels) =>
  el("a", { href: effect.url, target: "_blank", rel: "noreferrer" }, effectName(effect, channels));

const line = (group, channels) =>
  el(
    "li",
    {},
    time(group.at),
    el(
      "span",
      { class: "systems" },
      systemsOf(group).map((name) =>
        el("span", { class: "system" }, el("span", { class: `mark ${name}` }), SYSTEM_NAMES[name] ?? name),
      ),
    ),
    el("code", { title: group.key }, group.key.length > 18 ? `${group.key.slice(0, 17)}…` : group.key),
    el(
      "span",
      { class: "what" },
      group.requests[0]?.operation ?? "",
      " ",
      group.effects.flatMap((effect) => [effectLink(effect, channels), " "]),
    ),
    el("span", { class: "attempts" }, group.requests.map(attempt)),
    outcome(group),
  );

export const drawTimeline = (effects, log, channels) => {
  const groups = groupsOf(effects, log);
  showIfChanged(byId("timeline"), groups, () => {
    if (groups.length === 0)
      return [
        el(
          "p",
          { class: "empty" },
          "Nothing yet. Every write that carries an idempotency key is listed here, with its attempts.",
        ),
      ];
    return [
      el(
        "ol",
        {},
        groups.map((group) => line(group, channels)),
      ),
    ];
  });
};

export const drawCounter = (report) => {
  const bad = report.duplicates.length > 0;
  const host = byId("counter");
  host.classList.toggle("bad", bad);
  showIfChanged(host, report, () =>
    [
      el("span", { class: "counter-label" }, "effects / keys"),
      el("strong", {}, `${report.effects} / ${report.keys}`),
      bad && el("span", {}, `✕ ${report.duplicates.length} happened more than once`),
    ].filter(Boolean),
  );
};
