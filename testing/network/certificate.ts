import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIPv4 } from 'node:net'

/** PEM texts, as `tls.createServer` takes them. */
export type Certificate = { readonly cert: string; readonly key: string }
export type Authority = Certificate & { readonly name: string; readonly privateKey: KeyObject }
type Validity = { readonly from: Date; readonly to: Date }

/** A certificate authority of its own, made anew for each run: no key lies in the repository, and none expires there. */
export const createAuthority = (name: string): Authority => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const extensions = [encodeExtension(oids.basicConstraints, sequence(tagged(0x01, Buffer.from([0xff]))))]
  const draft = { subject: name, publicKey: pair.publicKey, extensions, validity: aroundNow() }
  const cert = signCertificate(draft, { name, privateKey: pair.privateKey })
  return { cert, key: formatKey(pair.privateKey), name, privateKey: pair.privateKey }
}

/** A server's certificate for host names and IPv4 addresses; self-signed without an authority. */
export const issueCertificate = (
  names: readonly string[],
  authority?: Authority,
  validity = aroundNow(),
): Certificate => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const subject = names[0] ?? ''
  const extensions = [encodeExtension(oids.subjectAltName, sequence(...names.map(encodeAltName)))]
  const issuer = authority ?? { name: subject, privateKey: pair.privateKey }
  return {
    cert: signCertificate({ subject, publicKey: pair.publicKey, extensions, validity }, issuer),
    key: formatKey(pair.privateKey),
  }
}

const dayMs = 86_400_000
const aroundNow = (): Validity => ({ from: new Date(Date.now() - dayMs), to: new Date(Date.now() + dayMs) })
export const lastWeek = (): Validity => ({ from: new Date(Date.now() - 7 * dayMs), to: new Date(Date.now() - dayMs) })

type Draft = {
  readonly subject: string
  readonly publicKey: KeyObject
  readonly extensions: readonly Buffer[]
  readonly validity: Validity
}

/** RFC 5280, section 4.1: Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }. */
const signCertificate = (draft: Draft, issuer: Pick<Authority, 'name' | 'privateKey'>): string => {
  const algorithm = sequence(Buffer.from(oids.ecdsaWithSha256, 'hex'))
  const content = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    encodeName(issuer.name),
    sequence(encodeTime(draft.validity.from), encodeTime(draft.validity.to)),
    encodeName(draft.subject),
    draft.publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...draft.extensions)),
  )
  const signature = tagged(0x03, Buffer.from([0]), sign('sha256', content, issuer.privateKey))
  const lines = sequence(content, algorithm, signature)
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

/** Object identifiers, encoded with their tag. */
const oids = {
  ecdsaWithSha256: '06082a8648ce3d040302',
  commonName: '0603550403',
  basicConstraints: '0603551d13',
  subjectAltName: '0603551d11',
}

const tagged = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  const size = content.length
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}
const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts)
const integer = (content: Buffer): Buffer => tagged(0x02, content)

const encodeName = (name: string): Buffer =>
  sequence(tagged(0x31, sequence(Buffer.from(oids.commonName, 'hex'), tagged(0x0c, Buffer.from(name)))))
const encodeTime = (time: Date): Buffer =>
  tagged(0x17, Buffer.from(`${time.toISOString().replace(/\D/g, '').slice(2, 14)}Z`))
const encodeExtension = (oid: string, value: Buffer): Buffer => sequence(Buffer.from(oid, 'hex'), tagged(0x04, value))
const encodeAltName = (name: string): Buffer =>
  isIPv4(name) ? tagged(0x87, Buffer.from(name.split('.').map(Number))) : tagged(0x82, Buffer.from(name))

const formatKey = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()
