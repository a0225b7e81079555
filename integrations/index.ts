import type { Action, Connector } from "./connector.js";
import { genericSource } from "./generic/index.js";
import { httpConnector } from "./http/index.js";
import { jiraConnector } from "./jira/index.js";
import { salesforceConnector } from "./salesforce/index.js";
import { slackConnector } from "./slack/index.js";
import type { Source } from "./source.js";

/** Every product that flows can act on, in the order of the palette. A new one is its folder and its line here. */
export const connectors: readonly Connector[] = [slackConnector, jiraConnector, salesforceConnector, httpConnector];

/** Every kind of place that feedback comes from. */
export const sources: readonly Source[] = [genericSource];

/** What a published flow freezes: "slack.postMessage@1". */
export const actionRef = ({ name, major }: Pick<Action, "name" | "major">): string => `${name}@${major}`;

const actions = new Map(
  connectors.flatMap((each) => each.actions.map((action) => [actionRef(action), action] as const)),
);
const byName = new Map(connectors.map((each) => [each.name, each]));

export const findAction = (ref: string): Action | undefined => actions.get(ref);

export const findConnector = (name: string): Connector | undefined => byName.get(name);

/** Of an action's name or ref: "slack.postMessage", "slack.postMessage@1". */
export const connectorOf = (name: string): Connector | undefined => byName.get(name.split(".", 1)[0] ?? "");

export const findSource = (kind: string): Source | undefined => sources.find((source) => source.kind === kind);
