import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";

/** Typing is not a question yet, milliseconds. */
const PAUSE_MS = 300;
const LEAST = 2;

/** What is being looked for, once typing pauses; undefined: nothing. Kept out of the address, because people type names. */
export function useSoughtWords() {
  const [typed, setTyped] = useState("");
  const [settled] = useDebouncedValue(typed.trim(), PAUSE_MS);
  return { typed, setTyped, words: settled.length < LEAST ? undefined : settled };
}

interface Props {
  readonly typed: string;
  readonly onType: (words: string) => void;
}

/** Only where the workspace can be searched. */
export function WordSearch({ typed, onType }: Props) {
  const { t } = useTranslation();
  const state = useQuery(queries.wordSearch()).data?.state;
  if (state !== "on" && state !== "building") return null;
  return (
    <TextInput
      type="search"
      w={{ base: "100%", xs: 280 }}
      aria-label={t("feedback.search")}
      placeholder={t("feedback.search")}
      description={state === "building" ? t("feedback.searchBuilding") : undefined}
      inputWrapperOrder={["input", "description"]}
      leftSection={<IconSearch size={16} />}
      maxLength={200}
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}
