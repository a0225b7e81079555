import { request } from "./api.js";
import { byId, el, showIfChanged } from "./dom.js";
import { openDrawer } from "./drawer.js";

/** Fields worth a column, best first; the rest is in the drawer. */
const PREFERRED =
  "Subject Name Status Priority Phone Email Title CaseNumber Key__c RecordId__c LinkedEntityId ActivityDate Type".split(
    " ",
  );
/** Kept by Salesforce itself: no column, nothing to edit. */
const SYSTEM_FIELD = /^(Id|attributes|Is[A-Z]\w*|Created\w+|LastModified\w+|SystemModstamp)$/;
const OBJECT_ORDER = ["Task", "Case", "ContentNote", "Contact", "Account"];
const MAX_COLUMNS = 3;
const HIGHLIGHT_MS = 6000;

const seen = new Map();
const changedAt = new Map();
let knowsAll = false;
let fading;

const objectOf = (row, collection) => row.sobject ?? row.object ?? row.type ?? row.attributes?.type ?? collection;
const fieldsOf = (row) => row.fields ?? row.values ?? row;

/** One list of records whatever the rows look like: object, id, fields. */
export const recordsOf = (state) =>
  Object.entries(state ?? {})
    .filter(([collection]) => !collection.startsWith("_"))
    .flatMap(([collection, rows]) =>
      rows.map((row) => {
        const fields = fieldsOf(row);
        return { object: String(objectOf(row, collection)), id: String(fields.Id ?? row.Id ?? ""), fields };
      }),
    )
    .filter((record) => record.id !== "");

/** A note and its document have one id. */
const nameOf = ({ object, id }) => `${object}:${id}`;

const noteChanges = (records, redraw) => {
  for (const record of records) {
    const [name, text] = [nameOf(record), JSON.stringify(record.fields)];
    if (knowsAll && seen.get(name) !== text) {
      changedAt.set(name, Date.now());
      clearTimeout(fading);
      fading = setTimeout(redraw, HIGHLIGHT_MS);
    }
    seen.set(name, text);
  }
  knowsAll = true;
};

const isFresh = (record) => Date.now() - (changedAt.get(nameOf(record)) ?? 0) < HIGHLIGHT_MS;

const columnsOf = (records) => {
  const present = (name) => records.some((record) => ![undefined, null, ""].includes(record.fields[name]));
  const preferred = PREFERRED.filter(present);
  const others = Object.keys(records[0]?.fields ?? {}).filter(
    (name) => present(name) && !(SYSTEM_FIELD.test(name) || /Id$/.test(name)),
  );
  return [...new Set([...preferred, ...others])].slice(0, MAX_COLUMNS);
};

const cellText = (value) =>
  value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);

const titleOf = (record) =>
  `${record.object}: ${cellText(record.fields.Subject ?? record.fields.Name ?? record.fields.Title ?? record.id)}`;

const rowOf = (record, columns) => {
  const open = () => openDrawer(`salesforce:${record.object}:${record.id}`, titleOf(record));
  const cells = columns.map((name, index) => {
    const text = cellText(record.fields[name]);
    const button = { type: "button", class: "link", "data-key": `record:${nameOf(record)}`, onclick: open };
    return el("td", { title: text }, index === 0 ? el("button", button, text || record.id) : text);
  });
  return el("tr", { class: isFresh(record) ? "fresh" : undefined }, cells);
};

const table = (object, records) => {
  const columns = columnsOf(records);
  const newestFirst = [...records].reverse();
  return el(
    "section",
    { class: "records" },
    el(
      "h3",
      {},
      object.replace(/__c$/, "").replaceAll("_", " "),
      el("span", { class: "count" }, String(records.length)),
    ),
    el(
      "table",
      {},
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          columns.map((name) => el("th", { scope: "col" }, name.replace(/__c$/, "").replaceAll("_", " "))),
        ),
      ),
      el(
        "tbody",
        {},
        newestFirst.map((record) => rowOf(record, columns)),
      ),
    ),
  );
};

const rank = (object) => (OBJECT_ORDER.includes(object) ? OBJECT_ORDER.indexOf(object) : OBJECT_ORDER.length);

export const drawSalesforce = (state, redraw) => {
  const records = recordsOf(state);
  noteChanges(records, redraw);
  const fresh = records.filter(isFresh).map(nameOf);
  showIfChanged(byId("salesforce"), [records, fresh], () => {
    if (records.length === 0)
      return [el("p", { class: "empty" }, "No records yet. What a flow writes to Salesforce appears here.")];
    const objects = [...new Set(records.map((record) => record.object))].sort(
      (a, b) => rank(a) - rank(b) || a.localeCompare(b),
    );
    return objects.map((object) =>
      table(
        object,
        records.filter((record) => record.object === object),
      ),
    );
  });
};

const editor = (record) => {
  const names = Object.keys(record.fields).filter((name) => !SYSTEM_FIELD.test(name));
  const field = el(
    "select",
    { "aria-label": "Field", "data-key": "sf:field" },
    names.map((name) => el("option", { value: name }, name)),
  );
  const value = el("input", { "aria-label": "New value", placeholder: "New value", "data-key": "sf:value" });
  const save = async (event) => {
    event.preventDefault();
    const path = `/services/data/v62.0/sobjects/${record.object}/${record.id}`;
    await request("salesforce", { method: "PATCH", path, body: { [field.value]: value.value } });
  };
  return el(
    "form",
    { class: "composer", onsubmit: save },
    field,
    value,
    el("button", { type: "submit", class: "quiet" }, "Save field"),
  );
};

export const recordDetails = (state, object, id) => {
  const record = recordsOf(state).find((row) => row.object === object && row.id === id);
  if (record === undefined) return undefined;
  const lines = Object.entries(record.fields).filter(
    ([name, value]) => name !== "attributes" && value !== null && value !== "",
  );
  return [
    el(
      "dl",
      { class: "facts" },
      lines.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, cellText(value))]),
    ),
    el("h3", {}, "Edit a field as a person would"),
    editor(record),
  ];
};
