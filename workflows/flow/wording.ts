import { z } from "zod";
import type { NodeWorld } from "./node-type.js";

/** True: addresses and numbers that somebody typed are shown to colleagues as they stand, and what an employee said is sent out. */
export const showsPersonalDataSchema = z.boolean().optional();

type Wording = Pick<NodeWorld, "render" | "renderMasked">;

/** How a node words what colleagues read. */
export const wording = (
  { showsPersonalData }: { readonly showsPersonalData?: boolean | undefined },
  { render, renderMasked, renderShown }: Pick<NodeWorld, "render" | "renderMasked" | "renderShown">,
): Wording =>
  showsPersonalData === true ? { render: renderShown, renderMasked: renderShown } : { render, renderMasked };
