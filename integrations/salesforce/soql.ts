const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "'": "\\'",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
};

/** A SOQL string literal. https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm */
export const soqlText = (value: string): string =>
  `'${value.replace(/[\\'"\n\r\t\b\f]/g, (char) => ESCAPES[char] ?? char)}'`;

export const queryPath = (soql: string): string => `/query?q=${encodeURIComponent(soql)}`;

/** Each part is encoded: jsforce would put an external id into the address as it is. */
export const sobjectPath = (...parts: readonly string[]): string =>
  `/sobjects/${parts.map((part) => encodeURIComponent(part)).join("/")}`;
