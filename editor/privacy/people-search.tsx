import { Button, Group, Stack, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { peopleFoundSchema } from "../../server/people/people-api.js";
import { useChange } from "../api/change.js";
import { Refusal } from "../ui/refusal.js";
import { Found } from "./found.js";

/** Sent as a body, and kept nowhere: neither in the page's address nor in the log. */
export function PeopleSearch() {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const search = useChange({
    schema: peopleFoundSchema,
    call: (asked: string) => ({ path: "/api/privacy/search", body: { words: asked } }),
    renews: [],
    quiet: true,
  });
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    search.mutate(words.trim());
  };
  return (
    <Stack>
      <form onSubmit={submit} role="search">
        <Group align="end" wrap="nowrap">
          <TextInput
            flex={1}
            label={t("privacy.search")}
            description={t("privacy.searchText")}
            value={words}
            minLength={2}
            maxLength={320}
            required
            withAsterisk={false}
            autoComplete="off"
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <Button type="submit" leftSection={<IconSearch size={16} />} loading={search.isPending}>
            {t("privacy.find")}
          </Button>
        </Group>
      </form>
      <Refusal error={search.error} />
      {search.data && (
        <Found key={search.submittedAt} found={search.data} onChanged={() => search.mutate(search.variables)} />
      )}
    </Stack>
  );
}
