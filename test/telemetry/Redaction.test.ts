import { assert, describe, it } from "@effect/vitest"
import { Redacted, Schema } from "effect"
import { Buffer } from "node:buffer"
import * as Redaction from "../../src/telemetry/Redaction.ts"

/** A value that could not appear by chance; letters and digits, as most keys are. */
const Canary = Schema.String.check(Schema.isPattern(/^[a-z]{4}[0-9]{3}[A-Z]{5}$/))
/** A value with everything in it that some encoding changes. */
const Awkward = Schema.String.check(Schema.isPattern(/^[a-zA-Z0-9 "'\\/?#&=;:@%+<>\n\täß漢-]{4,24}$/)).check(
  Schema.makeFilter((value) => value.trim().length >= 4)
)
const Anything = Schema.String

const absent = (output: string, secret: string) =>
  assert.isFalse(output.includes(secret), `${JSON.stringify(output)} still holds ${JSON.stringify(secret)}`)

describe("url", () => {
  it.prop("never shows user-info", { user: Canary, password: Canary }, ({ user, password }) => {
    for (const shown of [
      Redaction.url(`http://${user}:${password}@localhost:8000/sse`),
      Redaction.url(new URL(`https://${user}:${password}@example.org/sse?x=1`)),
      Redaction.url(`http://${user}:p@${password}@localhost/sse`),
      Redaction.url(`http://${user}:a/${password}@localhost/sse`),
      Redaction.url(`http://${user}:a?${password}@localhost/sse`),
      Redaction.url(`${user}:${password}@localhost/sse`),
      Redaction.url(`HTTP:\\\\${user}:${password}@localhost`),
      Redaction.url(`http://${password}@localhost/sse`)
    ]) {
      absent(shown, password)
      assert.include(shown, shown.includes("example") ? "example.org" : "localhost")
    }
  })

  it.prop("leaves what was masked before as it is", { value: Canary }, ({ value }) => {
    for (const name of ["token", "next", "key"]) {
      const shown = Redaction.url(`db://localhost/${value}?${name}=token=${value}&code=${value}`)
      assert.strictEqual(Redaction.url(shown), shown)
      absent(Redaction.url(`db://localhost?token=${Redaction.mask}${value}`), value)
    }
  })

  it.prop("masks the value of every secret parameter, in query and fragment", { value: Canary }, ({ value }) => {
    for (const name of [
      "token",
      "key",
      "api_key",
      "apikey",
      "apiKey",
      "access_token",
      "password",
      "secret",
      "client_secret",
      "sig",
      "signature",
      "auth",
      "code",
      "session",
      "sessionId",
      "session_id",
      "X-Amz-Signature",
      "X-Amz-Credential",
      "to%6ben"
    ]) {
      absent(Redaction.url(`http://localhost/sse?a=1&${name}=${value}&b=2`), value)
      absent(Redaction.url(`http://localhost/sse?${name}=${value}`), value)
      absent(Redaction.url(`/messages?${name}=${value}`), value)
      absent(Redaction.url(`http://localhost/sse#${name}=${value}`), value)
      absent(Redaction.url(`http://localhost/sse?next=${encodeURIComponent(`http://h/?${name}=${value}`)}`), value)
    }
    absent(Redaction.url(`http://h/?next=${encodeURIComponent(`http://user:${value}@h/`)}`), value)
    absent(Redaction.url(`http://h/sk-${value}${value}/sse`), value)
  })

  it("leaves the rest of the URL as it is", () => {
    for (const plain of [
      "http://localhost:8000/sse",
      "https://example.org/a/b?domain=sales&limit=10#top",
      "http://[::1]:8000/@scope/x",
      "http://localhost:8000/@scope/x",
      "resource://products/aliases",
      "tokens://usage",
      "pmpwd://8"
    ]) {
      assert.strictEqual(Redaction.url(plain), plain)
    }
    assert.strictEqual(Redaction.url("http://u:p@h/sse?token=a&x=1"), "http://h/sse?token=<redacted>&x=1")
    assert.strictEqual(Redaction.url("secret://u:p@h/sse?token=a&x=1"), "secret://h/sse?token=<redacted>&x=1")
  })

  it("leaves the name of a variable in place of a secret, and nothing beside it", () => {
    for (const plain of [
      "http://h/${PATH}/sse?token=${TOKEN}&x=1",
      "http://h/sse?key=${KEY}",
      "token=${TOKEN}, gone"
    ]) {
      assert.strictEqual(Redaction.url(plain), plain)
      assert.strictEqual(Redaction.text(plain), plain)
    }
    for (const secret of ["${TOKEN}hunter", "hunter${TOKEN}", "${hunter-2}", "${TOKEN}-hunter"]) {
      assert.notInclude(Redaction.url(`http://h/sse?token=${secret}`), "hunter")
      assert.notInclude(Redaction.text(`password=${secret}`), "hunter")
    }
  })
})

describe("text", () => {
  const places: ReadonlyArray<(value: string) => string> = [
    (value) => `Authorization: Bearer ${value}`,
    (value) => `authorization=Basic ${Buffer.from(`u:${value}`).toString("base64")}`,
    (value) => `the server said: bearer ${value} has expired`,
    (value) => `{"headers":{"Authorization":"Bearer ${value}"}}`,
    (value) => JSON.stringify({ inner: JSON.stringify({ api_key: value, rows: 2 }) }),
    (value) => JSON.stringify({ inner: JSON.stringify({ api_key: `a"${value}`, rows: 2 }) }),
    (value) => `{"access_token": "a\\"${value}"}`,
    (value) => `{'client_secret': '${value}'}`,
    (value) => `{"tokens":["${value}"]}`,
    (value) => `password=${value}`,
    (value) => `password = a;${value};Server=x`,
    (value) => `Server=x;Password=${value};Database=y`,
    (value) => `PWD='it''s${value}'`,
    (value) => `CREATE USER joe WITH PASSWORD '${value}'`,
    (value) => `CREATE USER joe IDENTIFIED BY "${value}"`,
    (value) => `x-api-key: ${value}`,
    (value) => `Incorrect API key provided: ${value}.`,
    (value) => `the API key ${value}${value} is not known`,
    (value) => `Cookie: theme=dark; sid=${value}; lang=en`,
    (value) => `Set-Cookie: ${value}=1; Path=/`,
    (value) => `cannot reach postgres://joe:${value}@db/sales: refused`,
    (value) => `getaddrinfo failed for joe:${value}@db.internal`,
    (value) => `POST /messages?sessionId=${value} answered 404`,
    (value) => `got "https://h/sse?a=1&key=${value}" back`,
    (value) => `used sk-${value}${value}`,
    (value) => `used ghp_${value}${value}`,
    (value) => `used my_ghp_${value}${value}`,
    (value) => `used eyJhbGciOiJub25lIn0.${value}.${value}`,
    (value) => `-----BEGIN PRIVATE KEY-----\n${value}\n-----END PRIVATE KEY-----`,
    (value) => `-----BEGIN RSA PRIVATE KEY----- ${value}`,
    (value) => `-----BEGIN CERTIFICATE----- ${value} -----END CERTIFICATE-----`,
    (value) => `pass\u001b[31mword\u001b[0m=\u001b]8;;x\u0007${value}`,
    (value) => `pass\u200bword=${value}`,
    (value) => `password:\n\t${value}`
  ]

  it.prop("shows no secret that its looks give away", { value: Canary, before: Anything }, ({ value, before }) => {
    for (const place of places) {
      absent(Redaction.text(place(value)), value)
      absent(Redaction.text(`${before.replace(/["'\\]/g, "")} ${place(value)} after`), value)
    }
  })

  it.prop("is one line of bounded length without control characters", { value: Anything }, ({ value }) => {
    for (const input of [value, `${value}\r\n\u001b[2J${value}\u0085`, value.repeat(500), `x\ud800${value}`]) {
      const shown = Redaction.text(input)
      assert.isAtMost(shown.length, Redaction.maxTextLength)
      assert.notMatch(shown, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      assert.isTrue(shown.isWellFormed())
    }
  })

  it("leaves harmless sentences as they are", () => {
    for (const plain of [
      "no such table: customers",
      'near "FROM": syntax error',
      "Unexpected token '<', \"<html>\" is not valid JSON",
      "unexpected token: SELECT",
      "connect ECONNREFUSED 127.0.0.1:8000",
      "resource://products/aliases answered 500: try again",
      "bearer authentication is required",
      "Basic authentication failed",
      "constraint pk_customers_region violated",
      "SELECT SUM(amount) FROM sales WHERE region = 'EMEA' LIMIT 10"
    ]) {
      assert.strictEqual(Redaction.text(plain), plain)
    }
  })

  it.prop("shows no user and password of the Basic scheme", { value: Canary }, ({ value }) => {
    const credentials = Buffer.from(`joe:${value}`).toString("base64")
    absent(Redaction.text(`the server said: Basic ${credentials} has expired`), credentials)
  })

  it("keeps the words around a secret", () => {
    assert.strictEqual(
      Redaction.text("user joe: password=hunter2 was refused by db"),
      "user joe: password=<redacted> was refused by db"
    )
    assert.strictEqual(Redaction.text('{"token":"abc","rows":3}'), '{"token":<redacted>,"rows":3}')
  })

  it("does not show a token that the length limit cuts", () => {
    const secret = "ghp_0123456789abcdefghij0123456789"
    for (let length = 16_300; length < 16_400; length += 1) {
      const shown = Redaction.text(`password='${"p".repeat(length)}' ${secret} x`)
      assert.notInclude(shown, "ghp_")
    }
  })

  it("masks a text of megabytes as a whole, if there is one in it", () => {
    const known = Redaction.withSecrets(["hunter2go"])
    const text = "%41".repeat(500_000)
    assert.strictEqual(known(`${text}%68unter2go`), Redaction.mask)
    assert.strictEqual(known(text), text)
  })

  it("takes time in proportion to the length, whatever the text", () => {
    const parts = [
      "a",
      "http://",
      "http://a:b",
      "%25",
      "?a=",
      "&token=%3D",
      "password",
      "'",
      '\\"',
      "a:",
      "@",
      "eyJ",
      ";a",
      "\u001b[",
      "\u001b]",
      "-----BEGIN ",
      "cookie=;",
      'token"',
      "sk-",
      "basic "
    ]
    const started = performance.now()
    for (const one of parts) {
      for (const two of ["", ...parts]) Redaction.text((one + two).repeat(100_000 / (one + two).length))
    }
    assert.isBelow(performance.now() - started, 5_000)
  })
})

describe("withSecrets", () => {
  const disguises: ReadonlyArray<(secret: string) => string> = [
    (secret) => secret,
    (secret) => `before${secret}after`,
    (secret) => secret.replace(/\s+/g, " "),
    (secret) => encodeURIComponent(secret),
    (secret) =>
      encodeURIComponent(secret)
        .toLowerCase()
        .replaceAll(encodeURIComponent(secret).toLowerCase(), () =>
          encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
        ),
    (secret) => new URLSearchParams({ q: secret }).toString().slice(2),
    (secret) => JSON.stringify(secret).slice(1, -1),
    (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    (secret) => Buffer.from(secret).toString("base64"),
    (secret) => Buffer.from(secret).toString("base64url")
  ]

  it.prop("masks a known secret in every form", { secret: Awkward }, ({ secret }) => {
    const known = Redaction.withSecrets([secret])
    for (const disguise of disguises) {
      const shown = disguise(secret)
      absent(known(`${shown} and again ${shown}`), shown)
    }
  })

  /** Every character of its bytes, or of its UTF-16 units, written so. */
  const bytes = (secret: string, write: (byte: number) => string) =>
    [...Buffer.from(secret)].map((byte) => write(byte)).join("")
  const characters = (secret: string, write: (code: number) => string) =>
    [...secret].map((character) => write(character.codePointAt(0) ?? 0)).join("")
  const units = (secret: string, write: (unit: string) => string) =>
    secret
      .split("")
      .map((unit) => write(unit.charCodeAt(0).toString(16).padStart(4, "0")))
      .join("")
  const hexOf = (byte: number) => byte.toString(16).padStart(2, "0")
  const wrapped = (secret: string, end: string) => secret.replace(/.{5}/gsu, (piece) => `${piece}${end}`)
  const base64 = (text: string) => Buffer.from(text).toString("base64")

  const encodings: ReadonlyArray<readonly [string, (secret: string) => string]> = [
    ["hex", (secret) => Buffer.from(secret).toString("hex")],
    ["hex in capitals", (secret) => Buffer.from(secret).toString("hex").toUpperCase()],
    ["percent for every byte", (secret) => bytes(secret, (byte) => `%${hexOf(byte)}`)],
    ["percent twice", (secret) => bytes(secret, (byte) => `%25${hexOf(byte)}`)],
    ["decimal entities", (secret) => characters(secret, (code) => `&#${code};`)],
    ["hexadecimal entities", (secret) => characters(secret, (code) => `&#X${code.toString(16)};`)],
    ["entities of JSON", (secret) => JSON.stringify(characters(secret, (code) => `&#${code};`)).slice(1, -1)],
    ["\\u escapes", (secret) => units(secret, (unit) => `\\u${unit}`)],
    ["\\u escapes in capitals", (secret) => units(secret, (unit) => `\\u${unit.toUpperCase()}`)],
    ["\\u escapes of a JSON string", (secret) => units(secret, (unit) => `\\\\u${unit}`)],
    ["base64 of base64", (secret) => base64(base64(secret))],
    ["base64 of base64url", (secret) => base64(Buffer.from(secret).toString("base64url"))],
    ["wrapped at line ends", (secret) => wrapped(secret, "\n")],
    ["wrapped and indented", (secret) => wrapped(secret, "\r\n\t  ")],
    ["wrapped in a JSON string", (secret) => wrapped(secret, "\\n")],
    ["base64 wrapped at line ends", (secret) => wrapped(base64(secret), "\n")],
    ["spaced letters", (secret) => [...secret].join(" ")],
    ["zero-width characters", (secret) => [...secret].join("\u200b")],
    ["capitals", (secret) => secret.replace(/[a-z]+/g, (letters) => letters.toUpperCase())],
    ["small letters", (secret) => secret.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())],
    ["percent of capitals", (secret) => bytes(secret.toUpperCase(), (byte) => `%${hexOf(byte)}`)]
  ]
  /** As a header's value may be, and long enough not to be met by chance. */
  const Long = Schema.String.check(Schema.isPattern(/^[a-zA-Z0-9 ./+=_-]{8,24}$/)).check(
    Schema.makeFilter((value) => value.replaceAll(" ", "").length >= 8 && value.trim() === value)
  )

  for (const [name, encoded] of encodings) {
    it.prop(`masks a known secret also as ${name}`, { secret: Long }, ({ secret }) => {
      const shown = encoded(secret)
      const masked = Redaction.withSecrets([secret])(`before ${shown} and ${shown}, after`)
      // Of base64, what stands beside it, and a group that holds less than a byte of it.
      assert.match(masked, /^before .{0,6}<redacted>.{0,8} and .{0,6}<redacted>.{0,8}, after$/su)
    })
  }

  it.prop("finds base64 of base64 inside a longer text of either", { secret: Long, user: Long }, ({ secret, user }) => {
    const masked = Redaction.withSecrets([secret])(base64(`Basic ${base64(`${user}:${secret}:${user}`)}`))
    assert.match(masked, /^[\w+/=]+<redacted>[\w+/=]+$/)
    const left = masked.split("<redacted>").map((part) => Buffer.from(part, "base64").toString())
    for (const part of left) absent(Buffer.from(part, "base64").toString(), secret)
  })

  it.prop(
    "masks nothing of a text that holds none, however it is encoded",
    { text: Anything, secret: Canary },
    ({ text, secret }) => {
      for (const [, encoded] of encodings) {
        assert.strictEqual(Redaction.withSecrets([secret])(encoded(text)), encoded(text))
      }
    }
  )

  it("masks the whole of secrets that overlap", () => {
    const masked = Redaction.withSecrets(["abcdefgh-1", "gh-1-ijklmnop"])
    assert.strictEqual(masked("ABCDEFGH-1-IJKLMNOP!"), "<redacted>!")
  })

  it("takes time in proportion to the text, whatever is in it", () => {
    // Anything worse than linear would not end in the time that a test has.
    for (const piece of ["%", "&#", "\\u", "%25", "aaaaaaa", "&amp;", "\\", "0-0123456789abcdef"]) {
      const text = piece.repeat(100_000)
      assert.isString(Redaction.withSecrets(["aaaaaaaab", "0-0123456789abcdefx"])(text))
    }
  })

  it.prop("finds a known secret inside longer base64", { secret: Canary, user: Anything }, ({ secret, user }) => {
    const known = Redaction.withSecrets([secret])
    const header = Buffer.from(`${user}:${secret}`).toString("base64")
    absent(Buffer.from(known(header).replaceAll(Redaction.mask, ""), "base64").toString(), secret)
    assert.include(known(header), Redaction.mask)
  })

  it.prop("knows the credentials inside a header value", { secret: Canary }, ({ secret }) => {
    absent(Redaction.withSecrets([`Bearer ${secret}`])(`token ${secret} expired`), secret)
    const basic = `Basic ${Buffer.from(`joe:${secret}`).toString("base64")}`
    absent(Redaction.withSecrets([basic])(`wrong password ${secret}`), secret)
  })

  it.prop("leaves a text without secrets as it is", { text: Anything, secret: Canary }, ({ text, secret }) => {
    assert.strictEqual(Redaction.withSecrets([secret, "", "abc", "   a "])(text), text)
  })

  it("shows the label of a secret that has one, whether it is given without it too or not", () => {
    const labelled = Redacted.make("hunter2go", { label: "${TOKEN}" })
    for (const secrets of [[labelled], ["hunter2go", labelled], [labelled, "hunter2go"]]) {
      assert.strictEqual(Redaction.withSecrets(secrets)("is hunter2go"), "is ${TOKEN}")
      assert.strictEqual(Redaction.withSecretsInCut(secrets)("is hunter…"), "is ${TOKEN}")
    }
  })

  it("masks the longer of two secrets of which one holds the other", () => {
    assert.strictEqual(Redaction.withSecrets(["hunter", "hunter2go"])("is hunter2go"), "is <redacted>")
  })
})

describe("withSecretsInCut", () => {
  it.prop(
    "masks what the end of a shortened text has left of a secret, wherever it was cut",
    { secret: Canary, before: Schema.String, length: Schema.Int.check(Schema.isBetween({ minimum: 4, maximum: 11 })) },
    ({ before, length, secret }) => {
      for (const end of ["", "…"]) {
        const shown = Redaction.withSecretsInCut([`Bearer ${secret}`])(`${before} ${secret.slice(0, length)}${end}`)
        // The mask may itself begin as the secret does.
        absent(shown.replaceAll(Redaction.mask, ""), secret.slice(0, 4))
        assert.isTrue(shown.endsWith(Redaction.mask))
      }
    }
  )

  it.prop("masks what is left of an encoded one, but for its first letters", { secret: Canary }, ({ secret }) => {
    const masked = Redaction.withSecretsInCut([secret])
    const hex = Buffer.from(secret).toString("hex")
    const percent = hex.replace(/../g, "%$&")
    for (const end of ["", "…"]) {
      assert.strictEqual(masked(`before ${hex.slice(0, 17)}${end}`), `before ${Redaction.mask}`)
      assert.strictEqual(masked(`before ${percent.slice(0, 30)}${end}`), `before ${Redaction.mask}`)
    }
  })

  it("leaves a text alone that ends in less than 4 letters of one", () => {
    assert.strictEqual(Redaction.withSecretsInCut(["horse-battery"])("no such hor"), "no such hor")
  })
})

it("the values inside a header are secrets of their own, but not every word of it", () => {
  const masked = Redaction.withSecrets(['sid=correct-horse; theme=dark; token="battery-staple"'])
  assert.strictEqual(
    masked("correct-horse, battery-staple, dark, theme"),
    `${Redaction.mask}, ${Redaction.mask}, dark, theme`
  )
})

describe("isSecretName", () => {
  it("tells secret names from others", () => {
    for (const name of [
      "password",
      "Authorization",
      "x-api-key",
      "apiKey",
      "api_key",
      "clientSecret",
      "headers",
      "cookie",
      "DATABASE_MCP_TOKEN"
    ]) {
      assert.isTrue(Redaction.isSecretName(name), name)
    }
    for (const name of ["server", "request_id", "duration_ms", "key", "code", "author", "entity", "__proto__"]) {
      assert.isFalse(Redaction.isSecretName(name), name)
    }
  })
})
