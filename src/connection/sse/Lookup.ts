/** Names to the addresses that may be connected to: the check is on what is connected to, and a name may lead anywhere. */
import type { LookupAddress } from "node:dns"
import type { LookupFunction } from "node:net"
import { nodeBuiltin } from "../../NodeBuiltin.ts"
import * as AddressPolicy from "../../config/AddressPolicy.ts"
import type { ServerConfig } from "../../config/OrchestratorConfig.ts"

const dns = nodeBuiltin("node:dns")

/** The code of the error of a look-up that leads only to addresses that are refused. */
export const refusedCode = "ERR_ADDRESS_NOT_ALLOWED"

/** What an address that is refused is told with. */
export const refusal = (address: string): string =>
  `${address} is a link-local or metadata address, which is connected to only if allowed_addresses names it`

/**
 * Looks a name up like `net.connect` does by itself, without the addresses that may not be connected to. Fails if none is
 * left. An address in place of a name is not looked up: `refusesHost` is for those.
 */
export const of = (
  { allowedAddresses }: Pick<ServerConfig, "allowedAddresses">,
  lookup: LookupFunction = dns.lookup
): LookupFunction => {
  const refuses = AddressPolicy.refuses(allowedAddresses)
  return (hostname, options, done) =>
    lookup(hostname, options, (error, found, family) => {
      const addresses: ReadonlyArray<LookupAddress> =
        typeof found === "string" ? [{ address: found, family: family ?? 0 }] : (found ?? [])
      const open = addresses.filter(({ address }) => !refuses(address))
      const [first] = addresses
      if (error !== null || first === undefined || open.length === addresses.length) return done(error, found, family)
      const [left] = open
      if (left !== undefined && typeof found !== "string") return done(null, open)
      const message = `${hostname} leads to ${first.address}: ${refusal(first.address)}`
      done(Object.assign(new Error(message), { code: refusedCode }), found, family)
    })
}

/** Whether a URL's host is itself an address that may not be connected to, however it was written. */
export const refusesHost = ({ allowedAddresses, url }: Pick<ServerConfig, "allowedAddresses" | "url">): boolean =>
  AddressPolicy.refuses(allowedAddresses)(url.hostname)
