import { z } from "zod";
import { notFound, DomainError } from "../errors.js";
import { flatHeaders } from "../http/headers.js";
import { readRawBody } from "../http/raw-body.js";
import { defineRoute, type Route } from "../http/route.js";
import { acceptedSchema } from "../sources/source-api.js";
import type { IngestService, IngestSource } from "./ingest-service.js";

export interface IngestRouteDependencies {
  readonly ingest: IngestService;
  readonly findSource: (sourceId: string) => Promise<IngestSource | null>;
  /** The address that the sender of a source was given. */
  readonly urlOf: (sourceId: string) => string;
}

export const ingestRoutes = ({ ingest, findSource, urlOf }: IngestRouteDependencies): Route[] => [
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
      if (!source) throw notFound("source");
      if (source.state === "paused") throw paused();
      const rawBody = await readRawBody(request);
      const headers = flatHeaders(request.headers);
      const accepted = await ingest.accept(source, { rawBody, headers, url: urlOf(source.id) });
      return { eventId: accepted.eventId, runIds: [...accepted.runIds] };
    },
  }),
];

const paused = (): DomainError =>
  new DomainError({
    status: 503,
    code: "source_paused",
    message: "This source is paused. Nothing was kept; send it again later.",
    headers: { "Retry-After": "300" },
  });
