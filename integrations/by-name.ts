import type { PickerOption } from "./connector.js";

/** An option that the system also takes by a name. */
export interface NamedOption extends PickerOption {
  readonly id: string;
}

/** Holds the name; where several have the same, only the id says which is meant. */
export function byName(options: readonly NamedOption[]): PickerOption[] {
  const held = new Map<string, number>();
  for (const { value } of options) held.set(value, (held.get(value) ?? 0) + 1);
  return options.map(({ id, ...option }) =>
    held.get(option.value) === 1 ? { ...option, id } : { ...option, value: id },
  );
}
