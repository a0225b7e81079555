import { z } from "zod";
import { messages, rowsOf } from "./slack.js";
import type { Product } from "./product.js";

const channelSchema = z.object({ id: z.string(), name: z.string() });
const issueSchema = z.object({ key: z.string(), project: z.string(), type: z.string(), summary: z.string() });
const commentedSchema = z.object({ key: z.string(), comments: z.array(z.object({ body: z.string() })) });

/** Each thing that the sandbox's systems hold, as one line: where, what, and its first line of words. */
function held(product: Product): string[] {
  const channels = new Map(rowsOf(product, "slack", "channels").map((row) => [channelSchema.parse(row).id, row]));
  const nameOf = (id: string) => `#${channelSchema.parse(channels.get(id)).name}`;
  const inSlack = messages(product)
    .filter(({ ephemeralTo }) => ephemeralTo === undefined)
    .map(({ channel, text }) => `Slack ${nameOf(channel)}: ${firstLine(text)}`);
  const issues = rowsOf(product, "jira", "issues");
  const inJira = issues
    .map((row) => issueSchema.parse(row))
    .map(({ project, type, summary }) => `Jira ${project} ${type}: ${summary}`);
  const comments = issues
    .map((row) => commentedSchema.parse(row))
    .flatMap(({ comments: said }) => said.map(({ body }) => `Jira comment: ${firstLine(body)}`));
  return [
    ...inSlack,
    ...inJira,
    ...comments,
    ...(["Task", "Case", "ContentNote"] as const).flatMap((object) => recordsOf(product, object)),
  ];
}

const recordSchema = z.object({ Subject: z.string().optional(), Title: z.string().optional() });
const recordsOf = (product: Product, object: string): string[] =>
  rowsOf(product, "salesforce", object)
    .map((row) => recordSchema.parse(row))
    .map(({ Subject, Title }) => `Salesforce ${object}: ${Subject ?? Title ?? ""}`);

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";

/** What is new since it was asked last. */
export function newIn(product: Product): () => string[] {
  let before = held(product);
  return () => {
    const now = held(product);
    const left = [...before];
    const added = now.filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    before = now;
    return added.toSorted();
  };
}
