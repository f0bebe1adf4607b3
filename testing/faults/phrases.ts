import { type Code, isForGood } from './declared.ts'
import type { FaultCase } from './fault-case.ts'
import type { FaultScenario } from './fault-scenario.ts'
import { getFault } from './route.ts'

/** What these ends are told with, where the fault itself isn't named. */
const usualPhrases: Readonly<Partial<Record<Code, string>>> = {
  '?': 'could not be determined',
  '?3': 'could not be determined',
  T: 'before anything was started',
  T1: 'before anything was started',
  'T+': 'before anything was started',
  Ti: 'still',
  U: 'health',
}

/** Where another word than the fault's own is the one that helps. */
const otherPhrases: Readonly<Record<string, readonly string[]>> = {
  '404 env': ['There is no environment development in the application shop of acme'],
  '404 source': ['There is no environment staging in the application shop of acme'],
  '404 envs': ['shop'],
  '400 delete': ['last'],
  '409 start': ['Nothing was started'],
  '2xx, unknown status past': ['no successful deployment'],
}

/** What names the way to a host that never gave an answer, where it isn't `api_url`. */
const settings: Readonly<Record<string, string>> = {
  'untrusted certificate': 'NODE_EXTRA_CA_CERTS',
  'proxy wants a password': 'https_proxy',
  'proxy drops the CONNECT': 'https_proxy',
  'proxy stalls the CONNECT': 'https_proxy',
  '404': 'There is no environment development in the application shop of acme',
}

const isForeign = ({ fault, site }: FaultCase): boolean =>
  fault.startsWith('40') && site !== 'states' && site !== 'pull'

const isRefusal = (fault: string): boolean => /^4(?!29|04)|^3/.test(fault)

const missing: Readonly<Record<string, string>> = {
  errors: 'could not be read',
  urls: 'URL is not known',
  back: 'base was left',
  logs: 'its log',
  diff: 'What changed could not be read',
  after: 'The pipeline run',
}

/** What a run must say of the fault: in its one error, its warning, or anywhere. */
export const listPhrases = (faultCase: FaultCase, scenario: FaultScenario): readonly string[] => {
  const { code, fault, site } = faultCase
  const { says = '', title } = getFault(fault)
  const other = otherPhrases[`${fault} ${site}`]
  if (other && code !== 'ok') return other
  if (code === '~') return scenario.inspectGitHub ? listWarningPhrases(faultCase) : [missing[site] ?? '']
  // GitHub’s are told by their status alone.
  if (code.startsWith('E') && title && isForeign(faultCase)) return [says, title, 'not Humanitec’s answer']
  if (code === 'E' && site === 'env' && isForGood(faultCase))
    return [settings[fault] ?? (isRefusal(fault) ? says : 'api_url')]
  if (code.startsWith('E')) return [says]
  return [usualPhrases[code] ?? ''].filter(Boolean)
}

const listWarningPhrases = ({ fault, table }: FaultCase): readonly string[] => {
  const { says = '' } = getFault(fault)
  return [
    'could not be',
    // What passes is tried until the time is over, and that may be the last that is known.
    ...(table === 'onceAtGitHub' || isRefusal(fault) ? [says] : []),
  ]
}
