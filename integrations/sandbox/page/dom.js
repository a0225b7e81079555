/** Builds an element. Children are nodes or plain text: nothing is ever parsed as HTML. */
export const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return node;
};

export const byId = (id) => document.getElementById(id);

/** Replaces what is shown, but not under a person's fingers: focus returns to the element with the same data-key. */
export const show = (host, ...children) => {
  const key = document.activeElement?.getAttribute?.("data-key");
  const within = key !== null && host.contains(document.activeElement);
  const typed = within && "value" in document.activeElement ? document.activeElement.value : undefined;
  host.replaceChildren(...children.flat().filter((child) => child instanceof Node));
  if (!within) return;
  const again = [...host.querySelectorAll("[data-key]")].find((node) => node.getAttribute("data-key") === key);
  if (again !== undefined && typed !== undefined) again.value = typed;
  again?.focus({ preventScroll: true });
};

const memory = new WeakMap();

/** Draws only when what it depends on is another than last time. */
export const showIfChanged = (host, inputs, draw) => {
  const text = JSON.stringify(inputs);
  if (memory.get(host) === text) return;
  memory.set(host, text);
  show(host, draw());
};

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

export const time = (at) => {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return el("span", {}, "");
  return el("time", { datetime: date.toISOString(), title: full.format(date) }, clock.format(date));
};

export const initials = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");

/** The same name always gets the same of six tints. */
export const tint = (name) => `tint-${[...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6}`;
