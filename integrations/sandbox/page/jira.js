import { notice, request } from "./api.js";
import { byId, el, initials, showIfChanged, time, tint } from "./dom.js";
import { openDrawer } from "./drawer.js";

const STATUSES = ["To Do", "In Progress", "Done"];
let dragged;

const keyChip = (label) =>
  /^lw[-_]/.test(label)
    ? el("span", { class: "chip key", title: label }, `${label.slice(0, 9)}…`)
    : el("span", { class: "chip" }, label);

const move = async (issue, status, user) => {
  if (issue.status === status) return;
  const path = `/rest/api/3/issue/${issue.key}/transitions`;
  const { body } = await request("jira", { method: "GET", path, user });
  const transition = body?.transitions?.find((row) => row.to?.name === status);
  if (transition === undefined) return notice(`${issue.key} cannot go from ${issue.status} to ${status}.`);
  await request("jira", { method: "POST", path, body: { transition: { id: transition.id } }, user });
};

const statusesOf = (issues) => [...new Set([...STATUSES, ...issues.map((issue) => issue.status)])];

const comment = (row) =>
  el(
    "article",
    { class: "comment" },
    el("p", { class: "message-head" }, el("strong", {}, row.author ?? "?"), time(row.createdAt)),
    el("p", { class: "message-text" }, row.body ?? ""),
  );

const linkOf = (issue, link) => (link.inward === issue.key ? link.outward : link.inward);

const about = (issue) =>
  `${issue.type} · ${issue.priority} · ${issue.assignee ?? "nobody assigned"} · reported by ${issue.reporter}`;

const moves = (issue, user) => {
  const others = STATUSES.filter((status) => status !== issue.status);
  const button = (status) =>
    el("button", { type: "button", class: "quiet", onclick: () => move(issue, status, user) }, `Move to ${status}`);
  return el("p", { class: "buttons left" }, el("span", { class: "chip status" }, issue.status), others.map(button));
};

const labels = (issue) => {
  const chips = issue.labels.map((label) => el("span", { class: "chip long" }, label));
  return [el("h3", {}, "Labels"), el("p", { class: "chips" }, chips.length === 0 ? "None" : chips)];
};

const listed = (title, items) =>
  items.length === 0
    ? []
    : [
        el("h3", {}, title),
        el(
          "ul",
          {},
          items.map((item) => el("li", {}, item)),
        ),
      ];

const remoteLink = (link) =>
  el("a", { href: link.object?.url, target: "_blank", rel: "noreferrer" }, link.object?.title ?? "link");

/** The sandbox's Jira may know less of an issue than a whole row. */
const complete = (issue) => ({
  type: "Issue",
  priority: "no priority",
  reporter: "?",
  labels: [],
  comments: [],
  remoteLinks: [],
  ...issue,
});

const details = (row, links, user) => {
  const issue = complete(row);
  const own = links.filter((link) => link.inward === issue.key || link.outward === issue.key);
  return [
    el("p", { class: "muted" }, about(issue)),
    moves(issue, user),
    el("p", { class: "message-text" }, issue.description || "No description."),
    ...labels(issue),
    ...listed(
      "Links",
      own.map((link) => `${link.type} ${linkOf(issue, link)}`),
    ),
    ...listed("Links elsewhere", issue.remoteLinks.map(remoteLink)),
    el("h3", {}, `Comments (${issue.comments.length})`),
    ...issue.comments.map(comment),
  ];
};

const card = (issue) =>
  el(
    "button",
    {
      type: "button",
      class: "card",
      draggable: "true",
      id: `jira-${issue.key}`,
      "data-key": `issue:${issue.key}`,
      ondragstart: () => (dragged = issue.key),
      onclick: () => openDrawer(`jira:${issue.key}`, `${issue.key} ${issue.summary}`),
    },
    el("span", { class: "card-title" }, issue.summary),
    (issue.labels ?? []).length > 0 && el("span", { class: "chips" }, issue.labels.map(keyChip)),
    el(
      "span",
      { class: "card-foot" },
      el("span", { class: "muted" }, `${issue.key} · ${issue.priority ?? ""}`),
      (issue.comments ?? []).length > 0 &&
        el("span", { class: "muted" }, `${issue.comments.length} comment${issue.comments.length === 1 ? "" : "s"}`),
      issue.assignee &&
        el("span", { class: `avatar small ${tint(issue.assignee)}`, title: issue.assignee }, initials(issue.assignee)),
    ),
  );

const lane = (status, issues, user) => {
  const own = issues.filter((issue) => issue.status === status);
  const drop = (event) => {
    event.preventDefault();
    const issue = issues.find((row) => row.key === dragged);
    if (issue !== undefined) void move(issue, status, user);
  };
  return el(
    "section",
    { class: "lane", ondragover: (event) => event.preventDefault(), ondrop: drop },
    el("h3", {}, status, el("span", { class: "count" }, String(own.length))),
    own.map((issue) => card(issue)),
  );
};

export const drawJira = (state, user) => {
  const issues = [...(state?.issues ?? [])].sort((a, b) => String(b.createdAt).localeCompare(String(a.createdAt)));
  const links = state?.links ?? [];
  showIfChanged(byId("jira"), [issues, links, user], () => {
    if (issues.length === 0)
      return [el("p", { class: "empty" }, "No issues yet. What a flow creates in Jira appears here.")];
    return [
      el(
        "div",
        { class: "board" },
        statusesOf(issues).map((status) => lane(status, issues, user)),
      ),
    ];
  });
};

export const issueDetails = (state, key, user) => {
  const issue = state?.issues?.find((row) => row.key === key);
  return issue === undefined ? undefined : details(issue, state.links ?? [], user);
};
