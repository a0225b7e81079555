import { Autocomplete, Group, MultiSelect, Stack, TagsInput, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { CompanyAccount } from "../../server/accounts/accounts-api.js";
import type { RowRule, SegmentCondition } from "../../server/members/rule-api.js";
import { queries } from "../api/queries.js";
import { AddButton } from "../ui/add-button.js";
import { RemoveButton } from "../ui/remove-button.js";
import { accountName, accountsBelow, knownFields, textsOf, valuesOf } from "./row-rule.js";

interface Props {
  readonly rule: RowRule;
  readonly onChange: (rule: RowRule) => void;
}

/** Which rows a team sees of its things: those of a segment, and those of accounts with all below them. */
export function RowRules({ rule, onChange }: Props) {
  const { t } = useTranslation();
  const accounts = useQuery(queries.companyAccounts()).data?.items ?? [];
  return (
    <Stack gap="xs" role="group" aria-label={t("teams.rows")}>
      <div>
        <Text fz="sm" fw={550}>
          {t("teams.rows")}
        </Text>
        <Text fz="sm" c="dimmed">
          {t("teams.rowsText")}
        </Text>
      </div>
      <Segment
        accounts={accounts}
        segment={rule.segment}
        onChange={(segment) => onChange({ ...rule, segment: [...segment] })}
      />
      <AccountPicker
        accounts={accounts}
        ids={rule.accountIds ?? []}
        onChange={(accountIds) => onChange({ ...rule, accountIds })}
      />
    </Stack>
  );
}

interface SegmentProps {
  readonly accounts: readonly CompanyAccount[];
  readonly segment: readonly SegmentCondition[];
  readonly onChange: (segment: readonly SegmentCondition[]) => void;
}

function Segment({ accounts, segment, onChange }: SegmentProps) {
  const { t } = useTranslation();
  const sources = useQuery(queries.sources()).data?.items ?? [];
  const change = (at: number, part: Partial<SegmentCondition>) =>
    onChange(segment.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <>
      {segment.map((condition, index) => (
        <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
          <Autocomplete
            flex="1 1 0"
            miw={0}
            aria-label={t("teams.field")}
            placeholder={t("teams.field")}
            data={knownFields(sources, accounts)}
            value={condition.field}
            onChange={(field) => change(index, { field })}
          />
          <TagsInput
            flex="1 1 0"
            miw={0}
            aria-label={t("teams.oneOf")}
            placeholder={condition.oneOf.length === 0 ? t("teams.oneOf") : ""}
            acceptValueOnBlur
            value={textsOf(condition)}
            onChange={(texts) => change(index, { oneOf: valuesOf(texts) })}
          />
          <RemoveButton onClick={() => onChange(segment.filter((_, at) => at !== index))} />
        </Group>
      ))}
      <AddButton label={t("teams.addCondition")} onClick={() => onChange([...segment, { field: "", oneOf: [] }])} />
    </>
  );
}

interface PickerProps {
  readonly accounts: readonly CompanyAccount[];
  readonly ids: string[];
  readonly onChange: (ids: string[]) => void;
}

function AccountPicker({ accounts, ids, onChange }: PickerProps) {
  const { t } = useTranslation();
  const picked = accounts.filter(({ id }) => ids.includes(id));
  const below = picked.flatMap((account) => {
    const names = accountsBelow(accounts, account.id).map(accountName);
    return names.length > 0 ? [{ id: account.id, name: accountName(account), names: names.join(", ") }] : [];
  });
  return (
    <div>
      <MultiSelect
        label={t("teams.accounts")}
        description={t("teams.accountsText")}
        placeholder={ids.length === 0 ? t("tokens.all") : ""}
        nothingFoundMessage={t("teams.noAccounts")}
        searchable
        limit={50}
        data={accounts.map((account) => ({ value: account.id, label: accountName(account) }))}
        value={ids}
        onChange={onChange}
      />
      {below.map(({ id, name, names }) => (
        <Text key={id} fz="sm" c="dimmed" mt={4}>
          {t("teams.below", { name, names })}
        </Text>
      ))}
    </div>
  );
}
