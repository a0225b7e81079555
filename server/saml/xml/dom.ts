import { createRequire } from "node:module";

/** The little of a DOM that is read here: the library's own types would bring a browser's globals into the server. */
export interface XmlNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly parentNode: XmlNode | null;
  readonly childNodes: ListOf<XmlNode>;
}

export interface XmlElement extends XmlNode {
  readonly localName: string;
  readonly namespaceURI: string | null;
  readonly attributes: ListOf<XmlAttribute>;
  hasAttribute(name: string): boolean;
  getAttribute(name: string): string;
}

interface XmlAttribute {
  readonly localName: string;
  readonly value: string;
}

interface ListOf<Item> {
  readonly length: number;
  item(index: number): Item | null;
}

interface XmlDom {
  readonly DOMParser: new (options: { readonly errorHandler: (level: string, message: string) => void }) => {
    parseFromString(text: string, type: string): XmlNode | undefined;
  };
}

// What a required module is, only its reader can say.
export const { DOMParser } = createRequire(import.meta.url)("@xmldom/xmldom") as XmlDom;

export const isElement = (node: XmlNode): node is XmlElement => node.nodeType === 1;
export const isText = (node: XmlNode): boolean => node.nodeType === 3;

export function listed<Item>(list: ListOf<Item>): Item[] {
  return Array.from({ length: list.length }, (_none, index) => list.item(index)).filter((item) => item !== null);
}

export const elementsIn = (node: XmlNode): XmlElement[] => listed(node.childNodes).filter(isElement);

/** The element itself, and all below it. */
export function withDescendants(element: XmlElement): XmlElement[] {
  const found = [element];
  // Grows while it is walked.
  for (const one of found) found.push(...elementsIn(one));
  return found;
}

/** Null where there is none; empty where it is empty. */
export const attributeOf = (element: XmlElement, name: string): string | null =>
  element.hasAttribute(name) ? element.getAttribute(name) : null;

/** Of an element that holds text and nothing else; null where it holds more. */
export function textOf(element: XmlElement): string | null {
  const children = listed(element.childNodes);
  return children.every(isText) ? children.map(({ nodeValue }) => nodeValue ?? "").join("") : null;
}
