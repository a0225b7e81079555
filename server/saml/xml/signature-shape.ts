import { must } from "../saml-failure.js";
import { DIGESTS, ENVELOPED, EXCLUSIVE, SIGNATURES } from "./algorithms.js";
import { attributeOf, elementsIn, type XmlElement } from "./dom.js";
import { childrenNamed, isNamed, onlyChild, type Name } from "./names.js";

/**
 * An enveloped signature over exactly the element that holds it (SAML Core section 5.4), by algorithms that are taken. No `Object`, where
 * what was signed could be hidden while something else is read.
 * @throws SamlFailure
 */
export function refuseSignatureShape(signed: XmlElement, signature: XmlElement): void {
  const [signedInfo] = elementsIn(signature);
  must(areNamed(signature, ["ds:SignedInfo", "ds:SignatureValue", "ds:KeyInfo"]), "signature_shape");
  must(signedInfo !== undefined && onlyChild(signature, "ds:SignedInfo") === signedInfo, "signature_shape");
  must(areNamed(signedInfo, ["ds:CanonicalizationMethod", "ds:SignatureMethod", "ds:Reference"]), "signature_shape");
  must(algorithmOf(signedInfo, "ds:CanonicalizationMethod") === EXCLUSIVE, "signature_shape");
  must(isOneOf(SIGNATURES, algorithmOf(signedInfo, "ds:SignatureMethod")), "weak_algorithm");
  const reference = onlyChild(signedInfo, "ds:Reference");
  const id = attributeOf(signed, "ID");
  must(reference !== null && id !== null && /^[\w.-]+$/.test(id), "signature_shape");
  must(attributeOf(reference, "URI") === `#${id}`, "signature_shape");
  must(areNamed(reference, ["ds:Transforms", "ds:DigestMethod", "ds:DigestValue"]), "signature_shape");
  must(isOneOf(DIGESTS, algorithmOf(reference, "ds:DigestMethod")), "weak_algorithm");
  const transforms = childrenNamed(reference, "ds:Transforms").flatMap(elementsIn);
  must(
    transforms.every((one) => isNamed(one, "ds:Transform")),
    "signature_shape",
  );
  const algorithms = transforms.map((one) => attributeOf(one, "Algorithm")).join(" ");
  must(algorithms === `${ENVELOPED} ${EXCLUSIVE}`, "signature_shape");
  refuseHidden([...elementsIn(signedInfo), ...elementsIn(reference), ...transforms]);
}

/** In a method or a transform stands nothing that could be read in its place, or be run (XSLT, XPath): prefixes at most. */
function refuseHidden(parts: readonly XmlElement[]): void {
  const methods = parts.filter((one) => !HOLDERS.some((name) => isNamed(one, name)));
  const within = methods.flatMap(elementsIn);
  must(
    within.every((one) => one.localName === "InclusiveNamespaces" && elementsIn(one).length === 0),
    "signature_shape",
  );
}

const HOLDERS = ["ds:Reference", "ds:Transforms"] as const;

const algorithmOf = (parent: XmlElement, name: Name): string | null => {
  const method = onlyChild(parent, name);
  return method && attributeOf(method, "Algorithm");
};

const isOneOf = (known: readonly string[], algorithm: string | null): boolean =>
  algorithm !== null && known.includes(algorithm);

/** Nothing but these, each once at most. */
const areNamed = (parent: XmlElement, names: readonly Name[]): boolean =>
  elementsIn(parent).every((child) => names.some((name) => isNamed(child, name))) &&
  names.every((name) => childrenNamed(parent, name).length <= 1);
