import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountsImportedSchema, type ImportedAccount } from "../../server/accounts/accounts-api.js";
import { useChange } from "../api/change.js";
import { useErrorWords } from "../ui/error-words.js";
import { Hint } from "../ui/hint.js";
import { readAccountLines } from "./account-lines.js";

const EXAMPLE = "name,parent,region\nNorthwind Paris,Northwind Traders,EMEA\nNorthwind Traders,,";

/** Lines of a table, or a JSON list, as they are pasted. */
export function AccountImport({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  const [text, setText] = useState("");
  const lines = readAccountLines(text);
  const bring = useChange({
    schema: accountsImportedSchema,
    call: (accounts: readonly ImportedAccount[]) => ({ path: "/api/accounts/import", body: { accounts } }),
    renews: ["companyAccount"],
    told: ({ made, placed }) => t("companies.imported", { made, placed }),
    quiet: true,
  });
  return (
    <Stack>
      <Text fz="sm">{t("companies.importText")}</Text>
      <Textarea
        label={t("companies.lines")}
        autosize
        minRows={6}
        maxRows={16}
        spellCheck={false}
        placeholder={EXAMPLE}
        data-autofocus
        value={text}
        error={text.trim() !== "" && lines === null ? t("companies.notLines") : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {bring.error && <Hint tone="failed">{wordsOf(bring.error).text}</Hint>}
      <Group justify="flex-end">
        <Button
          disabled={lines === null}
          loading={bring.isPending}
          onClick={() => lines && bring.mutate(lines, { onSuccess: onDone })}
        >
          {t("companies.import")}
        </Button>
      </Group>
    </Stack>
  );
}
