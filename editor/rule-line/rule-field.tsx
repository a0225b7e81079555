import { TextInput, UnstyledButton } from "@mantine/core";
import { useId, useLayoutEffect, useRef, useState } from "react";
import type { KeyboardEvent, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { completeLine } from "../../workflows/flow/rule-line/complete.js";
import { connectorOfAction } from "../../workflows/flow/action-name.js";
import type { House } from "../../workflows/flow/rule-line/house.js";
import type { Offer } from "../../workflows/flow/rule-line/offers.js";
import { isWholeRule } from "../../workflows/flow/rule-line/whole-rule.js";
import { systemName } from "../ui/system-mark.js";
import "./rule-line.css";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly house: House;
  readonly describedBy: string;
  readonly placeholder?: string;
  /** The part that cannot be read. */
  readonly wrong: { readonly start: number; readonly end: number } | null;
  readonly onChange: (text: string) => void;
  readonly onEnter: () => void;
  readonly onEscape: () => void;
}

const SHOWN = 8;

function useOffers({ value, house, onChange }: Pick<Props, "value" | "house" | "onChange">) {
  const input = useRef<HTMLInputElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [marked, setMarked] = useState(-1);
  const [isAsked, setAsked] = useState(false);
  // What could still follow a whole rule would only cover what it draws: it is offered when it is asked for.
  const isShut = cursor === null || (!isAsked && isWholeRule(value, house));
  const found = isShut ? null : completeLine(value, Math.min(cursor, value.length), house);
  const offers = found?.offers.slice(0, SHOWN) ?? [];
  const look = (at: number | null, asked = false) => {
    setCursor(at);
    setMarked(-1);
    setAsked(asked);
  };
  const ask = () => look(input.current?.selectionStart ?? value.length, true);
  const take = (offer: Offer | undefined) => {
    if (!found || !offer) return;
    const before = `${value.slice(0, found.from)}${found.lead}${offer.insert} `;
    onChange(`${before}${value.slice(found.to).trimStart()}`);
    look(before.length);
    requestAnimationFrame(() => input.current?.setSelectionRange(before.length, before.length));
  };
  return { input, offers, marked, setMarked, look, ask, take };
}

interface Keys extends Omit<ReturnType<typeof useOffers>, "input">, Pick<Props, "onEnter" | "onEscape"> {
  readonly isBlank: boolean;
}

/** What each key does, and whether it does anything. */
function useKeys({ offers, marked, setMarked, look, ask, take, isBlank, onEnter, onEscape }: Keys) {
  const isOpen = offers.length > 0;
  const step = (by: number) => setMarked((marked + by + offers.length) % offers.length);
  const keys: Readonly<Record<string, () => boolean>> = {
    ArrowDown: () => (isOpen ? step(1) : ask(), true),
    ArrowUp: () => isOpen && (step(-1), true),
    Tab: () => isOpen && !isBlank && (take(offers[Math.max(marked, 0)]), true),
    Enter: () => (isOpen && marked >= 0 ? take(offers[marked]) : onEnter(), true),
    Escape: () => (isOpen ? look(null) : onEscape(), true),
  };
  return (event: KeyboardEvent) => {
    if (event.shiftKey || keys[event.key]?.() !== true) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** One line of text that offers what may follow: arrows open and choose, Tab takes, Enter draws, Escape goes back. */
export function RuleField(props: Props) {
  const { t } = useTranslation();
  const { label, value, describedBy, placeholder = t("flows.example.callback") } = props;
  const { wrong, onChange, onEnter, onEscape } = props;
  const listId = useId();
  const { input, ...found } = useOffers(props);
  const { offers, marked, look, take } = found;
  const isOpen = offers.length > 0;
  const onKey = useKeys({ ...found, isBlank: value.trim() === "", onEnter, onEscape });
  return (
    <div className="lw-rule-field">
      <TextInput
        ref={input}
        data-autofocus
        aria-label={label}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-describedby={describedBy}
        aria-activedescendant={marked >= 0 ? `${listId}-${String(marked)}` : undefined}
        aria-invalid={wrong !== null}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={value}
        onKeyDown={onKey}
        onBlur={() => look(null)}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.value);
          look(currentTarget.selectionStart);
        }}
      />
      {wrong && <Underline input={input} value={value} {...wrong} />}
      <OfferList id={listId} offers={offers} marked={marked} onTake={take} />
    </div>
  );
}

interface ListProps {
  readonly id: string;
  readonly offers: readonly Offer[];
  readonly marked: number;
  readonly onTake: (offer: Offer) => void;
}

function OfferList({ id, offers, marked, onTake }: ListProps) {
  const { t } = useTranslation();
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t("ruleLine.offers")}
      className="lw-rule-offers"
      hidden={offers.length === 0}
    >
      {offers.map((offer, index) => (
        <UnstyledButton
          key={offer.insert}
          id={`${id}-${String(index)}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === marked}
          onMouseDown={(event) => {
            event.preventDefault();
            onTake(offer);
          }}
        >
          {offer.insert}
          {offer.action !== undefined && <span>{systemName(connectorOfAction(offer.action))}</span>}
        </UnstyledButton>
      ))}
    </div>
  );
}

interface UnderlineProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The same text, unseen, with its wrong part underlined; it scrolls sideways with the line. */
function Underline({ input, value, start, end }: UnderlineProps) {
  const under = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const line = input.current;
    if (!line) return;
    const follow = () => under.current?.scrollTo({ left: line.scrollLeft });
    follow();
    line.addEventListener("scroll", follow);
    return () => line.removeEventListener("scroll", follow);
  }, [input, value]);
  return (
    <div ref={under} className="lw-rule-under" aria-hidden>
      {value.slice(0, start)}
      <mark>{value.slice(start, Math.max(end, start + 1)) || " "}</mark>
      {value.slice(Math.max(end, start + 1))}
    </div>
  );
}
