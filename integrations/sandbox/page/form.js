import { notice, post } from "./api.js";
import { drawBlock } from "./blocks.js";
import { byId, el } from "./dom.js";
import { slackText } from "./mrkdwn.js";

/** Which view, in which version, is drawn: drawing it again would lose what was typed. */
let drawn;
/** Forms from before this page was loaded: as in Slack, a reload loses them. */
let forgotten;
const names = { user: (id) => id, channel: (id) => id };

const plain = (text) => (text === undefined || text === null ? "" : text.text);

const choices = (element) => element.options.map((option) => el("option", { value: option.value }, plain(option.text)));

const fields = {
  plain_text_input: (element, attributes) =>
    element.multiline
      ? el("textarea", { ...attributes, rows: 4, placeholder: plain(element.placeholder) }, element.initial_value ?? "")
      : el("input", { ...attributes, value: element.initial_value, placeholder: plain(element.placeholder) }),
  email_text_input: (_, attributes) => el("input", { ...attributes, type: "email" }),
  number_input: (_, attributes) => el("input", { ...attributes, type: "number" }),
  datepicker: (_, attributes) => el("input", { ...attributes, type: "date" }),
  timepicker: (_, attributes) => el("input", { ...attributes, type: "time" }),
  static_select: (element, attributes) => el("select", attributes, choices(element)),
  radio_buttons: (element, attributes) => el("select", attributes, choices(element)),
};

const drawInput = (block) => {
  const { element } = block;
  const field = fields[element.type];
  const id = `input-${block.block_id}`;
  const attributes = { id, name: block.block_id, "aria-describedby": `${id}-error` };
  return el(
    "div",
    { class: "field" },
    el(
      "label",
      { for: id },
      slackText(block.label, names),
      block.optional && el("span", { class: "muted" }, " (optional)"),
    ),
    field === undefined
      ? el("p", { class: "muted" }, `(the sandbox cannot draw a ${element.type})`)
      : field(element, attributes),
    block.hint && el("p", { class: "muted" }, slackText(block.hint, names)),
    el("p", { class: "error", id: `${id}-error`, "data-error": block.block_id }),
  );
};

const showErrors = (dialog, errors) => {
  for (const node of dialog.querySelectorAll("[data-error]"))
    node.textContent = errors[node.getAttribute("data-error")] ?? "";
};

const send = async (dialog, row, form, user) => {
  const values = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
  const answer = await post("submit", { viewId: row.id, values, user });
  showErrors(dialog, answer.errors ?? {});
  if (answer.ok === false && answer.errors === undefined) notice(answer.message ?? "The app did not respond.");
};

const draw = (dialog, row, user) => {
  const { view } = row;
  const dismiss = () => post("dismiss", { viewId: row.id });
  const context = { names, key: row.id, busy: true, pressIn: () => undefined };
  const form = el(
    "form",
    {
      method: "dialog",
      onsubmit: (event) => {
        event.preventDefault();
        void send(dialog, row, event.currentTarget, user);
      },
    },
    el("h2", { id: "form-title" }, plain(view.title)),
    view.blocks.map((block) => (block.type === "input" ? drawInput(block) : drawBlock(block, context))),
    el(
      "div",
      { class: "buttons" },
      el("button", { type: "button", class: "quiet", onclick: dismiss }, plain(view.close) || "Cancel"),
      view.submit && el("button", { type: "submit", class: "primary" }, plain(view.submit)),
    ),
  );
  dialog.replaceChildren(form);
  dialog.oncancel = dismiss;
};

/** Shows the newest form that is open for this person. */
export const drawForm = (views, user) => {
  const dialog = byId("form");
  forgotten ??= new Set((views ?? []).map((view) => view.id));
  const row = (views ?? []).filter((view) => view.open && view.user === user && !forgotten.has(view.id)).at(-1);
  if (row === undefined) {
    drawn = undefined;
    if (dialog.open) dialog.close();
    return;
  }
  const version = `${row.id} ${row.hash}`;
  if (drawn === version && dialog.open) return;
  drawn = version;
  draw(dialog, row, user);
  if (!dialog.open) dialog.showModal();
};
