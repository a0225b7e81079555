import { deflateRawSync } from "node:zlib";
import type { OwnAddresses } from "./saml-addresses.js";
import { BINDINGS, NAMESPACES } from "./xml/names.js";
import { element, textIn } from "./xml/write-xml.js";

export interface AuthnRequest extends OwnAddresses {
  readonly id: string;
  readonly relay: string;
  readonly signOnUrl: string;
  readonly now: Date;
}

/** Where a browser goes to be asked who it is: SAML Bindings section 3.4, the request deflated into the address. */
export function signOnAddress(request: AuthnRequest): URL {
  const url = new URL(request.signOnUrl);
  url.searchParams.set("SAMLRequest", deflateRawSync(requestXml(request)).toString("base64"));
  url.searchParams.set("RelayState", request.relay);
  return url;
}

/** It asks for no kind of NameID and no way of proving oneself: what is usual at the provider will do. */
const requestXml = ({ id, signOnUrl, now, entityId, acsUrl }: AuthnRequest): string =>
  element(
    "samlp:AuthnRequest",
    {
      ...{ "xmlns:samlp": NAMESPACES.samlp, "xmlns:saml": NAMESPACES.saml },
      ...{ ID: id, Version: "2.0", IssueInstant: now.toISOString(), Destination: signOnUrl },
      ...{ ProtocolBinding: BINDINGS.post, AssertionConsumerServiceURL: acsUrl },
    },
    element("saml:Issuer", {}, textIn(entityId)),
  );
