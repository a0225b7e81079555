import { Button, Paper } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFingerprint } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Account } from "../../server/members/account-api.js";
import { MOST_PASSKEYS } from "../../server/passkeys/passkey-api.js";
import type { Passkey } from "../../server/passkeys/passkey-api.js";
import { queries } from "../api/queries.js";
import { Hint } from "../ui/hint.js";
import { ListTable } from "../ui/list-table.js";
import { Loaded } from "../ui/loading.js";
import { Notice } from "../ui/notice.js";
import { Part } from "../ui/part.js";
import { NewPasskey } from "./new-passkey.js";
import { PasskeyRow } from "./passkey-row.js";

export function Passkeys({ account: { hasPassword, byLink } }: { readonly account: Account }) {
  const { t } = useTranslation();
  const query = useQuery(queries.passkeys());
  const [isNew, { open, close }] = useDisclosure(false);
  const asksCurrent = hasPassword && !byLink;
  const mayAdd = query.data !== undefined && query.data.host !== null && query.data.items.length < MOST_PASSKEYS;
  const action = mayAdd && !isNew && (
    <Button variant="default" onClick={open}>
      {t("passkeys.add")}
    </Button>
  );
  return (
    <Part title={t("passkeys.title")} text={t("passkeys.text")} action={action}>
      {isNew && (
        <Paper p="lg" mb={10} className="lw-card">
          <NewPasskey asksCurrent={asksCurrent} onDone={close} />
        </Paper>
      )}
      <div className="lw-card">
        <Loaded query={query}>
          {({ items, host }) => <PasskeyList items={items} isPossible={host !== null} asksCurrent={asksCurrent} />}
        </Loaded>
      </div>
    </Part>
  );
}

interface ListProps {
  readonly items: readonly Passkey[];
  readonly isPossible: boolean;
  readonly asksCurrent: boolean;
}

function PasskeyList({ items, isPossible, asksCurrent }: ListProps) {
  const { t } = useTranslation();
  return (
    <>
      {!isPossible && <Hint tone="waiting">{t("passkeys.needHost")}</Hint>}
      {isPossible && items.length === 0 && (
        <Notice icon={IconFingerprint} title={t("passkeys.none")} text={t("passkeys.noneText")} />
      )}
      {items.length > 0 && <PasskeyTable items={items} asksCurrent={asksCurrent} />}
    </>
  );
}

function PasskeyTable({ items, asksCurrent }: Omit<ListProps, "isPossible">) {
  const { t } = useTranslation();
  return (
    <ListTable minWidth={520} headings={[t("passkeys.name"), t("passkeys.added"), t("passkeys.lastUsed"), ""]}>
      {items.map((passkey) => (
        <PasskeyRow key={passkey.id} passkey={passkey} asksCurrent={asksCurrent} />
      ))}
    </ListTable>
  );
}
