import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { LookupFunction } from "node:net"
import * as Lookup from "../../../src/connection/sse/Lookup.ts"
import { openSession, serverConfig } from "../fixture.ts"

/** Every notation of one address that a URL may have, and addresses that lead to it (RFC 4291, RFC 6052, RFC 3056). */
const metadata = [
  "169.254.169.254",
  "0xA9FEA9FE",
  "2852039166",
  "0251.0376.0251.0376",
  "169.254.43518",
  "169。254。169。254",
  "[::ffff:169.254.169.254]",
  "[::169.254.169.254]",
  "[64:ff9b::169.254.169.254]",
  "[2002:a9fe:a9fe::1]",
  "[fe80::1]",
  "[fd00:ec2::254]",
  "[FD00:0EC2:0:0:0:0:0:254]",
  "100.100.100.200"
]

describe("a link-local or metadata address", () => {
  for (const host of metadata) {
    it.live(`is not connected to, as ${host}`, () =>
      Effect.gen(function* () {
        const failure = yield* Effect.flip(openSession(serverConfig(`http://${host}/sse`)))
        assert.deepStrictEqual([failure.stage, failure.reason._tag], ["connect", "AddressNotAllowed"])
        assert.isFalse(failure.reason.isRetryable)
        assert.include(failure.reason.remedy, "allowed_addresses")
      })
    )
  }

  it("may be allowed alone or with others of its range", () => {
    const refuses = (host: string, ...allowedAddresses: ReadonlyArray<string>) =>
      Lookup.refusesHost(serverConfig(`http://${host}/sse`, { allowedAddresses }))
    assert.isFalse(refuses("169.254.10.7", "169.254.10.7"))
    assert.isFalse(refuses("0xA9FE0A07", "169.254.10.0/24"))
    assert.isFalse(refuses("[fe80::1]", "fe80::/10"))
    assert.isTrue(refuses("169.254.169.254", "169.254.10.0/24"))
    assert.isTrue(refuses("169.254.169.254", "10.0.0.0/8", "fe80::/10"))
  })

  it("is nothing that loopback, a private network or the internet is", () => {
    for (const host of [
      "127.0.0.1",
      "[::1]",
      "10.1.2.3",
      "172.16.0.1",
      "192.168.0.1",
      "[fd12::1]",
      "1.1.1.1",
      "0.0.0.0"
    ]) {
      assert.isFalse(Lookup.refusesHost(serverConfig(`http://${host}/sse`)), host)
    }
  })
})

describe("a name", () => {
  /** What a look-up through `Lookup` gives of a name that leads to these addresses. */
  const lookedUp = (addresses: ReadonlyArray<string>, all: boolean, ...allowedAddresses: ReadonlyArray<string>) => {
    const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }))
    const names: LookupFunction = (_hostname, options, done) =>
      options.all === true ? done(null, found) : done(null, found[0]?.address ?? "", found[0]?.family)
    let outcome: unknown
    Lookup.of({ allowedAddresses }, names)("metadata.example", { all }, (error, given) => {
      outcome = error === null ? (typeof given === "string" ? [given] : given?.map(({ address }) => address)) : error
    })
    return outcome
  }

  it("that leads to such addresses alone is refused, and the error says where it leads", () => {
    for (const all of [true, false]) {
      const error = lookedUp(["169.254.169.254"], all)
      assert.instanceOf(error, Error)
      assert.propertyVal(error, "code", Lookup.refusedCode)
      assert.include(String(error), "metadata.example leads to 169.254.169.254")
    }
  })

  it("that leads elsewhere too is connected to there", () => {
    assert.deepStrictEqual(lookedUp(["fe80::1%eth0", "192.168.0.7", "fd00:ec2::254"], true), ["192.168.0.7"])
  })

  it("is otherwise what it leads to", () => {
    assert.deepStrictEqual(lookedUp(["::1", "127.0.0.1"], true), ["::1", "127.0.0.1"])
    assert.deepStrictEqual(lookedUp(["10.0.0.1"], false), ["10.0.0.1"])
    assert.deepStrictEqual(lookedUp(["169.254.1.1"], true, "169.254.1.0/24"), ["169.254.1.1"])
  })
})
