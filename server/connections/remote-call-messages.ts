import { z } from "zod";
import type { Envelope } from "../privacy/envelope.js";

/**
 * What an api asks of a worker. Questions are sealed as outbound secrets, which workers open, and answers as inbound ones,
 * which the api opens: nothing readable passes through the database, and nothing else can be passed off as ours.
 */
const questionSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("check"),
    connectionId: z.uuid(),
    config: z.record(z.string(), z.unknown()),
    /** New fields, and the kept ones that only the api may open. */
    secrets: z.record(z.string(), z.string()),
  }),
  z.object({
    kind: z.literal("options"),
    connectionId: z.uuid(),
    picker: z.string(),
    query: z.string(),
    values: z.record(z.string(), z.unknown()),
  }),
]);
export type RemoteQuestion = z.infer<typeof questionSchema>;

const base64 = z.base64();
const problemSchema = z.object({
  status: z.number(),
  code: z.string(),
  message: z.string(),
  extra: z.record(z.string(), z.unknown()),
});
const answerSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("checked"),
    config: z.record(z.string(), z.unknown()),
    check: z.object({
      account: z.string(),
      target: z.string(),
      notes: z.array(z.object({ level: z.enum(["ok", "warning"]), message: z.string() })),
      facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
    sealed: z.object({ secret_inbound: base64, secret_outbound: base64, secrets_set: z.array(z.string()) }),
  }),
  z.object({
    kind: z.literal("options"),
    items: z.array(
      z.object({
        ...{ value: z.string(), id: z.string().exactOptional() },
        ...{ label: z.string(), hint: z.string().exactOptional() },
      }),
    ),
  }),
  /** `problem` is null for a failure that is nobody's business but the worker's log. */
  z.object({ kind: z.literal("refused"), problem: problemSchema.nullable() }),
]);
export type RemoteAnswer = z.infer<typeof answerSchema>;

export const sealQuestion = (envelope: Envelope, id: string, question: RemoteQuestion): Buffer =>
  envelope.seal("outbound", `remote-call.question|${id}`, question);
export const openQuestion = (envelope: Envelope, id: string, bytes: Buffer): RemoteQuestion =>
  questionSchema.parse(envelope.open("outbound", `remote-call.question|${id}`, bytes));

export const sealAnswer = (envelope: Envelope, id: string, answer: RemoteAnswer): Buffer =>
  envelope.seal("inbound", `remote-call.answer|${id}`, answer);
export const openAnswer = (envelope: Envelope, id: string, bytes: Buffer): RemoteAnswer =>
  answerSchema.parse(envelope.open("inbound", `remote-call.answer|${id}`, bytes));
