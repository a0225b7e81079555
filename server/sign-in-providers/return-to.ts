import { z } from "zod";

/** A path of our own and nothing else: browsers read `//host` and `/\\host` as another site's. */
export const returnToSchema = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\s\\]*$/)
  .catch("/");
