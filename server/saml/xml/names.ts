import { elementsIn, type XmlElement, type XmlNode } from "./dom.js";

/** By the prefixes that their specifications write. */
export const NAMESPACES = {
  samlp: "urn:oasis:names:tc:SAML:2.0:protocol",
  saml: "urn:oasis:names:tc:SAML:2.0:assertion",
  md: "urn:oasis:names:tc:SAML:2.0:metadata",
  ds: "http://www.w3.org/2000/09/xmldsig#",
} as const;

export const BINDINGS = {
  post: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
  redirect: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
} as const;

export const NAME_FORMATS = {
  unspecified: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
  email: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
  persistent: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
  transient: "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
} as const;

/** `saml:Assertion` */
export type Name = `${keyof typeof NAMESPACES}:${string}`;

export function isNamed({ namespaceURI, localName }: XmlElement, name: Name): boolean {
  // A template literal's parts are lost to the type of `split`.
  const [prefix, local] = name.split(":") as [keyof typeof NAMESPACES, string];
  return namespaceURI === NAMESPACES[prefix] && localName === local;
}

export const childrenNamed = (parent: XmlNode, name: Name): XmlElement[] =>
  elementsIn(parent).filter((one) => isNamed(one, name));

/** Null where there is none, or more than one. */
export function onlyChild(parent: XmlNode, name: Name): XmlElement | null {
  const [only = null, ...more] = childrenNamed(parent, name);
  return more.length === 0 ? only : null;
}
