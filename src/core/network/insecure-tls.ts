import type { Annotation } from '../../ports.ts'
import type { Variables } from '../inputs/variables.ts'

/** Node then takes any certificate, and the token goes to whoever shows one. */
export const findTlsWarning = (variables: Variables): Annotation | undefined =>
  variables['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
    ? {
        level: 'warning',
        title: 'TLS certificates are not verified',
        message:
          'NODE_TLS_REJECT_UNAUTHORIZED is 0: whoever stands between the runner and the host can read the token. ' +
          'Remove it, and name the authority’s certificate in NODE_EXTRA_CA_CERTS instead.',
      }
    : undefined
