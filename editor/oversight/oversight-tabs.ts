/** The parts of the page, as its address names them. */
export const oversightTabs = ["entries", "duplicates", "senders", "requests"] as const;
export type OversightTab = (typeof oversightTabs)[number];
