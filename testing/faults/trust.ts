import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Certificate, createAuthority, issueCertificate } from '../network/certificate.ts'

/** Names that only a proxy resolves. */
export const proxiedNames = { humanitec: 'api.humanitec.test', github: 'api.github.test' } as const

/** Who is trusted by the action in a run, and who isn't. */
export type Trust = {
  /** For `NODE_EXTRA_CA_CERTS`. */
  readonly file: string
  readonly good: Certificate
  readonly bad: Certificate
}

export const createTrust = (folder: string): Trust => {
  const authority = createAuthority('Fault matrix')
  const file = join(folder, 'authority.pem')
  writeFileSync(file, authority.cert)
  const names = ['127.0.0.1', ...Object.values(proxiedNames)]
  return { file, good: issueCertificate(names, authority), bad: issueCertificate(names) }
}
