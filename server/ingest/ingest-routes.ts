import { z } from "zod";
import type { InboundDelivery } from "../../integrations/source.js";
import { notFound, DomainError } from "../errors.js";
import { flatHeaders } from "../http/headers.js";
import { readRawBody } from "../http/raw-body.js";
import { defineRoute, type Route } from "../http/route.js";
import { acceptedSchema } from "../sources/source-api.js";
import type { NoteRefused } from "../oversight/unknown-senders.js";
import type { SenderReason } from "../oversight/oversight-api.js";
import { BAD_SIGNATURE, type IngestService, type IngestSource } from "./ingest-service.js";

export interface IngestRouteDependencies {
  readonly ingest: IngestService;
  readonly findSource: (sourceId: string) => Promise<IngestSource | null>;
  readonly noteRefused: NoteRefused;
  /** The address that the sender of a source was given. */
  readonly urlOf: (sourceId: string) => string;
}

export const ingestRoutes = ({ ingest, findSource, noteRefused, urlOf }: IngestRouteDependencies): Route[] => [
  defineRoute({
    method: "post",
    path: "/hooks/:sourceId",
    access: "signed",
    summary: "Take what somebody said. Durable when answered; the same content again gets the same answer.",
    params: z.object({ sourceId: z.string().max(64) }),
    reply: acceptedSchema,
    status: 202,
    handle: async ({ params, request }) => {
      const source = z.uuid().safeParse(params.sourceId).success ? await findSource(params.sourceId) : null;
      const refuse = (reason: SenderReason) =>
        noteRefused({ key: params.sourceId, reason, workspaceId: source?.workspaceId ?? null, address: request.ip });
      if (!source) {
        refuse("unknown");
        throw notFound("source");
      }
      if (source.state === "paused") {
        refuse("paused");
        throw paused();
      }
      const headers = flatHeaders(request.headers);
      const delivery = { rawBody: await readRawBody(request), headers, url: urlOf(source.id) };
      const accepted = await ingest.accept(source, delivery).catch((error: unknown) => {
        if (isBadSignature(error)) refuse(isByEnded(source, delivery) ? "revoked" : "bad_signature");
        throw error;
      });
      return { eventId: accepted.eventId, runIds: [...accepted.runIds] };
    },
  }),
];

const isBadSignature = (error: unknown): boolean => error instanceof DomainError && error.code === BAD_SIGNATURE;

/** Whether whoever signed it had a secret that was accepted once. */
function isByEnded({ adapter, settings, endedSecrets }: IngestSource, delivery: InboundDelivery): boolean {
  const [first, ...others] = endedSecrets;
  return first !== undefined && adapter.verify(delivery, { settings, secrets: [first, ...others], now: new Date() }).ok;
}

const paused = (): DomainError =>
  new DomainError({
    status: 503,
    code: "source_paused",
    message: "This source is paused. Nothing was kept; send it again later.",
    headers: { "Retry-After": "300" },
  });
