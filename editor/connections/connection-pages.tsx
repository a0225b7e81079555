import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { LinkAnchor } from "../ui/links.js";
import { connectionSchema } from "../../server/connections/connection-api.js";
import type { ConnectionView, connectorSchema } from "../../server/connections/connection-api.js";
import { useMay } from "../api/may.js";
import { useChange } from "../api/change.js";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { Page } from "../ui/page.js";
import { Part } from "../ui/part.js";
import { MissingPage } from "../shell/odd-pages.js";
import { ConnectionActions } from "./connection-actions.js";
import { ConnectionForm } from "./connection-form.js";
import type { Settings } from "./connection-form.js";
import { ConnectionFacts } from "./connection-facts.js";
import "./connections.css";

type Connector = z.infer<typeof connectorSchema>;

const useBack = () => {
  const { t } = useTranslation();
  return <LinkAnchor to="/connections">{t("nav.connections")}</LinkAnchor>;
};

export function NewConnectionPage() {
  const { connector: name } = useSearch({ from: "/connections/new" });
  const query = useQuery(queries.connectors());
  return (
    <Loaded query={query}>
      {({ items }) => {
        const connector = items.find((one) => one.name === name);
        return connector ? <NewConnection connector={connector} /> : <MissingPage />;
      }}
    </Loaded>
  );
}

function NewConnection({ connector }: { readonly connector: Connector }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const create = useChange({
    schema: connectionSchema,
    call: (settings: Settings) => ({ path: "/api/connections", body: { connector: connector.name, ...settings } }),
    renews: ["connection", "me"],
    told: ({ account, target }) => t("connections.connectedAs", { account, target }),
    quiet: true,
  });
  return (
    <Page title={t("connections.connect", { system: connector.title })} back={useBack()}>
      <ConnectionForm
        connector={connector}
        connection={null}
        error={create.error}
        isPending={create.isPending}
        onSave={(settings) =>
          create.mutate(settings, {
            onSuccess: ({ id }) => void navigate({ to: "/connections/$id", params: { id } }),
          })
        }
      />
    </Page>
  );
}

export function ConnectionPage() {
  const { id } = useParams({ from: "/connections/$id" });
  const connections = useQuery(queries.connections());
  const connectors = useQuery(queries.connectors());
  return (
    <Loaded query={connections}>
      {({ items }) => {
        const connection = items.find((one) => one.id === id);
        if (!connection) return <MissingPage />;
        const connector = connectors.data?.items.find(({ name }) => name === connection.connector) ?? null;
        return <Connection connection={connection} connector={connector} />;
      }}
    </Loaded>
  );
}

function Connection({
  connection,
  connector,
}: {
  readonly connection: ConnectionView;
  readonly connector: Connector | null;
}) {
  const { t } = useTranslation();
  const mayManage = useMay()("connections:manage");
  const save = useChange({
    schema: connectionSchema,
    call: (body: Settings) => ({ path: `/api/connections/${connection.id}`, method: "PUT", body }),
    renews: ["connection", "me"],
    told: ({ account, target }) => t("connections.connectedAs", { account, target }),
    quiet: true,
  });
  return (
    <Page title={connection.name} back={useBack()} actions={mayManage && <ConnectionActions connection={connection} />}>
      <Stack gap="xl">
        <ConnectionFacts connection={connection} />
        {connector && mayManage && (
          <Part title={t("connections.settings")}>
            <ConnectionForm
              key={connection.checkedAt}
              connector={connector}
              connection={connection}
              error={save.error}
              isPending={save.isPending}
              onSave={(settings) => save.mutate(settings)}
            />
          </Part>
        )}
      </Stack>
    </Page>
  );
}
