/** What `slack.postMessage@1`, as a published flow names an action, is made of: the connector, the verb and the major. */

/** "slack.postMessage@1" → "slack.postMessage" */
export const actionName = (ref: string): string => ref.replace(/@\d+$/, "");

/** "slack.postMessage@1", or the name alone → "slack" */
export const connectorOfAction = (ref: string): string => ref.replace(/\..*$/, "");

/** "slack.postMessage@1" → "postMessage" */
export const verbOfAction = (ref: string): string => actionName(ref).replace(/^[^.]*\./, "");
