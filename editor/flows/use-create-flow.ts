import { useNavigate } from "@tanstack/react-router";
import { flowDetailSchema } from "../../server/flows/flow-api.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { useChange } from "../api/change.js";

/** Makes a flow and opens it. The form shows a refusal itself. */
export function useCreateFlow() {
  const navigate = useNavigate();
  const create = useChange({
    schema: flowDetailSchema,
    call: (body: { readonly name: string; readonly draft: FlowDraft }) => ({ path: "/api/flows", body }),
    renews: ["flow"],
    quiet: true,
  });
  const save = (name: string, draft: FlowDraft, then?: (id: string) => void) =>
    create.mutate(
      { name, draft },
      {
        onSuccess: ({ id }) => {
          then?.(id);
          void navigate({ to: "/flows/$id", params: { id } });
        },
      },
    );
  return { error: create.error, isPending: create.isPending, save };
}
