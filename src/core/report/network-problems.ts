import type { FailureDetails, InvalidRoute, NetworkDetails, Reach } from '../network/request-error.ts'
import type { Problem } from '../run/outcome.ts'
import { joinParts } from '../text/words.ts'

export const lookBetween =
  'Look at what is between the runner and Humanitec, such as a proxy, a firewall or an ingress.'

type Failure = Pick<FailureDetails, 'kind' | 'code' | 'detail'> & NetworkDetails

const unknownReach: Reach = { host: 'The server', setting: 'the address', extraCaFile: '' }

/** Why a request got no answer, and which setting to check. */
export const describeNetworkFailure = (failure: Failure): Problem => {
  const { reach = unknownReach, kind, proxyStatus } = failure
  if (proxyStatus === 407) return describeCredentials(reach)
  if (proxyStatus !== undefined)
    return describeTunnel(reach, `made no connection to ${reach.host}: it answered ${proxyStatus}`)
  if (kind === 'untrusted') return describeCertificate(failure, reach)
  if (kind === 'lost') return describeLoss(failure, reach)
  return describeUnsent(failure, reach)
}

const nameProxy = ({ proxy }: Reach): string =>
  proxy ? `The proxy ${proxy.address} (${proxy.variableName})` : 'The proxy'

const nameVariable = ({ proxy }: Reach): string => proxy?.variableName ?? 'https_proxy'

const adviseBypass = ({ host }: Reach): string =>
  `If the runner may reach ${host} without a proxy, add ${host.replace(/:\d+$/, '')} to no_proxy.`

/** What `determineProxy` can't read otherwise. */
const encodings = '(% as %25, # as %23, / as %2F, ? as %3F, \\ as %5C)'

const describeCredentials = (reach: Reach): Problem => ({
  what: `${nameProxy(reach)} ${reach.proxy?.hasCredentials ? 'refused the user name or the password' : 'requires a user name and a password'} (407).`,
  remedy: `Write them as user:password@ before the host in ${nameVariable(reach)}, special characters percent-encoded ${encodings}.`,
  namesSetting: true,
})

const describeTunnel = (reach: Reach, what: string): Problem => ({
  what: `${nameProxy(reach)} ${what}.`,
  remedy: `Allow ${reach.host} on the proxy. ${adviseBypass(reach)}`,
  namesSetting: true,
})

const describeUnsent = (failure: Failure, reach: Reach): Problem => {
  const { code = '', phase, detail } = failure
  const reason = `${reasons[code] ?? 'could not be reached'}${code && ` (${code})`}`
  if (code === 'ERR_PROXY_TUNNEL')
    return describeTunnel(reach, `closed the connection before it had connected to ${reach.host}`)
  if (reach.proxy && phase === 'connect' && code === 'ETIMEDOUT')
    return describeTunnel(reach, `made no connection to ${reach.host} in time`)
  // Behind a proxy, the built-in fetch doesn't say how far it got, but it connects to nothing else.
  if (reach.proxy && phase !== 'connect') {
    return {
      what: `${nameProxy(reach)} ${reason}.`,
      remedy: `Check its address in ${nameVariable(reach)}, and that it runs. ${adviseBypass(reach)}`,
      namesSetting: true,
    }
  }
  return isTlsFailure(code, detail) ? describeHandshake(code, reach) : describeHost(reason, reach)
}

const describeHost = (reason: string, { host, setting, proxy, bypass }: Reach): Problem => {
  if (bypass) {
    return {
      what: `${host} ${reason}. The proxy was not used, because ${bypass.variableName} contains ${bypass.entry}.`,
      remedy: joinParts('', 'Check that entry', setting && `, and ${setting}`, '.'),
      namesSetting: true,
    }
  }
  return {
    what: `${host} ${reason}.`,
    remedy: proxy
      ? `Check ${setting && `${setting}, and `}what the proxy of ${proxy.variableName} lets through.`
      : `Check ${setting && `${setting}, and `}that the runner may reach it. Behind a proxy, set https_proxy.`,
    namesSetting: true,
  }
}

const isTlsFailure = (code: string, detail: string): boolean =>
  code === 'EPROTO' || code.startsWith('ERR_SSL') || detail.includes('secure TLS connection')

const describeHandshake = (code: string, { host, setting }: Reach): Problem => ({
  what: `No TLS connection was possible to ${host} (${code}).`,
  remedy: `Check ${setting && `host and port in ${setting}, and `}what is between the runner and the host, such as a firewall. Behind a proxy, set https_proxy.`,
  namesSetting: true,
})

const reasons: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'could not be resolved for now',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'cut the connection',
  ENOTFOUND: 'could not be resolved',
  ETIMEDOUT: 'didn’t answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'didn’t answer in time',
}

const describeLoss = ({ code = '', detail }: Failure, { host, proxy }: Reach): Problem => ({
  what: `${host}${proxy ? `, asked through the proxy ${proxy.address},` : ''} gave no complete answer: ${joinParts(' ', detail, code && `(${code})`)}.`,
  remedy: 'Re-run the job; if it happens again, look at what is between the runner and the host.',
})

const describeCertificate = ({ code = '', phase }: Failure, reach: Reach): Problem => {
  const ofProxy = phase === 'proxy'
  const what = `The certificate of ${ofProxy ? `the proxy ${reach.proxy?.address}` : reach.host}`
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    const validity = code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'isn’t valid yet'
    return {
      what: `${what} ${validity} (${code}).`,
      remedy: 'Check the runner’s clock, or have the certificate renewed.',
    }
  }
  if (code.startsWith('ERR_TLS_CERT_ALTNAME') || code === 'HOSTNAME_MISMATCH') {
    const setting = ofProxy ? nameVariable(reach) : reach.setting
    const remedy = setting ? `Check ${setting}: the certificate must be for the host name there.` : lookBetween
    return { what: `${what} is for another host name (${code}).`, remedy, namesSetting: true }
  }
  const signer = signers[code] ?? 'isn’t trusted'
  return { what: `${what} ${signer} (${code}).`, remedy: adviseAuthority(reach), namesSetting: true }
}

const unknownAuthority = 'is signed by an authority that Node doesn’t trust'

const signers: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
}

const adviseAuthority = ({ extraCaFile }: Reach): string =>
  extraCaFile
    ? `NODE_EXTRA_CA_CERTS names ${extraCaFile}, but it doesn’t hold that authority’s certificate, or can’t be read by the runner.`
    : 'A proxy that inspects TLS uses such certificates. Under the step’s env, name the file with its authority’s certificate (PEM) ' +
      'in NODE_EXTRA_CA_CERTS, or set NODE_USE_SYSTEM_CA to 1 when the runner’s system trusts it.'

/** Why the proxy that a variable names can't be used. */
export const describeInvalidRoute = ({ variableName, oldNode }: InvalidRoute): Problem =>
  oldNode === undefined ? describeNoProxy(variableName) : describeOldNode(variableName, oldNode)

const describeNoProxy = (variableName: string): Problem => ({
  cause: `${variableName} isn’t the address of a proxy`,
  what: `${variableName} isn’t the address of a proxy that can be used.`,
  remedy:
    'It takes http://host:port or https://host:port, with user:password@ before the host where needed, ' +
    `special characters in them percent-encoded ${encodings}.`,
})

const describeOldNode = (variableName: string, nodeVersion: string): Problem => ({
  cause: 'this runner’s Node can’t go through a proxy',
  what: `${variableName} is set, but Node ${nodeVersion}, which comes with this runner, can’t go through a proxy by itself (24.5 can).`,
  remedy: 'Update the runner, or add this line under the step’s env: NODE_USE_ENV_PROXY: 1',
})
