import type { SandboxReply } from "../system.js";
import { anyBodyOf, issueOf, mustWrite, param, type JiraCall } from "./call.js";
import { replaceComment } from "./comments.js";
import type { Json } from "./json.js";
import { selfUrl } from "./render.js";
import { NO_CONTENT, ok, refuse } from "./reply.js";

const MAX_VALUE_BYTES = 32_768;

/** Something that carries entity properties: an issue, or a comment found by its id alone. */
interface Owner {
  readonly properties: Readonly<Json>;
  readonly path: string;
  readonly save: (properties: Json) => void;
}

type FindOwner = (call: JiraCall) => Owner;

const issueOwner: FindOwner = (call) => {
  const issue = issueOf(call);
  const save = (properties: Json) => call.store.save({ ...issue, properties });
  return { properties: issue.properties, path: `/issue/${issue.id}/properties`, save };
};

const commentOwner: FindOwner = (call) => {
  const id = param(call, "commentId");
  const issue = call.store.issues.all().find(({ comments }) => comments.some((comment) => comment.id === id));
  const comment = issue?.comments.find((candidate) => candidate.id === id);
  if (!issue || !comment)
    return refuse(404, ["The comment with the given ID does not exist or you do not have permission to see it."]);
  const save = (properties: Json) => call.store.save(replaceComment(issue, { ...comment, properties }));
  return { properties: comment.properties, path: `/comment/${id}/properties`, save };
};

function listFor(find: FindOwner) {
  return (call: JiraCall): SandboxReply => {
    const { properties, path } = find(call);
    const keys = Object.keys(properties).map((key) => ({
      self: selfUrl(call, `${path}/${encodeURIComponent(key)}`),
      key,
    }));
    return ok({ keys });
  };
}

function getFor(find: FindOwner) {
  return (call: JiraCall): SandboxReply => {
    const { properties } = find(call);
    const key = presentKey(call, properties);
    return ok({ key, value: properties[key] });
  };
}

function putFor(find: FindOwner) {
  return (call: JiraCall): SandboxReply => {
    const { properties, save } = find(call);
    mustWrite(call, "edit properties");
    const key = param(call, "propertyKey");
    if (key.length > 255) refuse(400, ["The property key is too long."]);
    const value = anyBodyOf(call);
    if (call.request.body.length > MAX_VALUE_BYTES) refuse(400, ["The property value is too long."]);
    save({ ...properties, [key]: value });
    return { status: key in properties ? 200 : 201, body: {} };
  };
}

function deleteFor(find: FindOwner) {
  return (call: JiraCall): SandboxReply => {
    const { properties, save } = find(call);
    mustWrite(call, "edit properties");
    const key = presentKey(call, properties);
    save(Object.fromEntries(Object.entries(properties).filter(([name]) => name !== key)));
    return NO_CONTENT;
  };
}

function presentKey(call: JiraCall, properties: Readonly<Json>): string {
  const key = param(call, "propertyKey");
  if (!(key in properties)) refuse(404, [`The property with key '${key}' does not exist.`]);
  return key;
}

function handlersFor(find: FindOwner) {
  return { list: listFor(find), get: getFor(find), put: putFor(find), remove: deleteFor(find) };
}

export const issueProperties = handlersFor(issueOwner);
export const commentProperties = handlersFor(commentOwner);
