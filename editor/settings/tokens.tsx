import { Button, Group, Modal, Table, Text, Title } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import type { tokenSchema } from "../../server/members/member-api.js";
import { useChange } from "../api/change.js";
import { queries } from "../api/queries.js";
import { askFirst } from "../ui/confirm.js";
import { Loaded } from "../ui/loading.js";
import { Notice } from "../ui/notice.js";
import { Time } from "../ui/time.js";
import { NewToken } from "./new-token.js";

type Token = z.infer<typeof tokenSchema>;

export function Tokens() {
  const { t } = useTranslation();
  const [isNew, setNew] = useState(false);
  const query = useQuery(queries.tokens());
  return (
    <section>
      <Group justify="space-between" align="flex-end" mb={10}>
        <div>
          <Title order={2}>{t("tokens.title")}</Title>
          <Text fz="sm" c="dimmed">
            {t("tokens.text")}
          </Text>
        </div>
        <Button leftSection={<IconPlus size={16} />} onClick={() => setNew(true)}>
          {t("tokens.new")}
        </Button>
      </Group>
      <div className="lw-card">
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Notice icon={IconKey} title={t("tokens.none")} text={t("tokens.noneText")} />
            ) : (
              <TokenTable items={items} />
            )
          }
        </Loaded>
      </div>
      <Modal opened={isNew} onClose={() => setNew(false)} title={t("tokens.new")}>
        <NewToken onDone={() => setNew(false)} />
      </Modal>
    </section>
  );
}

function TokenTable({ items }: { readonly items: readonly Token[] }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("tokens.name")}</Table.Th>
            <Table.Th>{t("tokens.role")}</Table.Th>
            <Table.Th>{t("tokens.created")}</Table.Th>
            <Table.Th>{t("tokens.lastUsed")}</Table.Th>
            <Table.Th>{t("tokens.expires")}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function TokenRow({ token: { id, name, role, createdAt, lastUsedAt, expiresAt } }: { readonly token: Token }) {
  const { t } = useTranslation();
  const revoke = useChange({
    schema: z.unknown(),
    call: () => ({ path: `/api/tokens/${id}`, method: "DELETE" }),
    renews: ["tokens"],
  });
  const ask = () =>
    askFirst({
      title: t("tokens.revoke"),
      text: t("tokens.revokeText", { name }),
      confirm: t("tokens.revoke"),
      cancel: t("common.cancel"),
      onConfirm: () => revoke.mutate(undefined),
    });
  return (
    <Table.Tr>
      <Table.Td fw={550}>{name}</Table.Td>
      <Table.Td>{t(`role.${role}`)}</Table.Td>
      <Table.Td c="dimmed">
        <Time at={createdAt} />
      </Table.Td>
      <Table.Td c="dimmed">{lastUsedAt === null ? t("common.never") : <Time at={lastUsedAt} />}</Table.Td>
      <Table.Td c="dimmed">{expiresAt === null ? t("common.never") : <Time at={expiresAt} />}</Table.Td>
      <Table.Td ta="right">
        <Button size="xs" variant="default" loading={revoke.isPending} onClick={ask}>
          {t("tokens.revoke")}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
