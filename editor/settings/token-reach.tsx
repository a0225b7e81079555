import { MultiSelect, Select } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { roleSchema } from "../../server/members/member-api.js";
import { grantedSchema } from "../../server/members/token-api.js";
import { queries } from "../api/queries.js";
import { permissionWords } from "./permission-words.js";
import { OWN, type TokenValues } from "./token-values.js";

interface Props {
  readonly form: UseFormReturnType<TokenValues>;
}

/** What a token may do, and the only things that it may do it to. */
export function TokenReach({ form }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t("tokens.may")}
        allowDeselect={false}
        data={[
          ...roleSchema.options.map((value) => ({ value, label: t(`role.${value}`) })),
          { value: OWN, label: t("tokens.own") },
        ]}
        {...form.getInputProps("role")}
      />
      {form.values.role === OWN && (
        <MultiSelect
          label={t("tokens.permissions")}
          required
          searchable
          data={grantedSchema.options.map((value) => ({ value, label: t(permissionWords[value]) }))}
          {...form.getInputProps("permissions")}
        />
      )}
      <Things form={form} />
    </>
  );
}

function Things({ form }: Props) {
  const { t } = useTranslation();
  const flows = useQuery(queries.flows()).data?.items ?? [];
  const sources = useQuery(queries.sources()).data?.items ?? [];
  const connections = useQuery(queries.connections()).data?.items ?? [];
  const lists = [
    { field: "flowIds", label: "tokens.flows", items: flows },
    { field: "sourceIds", label: "tokens.sources", items: sources },
    { field: "connectionIds", label: "tokens.connections", items: connections },
  ] as const;
  return lists.map(({ field, label, items }) => (
    <MultiSelect
      key={field}
      label={t(label)}
      placeholder={form.values[field].length === 0 ? t("tokens.all") : ""}
      searchable
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      {...form.getInputProps(field)}
    />
  ));
}
