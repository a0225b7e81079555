import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { auditBy } from "../audit/audit.js";
import type { Db } from "../db/database.js";
import { conflict, notFound } from "../errors.js";
import { reachesReal } from "../flows/reaching-real.js";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import type { IngestService, IngestSource } from "../ingest/ingest-service.js";
import { samples } from "./samples.js";
import * as api from "./source-api.js";

export interface SampleRouteDependencies {
  readonly db: Db;
  readonly ingest: IngestService;
  readonly findSource: (sourceId: string) => Promise<IngestSource | null>;
  readonly hasSandbox: (workspaceId: string) => Promise<boolean>;
}

/** Made up, signed with the source's own secret, and taken by the door through which everything comes. */
export const sampleRoutes = ({ db, ingest, findSource, hasSandbox }: SampleRouteDependencies): Route[] => [
  defineRoute({
    method: "post",
    path: "/api/sources/:sourceId/samples",
    access: "sources:manage",
    summary: "Sends the source a sample event, as its sender would; while the sandbox is on",
    params: z.object({ sourceId: uuidSchema }),
    body: api.sendSampleSchema,
    reply: api.acceptedSchema,
    status: 202,
    handle: async ({ actor, params, body }) => {
      const source = await findSource(params.sourceId);
      if (source?.workspaceId !== actor.workspaceId) throw notFound("source");
      if (!(await hasSandbox(actor.workspaceId))) throw off();
      if (source.state === "paused") throw conflict("source_paused", "This source is paused. Nothing was sent.");
      if (await reachesReal(db, { workspaceId: actor.workspaceId, sourceId: source.id })) throw wouldReachReal();
      const delivery = sampleFor(source, body.sample);
      await transact(db, (tx) =>
        auditBy(tx, actor, {
          action: "source.sampled",
          target: { kind: "source", id: source.id },
          data: { sample: body.sample },
        }),
      );
      const { eventId, runIds } = await ingest.accept(source, delivery);
      return { eventId, runIds: [...runIds] };
    },
  }),
];

const domainSchema = z.looseObject({ domain: z.string().optional() });

function sampleFor({ adapter, settings, secrets }: IngestSource, name: api.SampleName) {
  const said = { ...samples[name], responseId: `sample-${uuidv7()}` };
  const isOfEmployees = domainSchema.safeParse(settings).data?.domain === "employee";
  const delivery = isOfEmployees ? null : adapter.sample(said, { settings, secret: secrets[0], now: new Date() });
  if (delivery) return delivery;
  throw conflict(
    "no_sample",
    "For this source no sample can be made: its sender signs in a way of its own, or employees speak there.",
  );
}

const wouldReachReal = () =>
  conflict(
    "sample_reaches_real",
    "A live flow that hears this source uses a real connection or calls an address, so a sample would reach a real system. Pause that flow, or point it at the sandbox.",
  );

const off = () =>
  conflict(
    "sandbox_off",
    "Sample events are for the sandbox, and this workspace has none. Post to the source's address instead.",
  );
