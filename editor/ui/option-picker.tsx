import { Combobox, Input, InputBase, Loader, Text, useCombobox } from "@mantine/core";
import type { ComboboxStore } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { LinkAnchor } from "./links.js";
import type { z } from "zod";
import type { optionsSchema } from "../../server/connections/connection-api.js";
import { queries } from "../api/queries.js";
import { useErrorWords } from "./error-words.js";

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
  const { connectionId, value, onChange } = props;
  const [search, setSearch] = useState("");
  const combobox = useCombobox({ onDropdownClose: () => setSearch("") });
  const isOpen = combobox.dropdownOpened;
  const query = useOptions(props, search, isOpen || value !== "");
  const known = query.data?.items.find((item) => isIt(item, value));
  const choose = (chosen: string) => {
    onChange(chosen);
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md">
      <Combobox.Target withExpandedAttribute>
        <PickerInput
          frame={props.frame}
          isReady={connectionId !== null}
          isFetching={query.isFetching}
          text={isOpen ? search : (known?.label ?? value)}
          store={combobox}
          onType={setSearch}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Options items={query.data?.items ?? []} isThere={query.isSuccess} value={value} search={search} />
        {query.error && connectionId !== null && <Broken error={query.error} connectionId={connectionId} />}
      </Combobox.Dropdown>
    </Combobox>
  );
}

interface InputProps {
  readonly frame: Props["frame"];
  readonly isReady: boolean;
  readonly isFetching: boolean;
  readonly text: string;
  readonly store: ComboboxStore;
  readonly onType: (text: string) => void;
  /** Handed in by the combobox, which places its list by it. */
  readonly ref?: Ref<HTMLInputElement>;
}

function PickerInput({ frame, isReady, isFetching, text, store, onType, ref, ...rest }: InputProps) {
  const { t } = useTranslation();
  return (
    <InputBase
      {...rest}
      {...(ref !== undefined && { ref })}
      {...frame}
      role="combobox"
      value={text}
      disabled={!isReady}
      placeholder={t(isReady ? "picker.choose" : "picker.connectionFirst")}
      rightSection={isFetching ? <Loader size={14} /> : <Combobox.Chevron />}
      rightSectionPointerEvents="none"
      onClick={() => store.openDropdown()}
      onFocus={() => store.openDropdown()}
      onBlur={() => store.closeDropdown()}
      onChange={(event) => {
        onType(event.currentTarget.value);
        store.openDropdown();
      }}
    />
  );
}

type Item = z.infer<typeof optionsSchema>["items"][number];

/** A flow may hold the id of what is chosen by its name now. */
const isIt = ({ value, id }: Item, chosen: string): boolean => value === chosen || id === chosen;

interface OptionsProps {
  readonly items: readonly Item[];
  readonly isThere: boolean;
  readonly value: string;
  readonly search: string;
}

function Options({ items, isThere, value, search }: OptionsProps) {
  const { t } = useTranslation();
  const isNew = search !== "" && items.every((item) => !isIt(item, search));
  return (
    <Combobox.Options mah={260} style={{ overflowY: "auto" }}>
      {items.map((item) => (
        <Combobox.Option key={item.value} value={item.value} active={isIt(item, value)}>
          <Text fz="sm">{item.label}</Text>
          {item.hint !== undefined && (
            <Text fz={12} c="dimmed">
              {item.hint}
            </Text>
          )}
        </Combobox.Option>
      ))}
      {isNew && <Combobox.Option value={search}>{t("picker.use", { value: search })}</Combobox.Option>}
      {isThere && items.length === 0 && !isNew && <Combobox.Empty>{t("picker.none")}</Combobox.Empty>}
    </Combobox.Options>
  );
}

/** The list cannot be had: why, what to do about it, and that typing still works. */
function Broken({ error, connectionId }: { readonly error: Error; readonly connectionId: string }) {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  return (
    <Combobox.Footer>
      <Input.Error>{wordsOf(error).text}</Input.Error>
      <Text fz={12} mt={4} component="div">
        {t("picker.typeIt")}{" "}
        <LinkAnchor to="/connections/$id" params={{ id: connectionId }} onMouseDown={(event) => event.preventDefault()}>
          {t("picker.openConnection")}
        </LinkAnchor>
      </Text>
    </Combobox.Footer>
  );
}
