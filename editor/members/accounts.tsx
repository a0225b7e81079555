import { Button, Group, Modal, Select, Table, Text, Title } from "@mantine/core";
import { IconBuilding, IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountSchema, type CompanyAccount } from "../../server/accounts/accounts-api.js";
import { useChange } from "../api/change.js";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { Notice } from "../ui/notice.js";
import { AccountImport } from "./account-import.js";
import { accountName, accountsBelow } from "./row-rule.js";

/** Companies that respondents belong to: which stands below which decides what teams see. */
export function Accounts() {
  const { t } = useTranslation();
  const [isImporting, setImporting] = useState(false);
  const query = useQuery(queries.companyAccounts());
  return (
    <section>
      <Group justify="space-between" align="flex-end" mb={10}>
        <div>
          <Title order={2}>{t("companies.title")}</Title>
          <Text fz="sm" c="dimmed" maw={720}>
            {t("companies.text")}
          </Text>
        </div>
        <Button variant="default" leftSection={<IconUpload size={16} />} onClick={() => setImporting(true)}>
          {t("companies.import")}
        </Button>
      </Group>
      <div className="lw-card">
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Notice icon={IconBuilding} title={t("companies.none")} text={t("companies.noneText")} />
            ) : (
              <AccountTable items={items} />
            )
          }
        </Loaded>
      </div>
      <Modal opened={isImporting} onClose={() => setImporting(false)} title={t("companies.import")} size="lg">
        <AccountImport onDone={() => setImporting(false)} />
      </Modal>
    </section>
  );
}

function AccountTable({ items }: { readonly items: readonly CompanyAccount[] }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={520} type="native" mah={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("companies.name")}</Table.Th>
            <Table.Th>{t("companies.above")}</Table.Th>
            <Table.Th>{t("companies.attributes")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((account) => (
            <Table.Tr key={account.id}>
              <Table.Td fw={550}>{accountName(account)}</Table.Td>
              <Table.Td>
                <Above account={account} items={items} />
              </Table.Td>
              <Table.Td>
                {Object.entries(account.attributes)
                  .map(([name, value]) => `${name}: ${String(value)}`)
                  .join(", ")}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
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
