import { MultiSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { useErrorWords } from "./error-words.js";

interface Props {
  readonly label: string;
  readonly description: string;
  readonly connectionId: string | null;
  readonly options: string;
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
}

const TYPING = 250;

/** Several of what the connected system has. What is chosen stays in the list, whatever the search finds. */
export function OptionsPicker({ label, description, connectionId, options, value, onChange }: Props) {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  const [search, setSearch] = useState("");
  const [q] = useDebouncedValue(search, TYPING);
  const query = useQuery({
    ...queries.options({ connectionId: connectionId ?? "", name: options, q, values: "{}" }),
    enabled: connectionId !== null,
  });
  const found = query.data?.items ?? [];
  const missing = value.filter((chosen) => found.every((item) => item.value !== chosen));
  return (
    <MultiSelect
      label={label}
      description={description}
      searchable
      clearable
      disabled={connectionId === null}
      placeholder={value.length > 0 ? "" : t(connectionId === null ? "picker.connectionFirst" : "picker.anyone")}
      nothingFoundMessage={t("picker.none")}
      searchValue={search}
      onSearchChange={setSearch}
      error={query.error ? wordsOf(query.error).text : null}
      data={[...found.map((item) => ({ value: item.value, label: item.label })), ...missing]}
      value={[...value]}
      onChange={onChange}
    />
  );
}
