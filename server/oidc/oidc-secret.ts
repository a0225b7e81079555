import { z } from "zod";
import type { Envelope } from "../privacy/envelope.js";

const place = (workspaceId: string): string => `oidc_provider.client_secret|${workspaceId}`;

/** The api proves with it who it is, so it is an inbound secret. */
export const sealClientSecret = (envelope: Envelope, workspaceId: string, secret: string): Buffer =>
  envelope.seal("inbound", place(workspaceId), secret);

export const openClientSecret = (envelope: Envelope, workspaceId: string, sealed: Buffer): string =>
  z.string().parse(envelope.open("inbound", place(workspaceId), sealed));
