/** The same keys with any words: every language is checked against English by the compiler, and by a test. */
export type Strings<Words> = {
  readonly [Key in keyof Words]: Words[Key] extends string ? string : Strings<Words[Key]>;
};
