import { Button, Modal, Select, Table } from "@mantine/core";
import { IconBuilding, IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountSchema, type CompanyAccount } from "../../server/accounts/accounts-api.js";
import { useChange } from "../api/change.js";
import { queries } from "../api/queries.js";
import { ListTable } from "../ui/list-table.js";
import { Listed } from "../ui/listed.js";
import { Notice } from "../ui/notice.js";
import { Part } from "../ui/part.js";
import { AccountImport } from "./account-import.js";
import { accountName, accountsBelow } from "./row-rule.js";

/** Companies that respondents belong to: which stands below which decides what teams see. */
export function Accounts() {
  const { t } = useTranslation();
  const [isImporting, setImporting] = useState(false);
  const query = useQuery(queries.companyAccounts());
  const action = (
    <Button variant="default" leftSection={<IconUpload size={16} />} onClick={() => setImporting(true)}>
      {t("companies.import")}
    </Button>
  );
  return (
    <Part title={t("companies.title")} text={t("companies.text")} action={action}>
      <div className="lw-card">
        <Listed
          query={query}
          nothing={<Notice icon={IconBuilding} title={t("companies.none")} text={t("companies.noneText")} />}
        >
          {(items) => <AccountTable items={items} />}
        </Listed>
      </div>
      <Modal opened={isImporting} onClose={() => setImporting(false)} title={t("companies.import")} size="lg">
        <AccountImport onDone={() => setImporting(false)} />
      </Modal>
    </Part>
  );
}

const attributesOf = ({ attributes }: CompanyAccount): string =>
  Object.entries(attributes)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(", ");

function AccountTable({ items }: { readonly items: readonly CompanyAccount[] }) {
  const { t } = useTranslation();
  return (
    <ListTable
      minWidth={520}
      maxHeight={420}
      headings={[t("companies.name"), t("companies.above"), t("companies.attributes")]}
    >
      {items.map((account) => (
        <Table.Tr key={account.id}>
          <Table.Td fw={550}>{accountName(account)}</Table.Td>
          <Table.Td>
            <Above account={account} items={items} />
          </Table.Td>
          <Table.Td>{attributesOf(account)}</Table.Td>
        </Table.Tr>
      ))}
    </ListTable>
  );
}

/** Not itself and nothing below it, which would be a ring. */
function Above({ account, items }: { readonly account: CompanyAccount; readonly items: readonly CompanyAccount[] }) {
  const { t } = useTranslation();
  const below = new Set([account.id, ...accountsBelow(items, account.id).map(({ id }) => id)]);
  const place = useChange({
    schema: accountSchema,
    call: (parentId: string | null) => ({
      path: `/api/accounts/${account.id}`,
      method: "PUT" as const,
      body: { parentId },
    }),
    renews: ["companyAccount"],
  });
  return (
    <Select
      size="xs"
      aria-label={t("companies.aboveOf", { name: accountName(account) })}
      placeholder={t("companies.nobodyAbove")}
      clearable
      searchable
      limit={50}
      disabled={place.isPending}
      data={items.filter(({ id }) => !below.has(id)).map((one) => ({ value: one.id, label: accountName(one) }))}
      value={account.parentId}
      onChange={(parentId) => place.mutate(parentId)}
    />
  );
}
