/**
 * Which addresses are connected to without being asked for: all but those that are reached on the machine's own link
 * alone, where clouds hand out credentials to whoever asks. Loopback and private networks are where servers live. Pure.
 */
import type { BlockList } from "node:net"
import { nodeBuiltin } from "../NodeBuiltin.ts"

const net = nodeBuiltin("node:net")

/** Ranges that must be named to be connected to; an IPv4 range is meant in its IPv4-mapped form (`::ffff:…`) too. */
const closed = [
  // Link-local (RFC 3927, RFC 4291 §2.5.6): the metadata services of AWS, Azure, Google Cloud, and those of containers.
  "169.254.0.0/16",
  "fe80::/10",
  // IPv6 that leads to the first: compatible (RFC 4291), translated (RFC 2765), NAT64 (RFC 6052), 6to4 (RFC 3056).
  "::169.254.0.0/112",
  "::ffff:0:169.254.0.0/112",
  "64:ff9b::169.254.0.0/112",
  "2002:a9fe::/32",
  // Metadata services elsewhere: AWS over IPv6, Google Cloud over IPv6, Alibaba Cloud, Oracle Cloud, Azure's host.
  "fd00:ec2::/32",
  "fd20:ce::254",
  "100.100.100.200",
  "192.0.0.192",
  "168.63.129.16"
]

/** What is wrong with an entry of `allowed_addresses`; `undefined` if nothing is. */
export const rangeProblem = (range: string): string | undefined =>
  parse(range) === null ? `this is no IP address and no range such as "169.254.10.0/24"` : undefined

/** Whether an address may not be connected to; `allowed` are addresses and ranges that may. What is no address may. */
export const refuses = (allowed: ReadonlyArray<string>): ((address: string) => boolean) => {
  const open = listOf(allowed)
  return (address) => {
    // Without the brackets of a URL and the zone of a link-local address (`fe80::1%eth0`).
    const plain = address.replace(/^\[|\]$|%.*$/g, "")
    const family = familyOf(plain)
    return family !== null && closedList.check(plain, family) && !open.check(plain, family)
  }
}

// -----------------------------------------------------------------------------
// internals

const familyOf = (address: string): "ipv4" | "ipv6" | null =>
  net.isIPv4(address) ? "ipv4" : net.isIPv6(address) ? "ipv6" : null

const parse = (range: string) => {
  const [, address = "", bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(range) ?? []
  const family = familyOf(address)
  const most = family === "ipv4" ? 32 : 128
  const prefix = bits === undefined ? most : Number(bits)
  return family === null || address.includes("%") || prefix > most ? null : { address, family, prefix }
}

const listOf = (ranges: ReadonlyArray<string>): BlockList => {
  const list = new net.BlockList()
  for (const range of ranges) {
    const parsed = parse(range)
    if (parsed !== null) list.addSubnet(parsed.address, parsed.prefix, parsed.family)
  }
  return list
}

const closedList = listOf(closed)
