import { Badge, Button, Group, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { emptySchema } from "../../server/http/common-api.js";
import type { TokenView } from "../../server/members/token-api.js";
import { useChange } from "../api/change.js";
import { limitsOf } from "../members/things.js";
import { askFirst } from "../ui/confirm.js";
import { Time } from "../ui/time.js";
import { permissionWords } from "./permission-words.js";

export function TokenRow({ token }: { readonly token: TokenView }) {
  const { t } = useTranslation();
  const { createdAt, lastUsedAt, expiresAt } = token;
  return (
    <Table.Tr>
      <Table.Td>
        <Which token={token} />
      </Table.Td>
      <Table.Td>
        <May token={token} />
      </Table.Td>
      <Table.Td c="dimmed">
        <Time at={createdAt} />
      </Table.Td>
      <Table.Td c="dimmed">{lastUsedAt === null ? t("common.never") : <Time at={lastUsedAt} />}</Table.Td>
      <Table.Td c="dimmed">{expiresAt === null ? t("common.never") : <Time at={expiresAt} />}</Table.Td>
      <Table.Td ta="right">
        <Revoke token={token} />
      </Table.Td>
    </Table.Tr>
  );
}

function Which({ token: { name, prefix, active } }: { readonly token: TokenView }) {
  const { t } = useTranslation();
  return (
    <>
      <Group gap={8} wrap="nowrap">
        <Text fz="sm" fw={550}>
          {name}
        </Text>
        {!active && <Badge size="sm">{t("tokens.asleep")}</Badge>}
      </Group>
      {prefix !== null && (
        <Text fz={12} c="dimmed" ff="monospace">
          {prefix}…
        </Text>
      )}
    </>
  );
}

/** A role or permissions in a line, and under it what it is limited to. */
function May({ token }: { readonly token: TokenView }) {
  const { t } = useTranslation();
  const { role, permissions } = token;
  const limits = limitsOf(token, t);
  return (
    <>
      {role === null ? (permissions ?? []).map((one) => t(permissionWords[one])).join(", ") : t(`role.${role}`)}
      {limits !== "" && (
        <Text fz={12} c="dimmed">
          {t("tokens.only", { what: limits })}
        </Text>
      )}
    </>
  );
}

function Revoke({ token: { id, name } }: { readonly token: TokenView }) {
  const { t } = useTranslation();
  const revoke = useChange({
    schema: emptySchema,
    call: () => ({ path: `/api/tokens/${id}`, method: "DELETE" }),
    renews: ["tokens"],
  });
  const ask = () =>
    askFirst({
      title: t("tokens.revoke"),
      text: t("tokens.revokeText", { name }),
      onConfirm: () => revoke.mutate(undefined),
    });
  return (
    <Button size="xs" variant="default" loading={revoke.isPending} onClick={ask}>
      {t("tokens.revoke")}
    </Button>
  );
}
