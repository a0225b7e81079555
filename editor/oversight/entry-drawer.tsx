import { Drawer, List, Stack, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Entry } from "../../server/oversight/oversight-api.js";
import { LinkAnchor } from "../ui/links.js";
import { EntryForm } from "./entry-form.js";
import { Reasons } from "./reasons.js";

/** One tool: what is wrong with it first, then the form, then what uses it. */
export function EntryDrawer({ entry }: { readonly entry: Entry | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const close = () =>
    void navigate({ to: "/oversight", search: ({ thing: _closed, ...before }) => before, replace: true });
  return (
    <Drawer
      opened={entry !== undefined}
      onClose={close}
      position="right"
      size="min(100%, 600px)"
      title={entry?.name}
      closeButtonProps={{ "aria-label": t("oversight.close", { name: entry?.name ?? "" }) }}
    >
      {entry && (
        <Stack gap="lg" key={entry.id}>
          <Open entry={entry} />
          <Reasons risk={entry.risk} />
          <EntryForm entry={entry} onDone={close} />
          <Flows entry={entry} />
        </Stack>
      )}
    </Drawer>
  );
}

function Open({ entry: { kind, id, product } }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  return (
    <Text fz="sm" c="dimmed">
      {t(`oversight.kind.${kind}`)} · {product} ·{" "}
      {kind === "source" ? (
        <LinkAnchor to="/sources/$id" params={{ id }} underline="always">
          {t("oversight.openSource")}
        </LinkAnchor>
      ) : (
        <LinkAnchor to="/connections/$id" params={{ id }} underline="always">
          {t("oversight.openConnection")}
        </LinkAnchor>
      )}
    </Text>
  );
}

function Flows({ entry: { flows } }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={3} mb={6}>
        {t("oversight.usedBy")}
      </Title>
      {flows.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t("oversight.noFlows")}
        </Text>
      ) : (
        <List size="sm">
          {flows.map(({ id, name }) => (
            <List.Item key={id}>
              <LinkAnchor to="/flows/$id" params={{ id }} underline="always">
                {name}
              </LinkAnchor>
            </List.Item>
          ))}
        </List>
      )}
    </section>
  );
}
