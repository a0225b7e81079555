import { ActionIcon, Combobox, ScrollArea, Text, Tooltip, useCombobox } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import { useShownValue } from "../preview/shown-value.js";
import { useServerWords } from "../ui/words.js";

interface Props {
  readonly fields: readonly FieldSpec[];
  readonly onPick: (field: FieldSpec) => void;
}

/** Every field that exists here, by its title: nobody needs to know the braces. */
export function FieldMenu({ fields, onPick }: Props) {
  const { t } = useTranslation();
  const word = useServerWords();
  const [search, setSearch] = useState("");
  const store = useCombobox({
    // Whoever opens it types; on the page a letter would be a command.
    onDropdownOpen: () => store.focusSearchInput(),
    onDropdownClose: () => setSearch(""),
  });
  const found = fields.filter(({ path, title }) =>
    `${word(title)} ${path}`.toLowerCase().includes(search.trim().toLowerCase()),
  );
  const pick = (path: string) => {
    const field = fields.find((one) => one.path === path);
    store.closeDropdown();
    if (field) onPick(field);
  };
  return (
    <Combobox store={store} width={280} position="bottom-end" shadow="md" onOptionSubmit={pick}>
      <Combobox.Target withAriaAttributes={false}>
        <Tooltip label={t("form.insertField")}>
          <ActionIcon
            className="lw-code-insert"
            variant="subtle"
            color="gray"
            size={24}
            aria-label={t("form.insertField")}
            onClick={() => store.toggleDropdown()}
          >
            <IconBraces size={15} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          placeholder={t("form.searchField")}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <FieldOptions fields={found} />
      </Combobox.Dropdown>
    </Combobox>
  );
}

function FieldOptions({ fields }: Pick<Props, "fields">) {
  const { t } = useTranslation();
  const word = useServerWords();
  const valueOf = useShownValue();
  return (
    <Combobox.Options>
      <ScrollArea.Autosize mah={260} type="scroll">
        {fields.map(({ path, title }) => (
          <Combobox.Option key={path} value={path}>
            <Text fz="sm">{word(title)}</Text>
            <Text fz={12} c="dimmed" ff="monospace">
              {path}
            </Text>
            {valueOf(path) !== null && (
              <Text fz={12} c="dimmed" truncate>
                {valueOf(path)}
              </Text>
            )}
          </Combobox.Option>
        ))}
        {fields.length === 0 && <Combobox.Empty>{t("picker.none")}</Combobox.Empty>}
      </ScrollArea.Autosize>
    </Combobox.Options>
  );
}
