import { MultiSelect, Select } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { grantedSchema } from "../../server/members/token-api.js";
import { useRoleChoices } from "../members/role-choices.js";
import { ThingPickers } from "../members/things.js";
import { permissionWords } from "./permission-words.js";
import { OWN, type TokenValues } from "./token-values.js";

interface Props {
  readonly form: UseFormReturnType<TokenValues>;
}

/** What a token may do, and the only things that it may do it to. */
export function TokenReach({ form }: Props) {
  const { t } = useTranslation();
  const roles = useRoleChoices();
  return (
    <>
      <Select
        label={t("tokens.may")}
        allowDeselect={false}
        data={[...roles, { value: OWN, label: t("tokens.own") }]}
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
      <ThingPickers values={form.values} propsOf={(field) => form.getInputProps(field)} />
    </>
  );
}
