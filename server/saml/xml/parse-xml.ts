import { must, SamlFailure } from "../saml-failure.js";
import { DOMParser, isElement, isText, listed, withDescendants, type XmlElement, type XmlNode } from "./dom.js";

/** Twenty times what providers send. What is deeper or wider is written to keep a parser busy. */
const MOST = { tags: 4_000, attributes: 8_000, depth: 40 } as const;

/**
 * XML of others, read strictly: no document type (so no entities, of any kind), no comments, CDATA sections or instructions, and no id
 * twice. A parser that repairs, and one that sees a name cut in two by a comment, have let strangers in elsewhere.
 * @throws SamlFailure
 */
export function parseXml(text: string): XmlElement {
  must(!/<!DOCTYPE|<!ENTITY/i.test(text), "document_type");
  // What stands around the root is passed over by the parser.
  must(text.trim().startsWith("<") && text.trim().endsWith(">"), "not_xml");
  must(text.split("<").length <= MOST.tags, "too_complex");
  must(text.split(/=\s*["']/).length <= MOST.attributes, "too_complex");
  must(isShallow(text), "too_complex");
  const document = parsed(text);
  const [root, ...more] = listed(document.childNodes).filter(isElement);
  must(root !== undefined && more.length === 0, "not_xml");
  must(listed(document.childNodes).every(isOfProlog), "foreign_node");
  const elements = withDescendants(root);
  must(
    elements.every(({ childNodes }) => listed(childNodes).every((node) => isElement(node) || isText(node))),
    "foreign_node",
  );
  must(hasOwnIds(elements), "repeated_id");
  return root;
}

/** Counted before it is parsed: parsers recurse. */
function isShallow(text: string): boolean {
  let depth = 0;
  for (const [, slash, selfClosing] of text.matchAll(/<(\/?)[^?!<>][^<>]*?(\/?)>/g)) {
    if (slash) depth -= 1;
    else if (!selfClosing) depth += 1;
    if (depth > MOST.depth) return false;
  }
  return true;
}

function parsed(text: string): XmlNode {
  const errorHandler = (): never => {
    throw new SamlFailure("not_xml");
  };
  try {
    // XML 1.0 section 2.11: ends of lines are normalised before anything else.
    const document = new DOMParser({ errorHandler }).parseFromString(text.replaceAll(/\r\n?/g, "\n"), "text/xml");
    if (document) return document;
  } catch (cause) {
    throw new SamlFailure("not_xml", { cause });
  }
  throw new SamlFailure("not_xml");
}

const isOfProlog = (node: XmlNode): boolean =>
  isElement(node) || (isText(node) && (node.nodeValue ?? "").trim() === "") || node.nodeName === "xml";

/** Ids are told apart whatever the attribute's case: what is signed is found by one. */
function hasOwnIds(elements: readonly XmlElement[]): boolean {
  const ids = elements.flatMap(({ attributes }) =>
    listed(attributes)
      .filter(({ localName }) => localName.toLowerCase() === "id")
      .map(({ value }) => value),
  );
  return new Set(ids).size === ids.length;
}
