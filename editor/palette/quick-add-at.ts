import type { Edge } from "../../workflows/flow/schema.js";
import type { Point } from "../flow/edit.js";

/** Where something is to be added. */
export type QuickAddAt =
  | { readonly kind: "edge"; readonly edge: Edge }
  | { readonly kind: "output"; readonly from: string; readonly output: string; readonly at: Point }
  /** Connected to nothing. */
  | { readonly kind: "place"; readonly at: Point };
