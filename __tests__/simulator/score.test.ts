import { describe, expect, it } from '@jest/globals'
import { createShop, fieldsOf, path } from './shop.ts'

const convert = '/orgs/acme/artefact-versions/convert-score'

const score = (more: object = {}, container: object = {}) => ({
  apiVersion: 'score.dev/v1b1',
  metadata: { name: 'web' },
  containers: { main: { image: '.', ...container } },
  ...more,
})

const ask = (body: unknown) => createShop().ask(`POST ${convert}`, body)

/** The module `web` of the answer. */
const moduleOf = (body: object) => (fieldsOf(ask(body))['modules'] as Readonly<Record<string, object>>)['web']
const imageOf = (body: object) =>
  (moduleOf(body) as { spec: { containers: { main: { image: string } } } }).spec.containers.main.image

describe('converting a Score file', () => {
  it('gives a module that can be deployed', () => {
    const shop = createShop()
    const { modules } = fieldsOf(shop.ask(`POST ${convert}`, { spec: score(), image: 'web:2' }))
    const delta = shop.ask('POST /orgs/acme/apps/shop/deltas', { modules: { add: modules } }).acceptedId
    expect(shop.ask(`POST ${path}/deploys`, { delta_id: delta }).status).toBe(201)
    const setId = shop.orchestrator.inspectDeployments('acme/shop/production')[0]?.setId ?? ''
    expect(shop.orchestrator.inspectSet('acme/shop', setId)?.modules['web']).toEqual(
      (modules as Readonly<Record<string, object>>)['web'],
    )
  })

  it('keeps containers with variables, files, volumes, probes, ports and resources', () => {
    const container = {
      image: 'web:1',
      command: ['/bin/web'],
      args: ['--fast'],
      variables: { NAME: `\${metadata.name}`, URL: `http://\${resources.dns.host}`, RAW: `$\${resources.x.y}` },
      files: {
        '/etc/a': { content: `a \${resources.db.name}`, mode: '0600' },
        '/etc/b': { binaryContent: 'AAEC' },
        '/etc/c': { content: `\${resources.nowhere}`, noExpand: true },
      },
      volumes: { '/data': { source: `\${resources.disk}` } },
      livenessProbe: { httpGet: { path: '/live', port: 8080 } },
      readinessProbe: { exec: { command: ['true'] } },
      resources: { limits: { memory: '64Mi' } },
    }
    const resources = {
      db: { type: 'postgres', class: 'small', params: { owner: `\${metadata.name}` } },
      disk: { type: 'volume' },
      dns: { type: 'dns', id: 'shared.main-dns' },
      cache: { type: 'redis', id: 'cache' },
      env: { type: 'environment' },
    }
    const service = { ports: { http: { port: 80, targetPort: 8080 } } }
    expect(
      ask({ spec: score({ resources, service }, container), resource_type_aliases: { redis: 'acme/redis' } }),
    ).toEqual({
      status: 200,
      body: {
        modules: {
          web: {
            profile: 'humanitec/default-module',
            spec: {
              containers: {
                main: {
                  id: 'main',
                  image: 'web:1',
                  command: ['/bin/web'],
                  args: ['--fast'],
                  variables: { NAME: 'web', URL: `http://\${shared.main-dns.host}`, RAW: `$\${resources.x.y}` },
                  files: {
                    '/etc/a': { mode: '0600', value: `a \${externals.db.name}` },
                    '/etc/b': { mode: '0644', binary_value: 'AAEC' },
                    '/etc/c': { mode: '0644', value: `\${resources.nowhere}` },
                  },
                  volume_mounts: { '/data': { source: `\${externals.disk}` } },
                  liveness_probe: { type: 'http', path: '/live', port: 8080 },
                  readiness_probe: { type: 'command', command: ['true'] },
                  resources: { limits: { memory: '64Mi' } },
                },
              },
              service: { ports: { http: { service_port: 80, container_port: 8080, protocol: 'TCP' } } },
            },
            externals: {
              db: { type: 'postgres', class: 'small', params: { owner: 'web' } },
              disk: { type: 'volume' },
            },
          },
        },
        shared: { 'main-dns': { type: 'dns' }, cache: { type: 'acme/redis' } },
      },
    })
  })

  it('reads the environment’s values as values', () => {
    const spec = score({ resources: { env: { type: 'environment' } } }, { variables: { A: `\${resources.env.A}` } })
    expect(moduleOf({ spec })).toMatchObject({
      spec: { containers: { main: { variables: { A: `\${values.A}` } } } },
      externals: {},
    })
  })

  it.each([
    ['fills an image that is a dot', { spec: score(), image: 'x:1' }, 'x:1'],
    ['fills an image that is missing', { spec: score({}, { image: undefined }), image: 'x:1' }, 'x:1'],
    ['keeps an image that is there', { spec: score({}, { image: 'y:1' }), image: 'x:1' }, 'y:1'],
    ['does not refuse an image that stays a dot', { spec: score() }, '.'],
    ['takes an image by its path', { spec: score(), property_overrides: { 'containers.main.image': 'z:1' } }, 'z:1'],
    ['merges overrides', { spec: score(), overrides: { containers: { main: { image: 'o:1' } } } }, 'o:1'],
    [
      'lets a path win over overrides',
      {
        spec: score(),
        overrides: { containers: { main: { image: 'o:1' } } },
        property_overrides: { 'containers.main.image': 'z:1' },
      },
      'z:1',
    ],
  ])('%s', (_, body, image) => {
    expect(imageOf(body)).toBe(image)
  })

  it('takes away what an override says is null', () => {
    const spec = score({}, { variables: { DEBUG: '1', LEVEL: '2' } })
    const property_overrides = { 'containers.main.variables.DEBUG': null }
    expect(moduleOf({ spec, property_overrides })).toMatchObject({
      spec: { containers: { main: { variables: { LEVEL: '2' } } } },
    })
    expect(JSON.stringify(moduleOf({ spec, property_overrides }))).not.toContain('DEBUG')
  })

  it('takes profile, spec and deploy condition from the extensions', () => {
    const deploy = { when: 'before', success: 'complete', timeout: 60 }
    const extensions = { apiVersion: 'humanitec.org/v1b1', profile: 'acme/job', spec: { labels: { a: 'b' } }, deploy }
    expect(moduleOf({ spec: score(), extensions })).toMatchObject({
      profile: 'acme/job',
      spec: { containers: {}, labels: { a: 'b' } },
      deploy,
    })
  })

  it.each([
    ['no body', undefined, 'JSON object'],
    ['no spec', {}, 'spec'],
    ['a field that it does not know', { spec: score(), property_override: {} }, 'property_override'],
    ['overrides that are a list', { spec: score(), overrides: [] }, 'overrides'],
    ['an image that is a number', { spec: score(), image: 7 }, 'image'],
    ['extensions without a version', { spec: score(), extensions: {} }, 'extensions: apiVersion'],
    ['no apiVersion', { spec: score({ apiVersion: undefined }) }, 'apiVersion'],
    ['another apiVersion', { spec: score({ apiVersion: 'score.dev/v2' }) }, 'apiVersion'],
    ['no name', { spec: score({ metadata: {} }) }, 'metadata.name'],
    ['a name in capitals', { spec: score({ metadata: { name: 'Web' } }) }, 'metadata.name'],
    ['no containers', { spec: score({ containers: {} }) }, 'containers'],
    ['containers in a list', { spec: score({ containers: [] }) }, 'containers'],
    ['a container that is a text', { spec: score({ containers: { main: 'web' } }) }, 'containers.main'],
    ['a container without an image', { spec: score({}, { image: undefined }) }, 'containers.main: image'],
    ['variables in a list', { spec: score({}, { variables: [] }) }, 'containers.main: variables'],
    ['files in a list', { spec: score({}, { files: [{ target: '/a' }] }) }, 'containers.main: files'],
    ['volumes in a list', { spec: score({}, { volumes: [{ target: '/a' }] }) }, 'containers.main: volumes'],
    ['a file by its source', { spec: score({}, { files: { '/a': { source: 'a' } } }) }, 'files./a: content'],
    ['a resource without a type', { spec: score({ resources: { db: {} } }) }, 'resources.db: type'],
    ['resources in a list', { spec: score({ resources: [] }) }, 'resources must be a map'],
    [
      'a resource that is not there',
      { spec: score({}, { variables: { A: `\${resources.db.host}` } }) },
      'resources.db',
    ],
  ])('is refused with 400 for %s', (_, body, word) => {
    const answer = ask(body === undefined ? undefined : JSON.parse(JSON.stringify(body)))
    expect(answer).toMatchObject({ status: 400, body: { error: 'API-400', message: expect.stringContaining(word) } })
  })

  it('needs a token that may see something, and an organization that is there', () => {
    const tokens = {
      viewer: { user: 'viewer', role: 'viewer' as const },
      none: { user: 'none', role: 'none' as const },
    }
    const { ask: askAs } = createShop({ tokens })
    const statusOf = (token: string, at = convert) => askAs(`POST ${at}`, { spec: score() }, token).status
    expect([statusOf(''), statusOf('wrong'), statusOf('none'), statusOf('viewer')]).toEqual([401, 403, 403, 200])
    expect(statusOf('viewer', '/orgs/nobody/artefact-versions/convert-score')).toBe(404)
    expect(askAs(`GET ${convert}`, undefined, 'viewer').status).toBe(405)
  })
})
