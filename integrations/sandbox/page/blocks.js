import { el } from "./dom.js";
import { slackText } from "./mrkdwn.js";

const button = (element, context) => {
  if (element.type !== "button") return el("span", { class: "muted" }, `(${element.type})`);
  const style = element.style === "primary" || element.style === "danger" ? element.style : "";
  const attributes = {
    type: "button",
    class: `slack-button ${style}`,
    "data-key": `${context.key}:${element.action_id}`,
  };
  return el(
    "button",
    { ...attributes, disabled: context.busy, onclick: () => context.press(element) },
    slackText(element.text, context.names),
  );
};

const section = (block, context) =>
  el(
    "div",
    { class: "block-section" },
    block.text && el("p", {}, slackText(block.text, context.names)),
    block.fields &&
      el(
        "div",
        { class: "block-fields" },
        block.fields.map((field) => el("p", {}, slackText(field, context.names))),
      ),
    block.accessory && button(block.accessory, { ...context, press: (element) => context.pressIn(block, element) }),
  );

const drawers = {
  header: (block, context) => el("h3", { class: "block-header" }, slackText(block.text, context.names)),
  section,
  divider: () => el("hr"),
  context: (block, context) =>
    el(
      "p",
      { class: "block-context" },
      block.elements.map((element) => el("span", {}, slackText(element, context.names))),
    ),
  actions: (block, context) => {
    const inBlock = { ...context, press: (element) => context.pressIn(block, element) };
    return el(
      "div",
      { class: "block-actions" },
      block.elements.map((element) => button(element, inBlock)),
    );
  },
  image: (block) => el("p", { class: "muted" }, `[image: ${block.alt_text ?? ""}]`),
};

/** A message's or a form's blocks; inputs are drawn by the form itself. */
export const drawBlock = (block, context) => {
  const draw = drawers[block.type];
  return draw === undefined ? el("p", { class: "muted" }, `(a block of type ${block.type})`) : draw(block, context);
};
