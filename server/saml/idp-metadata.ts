import { readCertificate } from "./certificates.js";
import { must } from "./saml-failure.js";
import { attributeOf, textOf, withDescendants, type XmlElement } from "./xml/dom.js";
import { BINDINGS, childrenNamed, isNamed, onlyChild } from "./xml/names.js";
import { parseXml } from "./xml/parse-xml.js";

/** What has to be known of a provider. */
export interface ProviderFacts {
  readonly entityId: string;
  readonly signOnUrl: string;
  /** PEM. */
  readonly certificates: readonly string[];
}

/**
 * SAML Metadata of one provider, as an admin pasted it: trusted because they did, so no signature over it is looked at.
 * @throws SamlFailure
 */
export function readIdpMetadata(xml: string): ProviderFacts {
  const entity = parseXml(xml.trim());
  must(isNamed(entity, "md:EntityDescriptor"), "not_metadata");
  const entityId = attributeOf(entity, "entityID");
  const provider = onlyChild(entity, "md:IDPSSODescriptor");
  must(provider !== null && entityId !== null && entityId !== "", "not_metadata");
  must(!["true", "1"].includes(attributeOf(provider, "WantAuthnRequestsSigned") ?? ""), "wants_signed_requests");
  const signOnUrl = childrenNamed(provider, "md:SingleSignOnService")
    .filter((service) => attributeOf(service, "Binding") === BINDINGS.redirect)
    .map((service) => attributeOf(service, "Location"))
    .find((location) => location !== null);
  must(signOnUrl !== undefined, "no_sign_on");
  const certificates = childrenNamed(provider, "md:KeyDescriptor").filter(isForSigning).flatMap(certificatesIn);
  must(certificates.length > 0, "certificate");
  return { entityId, signOnUrl, certificates: [...new Set(certificates)] };
}

const isForSigning = (descriptor: XmlElement): boolean => attributeOf(descriptor, "use") !== "encryption";

const certificatesIn = (descriptor: XmlElement): string[] =>
  withDescendants(descriptor)
    .filter((one) => isNamed(one, "ds:X509Certificate"))
    .map((one) => readCertificate(textOf(one) ?? "").toString());
