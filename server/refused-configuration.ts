/** How a process says that starting it again as it is configured does not help; the words stand before the reasons, on standard error. */
export const REFUSED = {
  /** EX_CONFIG of sysexits.h. */
  exitCode: 78,
  words: "The configuration cannot be used:",
} as const;
