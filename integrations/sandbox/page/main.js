import { get, listen, post } from "./api.js";
import { byId, el } from "./dom.js";
import { drawDrawer, drawerSubject, openDrawer } from "./drawer.js";
import { drawFaults } from "./faults.js";
import { drawForm } from "./form.js";
import { drawJira, issueDetails } from "./jira.js";
import { drawSalesforce, recordDetails } from "./salesforce.js";
import { drawSlack, openMessage } from "./slack.js";
import { drawCounter, drawTimeline } from "./timeline.js";

let world = { state: {}, log: [], faults: [], effects: { keys: 0, effects: 0, duplicates: [] } };
let loading = false;
let again = false;

const actAs = () => byId("act-as").value;

const drawOpenRecord = () => {
  const [system, first, second] = (drawerSubject() ?? "").split(":");
  const { jira, salesforce } = world.state;
  if (system === "jira") drawDrawer([jira, actAs()], issueDetails(jira, first, actAs()));
  if (system === "salesforce") drawDrawer(salesforce, recordDetails(salesforce, first, second));
};

const draw = () => {
  drawSlack(world.state.slack, actAs(), draw);
  drawForm(world.state.slack?.views, actAs());
  drawJira(world.state.jira, actAs());
  drawSalesforce(world.state.salesforce, draw);
  drawTimeline(world.state.core?.effects ?? [], world.log, world.state.slack?.channels ?? []);
  drawCounter(world.effects);
  drawFaults(world.faults);
  drawOpenRecord();
};

/** One load at a time; what changes meanwhile is loaded right after. */
const load = async () => {
  if (loading) return void (again = true);
  loading = true;
  const [state, log, faults, effects] = await Promise.all(["state", "log", "faults", "effects"].map(get));
  if (state.ok !== false) world = { state, log, faults, effects };
  loading = false;
  draw();
  if (again) {
    again = false;
    await load();
  }
};

const fillPeople = async () => {
  const { people = [] } = await get("info");
  byId("act-as").replaceChildren(
    ...people.map((person) => el("option", { value: person.id }, `${person.name} · ${person.title}`)),
  );
};

/** Links from the product: #slack/<channel>/<ts>, #jira/<key>, #salesforce/<object>/<id>. */
const followHash = () => {
  const [system, first, second] = location.hash.slice(1).split("/");
  if (system === "slack" && second !== undefined) {
    const id = openMessage(first, second);
    draw();
    byId(id)?.scrollIntoView({ block: "center" });
    byId(id)?.classList.add("target");
  }
  if (system === "jira" && first !== undefined) openDrawer(`jira:${first}`, first);
  if (system === "salesforce" && second !== undefined) openDrawer(`salesforce:${first}:${second}`, first);
};

const start = async () => {
  await fillPeople();
  await load();
  followHash();
  window.addEventListener("hashchange", followHash);
  byId("act-as").addEventListener("change", draw);
  byId("drawer").addEventListener("sandbox:draw", drawOpenRecord);
  byId("start-over").addEventListener("click", async () => {
    await post("reset");
    await load();
  });
  listen(load, (isLive) => {
    byId("connection").textContent = isLive ? "live" : "not connected, trying again…";
    byId("connection").classList.toggle("off", !isLive);
  });
};

await start();
