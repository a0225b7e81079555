import { post, remove } from "./api.js";
import { byId, el, showIfChanged } from "./dom.js";

const SWITCHES = [
  {
    label: "Drop the reply after posting",
    rule: {
      system: "slack",
      match: { slackMethod: "chat.postMessage" },
      times: null,
      fault: { kind: "rst_after_apply" },
    },
  },
  { label: "Rate-limit Slack", rule: { system: "slack", times: null, fault: { kind: "rate_limit", retryAfter: 5 } } },
  { label: "Expire Salesforce session", rule: { system: "salesforce", fault: { kind: "expire_session" } } },
  { label: "Jira slow index", rule: { system: "jira", fault: { kind: "index_lag", ms: 60_000 } } },
];

const standsFor = (wanted) => (active) =>
  active.rule.system === wanted.system && active.rule.fault.kind === wanted.fault.kind;

const toggle = async (active, { rule }) => {
  if (active === undefined) return post("faults", rule);
  return remove(`faults/${active.id}`);
};

const drawSwitch = (choice, active) =>
  el(
    "button",
    {
      type: "button",
      role: "switch",
      class: "switch",
      "aria-checked": String(active !== undefined),
      "data-key": `fault:${choice.label}`,
      onclick: () => toggle(active, choice),
    },
    el("span", { class: "knob", "aria-hidden": "true" }),
    choice.label,
    active !== undefined && active.struck > 0 && el("span", { class: "count" }, `struck ${active.struck}×`),
  );

export const drawFaults = (list) => {
  showIfChanged(byId("faults"), list, () => {
    const known = SWITCHES.map((choice) => ({ choice, active: list.find(standsFor(choice.rule)) }));
    const others = list.filter((active) => !known.some((row) => row.active === active) && active.remaining !== 0);
    return [
      ...known.map(({ choice, active }) => drawSwitch(choice, active)),
      ...others.map((active) =>
        el("span", { class: "chip" }, `${active.rule.system}: ${active.rule.fault.kind.replaceAll("_", " ")}`),
      ),
      list.length > 0 &&
        el(
          "button",
          { type: "button", class: "quiet", "data-key": "fault:clear", onclick: () => remove("faults") },
          "All well again",
        ),
    ];
  });
};
