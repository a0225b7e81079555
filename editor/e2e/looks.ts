export const sizes = {
  wide: { width: 1440, height: 900 },
  /** Taller than any phone, to show a page to its end. */
  phone: { width: 390, height: 1_800 },
  /** Where a canvas has its palette and its form beside it, and little room. */
  laptop: { width: 1_280, height: 800 },
};
export interface Look {
  readonly language: "en" | "fr";
  readonly scheme: "light" | "dark";
  readonly size: keyof typeof sizes;
}
/** What a reader may have chosen, or hold in their hand. */
export const looks: readonly Look[] = [
  ...(["wide", "phone"] as const).flatMap((size) =>
    (["en", "fr"] as const).flatMap((language) =>
      (["light", "dark"] as const).map((scheme) => ({ language, scheme, size })),
    ),
  ),
  { language: "en", scheme: "light", size: "laptop" },
];
export const nameOf = ({ language, scheme, size }: Look) => `${language}-${scheme}-${size}`;
