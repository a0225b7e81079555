import { Badge, Group, Table, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { passkeySchema } from "../../server/passkeys/passkey-api.js";
import type { Passkey } from "../../server/passkeys/passkey-api.js";
import { useChange } from "../api/change.js";
import { Time } from "../ui/time.js";
import { RemovePasskey } from "./remove-passkey.js";

interface Props {
  readonly passkey: Passkey;
  /** Not of who came by a link: they may have lost it. */
  readonly asksCurrent: boolean;
}

export function PasskeyRow({ passkey, asksCurrent }: Props) {
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
        <RemovePasskey passkey={passkey} asksCurrent={asksCurrent} />
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
