import { Anchor, Combobox, Input, InputBase, Loader, Text, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { useErrorWords } from "./notice.js";

interface Props {
  readonly frame: {
    readonly label: string;
    readonly description?: string | null;
    readonly withAsterisk?: boolean;
    readonly error?: string | null;
  };
  readonly connectionId: string | null;
  /** The picker's name at the connector: "channels". */
  readonly options: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const TYPING = 250;

function useOptions({ connectionId, options, values }: Props, q: string, enabled: boolean) {
  const [asked] = useDebouncedValue(q, TYPING);
  return useQuery({
    ...queries.options({ connectionId: connectionId ?? "", name: options, q: asked, values: JSON.stringify(values) }),
    enabled: connectionId !== null && enabled,
  });
}

/** Asks the connected system what there is; a value may also be typed, so a broken connection never blocks a form. */
export function OptionPicker(props: Props) {
  const { t } = useTranslation();
  const { frame, connectionId, value, onChange } = props;
  const [search, setSearch] = useState("");
  const combobox = useCombobox({ onDropdownClose: () => setSearch("") });
  const isOpen = combobox.dropdownOpened;
  const query = useOptions(props, search, isOpen || value !== "");
  const items = query.data?.items ?? [];
  const known = items.find((item) => item.value === value);
  const choose = (chosen: string) => {
    onChange(chosen);
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md">
      <Combobox.Target>
        <InputBase
          {...frame}
          value={isOpen ? search : (known?.label ?? value)}
          disabled={connectionId === null}
          placeholder={connectionId === null ? t("picker.connectionFirst") : t("picker.choose")}
          rightSection={query.isFetching ? <Loader size={14} /> : <Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onClick={() => combobox.openDropdown()}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            combobox.openDropdown();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={260} style={{ overflowY: "auto" }}>
          {items.map((item) => (
            <Combobox.Option key={item.value} value={item.value} active={item.value === value}>
              <Text fz="sm">{item.label}</Text>
              {item.hint !== undefined && (
                <Text fz={12} c="dimmed">
                  {item.hint}
                </Text>
              )}
            </Combobox.Option>
          ))}
          {search !== "" && items.every((item) => item.value !== search) && (
            <Combobox.Option value={search}>{t("picker.use", { value: search })}</Combobox.Option>
          )}
        </Combobox.Options>
        <PickerState error={query.error} connectionId={connectionId}>
          {query.isSuccess && items.length === 0 && search === "" && <Combobox.Empty>{t("picker.none")}</Combobox.Empty>}
        </PickerState>
      </Combobox.Dropdown>
    </Combobox>
  );
}

interface StateProps {
  readonly error: Error | null;
  readonly connectionId: string | null;
  readonly children: ReactNode;
}

function PickerState({ error, connectionId, children }: StateProps) {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  if (!error || connectionId === null) return children;
  return (
    <Combobox.Footer>
      <Input.Error>{wordsOf(error).text}</Input.Error>
      <Text fz={12} mt={4}>
        {t("picker.typeIt")}{" "}
        <Anchor
          component={Link}
          to={`/connections/${connectionId}`}
          onMouseDown={(event: React.MouseEvent) => event.preventDefault()}
        >
          {t("picker.openConnection")}
        </Anchor>
      </Text>
    </Combobox.Footer>
  );
}
