import { byId, el, show } from "./dom.js";

let subject;
let title = "";
let drawnAs;

export const drawerSubject = () => subject;

/** "jira:RND-1" or "salesforce:Task:00T…" */
export const openDrawer = (wanted, heading) => {
  subject = wanted;
  title = heading;
  drawnAs = undefined;
  const dialog = byId("drawer");
  dialog.onclose = () => (subject = undefined);
  if (!dialog.open) dialog.showModal();
  dialog.dispatchEvent(new Event("sandbox:draw"));
};

/** Draws again only when the record is another than the one shown, so that typing is left alone. */
export const drawDrawer = (version, content) => {
  const dialog = byId("drawer");
  if (subject === undefined || !dialog.open) return;
  const text = JSON.stringify([subject, version]);
  if (text === drawnAs) return;
  drawnAs = text;
  const close = el(
    "button",
    { type: "button", class: "quiet", "data-key": "drawer:close", onclick: () => dialog.close() },
    "Close",
  );
  const gone = el("p", { class: "empty" }, "This record is not there any more.");
  show(
    dialog,
    el("header", {}, el("h2", {}, title), close),
    content === undefined
      ? gone
      : content.flat(3).map((part) => (typeof part === "string" ? el("span", {}, part) : part)),
  );
};
