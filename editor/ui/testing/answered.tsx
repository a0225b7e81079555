import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../../api/queries.js";
import { catalogue } from "../../e2e/fixtures/catalogue.js";
import { connections } from "../../e2e/fixtures/connections.js";
import { me, sources } from "../../e2e/fixtures/lists.js";

/** Everything that parts of the editor ask the API for is there already. */
function answeredClient(): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  client.setQueryData(queries.me().queryKey, me);
  client.setQueryData(queries.catalogue().queryKey, catalogue);
  client.setQueryData(queries.sources().queryKey, { items: [...sources] });
  client.setQueryData(queries.connections().queryKey, { items: [...connections] });
  return client;
}

export const Answered = ({ children }: { readonly children: ReactNode }) => (
  <QueryClientProvider client={answeredClient()}>{children}</QueryClientProvider>
);
