import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/may.js";
import type { RunAddress } from "../run-address.js";
import { useFindPerson } from "./find-person.js";
import { withPart } from "./parts.js";

interface Props {
  readonly address: RunAddress;
  readonly onChange: (address: RunAddress) => void;
}

/** An id, an outcome, or somebody's address, which is asked for in a body and becomes an id: the page's own address holds none. */
export function RunSearch({ address, onChange }: Props) {
  const { t } = useTranslation();
  const mayReadPeople = useMay()("people:read");
  const [typed, setTyped] = useState(address.search ?? "");
  const [search, setSearch] = useState(address.search);
  // Taken over from elsewhere (a view, the way back), with the focus where it is.
  if (search !== address.search) {
    setSearch(address.search);
    setTyped(address.search ?? "");
  }
  const { find, unknown } = useFindPerson((contactId) => {
    setTyped("");
    onChange(withPart(withPart(address, "search"), "person", { contactId }));
  });
  const look = () => {
    const words = typed.trim();
    if (words.includes("@")) find(words);
    else onChange(withPart(address, "search", words === "" ? {} : { search: words }));
  };
  const label = t(mayReadPeople ? "runFilter.searchPeople" : "runFilter.search");
  return (
    <form
      className="lw-filter-search"
      onSubmit={(event) => {
        event.preventDefault();
        look();
      }}
    >
      <TextInput
        type="search"
        size="xs"
        aria-label={label}
        placeholder={label}
        leftSection={<IconSearch size={15} />}
        maxLength={80}
        value={typed}
        error={unknown === null ? undefined : t("runFilter.nobody", { email: unknown })}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </form>
  );
}
