import { useQuery } from "@tanstack/react-query";
import type { CatalogueReply } from "../../server/flows/flow-api.js";
import type { ActionSpec, Catalogue } from "../../workflows/flow/catalogue.js";
import { queries } from "../api/queries.js";

export type ActionView = CatalogueReply["actions"][number];

/** The catalogue as the flow language reads it. Inputs are judged by the server, so here every input passes. */
export function catalogueOf(reply: CatalogueReply): Catalogue {
  const specs = new Map<string, ActionSpec>(
    reply.actions.map((action) => [action.ref, { ...action, check: () => [] }]),
  );
  return { action: (ref) => specs.get(ref), fields: reply.fields };
}

const catalogues = new WeakMap<CatalogueReply, Catalogue>();
const nothing: CatalogueReply = { actions: [], fields: [] };

/** The same reply gives the same catalogue: analyses are remembered by it. */
export function useCatalogue(): { readonly catalogue: Catalogue; readonly actions: readonly ActionView[] } {
  const reply = useQuery(queries.catalogue()).data ?? nothing;
  const catalogue = catalogues.get(reply) ?? catalogueOf(reply);
  catalogues.set(reply, catalogue);
  return { catalogue, actions: reply.actions };
}
