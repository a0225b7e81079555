import ipaddr from "ipaddr.js";

/** How much of an address is kept: enough to ask a department or a provider, not enough to tell who it was. */
const BITS = { ipv4: 24, ipv6: 48 } as const;

/** "192.0.2.0/24", "2001:db8:7::/48"; empty where it is no address. */
export function networkOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return "";
  const parsed = ipaddr.process(address);
  const bits = BITS[parsed.kind()];
  const kept = parsed.toByteArray().map((byte, index) => (index < bits / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(kept).toString()}/${bits}`;
}
