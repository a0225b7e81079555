import type { z } from "zod";
import { memberSchema } from "../../server/members/member-api.js";
import type { changeMemberSchema } from "../../server/members/member-api.js";
import { useChange } from "../api/change.js";

export const useChangeMember = (id: string, { quiet = false } = {}) =>
  useChange({
    schema: memberSchema,
    call: (body: z.input<typeof changeMemberSchema>) => ({ path: `/api/members/${id}`, method: "PATCH", body }),
    renews: ["member", "me"],
    quiet,
  });
