import { Badge, Button, Group, Table, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { emptySchema } from "../../server/http/common-api.js";
import { passkeySchema } from "../../server/passkeys/passkey-api.js";
import type { Passkey } from "../../server/passkeys/passkey-api.js";
import { useChange } from "../api/change.js";
import { askFirst } from "../ui/confirm.js";
import { Time } from "../ui/time.js";

export function PasskeyRow({ passkey }: { readonly passkey: Passkey }) {
  const { t } = useTranslation();
  const { works, createdAt, lastUsedAt } = passkey;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={8} wrap="nowrap">
          <Name passkey={passkey} />
          {!works && <Badge size="sm">{t("passkeys.elsewhere")}</Badge>}
        </Group>
      </Table.Td>
      <Table.Td c="dimmed">
        <Time at={createdAt} />
      </Table.Td>
      <Table.Td c="dimmed">{lastUsedAt === null ? t("common.never") : <Time at={lastUsedAt} />}</Table.Td>
      <Table.Td ta="right">
        <Remove passkey={passkey} />
      </Table.Td>
    </Table.Tr>
  );
}

/** Renamed in place: Enter or leaving keeps it, Escape takes it back. */
function Name({ passkey: { id, name: known } }: { readonly passkey: Passkey }) {
  const { t } = useTranslation();
  const [name, setName] = useState(known);
  const rename = useChange({
    schema: passkeySchema,
    call: (next: string) => ({ path: `/api/account/passkeys/${id}`, method: "PATCH", body: { name: next } }),
    renews: ["account"],
  });
  const keep = () => {
    const next = name.trim();
    if (next === "") setName(known);
    else if (next !== known) rename.mutate(next, { onError: () => setName(known) });
  };
  return (
    <TextInput
      size="xs"
      aria-label={t("passkeys.nameOf", { name: known })}
      value={name}
      maxLength={60}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Escape") setName(known);
        if (event.key === "Enter") event.currentTarget.blur();
      }}
    />
  );
}

function Remove({ passkey: { id, name } }: { readonly passkey: Passkey }) {
  const { t } = useTranslation();
  const remove = useChange({
    schema: emptySchema,
    call: () => ({ path: `/api/account/passkeys/${id}`, method: "DELETE" }),
    renews: ["account", "me", "member"],
  });
  const ask = () =>
    askFirst({
      title: t("passkeys.remove"),
      text: t("passkeys.removeText", { name }),
      onConfirm: () => remove.mutate(undefined),
    });
  return (
    <Button size="xs" variant="default" loading={remove.isPending} onClick={ask}>
      {t("common.remove")}
    </Button>
  );
}
