import { z } from "zod";
import type { NodeWorld } from "./node-type.js";

/** True: addresses and numbers that somebody typed are shown to colleagues as they stand. */
export const showsPersonalDataSchema = z.boolean().optional();

type Wording = Pick<NodeWorld, "render" | "renderMasked">;

/** How a node words what colleagues read. */
export const wording = (
  { showsPersonalData }: { readonly showsPersonalData?: boolean | undefined },
  { render, renderMasked }: Wording,
): Wording => ({ render, renderMasked: showsPersonalData === true ? render : renderMasked });
